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

/**
 * Lets time pass until `target`, with a stop at every instant at which something falls due, so that each mail leaves at its own time.
 * `useTrialClock` shows every stop. Ends early when `signal` says so. Throws ApiProblem.
 */
export async function letTimePass(
  cache: QueryClient,
  { target, signal }: { target: Date; signal: AbortSignal },
): Promise<void> {
  const stopAt = async (at: Date) => cache.setQueryData(trialClock, await setHands(at));
  try {
    for (let next = await settled(signal); next !== null && next < target; next = await settled(signal)) {
      if (signal.aborted) return;
      await stopAt(next);
    }
    if (signal.aborted) return;
    await stopAt(target);
    await settled(signal);
  } finally {
    // Everything on the page may be another day's.
    await cache.invalidateQueries();
  }
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
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
