import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Page } from '#contracts/page.js';
import {
  type FollowUpEventInput,
  type FollowUpQuery,
  type FollowUpReceipt,
  type FollowUpView,
  followUpList,
  followUpQuery,
  followUpReceipt,
  sendFollowUpEvent,
  type TripReportQuery,
  type TripReportSummary,
  type TripReportView,
  tripReportPage,
  tripReportQuery,
  tripReportView,
} from '#contracts/trip-report.js';
import { TripReportService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { type IdempotencyInput, IdempotencyKey } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

@Controller('api/v1')
export class TripReportController {
  constructor(private readonly reports: TripReportService) {}

  @Get('trip-reports')
  @Answers(200, tripReportPage, 'Accepted reports of the province, newest first, searched with or without diacritics')
  library(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: tripReportQuery }) query: TripReportQuery,
  ): Promise<Page<TripReportSummary>> {
    return this.reports.library(principal, query);
  }

  @Get('trip-reports/:id')
  @Answers(200, tripReportView, 'The report of a case: approved beside actual, meetings, agreements, what follows')
  show(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
  ): Promise<TripReportView> {
    return this.reports.show(principal, caseId);
  }

  @Get('follow-ups')
  @Answers(200, followUpList, 'What follows from trips, by day, of the organisations the reader works in')
  async followUps(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: followUpQuery }) query: FollowUpQuery,
  ): Promise<{ items: FollowUpView[] }> {
    return this.reports.followUps(principal, query);
  }

  @Post('follow-ups/:id/events')
  @HttpCode(200)
  @Answers(200, followUpReceipt, 'Closed, cancelled, or its day is moved')
  async send(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) followUpId: string,
    @Body({ schema: sendFollowUpEvent }) event: FollowUpEventInput,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @RequestId() requestId: string,
  ): Promise<FollowUpReceipt> {
    const meta = { requestId, ...(idempotency && { idempotency }) };
    const { body } = await this.reports.send(principal, { followUpId, event, meta });
    return body as FollowUpReceipt;
  }
}
