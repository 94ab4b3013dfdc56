import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '#contracts/errors.js';
import {
  type BackChannelLogout,
  type BeginProvider,
  backChannelLogoutBody,
  beginProviderBody,
  type ProviderAddress,
  providerAddress,
  type SignInWays,
  signInWays,
} from '#contracts/session.js';
import type { AppConfig } from '#libs/config';
import { ProviderSignInService, type SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { configToken } from '../tokens.js';
import { CurrentPrincipal } from './current-principal.js';
import { FromServer } from './from-server.js';
import { Public } from './public.js';
import { OwnCookie, SessionCookie } from './session-cookie.js';

/** Signing in with the account of the province, at its own identity provider. */
@Controller('api/v1')
export class ProviderController {
  /** Recognises the browser when it comes back. */
  private readonly way: OwnCookie;

  constructor(
    private readonly providers: ProviderSignInService,
    private readonly cookie: SessionCookie,
    @Inject(configToken) private readonly config: AppConfig,
  ) {
    this.way = new OwnCookie('th_sign_in', { https: config.publicUrl.startsWith('https:') });
  }

  @Public()
  @Get('sign-in/ways')
  @Answers(200, signInWays, 'By which ways people sign in here')
  ways(): SignInWays {
    const { localSignIn, identityProvider } = this.config;
    return { local: localSignIn, provider: identityProvider ? { name: identityProvider.name } : null };
  }

  @Public()
  @Post('sign-in/provider')
  @HttpCode(200)
  @Answers(200, providerAddress, 'Where the browser goes now; the cookie th_sign_in recognises it when it comes back')
  async begin(
    @Body({ schema: beginProviderBody }) body: BeginProvider,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProviderAddress> {
    const { url, token, expiresAt } = await this.providers.begin({ ...body, address: request.ip ?? '' });
    this.way.set(response, { token, expiresAt });
    return { url };
  }

  /** The provider sends the browser here, so this is the one page that answers with another page instead of a problem. */
  @Public()
  @Get('sign-in/callback')
  @ApiResponse({ status: 303, description: 'Signed in, or to the sign-in page with the reason' })
  async finish(@Req() request: Request, @RequestId() requestId: string, @Res() response: Response): Promise<void> {
    this.way.clear(response);
    response.redirect(303, await this.pageAfter(request, { requestId, response }));
  }

  private async pageAfter(request: Request, given: { requestId: string; response: Response }): Promise<string> {
    const url = new URL(request.originalUrl, `${this.config.publicUrl}/`);
    const where = { address: request.ip ?? '', userAgent: request.get('user-agent') };
    const { requestId, response } = given;
    try {
      const session = await this.providers.finish({
        token: this.way.tokenOf(request),
        url,
        ...where,
        requestId,
      });
      this.cookie.set(response, session);
      return session.returnTo;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'NOT_FOUND') throw error;
      return `/?problem=${error.code}`;
    }
  }

  @Public()
  @Get('sign-in/sign-out')
  @ApiResponse({
    status: 303,
    description: 'To the page of the provider that signs out there too; changes nothing here',
  })
  async signOut(@Res() response: Response): Promise<void> {
    response.redirect(303, (await this.providers.signOutUrl()) ?? '/');
  }

  /** OpenID Connect Back-Channel Logout: the provider's server posts a token it has signed, and no browser is there. */
  @Public()
  @FromServer()
  @Post('sign-in/back-channel-logout')
  @HttpCode(200)
  @ApiConsumes('application/x-www-form-urlencoded')
  @Answers(200, null, 'Every session opened by that account, or by that session there, is ended')
  async signedOutThere(
    @Body({ schema: backChannelLogoutBody }) body: BackChannelLogout,
    @Req() request: Request,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.providers.signedOutThere({ token: body.logout_token, address: request.ip ?? '', requestId });
  }

  @Delete('people/:id/provider-account')
  @HttpCode(204)
  @Answers(204, null, 'Unlinked; the next sign-in by a verified address links anew; administrators only')
  async unlink(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.providers.unlink(principal, { personId, requestId });
  }
}
