import { installSeededIds } from './seeded-ids.js';
import type { Planted, SimulationReport } from './simulate.js';

export const shortForm = { cases: 3, days: 400 };

export interface Simulation {
  run(settings: { seed: number; cases: number; days: number }, more?: Planted): Promise<SimulationReport>;
  /** Throws at the first seed that breaks a promise, with the way to repeat it. */
  runAll(range: { from: number; to: number }): Promise<SeedsSummary>;
  close(): Promise<void>;
}

export interface SeedsSummary {
  readonly seeds: number;
  /** How often each end of a mail was seen: a suppressed one under its reason. */
  readonly fates: Readonly<Record<string, number>>;
}

export async function openSimulation(): Promise<Simulation> {
  installSeededIds();
  // Only now: what is imported before keeps the ids that cannot be repeated.
  const { simulate } = await import('./simulate.js');
  const { openWorld } = await import('./world.js');
  const world = await openWorld();
  return {
    run: (settings, more) => simulate(world, settings, more),
    async runAll({ from, to }) {
      const fates: Record<string, number> = {};
      for (let seed = from; seed <= to; seed += 1) {
        const report = await simulate(world, { seed, ...shortForm });
        if (report.broken.length > 0) throw new Error(describeBroken(report));
        addFates(fates, report);
      }
      return { seeds: to - from + 1, fates };
    },
    close: () => world.close(),
  };
}

export function describeBroken({ seed, broken }: SimulationReport): string {
  const shown = broken.slice(0, 10).map((line) => `  ${line}`);
  return [`Seed ${seed} broke ${broken.length}. Repeat it: npm run soak -- --seed ${seed}`, ...shown].join('\n');
}

export function addFates(fates: Record<string, number>, { evidence }: SimulationReport): void {
  for (const { status, suppressedReason } of evidence.mails) {
    const fate = suppressedReason ?? status;
    fates[fate] = (fates[fate] ?? 0) + 1;
  }
}
