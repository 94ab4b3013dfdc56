import { type QueryClient, useQuery } from '@tanstack/react-query';
import type { ClockHands, PendingWork } from '#contracts/test-clock.js';
import { ApiProblem, request } from './client';

const trialClock = ['trial-clock'];

/** What the clock of a trial shows; it runs, so it is asked again every half minute. */
export function useTrialClock() {
  return useQuery({
    queryKey: trialClock,
    queryFn: () => request<ClockHands>('/test-clock'),
    refetchInterval: 30_000,
  });
}

/** Real milliseconds in which the worker looks at a new day: some of its reminders are a matter of the day and not of an instant. */
const beatMs = 300;

/**
 * Lets time pass until `target`, with a stop on every working morning and at every instant at which something falls due, so that each
 * mail leaves at its own time. `useTrialClock` shows every stop. Ends early when `signal` says so. Throws ApiProblem.
 */
export async function letTimePass(
  cache: QueryClient,
  { target, signal }: { target: Date; signal: AbortSignal },
): Promise<void> {
  try {
    let hands = await request<ClockHands>('/test-clock');
    while (new Date(hands.now) < target) {
      const nextAt = await settled(signal);
      if (signal.aborted) return;
      hands = await setHands(earliest([target, new Date(hands.nextMorning), nextAt ?? target]));
      cache.setQueryData(trialClock, hands);
      await pause(beatMs);
    }
    await settled(signal);
  } finally {
    // Everything on the page may be another day's.
    await cache.invalidateQueries();
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function earliest(instants: readonly Date[]): Date {
  return new Date(Math.min(...instants.map((at) => at.getTime())));
}

/** The clock goes on meanwhile: an instant that has just passed needs no setting. */
async function setHands(at: Date): Promise<ClockHands> {
  try {
    return await request<ClockHands>('/test-clock', { method: 'POST', body: { now: at.toISOString() } });
  } catch (problem) {
    const hands = await request<ClockHands>('/test-clock');
    if (problem instanceof ApiProblem && problem.code === 'VALIDATION_FAILED' && new Date(hands.now) >= at)
      return hands;
    throw problem;
  }
}

/** Until the worker has nothing left to do at this instant; then when it will have. */
async function settled(signal: AbortSignal): Promise<Date | null> {
  for (;;) {
    const { settled: isDone, nextAt } = await request<PendingWork>('/test-clock/pending');
    if (isDone || signal.aborted) return nextAt === null ? null : new Date(nextAt);
    await pause(beatMs);
  }
}
