import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import {
  type LetterheadPreview,
  type LetterheadPreviewBody,
  type LetterheadsView,
  letterheadPreview,
  letterheadPreviewBody,
  letterheadsView,
  type NewLetterhead,
  newLetterhead,
} from '#contracts/letterhead.js';
import { LetterheadService } from '#libs/correspondence';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

/** How an office writes: letterhead, place, symbols, signature blocks, from a day on. */
@Controller('api/v1/organisations/:id/letterheads')
export class LetterheadController {
  constructor(private readonly letterheads: LetterheadService) {}

  @Get()
  @Answers(200, letterheadsView, 'What the office prints today, and every version')
  show(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
  ): Promise<LetterheadsView> {
    return this.letterheads.show({ principal, organisationId });
  }

  @Post()
  @Answers(201, letterheadsView, 'Another letterhead from a day on; administrators only')
  change(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: newLetterhead }) letterhead: NewLetterhead,
    @RequestId() requestId: string,
  ): Promise<LetterheadsView> {
    return this.letterheads.change({ principal, organisationId, letterhead, requestId });
  }

  @Post('preview')
  @HttpCode(200)
  @Answers(200, letterheadPreview, 'How it would be printed; writes nothing')
  preview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) organisationId: string,
    @Body({ schema: letterheadPreviewBody }) letterhead: LetterheadPreviewBody,
  ): Promise<LetterheadPreview> {
    return this.letterheads.preview({ principal, organisationId, letterhead });
  }
}
