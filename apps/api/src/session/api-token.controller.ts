import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type ApiTokenView,
  apiTokenList,
  type CreateApiToken,
  type CreatedApiToken,
  createApiTokenBody,
  createdApiToken,
} from '#contracts/api-token.js';
import { ApiTokenService, type SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from './current-principal.js';

/** Tokens with which other systems are let in. No token opens these routes. */
@Controller('api/v1/api-tokens')
export class ApiTokenController {
  constructor(private readonly tokens: ApiTokenService) {}

  @Get()
  @Answers(200, apiTokenList, 'Tokens of other systems, ended ones too; administrators and inspectors')
  async list(@CurrentPrincipal() principal: SessionPrincipal): Promise<{ items: readonly ApiTokenView[] }> {
    return { items: await this.tokens.list(principal) };
  }

  @Post()
  @HttpCode(201)
  @Answers(201, createdApiToken, 'The token, shown this once; administrators only')
  create(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: createApiTokenBody }) body: CreateApiToken,
    @RequestId() requestId: string,
  ): Promise<CreatedApiToken> {
    return this.tokens.create(principal, { ...body, requestId });
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers(204, null, 'It opens nothing from the next request on; administrators only')
  async revoke(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) id: string,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.tokens.revoke(principal, { id, requestId });
  }
}
