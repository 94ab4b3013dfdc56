import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile, UploadedFile } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import {
  type AmendmentView,
  amendmentView,
  type DraftOfficialDocument,
  draftOfficialDocument,
  type NumberOfficialDocument,
  type NumberRegister,
  type NumberRegisterQuery,
  numberOfficialDocument,
  numberRegister,
  numberRegisterQuery,
  type OfficialDocumentList,
  type OfficialDocumentView,
  officialDocumentList,
  officialDocumentView,
  type VoidOfficialDocument,
  voidOfficialDocument,
} from '#contracts/official-documents.js';
import { fileDeclaration } from '#contracts/proposal.js';
import { CorrespondenceService } from '#libs/correspondence';
import type { SessionPrincipal } from '#libs/organisation';
import { type ReceivedFile, requireFile, TakesFile } from '../http/one-file-upload.js';
import { Answers, AnswersFile } from '../http/openapi.js';
import { sentFile } from '../http/sent-file.js';
import { signedForm } from '../http/signed-form.js';
import { parseWith } from '../http/validation.js';
import { CurrentPrincipal } from '../session/current-principal.js';

@Controller('api/v1')
export class CorrespondenceController {
  constructor(private readonly correspondence: CorrespondenceService) {}

  @Get('cases/:id/official-documents')
  @Answers(200, officialDocumentList, 'Official documents of the case, newest first, and those the reader may draft')
  list(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
  ): Promise<OfficialDocumentList> {
    return this.correspondence.list(principal, caseId);
  }

  @Post('cases/:id/official-documents')
  @Answers(201, officialDocumentView, 'The draft, in the place of an earlier one of its kind')
  draft(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @Body({ schema: draftOfficialDocument }) draft: DraftOfficialDocument,
  ): Promise<OfficialDocumentView> {
    return this.correspondence.draft(principal, { caseId, draft });
  }

  @Get('cases/:id/amendment')
  @Answers(200, amendmentView, 'What differs from the decision in force, how many items, and which way it goes')
  amendment(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
  ): Promise<AmendmentView> {
    return this.correspondence.amendment(principal, caseId);
  }

  @Get('official-documents/:id/file')
  @AnswersFile(200, 'The document as DOCX, as a download under its Vietnamese name')
  async file(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) documentId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return sentFile(response, await this.correspondence.file({ principal, documentId }));
  }

  @Post('official-documents/:id/number')
  @HttpCode(200)
  @Answers(200, officialDocumentView, 'The document with its number of today; asked again, with the number it has')
  number(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) documentId: string,
    @Body({ schema: numberOfficialDocument }) { startAt }: NumberOfficialDocument,
  ): Promise<OfficialDocumentView> {
    return this.correspondence.number({ principal, documentId, ...(startAt !== undefined && { startAt }) });
  }

  @Post('official-documents/:id/signed-copy')
  @TakesFile(signedForm)
  @Answers(201, officialDocumentView, 'The signed copy is in the dossier under the number of the document')
  attachSigned(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) documentId: string,
    @UploadedFile() file: ReceivedFile | undefined,
    @Body() form: unknown,
  ): Promise<OfficialDocumentView> {
    const { name, source } = requireFile(file);
    parseWith(fileDeclaration, form ?? {});
    return this.correspondence.attachSigned({
      principal,
      documentId,
      fileName: name,
      source,
    });
  }

  @Post('official-documents/:id/void')
  @HttpCode(200)
  @Answers(200, officialDocumentView, 'The document is void; its number stays taken')
  voidDocument(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) documentId: string,
    @Body({ schema: voidOfficialDocument }) { reason }: VoidOfficialDocument,
  ): Promise<OfficialDocumentView> {
    return this.correspondence.voidDocument({ principal, documentId, reason });
  }

  @Get('number-register')
  @Answers(200, numberRegister, 'Every number taken in a year, by book, for the offices the reader keeps')
  register(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: numberRegisterQuery }) query: NumberRegisterQuery,
  ): Promise<NumberRegister> {
    return this.correspondence.register(principal, query);
  }
}
