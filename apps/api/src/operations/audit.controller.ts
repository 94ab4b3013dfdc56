import { Controller, Get, Param, Query, Res, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { type AuditListQuery, type AuditRecordPage, auditListQuery, auditRecordPage } from '#contracts/audit.js';
import { AuditService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers, AnswersFile } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { ForSystems } from '../session/for-systems.js';

/** For the administrator and the inspector of a province. */
@Controller('api/v1')
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Get('operations/audit/records')
  @ForSystems('audit:read')
  @Answers(200, auditRecordPage, 'Administration, views of personal data, exports and sign-ins, newest first')
  records(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: auditListQuery }) query: AuditListQuery,
  ): Promise<AuditRecordPage> {
    return this.audit.records(principal, query);
  }

  @Get('cases/:id/bundle')
  @AnswersFile(200, 'The case with its documents as a signed archive; the export is on record')
  async bundle(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) caseId: string,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { fileName, stream } = await this.audit.exportCase(principal, { caseId, requestId });
    response.set({
      'Content-Type': 'application/x-tar',
      'Content-Disposition': `attachment; filename="${fileName.replace(/[^\w.-]/g, '_')}"`,
    });
    return new StreamableFile(stream);
  }
}
