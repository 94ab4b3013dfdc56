import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '#contracts/errors.js';
import {
  type ChangePasswordBody,
  changePasswordBody,
  type Me,
  me,
  type ProofBody,
  proofBody,
  type SecondFactorCode,
  type SessionView,
  type SignInBody,
  secondFactorCodeBody,
  sessionAwaits,
  sessionList,
  signInBody,
} from '#contracts/session.js';
import { OrganisationService, type SessionPrincipal, SessionService } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from './current-principal.js';
import { Public } from './public.js';
import { SessionCookie } from './session-cookie.js';
import { WhileAwaiting } from './while-awaiting.js';

@Controller('api/v1')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly organisations: OrganisationService,
    private readonly cookie: SessionCookie,
  ) {}

  /** Any session the browser had before stays as it is; a new one always gets a new token. */
  @Public()
  @Post('session')
  @HttpCode(201)
  @Answers(201, me, 'Signed in; the cookie th_session is set')
  async signIn(
    @Body({ schema: signInBody }) body: SignInBody,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Me> {
    const session = await this.sessions.signIn({
      ...body,
      address: request.ip ?? '',
      userAgent: request.get('user-agent'),
    });
    this.cookie.set(response, session);
    const principal = await this.sessions.principalOf(session.token);
    if (principal === null) throw new AppError('SIGN_IN_FAILED');
    return this.organisations.me(principal);
  }

  @Delete('session')
  @WhileAwaiting(...sessionAwaits)
  @HttpCode(204)
  @Answers(204, null, 'Signed out')
  async signOut(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.sessions.signOut(principal);
    this.cookie.clear(response);
  }

  @Get('session')
  @WhileAwaiting(...sessionAwaits)
  @Answers(200, me, 'Who is signed in')
  current(@CurrentPrincipal() principal: SessionPrincipal): Promise<Me> {
    return this.organisations.me(principal);
  }

  @Get('me')
  @WhileAwaiting(...sessionAwaits)
  @Answers(200, me, 'Who is signed in')
  me(@CurrentPrincipal() principal: SessionPrincipal): Promise<Me> {
    return this.organisations.me(principal);
  }

  @Get('session/list')
  @Answers(200, sessionList, 'Open sessions of the person')
  async list(@CurrentPrincipal() principal: SessionPrincipal): Promise<{ items: readonly SessionView[] }> {
    return { items: await this.sessions.list(principal) };
  }

  @Post('sessions/:id/end')
  @HttpCode(204)
  @Answers(204, null, 'That session is ended; asks for the password again')
  async end(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) sessionId: string,
    @Body({ schema: proofBody }) body: ProofBody,
    @Req() request: Request,
  ): Promise<void> {
    await this.sessions.end(principal, { ...body, sessionId, address: request.ip ?? '' });
  }

  @Delete('people/:id/sessions')
  @HttpCode(204)
  @Answers(204, null, 'Signed out everywhere; administrators only')
  async endAllOf(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.sessions.endAllOf(principal, { personId, requestId });
  }

  @Post('session/second-factor')
  @WhileAwaiting('secondFactorCode')
  @HttpCode(204)
  @Answers(204, null, 'The session that waited for the code is open')
  async giveCode(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: secondFactorCodeBody }) body: SecondFactorCode,
    @Req() request: Request,
  ): Promise<void> {
    await this.sessions.giveCode(principal, { ...body, address: request.ip ?? '' });
  }

  @Post('session/password')
  @HttpCode(204)
  @Answers(204, null, 'Changed; every other session of the person is ended')
  async changePassword(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: changePasswordBody }) body: ChangePasswordBody,
    @Req() request: Request,
  ): Promise<void> {
    await this.sessions.changePassword(principal, { ...body, address: request.ip ?? '' });
  }
}
