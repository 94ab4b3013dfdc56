import { parseArgs } from 'node:util';
import { addFates, describeBroken, openSimulation, shortForm } from './seeds.js';

/** Run by scripts/soak.mjs. Ends with 1 when a promise was broken; the seeds after it are run all the same. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    /** Every how many seeds one is an office of `cases` cases; 0: none. */
    large: { type: 'string', default: '200' },
    cases: { type: 'string', default: '300' },
    /** Only this seed, with everything that happened in it. */
    seed: { type: 'string' },
  },
});
const [seeds, from, large, cases] = [values.seeds, values.from, values.large, values.cases].map(Number) as [
  number,
  number,
  number,
  number,
];
const sizeOf = (seed: number) => (large > 0 && seed % large === 0 ? { ...shortForm, cases } : shortForm);

const simulation = await openSimulation();
process.exitCode = values.seed === undefined ? await many() : await one(Number(values.seed));
await simulation.close();

async function one(seed: number): Promise<number> {
  const report = await simulation.run({ seed, ...sizeOf(seed) });
  for (const line of report.trace) console.log(line);
  console.log(report.broken.length > 0 ? describeBroken(report) : `Seed ${seed} kept every promise.`);
  return report.broken.length > 0 ? 1 : 0;
}

async function many(): Promise<number> {
  const began = performance.now();
  const fates: Record<string, number> = {};
  let broken = 0;
  for (let seed = from; seed < from + seeds; seed += 1) {
    const report = await simulation.run({ seed, ...sizeOf(seed) });
    addFates(fates, report);
    if (report.broken.length > 0) {
      broken += 1;
      console.log(describeBroken(report));
    }
    const done = seed - from + 1;
    if (done % 100 === 0)
      console.log(`from seed ${from}: ${done} of ${seeds} seeds, ${broken} broken, ${seconds(began)} s`);
  }
  console.log(
    `from seed ${from}: ${seeds} seeds, ${broken} broken, ${seconds(began)} s; mails: ${JSON.stringify(fates)}`,
  );
  return broken > 0 ? 1 : 0;
}

function seconds(began: number): number {
  return Math.round((performance.now() - began) / 1000);
}
