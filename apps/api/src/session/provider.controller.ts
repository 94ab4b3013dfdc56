import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { CookieOptions, Request, Response } from 'express';
import { z } from 'zod';
import { AppError } from '#contracts/errors.js';
import {
  type BeginProvider,
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
import { Public } from './public.js';
import { cookieOf, SessionCookie } from './session-cookie.js';

const cookieName = 'th_sign_in';
const cookiePath = '/api/v1/sign-in';

/** Signing in with the account of the province, at its own identity provider. */
@Controller('api/v1')
export class ProviderController {
  constructor(
    private readonly providers: ProviderSignInService,
    private readonly cookie: SessionCookie,
    @Inject(configToken) private readonly config: AppConfig,
  ) {}

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
    response.cookie(cookieName, token, { ...this.options(), expires: expiresAt });
    return { url };
  }

  /** The provider sends the browser here, so this is the one page that answers with another page instead of a problem. */
  @Public()
  @Get('sign-in/callback')
  @ApiResponse({ status: 303, description: 'Signed in, or to the sign-in page with the reason' })
  async finish(@Req() request: Request, @RequestId() requestId: string, @Res() response: Response): Promise<void> {
    response.clearCookie(cookieName, this.options());
    response.redirect(303, await this.pageAfter(request, { requestId, response }));
  }

  private async pageAfter(request: Request, given: { requestId: string; response: Response }): Promise<string> {
    const url = new URL(request.originalUrl, `${this.config.publicUrl}/`);
    const where = { address: request.ip ?? '', userAgent: request.get('user-agent') };
    const { requestId, response } = given;
    try {
      const session = await this.providers.finish({ token: cookieOf(request, cookieName), url, ...where, requestId });
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

  private options(): CookieOptions {
    const secure = this.config.publicUrl.startsWith('https:');
    return { httpOnly: true, sameSite: 'lax', secure, path: cookiePath };
  }
}
