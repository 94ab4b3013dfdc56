import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type ApplySuccession,
  applySuccession,
  type SuccessionPlan,
  type SuccessionPreview,
  type SuccessionView,
  successionList,
  successionPlan,
  successionPreview,
  successionView,
} from '#contracts/succession.js';
import { SuccessionService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

/** One organisation takes over from another, with its running cases, open work and people. */
@Controller('api/v1')
export class SuccessionController {
  constructor(private readonly successions: SuccessionService) {}

  @Get('organisation-successions')
  @Answers(200, successionList, 'Mergers and splits, the newest first; administrators and inspectors')
  async list(@CurrentPrincipal() principal: SessionPrincipal): Promise<{ items: SuccessionView[] }> {
    return { items: await this.successions.list(principal) };
  }

  @Post('organisations/:id/succession/preview')
  @HttpCode(200)
  @Answers(200, successionPreview, 'What would go over; changes nothing')
  preview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: successionPlan }) plan: SuccessionPlan,
  ): Promise<SuccessionPreview> {
    return this.successions.preview(principal, { organisationId, plan });
  }

  @Post('organisations/:id/succession')
  @HttpCode(201)
  @Answers(201, successionView, 'Done, or waiting for its day; administrators only')
  enter(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: applySuccession }) body: ApplySuccession,
    @RequestId() requestId: string,
  ): Promise<SuccessionView> {
    return this.successions.enter(principal, { ...body, organisationId, requestId });
  }

  @Delete('organisation-successions/:id')
  @HttpCode(204)
  @Answers(204, null, 'Taken back before its day; administrators only')
  async cancel(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) id: string,
    @RequestId() requestId: string,
  ): Promise<void> {
    await this.successions.cancel(principal, { id, requestId });
  }
}
