import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import {
  type IssuedLink,
  issuedLink,
  type PasswordResetBody,
  passwordResetBody,
  type RedeemLink,
  redeemLinkBody,
  type SentLink,
  sentLink,
} from '#contracts/session.js';
import type { AppConfig } from '#libs/config';
import { AccountLinkService, type SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { configToken } from '../tokens.js';
import { CurrentPrincipal } from './current-principal.js';
import { Public } from './public.js';

/** A link with which a person sets their own password, once. */
@Controller('api/v1')
export class AccountLinkController {
  constructor(
    private readonly links: AccountLinkService,
    @Inject(configToken) private readonly config: AppConfig,
  ) {}

  @Post('people/:id/account-link')
  @HttpCode(201)
  @Answers(201, issuedLink, 'The address to hand over, shown this once; administrators only')
  async issue(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @RequestId() requestId: string,
  ): Promise<IssuedLink> {
    const { token, kind, expiresAt } = await this.links.issue(principal, { personId, requestId });
    return { kind, url: `${this.config.publicUrl}/account#${token}`, expiresAt: expiresAt.toISOString() };
  }

  @Post('people/:id/account-link/mail')
  @HttpCode(202)
  @Answers(202, sentLink, 'The link goes to the person by mail and nobody else sees it; administrators only')
  async mail(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @RequestId() requestId: string,
  ): Promise<SentLink> {
    return { kind: await this.links.send(principal, { personId, requestId }) };
  }

  @Public()
  @Post('password-reset')
  @HttpCode(202)
  @Answers(202, null, 'If somebody has this address, a link goes there; the answer does not tell')
  async requestReset(
    @Body({ schema: passwordResetBody }) body: PasswordResetBody,
    @Req() request: Request,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.links.requestReset({ ...body, address: request.ip ?? '', requestId });
  }

  @Public()
  @Post('account-link')
  @HttpCode(204)
  @Answers(204, null, 'The password is set; sign in with it')
  async redeem(
    @Body({ schema: redeemLinkBody }) body: RedeemLink,
    @Req() request: Request,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.links.redeem({ ...body, address: request.ip ?? '', requestId });
  }
}
