import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseView } from '#contracts/case.js';
import { DelegationHouse } from './delegation-house.js';

/** A second delegation to the same country with the same content is remarked, unless the first one never took place. */
describe('how another trip stands when a proposal is judged', () => {
  let house: DelegationHouse;
  let first: string;
  let second: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    first = await house.open();
    second = await house.open();
  });
  afterAll(() => house.close());

  const active = 'active';
  const done = 'done';
  it.each([
    ['a draft', active, ['proposal', 'proposal.draft'], null, 'pass'],
    ['on its way through the offices', active, ['approval', 'approval.step'], null, 'warn'],
    ['abroad', active, ['trip', 'trip.abroad'], '2023-02-01', 'warn'],
    ['back and reporting', active, ['trip', 'trip.closing', 'trip.closing.report'], '2023-02-01', 'warn'],
    ['completed', done, ['completed'], '2023-02-01', 'warn'],
    ['rejected', done, ['rejected'], null, 'pass'],
    ['withdrawn', done, ['withdrawn'], null, 'pass'],
    ['cancelled before it left', done, ['cancelled'], null, 'pass'],
    ['cancelled on the way', done, ['cancelled'], '2023-02-01', 'warn'],
  ])('%s', async (_, status, states, departedOn, expected) => {
    await house.query(
      `update instances set status = $2, states = $3, snapshot = jsonb_set(snapshot, '{context,departedOn}', $4::jsonb) where id = $1`,
      [first, status, states, JSON.stringify(departedOn)],
    );
    const view: CaseView = (await house.as('chuyenvien.skhdt', `/cases/${second}`)).body;
    expect(view.findings.find(({ rule }) => rule === 'duplicate')?.outcome).toBe(expected);
  });
});
