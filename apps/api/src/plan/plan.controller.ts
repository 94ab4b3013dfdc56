import { buffer } from 'node:stream/consumers';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res, StreamableFile, UploadedFile } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import type { Page } from '#contracts/page.js';
import {
  type ConfirmPlan,
  confirmPlan,
  type PlanImport,
  type PlanItemQuery,
  type PlanItemView,
  type PlanListQuery,
  type PlanPreview,
  type PlanView,
  planImportView,
  planItemPage,
  planItemQuery,
  planItemView,
  planList,
  planListQuery,
  planPreviewView,
  previewPlan,
} from '#contracts/plan.js';
import { type ExportPlan, exportPlan } from '#contracts/plan-export.js';
import { fileDeclaration } from '#contracts/proposal.js';
import type { SessionPrincipal } from '#libs/organisation';
import { PlanService } from '#libs/plan';
import { decodeCursor, toPage } from '../http/cursor.js';
import { type ReceivedFile, requireFile, TakesFile } from '../http/one-file-upload.js';
import { Answers, AnswersFile } from '../http/openapi.js';
import { type IdempotencyInput, IdempotencyKey } from '../http/preconditions.js';
import { sentFile } from '../http/sent-file.js';
import { parseWith } from '../http/validation.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { ForSystems } from '../session/for-systems.js';

const itemAfter = z.strictObject({ position: z.int32().min(0) });
const uploadForm = {
  type: 'object',
  required: ['file', 'noStateSecrets'],
  properties: {
    file: { type: 'string', format: 'binary', description: 'XLSX, DOCX or CSV, at most 20 MB' },
    year: { type: 'integer', minimum: 2000, maximum: 2100, description: 'Wins over the year the file names' },
    direction: { type: 'string', enum: ['outbound', 'inbound'], description: 'Wins over what the columns say' },
    noStateSecrets: { type: 'string', enum: ['true'], description: 'The file holds no state secret' },
  },
};

@Controller('api/v1')
export class PlanController {
  constructor(private readonly plans: PlanService) {}

  @Post('plan-previews')
  @TakesFile(uploadForm)
  @Answers(201, planPreviewView, 'What the file holds, with the problems of each cell; nothing is imported')
  async preview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @UploadedFile() file: ReceivedFile | undefined,
    @Body() form: unknown,
  ): Promise<PlanPreview> {
    const { noStateSecrets: _, ...command } = parseWith(previewPlan.extend(fileDeclaration.shape), form ?? {});
    const { name, source } = requireFile(file);
    // Its tables are read as a whole; the limits of libs/documents keep that small.
    return this.plans.previewPlan(principal, { name, bytes: await buffer(source) }, command);
  }

  @Get('plan-previews/:id')
  @Answers(200, planPreviewView, 'A preview, with its outcome once it is confirmed')
  showPreview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) previewId: string,
  ): Promise<PlanPreview> {
    return this.plans.getPreview(principal, previewId);
  }

  @Post('plan-previews/:id/confirm')
  @HttpCode(200)
  @Answers(200, planImportView, 'Lines added, there already, and left out')
  confirm(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) previewId: string,
    @Body({ schema: confirmPlan }) body: ConfirmPlan,
    @IdempotencyKey() idempotency: IdempotencyInput | undefined,
  ): Promise<PlanImport> {
    const { skipRows } = body;
    return this.plans.confirmPlan(principal, { previewId, skipRows, ...(idempotency ? { idempotency } : {}) });
  }

  @Get('plans')
  @ForSystems('plans:read')
  @Answers(200, planList, 'Plans of the province, newest year first')
  async list(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: planListQuery }) query: PlanListQuery,
  ): Promise<{ items: PlanView[] }> {
    return { items: await this.plans.listPlans(principal, query) };
  }

  @Get('plans/:id/items')
  @ForSystems('plans:read')
  @Answers(200, planItemPage, 'Lines of a plan in their order, searched with or without diacritics')
  async items(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planId: string,
    @Query({ schema: planItemQuery }) query: PlanItemQuery,
  ): Promise<Page<PlanItemView>> {
    const { cursor, limit, search, scope } = query;
    const after = decodeCursor(itemAfter, cursor)?.position;
    return toPage(await this.plans.listItems(principal, { planId, limit, search, after, scope }));
  }

  @Get('plans/:id/export')
  @AnswersFile(200, 'The plan as XLSX or DOCX in one of the column sets; it imports again without loss')
  async export(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planId: string,
    @Query({ schema: exportPlan }) query: ExportPlan,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return sentFile(response, await this.plans.exportPlan(principal, { ...query, planId }));
  }

  @Get('plan-items/:id')
  @ForSystems('plans:read')
  @Answers(200, planItemView, 'One line of a plan')
  item(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) planItemId: string,
  ): Promise<PlanItemView> {
    return this.plans.getItem(principal, planItemId);
  }
}
