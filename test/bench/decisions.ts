import { parseArgs } from 'node:util';
import pg from 'pg';
import { createUnitOfWork } from '#libs/persistence';
import { createAppDataSource } from '#migrations/data-source.js';
import { cpuTime } from './cpu.js';
import { handWritten } from './hand-written.js';
import { median, medianOf, type Summary, summarise } from './statistics.js';
import { throughRuntime } from './through-runtime.js';
import { type Contender, createBenchHouse, runRound, startCases } from './workload.js';

/**
 * Run by scripts/bench.mjs with the URL of an empty, migrated database. Rounds of the two contenders alternate, so that a
 * neighbour on the machine disturbs both. Prints one line of JSON.
 */
const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    clients: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '5' },
    cases: { type: 'string', default: '600' },
  },
});
const [clients, rounds, cases] = [Number(values.clients), Number(values.rounds), Number(values.cases)];
const url = values.url!;

const dataSource = await createAppDataSource({ url, poolSize: clients }).initialize();
const house = createBenchHouse(createUnitOfWork(dataSource));
const pool = new pg.Pool({ connectionString: url, max: clients });
const contenders = { handWritten: handWritten(pool, house), runtime: throughRuntime(house) };
const measured: Record<keyof typeof contenders, Summary[]> = { handWritten: [], runtime: [] };

const one = async (contender: Contender, count: number): Promise<Summary> => {
  const pile = await startCases(house, count);
  await dataSource.query('analyze');
  const before = await cpuTime(dataSource);
  const round = await runRound(contender, pile, clients);
  return summarise(round, { before, after: await cpuTime(dataSource) });
};

await one(contenders.handWritten, Math.ceil(cases / 3));
await one(contenders.runtime, Math.ceil(cases / 3));
for (let round = 0; round < rounds; round += 1) {
  // Who goes first alternates too.
  const names = round % 2 === 0 ? (['handWritten', 'runtime'] as const) : (['runtime', 'handWritten'] as const);
  for (const name of names) measured[name].push(await one(contenders[name], cases));
}
await pool.end();
await dataSource.destroy();

const ratios = measured.runtime.map((round, n) => round.perSecond / measured.handWritten[n]!.perSecond);
const result = {
  clients,
  rounds,
  casesEachRound: cases,
  handWritten: medianOf(measured.handWritten),
  runtime: medianOf(measured.runtime),
  ratio: Math.round(median(ratios) * 1000) / 1000,
  ratios: ratios.map((ratio) => Math.round(ratio * 1000) / 1000),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
