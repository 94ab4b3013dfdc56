import { Body, type CanActivate, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import {
  type ClockHands,
  clockHands,
  type PendingWork,
  pendingWork,
  type SetHands,
  setHands,
} from '#contracts/test-clock.js';
import { type BusinessCalendar, formatInstant } from '#libs/calendar';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import { Answers } from '../http/openapi.js';
import { CurrentPrincipal } from '../session/current-principal.js';

/** What the composition root gives this edge unless the clock is the machine's: the shared clock and what the worker has left to do. */
export interface TestClock {
  /** Everybody signed in moves it, not only an administrator. */
  readonly isTrial: boolean;
  now(): Date;
  refresh(): Promise<void>;
  set(at: Date): Promise<void>;
  calendarFor(provinceId: string): BusinessCalendar;
  pending(): Promise<{ settled: boolean; work: Readonly<Record<string, number>>; nextAt: Date | null }>;
}
export const testClockToken = Symbol('TestClock');

/** Only with CLOCK=manual or CLOCK=trial, which production refuses: the day of the province is moved by hand. */
@Controller('api/v1/test-clock')
export class TestClockController {
  constructor(@Inject(testClockToken) private readonly clock: TestClock) {}

  @Get()
  @Answers(200, clockHands, 'Where the hands stand')
  async read(@CurrentPrincipal() principal: SessionPrincipal): Promise<ClockHands> {
    this.requireMover(principal);
    return this.shown(principal);
  }

  @Post()
  @HttpCode(200)
  @Answers(200, clockHands, 'The hands stand there now, for every process; they only go forward')
  async set(
    @CurrentPrincipal() principal: SessionPrincipal,
    @Body({ schema: setHands }) body: SetHands,
  ): Promise<ClockHands> {
    this.requireMover(principal);
    await this.clock.set(new Date(body.now));
    return this.shown(principal);
  }

  @Get('pending')
  @Answers(200, pendingWork, 'What the worker still has to do at this instant')
  async pending(@CurrentPrincipal() principal: SessionPrincipal): Promise<PendingWork> {
    this.requireMover(principal);
    const { settled, work, nextAt } = await this.clock.pending();
    return { settled, work: { ...work }, nextAt: nextAt?.toISOString() ?? null };
  }

  private requireMover(principal: SessionPrincipal): void {
    if (!this.clock.isTrial) requireRole(principal, { role: 'administrator' });
  }

  private shown({ provinceId }: SessionPrincipal): ClockHands {
    const now = this.clock.now();
    const calendar = this.clock.calendarFor(provinceId);
    const isWorkingTime = calendar.isWorkingTime(now);
    const nextMorning = isWorkingTime
      ? calendar.shiftWorkingDays({ from: now, offset: 1 })
      : calendar.nextWorkingInstant(now);
    return {
      now: now.toISOString(),
      local: formatInstant(now),
      isWorkingTime,
      nextMorning: nextMorning.toISOString(),
    };
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
