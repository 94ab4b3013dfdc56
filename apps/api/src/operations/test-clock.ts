import { Body, type CanActivate, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { z } from 'zod';
import { formatInstant } from '#libs/calendar';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { CurrentPrincipal } from '../session/current-principal.js';

/** What the composition root gives this edge in CLOCK=manual: the shared clock and the question what the worker has left to do. */
export interface TestClock {
  now(): Date;
  refresh(): Promise<void>;
  set(at: Date): Promise<void>;
  pending(): Promise<{ settled: boolean; work: Readonly<Record<string, number>>; nextAt: Date | null }>;
}
export const testClockToken = Symbol('TestClock');

const hands = z.object({ now: z.iso.datetime(), local: z.string() });
const setHands = z.object({ now: z.iso.datetime() });
const pendingWork = z.object({
  settled: z.boolean(),
  work: z.record(z.string(), z.int()),
  nextAt: z.iso.datetime().nullable(),
});

/** Only with CLOCK=manual, which production refuses: a walk-through or a test moves the day of the province. */
@Controller('api/v1/test-clock')
export class TestClockController {
  constructor(@Inject(testClockToken) private readonly clock: TestClock) {}

  @Get()
  @Answers(200, hands, 'Where the hands stand')
  async read(@CurrentPrincipal() principal: SessionPrincipal): Promise<z.output<typeof hands>> {
    requireRole(principal, { role: 'administrator' });
    return this.shown();
  }

  @Post()
  @HttpCode(200)
  @Answers(200, hands, 'The hands stand there now, for every process; they only go forward')
  async set(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: setHands }) body: z.output<typeof setHands>,
  ): Promise<z.output<typeof hands>> {
    requireRole(principal, { role: 'administrator' });
    await this.clock.set(new Date(body.now));
    return this.shown();
  }

  @Get('pending')
  @Answers(200, pendingWork, 'What the worker still has to do at this instant')
  async pending(@CurrentPrincipal() principal: SessionPrincipal): Promise<z.output<typeof pendingWork>> {
    requireRole(principal, { role: 'administrator' });
    const { settled, work, nextAt } = await this.clock.pending();
    return { settled, work: { ...work }, nextAt: nextAt?.toISOString() ?? null };
  }

  private shown(): z.output<typeof hands> {
    const now = this.clock.now();
    return { now: now.toISOString(), local: formatInstant(now) };
  }
}

/** Runs before every other guard: each request works on the time the shared clock shows when it comes in. */
export class TestClockGuard implements CanActivate {
  constructor(private readonly clock: TestClock) {}

  async canActivate(): Promise<boolean> {
    await this.clock.refresh();
    return true;
  }
}
