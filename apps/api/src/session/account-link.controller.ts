import { Body, Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { type IssuedLink, issuedLink, type RedeemLink, redeemLinkBody } from '#contracts/session.js';
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
