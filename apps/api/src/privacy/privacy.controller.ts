import { Body, Controller, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import {
  type FoundPapers,
  foundPapers,
  type IdentityPapersPatch,
  identityPapersPatch,
  type MaskedPapersList,
  maskedPapersList,
  type SearchPapers,
  type ShownPapers,
  searchPapers,
  shownPapers,
  type ViewPapers,
  viewPapers,
} from '#contracts/identity-papers.js';
import { type OwnData, ownData } from '#contracts/own-data.js';
import {
  type RetentionClass,
  type RetentionReport,
  type RetentionRun,
  retentionClasses,
  retentionReport,
  retentionRun,
  type SetRetention,
  setRetention,
} from '#contracts/retention.js';
import type { SessionPrincipal } from '#libs/organisation';
import { IdentityPapersService, OwnDataService, RetentionService } from '#libs/privacy';
import { Answers } from '../http/openapi.js';
import { IfMatch, setVersion } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

const position = z.coerce.number().int().min(1).max(200);

/** Passport numbers and birth dates, how long what is kept, and what is kept about oneself. */
@Controller('api/v1')
export class PrivacyController {
  constructor(
    private readonly papers: IdentityPapersService,
    private readonly retention: RetentionService,
    private readonly own: OwnDataService,
  ) {}

  @Get('cases/:id/identity-papers')
  @Answers(200, maskedPapersList, 'For each member what is kept, masked')
  async list(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<MaskedPapersList> {
    const list = await this.papers.list(principal, caseId);
    setVersion(response, list.revision);
    return list;
  }

  @Put('cases/:id/members/:position/identity-papers')
  @HttpCode(204)
  @Answers(204, null, 'Kept sealed. If-Match is the revision of the proposal')
  record(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Param('position', { schema: position }) memberPosition: number,
    @Body({ schema: identityPapersPatch }) patch: IdentityPapersPatch,
    @IfMatch() expectedRevision: number,
    @RequestId() requestId: string,
  ): Promise<void> {
    return this.papers.record({ principal, caseId, position: memberPosition, expectedRevision, patch, requestId });
  }

  @Post('cases/:id/members/:position/identity-papers/view')
  @HttpCode(200)
  @Answers(200, shownPapers, 'The values of one member; who looked and why is on record')
  show(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Param('position', { schema: position }) memberPosition: number,
    @Body({ schema: viewPapers }) { reason }: ViewPapers,
    @RequestId() requestId: string,
  ): Promise<ShownPapers> {
    return this.papers.show({ principal, caseId, position: memberPosition, reason, requestId });
  }

  @Post('identity-papers/search')
  @HttpCode(200)
  @Answers(200, foundPapers, 'Cases in which somebody travels on this passport; the search is on record')
  search(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: searchPapers }) query: SearchPapers,
    @RequestId() requestId: string,
  ): Promise<FoundPapers> {
    return this.papers.search(principal, query, requestId);
  }

  @Get('me/data')
  @Answers(200, ownData, 'Everything kept about the reader, as a download; the export is on record')
  exportOwn(
    @CurrentPrincipal() principal: SessionPrincipal,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<OwnData> {
    response.set('Content-Disposition', 'attachment; filename="thong-hanh-du-lieu-cua-toi.json"');
    return this.own.export(principal, requestId);
  }

  @Get('operations/retention')
  @Answers(200, retentionReport, 'How long what is kept, what the next run would erase, and the last runs')
  report(@CurrentPrincipal() principal: SessionPrincipal): Promise<RetentionReport> {
    return this.retention.report(principal);
  }

  @Put('operations/retention/:dataClass')
  @HttpCode(204)
  @Answers(204, null, 'The class is kept so many days from now on')
  setRetention(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('dataClass', { schema: z.enum(retentionClasses) }) dataClass: RetentionClass,
    @Body({ schema: setRetention }) { keepDays }: SetRetention,
    @RequestId() requestId: string,
  ): Promise<void> {
    return this.retention.set(principal, { dataClass, keepDays, requestId });
  }

  @Post('operations/retention/runs')
  @HttpCode(200)
  @Answers(200, retentionRun, 'What was erased')
  applyRetention(
    @CurrentPrincipal() principal: SessionPrincipal,
    @RequestId() requestId: string,
  ): Promise<RetentionRun> {
    return this.retention.apply(principal, requestId);
  }
}
