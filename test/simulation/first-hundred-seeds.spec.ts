import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openSimulation, type Simulation } from './seeds.js';

let simulation: Simulation;
beforeAll(async () => {
  simulation = await openSimulation();
});
afterAll(() => simulation.close());

it('sends, suppresses or shows as uncertain each reminder once, in each of a hundred offices of 400 days', async () => {
  const { fates } = await simulation.runAll({ from: 1, to: 100 });
  // The runs prove something only when every fate occurs in them.
  const met = ['sent', 'uncertain', 'failed', 'taskClosed', 'noRecipient', 'inDigest', 'nothingDue', 'superseded'];
  expect(Object.keys(fates)).toEqual(expect.arrayContaining(met));
  expect(fates.sent).toBeGreaterThan(1500);
}, 1_800_000);
