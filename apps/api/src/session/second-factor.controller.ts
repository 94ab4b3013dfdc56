import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import {
  type BothFactors,
  bothFactorsBody,
  type ProofBody,
  proofBody,
  recoveryCodeList,
  type SecondFactorCode,
  type SecondFactorSetUp,
  type SecondFactorStatus,
  secondFactorCodeBody,
  secondFactorSetUp,
  secondFactorStatus,
} from '#contracts/session.js';
import { SecondFactorService, type SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from './current-principal.js';
import { WhileAwaiting } from './while-awaiting.js';

/** Codes of an authenticator application, asked for after the password. */
@Controller('api/v1')
export class SecondFactorController {
  constructor(private readonly factors: SecondFactorService) {}

  @Get('me/second-factor')
  @WhileAwaiting('secondFactorSetUp')
  @Answers(200, secondFactorStatus, 'Whether it is asked for, and how many recovery codes are left')
  status(@CurrentPrincipal() principal: SessionPrincipal): Promise<SecondFactorStatus> {
    return this.factors.status(principal);
  }

  @Post('me/second-factor')
  @WhileAwaiting('secondFactorSetUp')
  @HttpCode(201)
  @Answers(201, secondFactorSetUp, 'The secret for the application; confirm it with the first code')
  begin(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: proofBody }) body: ProofBody,
    @Req() request: Request,
    @RequestId() requestId: string,
  ): Promise<SecondFactorSetUp> {
    return this.factors.begin(principal, { ...body, address: request.ip ?? '', requestId });
  }

  @Post('me/second-factor/confirm')
  @WhileAwaiting('secondFactorSetUp')
  @HttpCode(200)
  @Answers(200, recoveryCodeList, 'Switched on; the recovery codes are shown this once')
  async confirm(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: secondFactorCodeBody }) body: SecondFactorCode,
    @RequestId() requestId: string,
  ): Promise<{ codes: string[] }> {
    return { codes: await this.factors.confirm(principal, { ...body, requestId }) };
  }

  @Post('me/second-factor/remove')
  @HttpCode(204)
  @Answers(204, null, 'Switched off')
  async remove(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: bothFactorsBody }) body: BothFactors,
    @Req() request: Request,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.factors.remove(principal, { ...body, address: request.ip ?? '', requestId });
  }

  @Post('me/second-factor/recovery-codes')
  @HttpCode(200)
  @Answers(200, recoveryCodeList, 'New recovery codes, shown this once; those of before open nothing any more')
  async renewCodes(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: bothFactorsBody }) body: BothFactors,
    @Req() request: Request,
    @RequestId() requestId: string,
  ): Promise<{ codes: string[] }> {
    return { codes: await this.factors.renewCodes(principal, { ...body, address: request.ip ?? '', requestId }) };
  }

  @Delete('people/:id/second-factor')
  @HttpCode(204)
  @Answers(204, null, 'Switched off for somebody who lost it; administrators only')
  async removeFor(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) personId: string,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.factors.removeFor(principal, { personId, requestId });
  }
}
