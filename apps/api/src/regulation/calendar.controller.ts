import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { z } from 'zod';
import {
  type ApplyCalendar,
  applyCalendar,
  type CalendarApplied,
  type CalendarDraft,
  type CalendarPreview,
  type CalendarYearView,
  calendarApplied,
  calendarDraft,
  calendarPreview,
  calendarYearQuery,
  calendarYearView,
} from '#contracts/calendar.js';
import { CalendarService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { IfMatch, setVersion } from '../http/preconditions.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';

/** Holidays and working days of the province, and changes of them as they are announced. */
@Controller('api/v1/calendar')
export class CalendarController {
  constructor(private readonly calendar: CalendarService) {}

  @Get()
  @Answers(200, calendarYearView, 'Holidays and swaps of a year with their sources; ETag is the newest change')
  async year(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: calendarYearQuery }) query: z.output<typeof calendarYearQuery>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CalendarYearView> {
    const view = await this.calendar.year(principal, query.year);
    setVersion(response, view.version);
    return view;
  }

  @Post('preview')
  @HttpCode(200)
  @Answers(200, calendarPreview, 'Open deadlines that a change would move, and who would be told; nothing is changed')
  preview(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: calendarDraft }) draft: CalendarDraft,
  ): Promise<CalendarPreview> {
    return this.calendar.preview(principal, draft);
  }

  @Post('changes')
  @Answers(
    201,
    calendarApplied,
    'The change holds and the deadlines are recomputed. If-Match and `digest` are those of the preview',
  )
  async apply(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: applyCalendar }) body: ApplyCalendar,
    @IfMatch() expectedVersion: number,
    @RequestId() requestId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<CalendarApplied> {
    const answer = await this.calendar.apply(principal, { ...body, expectedVersion, requestId });
    setVersion(response, answer.version);
    return answer;
  }
}
