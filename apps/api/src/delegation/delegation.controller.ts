import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Res,
  StreamableFile,
  UploadedFile,
} from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import {
  type BackwardPlanQuery,
  type BackwardPlanView,
  backwardPlanQuery,
  backwardPlanView,
} from '#contracts/backward-plan.js';
import {
  type CaseListQuery,
  type CasePage,
  type CaseReceipt,
  type CaseView,
  caseListQuery,
  casePage,
  caseReceipt,
  caseView,
  type EventListQuery,
  type EventPage,
  type EventPreview,
  eventListQuery,
  eventPage,
  eventPreview,
  type ProposalReceipt,
  proposalReceipt,
  type TimerView,
  timerView,
} from '#contracts/case.js';
import { type SendEventBody, sendEventBody } from '#contracts/delegation-events.js';
import { type JudgingBasis, judgingBasis } from '#contracts/judging.js';
import {
  attachDocument,
  type CreateProposal,
  createProposal,
  type DossierDocument,
  dossierDocument,
  type OutsideDocument,
  outsideDocument,
  type ProposalPatch,
  proposalPatch,
} from '#contracts/proposal.js';
import { documentKinds } from '#contracts/proposal-kinds.js';
import { type SubstitutionOffer, substitutionOffers } from '#contracts/substitution.js';
import { DelegationService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { type ReceivedFile, requireFile, TakesFile } from '../http/one-file-upload.js';
import { Answers, AnswersFile } from '../http/openapi.js';
import { type IdempotencyInput, IdempotencyKey, IfMatch, setVersion } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { sentFile } from '../http/sent-file.js';
import { parseWith } from '../http/validation.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { ForSystems } from '../session/for-systems.js';

const uploadForm = {
  type: 'object',
  required: ['file', 'kind', 'noStateSecrets'],
  properties: {
    file: { type: 'string', format: 'binary', description: 'PDF, DOCX, XLSX, PNG or JPEG' },
    kind: { type: 'string', enum: [...documentKinds] },
    noStateSecrets: { type: 'string', enum: ['true'], description: 'The file holds no state secret' },
    number: { type: 'string', description: 'Number and symbol as printed' },
    date: { type: 'string', format: 'date' },
    title: { type: 'string' },
  },
};

@Controller('api/v1')
export class DelegationController {
  constructor(private readonly delegations: DelegationService) {}

  @Post('proposals')
  @Answers(201, caseReceipt, 'The case is open; its id is the id of the proposal too')
  async create(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: createProposal }) command: CreateProposal,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseReceipt> {
    const receipt = await this.delegations.createProposal(principal, command, metaOf({ requestId, idempotency }));
    setVersion(response, receipt.version);
    return receipt;
  }

  @Patch('cases/:id/proposal')
  @Answers(200, proposalReceipt, 'The next revision. If-Match is the revision that was edited')
  async edit(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Body({ schema: proposalPatch }) patch: ProposalPatch,
    @IfMatch() expectedRevision: number,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ProposalReceipt> {
    const receipt = await this.delegations.updateProposal(principal, { caseId, expectedRevision, patch });
    setVersion(response, receipt.revision);
    return receipt;
  }

  @Post('cases/:id/documents')
  @TakesFile(uploadForm)
  @Answers(201, dossierDocument, 'The document is in the dossier')
  attach(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @UploadedFile() file: ReceivedFile | undefined,
    @Body() form: unknown,
  ): Promise<DossierDocument> {
    const document = parseWith(attachDocument, form ?? {});
    const { name, source } = requireFile(file);
    return this.delegations.attachDocument(principal, {
      caseId,
      document,
      fileName: name,
      source,
    });
  }

  @Post('cases/:id/documents/outside')
  @Answers(201, dossierDocument, 'A classified document, kept outside the system, is on record')
  recordOutside(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Body({ schema: outsideDocument }) document: OutsideDocument,
  ): Promise<DossierDocument> {
    return this.delegations.recordOutsideDocument(principal, { caseId, document });
  }

  @Get('files/:id')
  @AnswersFile(200, 'The bytes of an uploaded file, as a download')
  async file(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) fileId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return sentFile(response, await this.delegations.openFile(principal, fileId));
  }

  @Get('cases')
  @ForSystems('cases:read')
  @Answers(200, casePage, 'Cases the reader may see, newest first')
  list(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: caseListQuery }) query: CaseListQuery,
  ): Promise<CasePage> {
    return this.delegations.listCases(principal, query);
  }

  @Get('cases/:id')
  @ForSystems('cases:read')
  @Answers(200, caseView, 'A case with what the reader may do next')
  async show(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseView> {
    const view = await this.delegations.getCase(principal, caseId);
    setVersion(response, view.version);
    return view;
  }

  @Post('cases/:id/events/preview')
  @HttpCode(200)
  @Answers(
    200,
    eventPreview,
    'Deadlines the event would move, begin or end, and who holds the work; nothing is written',
  )
  preview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Body({ schema: sendEventBody }) body: SendEventBody,
  ): Promise<EventPreview> {
    const { taskId, ...event } = body;
    const meta = { requestId: null };
    return this.delegations.previewEvent({ principal, caseId, event, ...(taskId !== undefined && { taskId }), meta });
  }

  @Get('cases/:id/events')
  @ForSystems('cases:read')
  @Answers(200, eventPage, 'What happened, in order')
  events(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Query({ schema: eventListQuery }) query: EventListQuery,
  ): Promise<EventPage> {
    return this.delegations.listEvents(principal, { caseId, ...query });
  }

  @Post('cases/:id/events')
  @Answers(200, caseReceipt, 'The event is accepted; 409 says which rule refused it, or that somebody was first')
  async send(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Body({ schema: sendEventBody }) body: SendEventBody,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
    @IfMatch({ required: false }) expectedVersion: number | undefined,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CaseReceipt> {
    const { taskId, ...event } = body;
    const answer = await this.delegations.sendEvent({
      principal,
      caseId,
      event,
      ...(taskId !== undefined && { taskId }),
      ...(expectedVersion !== undefined && { expectedVersion }),
      meta: metaOf({ requestId, idempotency }),
    });
    const receipt = answer.body as CaseReceipt;
    response.status(answer.status);
    setVersion(response, receipt.version);
    return receipt;
  }

  @Get('cases/:id/timers')
  @ForSystems('cases:read')
  @Answers(200, z.object({ items: z.array(timerView) }), 'Deadlines and reminders with the sentence that explains each')
  timers(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
  ): Promise<{ items: TimerView[] }> {
    return this.delegations.listCaseTimers(principal, caseId);
  }

  @Get('cases/:id/backward-plan')
  @Answers(200, backwardPlanView, 'The last safe day of each remaining step, also for a day of departure tried out')
  backwardPlan(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Query({ schema: backwardPlanQuery }) { departureDate }: BackwardPlanQuery,
  ): Promise<BackwardPlanView> {
    return this.delegations.backwardPlan(principal, { caseId, departureDate });
  }

  @Get('cases/:id/judging')
  @Answers(200, judgingBasis, 'Profile, calendar and ranks to judge the proposal with while it is written')
  judging(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
  ): Promise<JudgingBasis> {
    return this.delegations.judgingBasis(principal, caseId);
  }

  @Get('me/substitution-offers')
  @Answers(200, substitutionOffers, 'Trips of mine for which nobody stands in yet')
  async substitutionOffers(@CurrentPrincipal() principal: SessionPrincipal): Promise<{ items: SubstitutionOffer[] }> {
    return { items: await this.delegations.substitutionOffers(principal) };
  }
}

function metaOf({ requestId, idempotency }: { requestId: string; idempotency: IdempotencyInput | undefined }) {
  return { requestId, ...(idempotency && { idempotency }) };
}
