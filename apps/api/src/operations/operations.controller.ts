import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { timerView } from '#contracts/case.js';
import { type TimerListQuery, timerListQuery } from '#contracts/inbox.js';
import { DelegationService, type OpenTimer } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { CurrentPrincipal } from '../session/current-principal.js';

const openTimer = timerView.extend({ caseId: z.uuid(), caseCode: z.string() });
const timerPage = z.object({ items: z.array(openTimer), nextCursor: z.string().nullable() });
const chainReport = z.object({
  instances: z.int(),
  events: z.int(),
  faults: z.array(z.object({ instanceId: z.uuid(), seq: z.int(), kind: z.string() })),
});

/** For the administrator and the inspector of a province. */
@Controller('api/v1/operations')
export class OperationsController {
  constructor(private readonly delegations: DelegationService) {}

  @Get('timers')
  @Answers(200, timerPage, 'Open deadlines and reminders by due date')
  timers(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Query({ schema: timerListQuery }) query: TimerListQuery,
  ): Promise<{ items: OpenTimer[]; nextCursor: string | null }> {
    return this.delegations.listTimers(principal, query);
  }

  @Post('audit/verify')
  @HttpCode(200)
  @Answers(200, chainReport, 'Every hash chain of the province, checked now')
  verify(@CurrentPrincipal() principal: SessionPrincipal): Promise<z.output<typeof chainReport>> {
    return this.delegations.verifyAudit(principal) as Promise<z.output<typeof chainReport>>;
  }
}
