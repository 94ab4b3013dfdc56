import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  type MessageEvent,
  Param,
  Post,
  Query,
  Req,
  Sse,
} from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { z } from 'zod';
import {
  type InboxPage,
  type InboxQuery,
  type InboxView,
  inboxPage,
  inboxQuery,
  inboxView,
  inboxViewList,
  type SaveInboxView,
  saveInboxView,
} from '#contracts/inbox.js';
import { InboxService } from '#libs/delegation';
import { type SessionPrincipal, SessionService } from '#libs/organisation';
import type { ApiRequest } from '../http/api-request.js';
import { Answers } from '../http/openapi.js';
import { CurrentPrincipal } from '../session/current-principal.js';
import { SessionCookie } from '../session/session-cookie.js';
import { InboxStream } from './inbox-stream.js';

@Controller('api/v1/inbox')
export class InboxController {
  constructor(
    private readonly inboxes: InboxService,
    private readonly stream: InboxStream,
    private readonly sessions: SessionService,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @Answers(200, inboxPage, 'Open tasks of my roles by due date; counts come with the first page')
  inbox(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: inboxQuery }) query: InboxQuery,
  ): Promise<InboxPage> {
    return this.inboxes.inbox(principal, query);
  }

  @Sse('stream')
  @ApiResponse({
    status: 200,
    description: 'Events `inbox` with the cases that changed for the reader, and `hello` to keep the connection open',
    content: { 'text/event-stream': { schema: { type: 'string' } } },
  })
  changes(@CurrentPrincipal() principal: SessionPrincipal, @Req() request: ApiRequest): Observable<MessageEvent> {
    const token = this.cookie.tokenOf(request) ?? '';
    return this.stream.listen(principal, () => this.sessions.principalOf(token));
  }

  @Get('views')
  @Answers(200, inboxViewList, 'My saved views of the inbox')
  async views(@CurrentPrincipal() principal: SessionPrincipal): Promise<{ items: InboxView[] }> {
    return { items: await this.inboxes.views(principal) };
  }

  @Post('views')
  @HttpCode(200)
  @Answers(200, inboxView, 'The view is kept under its name; a name that exists takes the new filter')
  saveView(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: saveInboxView }) view: SaveInboxView,
  ): Promise<InboxView> {
    return this.inboxes.saveView(principal, view);
  }

  @Delete('views/:id')
  @HttpCode(204)
  @Answers(204, null, 'The view is gone')
  removeView(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Param('id', { schema: z.uuid() }) viewId: string,
  ): Promise<void> {
    return this.inboxes.removeView(principal, viewId);
  }
}
