import { setTimeout as pause } from 'node:timers/promises';

/** Only for what never comes: other work may make this machine slow. */
const patienceMs = 60_000;

/** Polls a condition of the outside world: in real time, because other processes live in it. */
export async function until(condition: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
  const began = performance.now();
  while (!(await condition())) {
    if (performance.now() - began > patienceMs) throw new Error(`After ${patienceMs} ms ${what} was still not true.`);
    await pause(10);
  }
}
