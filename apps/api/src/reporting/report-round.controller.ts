import { Body, Controller, Get, HttpCode, Param, Post, Put, Res, StreamableFile, UploadedFile } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { type VoidOfficialDocument, voidOfficialDocument } from '#contracts/official-documents.js';
import { fileDeclaration } from '#contracts/proposal.js';
import {
  type IssueReport,
  type OpenReportRound,
  openReportRound,
  type ReportReceipt,
  type RoundEventInput,
  type RoundList,
  type RoundView,
  reportReceipt,
  roundEvents,
  roundList,
  roundView,
  type SavedRemarks,
  type SaveRemarks,
  savedRemarks,
  saveRemarks,
  sendRoundEvent,
  sendUnitReportEvent,
  type UnitReportEventInput,
  type UnitReportView,
  unitReportView,
} from '#contracts/report-round.js';
import type { SessionPrincipal } from '#libs/organisation';
import { ReportRoundService, RoundPaperService, UnitReportService } from '#libs/reporting';
import { type ReceivedFile, requireFile, TakesFile } from '../http/one-file-upload.js';
import { Answers, AnswersFile } from '../http/openapi.js';
import { type IdempotencyInput, IdempotencyKey } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { sentFile } from '../http/sent-file.js';
import { signedForm } from '../http/signed-form.js';
import { parseWith } from '../http/validation.js';
import { CurrentPrincipal } from '../session/current-principal.js';

@Controller('api/v1')
export class ReportRoundController {
  constructor(
    private readonly rounds: ReportRoundService,
    private readonly papers: RoundPaperService,
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
    return sentFile(response, await this.papers.document({ principal, roundId }));
  }

  @Post('report-rounds/:id/document/signed-copy')
  @TakesFile(signedForm)
  @Answers(201, roundView, 'The signed copy of the issued report is kept under its number')
  async attachSigned(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) roundId: string,
    @UploadedFile() file: ReceivedFile | undefined,
    @Body() form: unknown,
  ): Promise<RoundView> {
    const { name: fileName, source } = requireFile(file);
    parseWith(fileDeclaration, form ?? {});
    await this.papers.attachSigned({ principal, roundId, fileName, source });
    return this.rounds.show({ principal, roundId });
  }

  @Get('report-rounds/:id/document/signed-copy')
  @AnswersFile(200, 'The signed copy of the issued report')
  async signedCopy(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) roundId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return sentFile(response, await this.papers.signedCopy({ principal, roundId }));
  }

  @Post('report-rounds/:id/document/void')
  @HttpCode(200)
  @Answers(200, roundView, 'The number of the report is void; it stays taken')
  async voidNumber(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) roundId: string,
    @Body({ schema: voidOfficialDocument }) { reason }: VoidOfficialDocument,
  ): Promise<RoundView> {
    await this.papers.voidNumber({ principal, roundId, reason });
    return this.rounds.show({ principal, roundId });
  }

  @Post('report-rounds/:id/document/number')
  @HttpCode(200)
  @Answers(200, roundView, 'Another number for a report whose number was voided')
  async numberAgain(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) roundId: string,
    @Body({ schema: roundEvents.ISSUE_REPORT }) asked: IssueReport,
  ): Promise<RoundView> {
    await this.papers.numberAgain({ principal, roundId, ...asked });
    return this.rounds.show({ principal, roundId });
  }

  @Get('unit-reports/:id')
  @Answers(200, unitReportView, "A unit's report: its own trips counted, and what it writes beside them")
  unit(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) unitReportId: string,
  ): Promise<UnitReportView> {
    return this.units.show(principal, unitReportId);
  }

  @Put('unit-reports/:id/remarks')
  @Answers(200, savedRemarks, 'What the unit is writing is kept; 412 when somebody else saved meanwhile')
  saveRemarks(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) unitReportId: string,
    @Body({ schema: saveRemarks }) command: SaveRemarks,
  ): Promise<SavedRemarks> {
    return this.units.saveRemarks(principal, { unitReportId, ...command });
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
