import { Body, Controller, Get, HttpCode, Param, Post, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import {
  type OpenReportRound,
  openReportRound,
  type ReportReceipt,
  type RoundEventInput,
  type RoundList,
  type RoundView,
  reportReceipt,
  roundList,
  roundView,
  sendRoundEvent,
  sendUnitReportEvent,
  type UnitReportEventInput,
  type UnitReportView,
  unitReportView,
} from '#contracts/report-round.js';
import type { SessionPrincipal } from '#libs/organisation';
import { ReportRoundService, UnitReportService } from '#libs/reporting';
import { Answers, AnswersFile } from '../http/openapi.js';
import { type IdempotencyInput, IdempotencyKey } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

@Controller('api/v1')
export class ReportRoundController {
  constructor(
    private readonly rounds: ReportRoundService,
    private readonly units: UnitReportService,
  ) {}

  @Get('report-rounds')
  @Answers(200, roundList, 'Requests for periodic reports, newest first, with how many units have reported')
  list(@CurrentPrincipal() principal: SessionPrincipal): Promise<RoundList> {
    return this.rounds.list(principal);
  }

  @Post('report-rounds')
  @Answers(201, reportReceipt, 'Every unit is asked for its report; 409 when the same period is asked for already')
  async open(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: openReportRound }) command: OpenReportRound,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @RequestId() requestId: string,
  ): Promise<ReportReceipt> {
    const meta = { requestId, ...(idempotency && { idempotency }) };
    return (await this.rounds.open(principal, command, meta)).body as ReportReceipt;
  }

  @Get('report-rounds/:id')
  @Answers(200, roundView, 'Who has reported and who has not, what they write, and the figures of the province')
  show(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) roundId: string,
  ): Promise<RoundView> {
    return this.rounds.show({ principal, roundId });
  }

  @Post('report-rounds/:id/events')
  @HttpCode(200)
  @Answers(200, reportReceipt, 'Consolidated, cancelled, or numbered and issued; 409 says which rule refused it')
  async send(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) roundId: string,
    @Body({ schema: sendRoundEvent }) event: RoundEventInput,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @RequestId() requestId: string,
  ): Promise<ReportReceipt> {
    const meta = { requestId, ...(idempotency && { idempotency }) };
    return (await this.rounds.send({ principal, roundId, event, meta })).body as ReportReceipt;
  }

  @Get('report-rounds/:id/document')
  @AnswersFile(200, 'The report of the province as an official document (DOCX); before it is issued, as a draft')
  async document(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) roundId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { stream, headers } = await this.rounds.document({ principal, roundId });
    response.set(headers);
    return new StreamableFile(stream);
  }

  @Get('unit-reports/:id')
  @Answers(200, unitReportView, "A unit's report: its own trips counted, and what it writes beside them")
  unit(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) unitReportId: string,
  ): Promise<UnitReportView> {
    return this.units.show(principal, unitReportId);
  }

  @Post('unit-reports/:id/events')
  @HttpCode(200)
  @Answers(200, reportReceipt, 'Handed in, returned with a reason, or accepted; 409 says which rule refused it')
  async sendToUnit(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) unitReportId: string,
    @Body({ schema: sendUnitReportEvent }) event: UnitReportEventInput,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @RequestId() requestId: string,
  ): Promise<ReportReceipt> {
    const meta = { requestId, ...(idempotency && { idempotency }) };
    return (await this.units.send(principal, { unitReportId, event, meta })).body as ReportReceipt;
  }
}
