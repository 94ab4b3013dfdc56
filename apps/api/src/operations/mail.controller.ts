import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import {
  type MailListQuery,
  type MailPage,
  type MailPreview,
  type MailPreviewQuery,
  type MailResent,
  type MailTemplateList,
  type MailTroubleView,
  mailListQuery,
  mailPage,
  mailPreview,
  mailPreviewQuery,
  mailResent,
  mailTemplateList,
  mailTroubleView,
} from '#contracts/mail-ledger.js';
import { MailLedgerService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

/** For the administrator and the inspector of a province. */
@Controller('api/v1/operations')
export class MailController {
  constructor(private readonly mails: MailLedgerService) {}

  @Get('mails')
  @Answers(200, mailPage, 'The mail ledger, newest first')
  list(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: mailListQuery }) query: MailListQuery,
  ): Promise<MailPage> {
    return this.mails.list(principal, query);
  }

  @Get('mails/trouble')
  @Answers(200, mailTroubleView, 'Mails somebody must look at, mails on their way, and timers that are overdue')
  trouble(@CurrentPrincipal() principal: SessionPrincipal): Promise<MailTroubleView> {
    return this.mails.trouble(principal);
  }

  @Get('mail-templates')
  @Answers(200, mailTemplateList, 'Every kind of mail, as a person calls it')
  templates(@CurrentPrincipal() principal: SessionPrincipal): MailTemplateList {
    return this.mails.templates(principal);
  }

  @Get('mail-previews')
  @Answers(200, mailPreview, 'A mail as it would be written now about a real case; nothing is sent')
  preview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: mailPreviewQuery }) query: MailPreviewQuery,
  ): Promise<MailPreview> {
    return this.mails.preview(principal, query);
  }

  @Post('mails/:id/resend')
  @HttpCode(200)
  @Answers(200, mailResent, 'An uncertain or failed mail, planned again because the administrator says so')
  resend(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) mailId: string,
    @RequestId() requestId: string,
  ): Promise<MailResent> {
    return this.mails.resend(principal, { mailId, requestId });
  }
}
