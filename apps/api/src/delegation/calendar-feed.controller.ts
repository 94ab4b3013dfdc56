import { Controller, Delete, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import {
  type CalendarFeedMade,
  type CalendarFeedStatus,
  calendarFeedFile,
  calendarFeedMade,
  calendarFeedStatus,
} from '#contracts/calendar-feed.js';
import { AppError } from '#contracts/errors.js';
import { CalendarFeedService } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers, AnswersFile } from '../http/openapi.js';
import { RequestId } from '../http/request-context.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { Public } from '../session/public.js';

@Controller('api/v1')
export class CalendarFeedController {
  constructor(private readonly feeds: CalendarFeedService) {}

  @Get('me/calendar-feed')
  @Answers(200, calendarFeedStatus, 'Whether the reader has a private calendar, and since when')
  status(@CurrentPrincipal() principal: SessionPrincipal): Promise<CalendarFeedStatus> {
    return this.feeds.status(principal);
  }

  @Post('me/calendar-feed')
  @Answers(201, calendarFeedMade, 'A new address of the private calendar, told this once; the one before is closed')
  renew(@CurrentPrincipal() principal: SessionPrincipal, @RequestId() requestId: string): Promise<CalendarFeedMade> {
    return this.feeds.renew(principal, requestId);
  }

  @Delete('me/calendar-feed')
  @HttpCode(204)
  @Answers(204, null, 'The private calendar is closed')
  remove(@CurrentPrincipal() principal: SessionPrincipal, @RequestId() requestId: string): Promise<void> {
    return this.feeds.remove(principal, requestId);
  }

  /** A program that subscribes to a calendar cannot sign in; the secret in the address is what opens it. */
  @Get('calendar-feeds/:file')
  @Public()
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('X-Robots-Tag', 'noindex')
  @AnswersFile(200, 'The private calendar of one person, as iCalendar')
  read(@Param('file') file: string): Promise<string> {
    if (!calendarFeedFile.safeParse(file).success) throw new AppError('NOT_FOUND');
    return this.feeds.read(file.slice(0, -'.ics'.length));
  }
}
