import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import type { Logger } from 'pino';
import { exhaustMap, interval, type Subscription } from 'rxjs';

/** How long a change entered elsewhere may stay unseen here. */
const lookEveryMs = 1_000;

/** Keeps the calendars of this process up to date. One small question a second; the decisions themselves ask nothing. */
export class CalendarWatch implements OnModuleInit, OnModuleDestroy {
  private failing = false;
  private looking: Promise<void> = Promise.resolve();
  private watch: Subscription | undefined;

  constructor(private readonly given: { look: () => Promise<void>; logger: Logger }) {}

  /** The first look is over before a request comes in. */
  async onModuleInit(): Promise<void> {
    await this.look();
    this.watch = interval(lookEveryMs)
      .pipe(
        exhaustMap(() => {
          this.looking = this.look();
          return this.looking;
        }),
      )
      .subscribe();
  }

  async onModuleDestroy(): Promise<void> {
    this.watch?.unsubscribe();
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      await this.given.look();
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.given.logger.warn({ err: error }, 'calendar: the look failed, the next one follows');
      this.failing = true;
    }
  }
}
