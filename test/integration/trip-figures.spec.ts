import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkFigures, recountFigures } from '#apps/cli/src/commands/figures.js';
import type { House } from '#apps/cli/src/composition.js';
import { memberRanks } from '#contracts/ranks.js';
import { createUnitOfWork, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import { checkTripFigures, countTrips, recountTrips } from '#libs/reporting';
import { createTestDatabase, type TestDatabase } from '#test/support/database.js';
import { readPeriodicReport } from '../../libs/reporting/src/read-report.js';
import { slowReportStatement } from './slow-report.js';

const trips = 160;
const now = new Date('2023-07-01T02:00:00Z');
const province = '00000000-0000-4000-8000-000000000001';
const organisation = (n: number) => `00000000-0000-4000-8000-00000000001${n}`;

/** A number from 0 below k, always the same for the same n and word. */
const pick = (k: number, word: string) => `(abs(hashtext(n || '${word}')::bigint) % ${k})::int`;
const oneOf = (word: string, values: readonly string[]) =>
  `(array['${values.join("','")}'])[1 + ${pick(values.length, word)}]`;
const maybe = (word: string, sql: string) => `case when ${pick(3, word)} > 0 then ${sql} end`;
const numbers = `generate_series(1, ${trips}) n`;
const idOf = (n: string) => `md5('trip' || ${n})::uuid`;
const person = (n: string) => `md5('person' || ${n})::uuid`;
const planItem = (n: string) => `md5('line' || ${n})::uuid`;

const world = `
  insert into provinces (id, code, name) values ('${province}', 'TQ', 'Tuyên Quang'), ('${province.replace(/1$/, '2')}', 'TN', 'Thái Nguyên');
  insert into organisations (id, province_id, code, kind)
    select ('00000000-0000-4000-8000-00000000001' || n)::uuid, '${province}', 'DV' || n, 'department' from generate_series(1, 4) n;
  insert into organisation_versions (id, organisation_id, name, short_name, valid_from, valid_to)
    select gen_random_uuid(), id, code || ' cũ', code, date '2000-01-01', date '2023-03-01' from organisations
    union all select gen_random_uuid(), id, code || ' mới', code, date '2023-03-01', null from organisations;
  insert into people (id, province_id, full_name, search_name, email, language, active, created_at)
    select ${person('n')}, '${province}', 'Người ' || n, '', n || '@x.example', 'vi', true, now() from generate_series(0, 39) n;
  insert into positions (id, person_id, organisation_id, title, rank, valid_from, valid_to)
    select gen_random_uuid(), ${person(`(n % 40)`)}, '${organisation(1)}', 'Chức vụ ' || n, ${oneOf('rank', [...memberRanks, 'unknownRank'])},
      date '2022-06-01' + ${pick(200, 'from')}, ${maybe('to', `date '2023-01-01' + ${pick(150, 'to2')}`)} from generate_series(0, 69) n;
  insert into plans (id, province_id, year, direction, imported_at) values ('${province}', '${province}', 2023, 'outbound', now());
  insert into plan_items (id, province_id, plan_id, position, year, direction, state, name, countries, period_from, period_to,
      further_activities, row_digest, search_name, created_at, revision)
    select ${planItem('n')}, '${province}', '${province}', n, 2023, 'outbound', ${oneOf('line', ['approved', 'closed', 'draft'])}, 'Dòng', '[]',
      '2023-01-01', date '2023-03-01' + n, '[]', n::text, '', now(), 1 from generate_series(0, 19) n;
  insert into instances (id, province_id, definition_id, definition_version, case_code, snapshot, states, status, version, last_seq,
      last_hash, created_at, updated_at)
    select ${idOf('n')}, '${province}', 'outbound-delegation', 1, 'DR-' || n, '{}', array[s.state],
      case when s.state in ('completed', 'cancelled', 'rejected', 'withdrawn') then 'done' else 'active' end, 1, 1, '', now(), now()
    from ${numbers} cross join lateral (select ${oneOf('state', ['completed', 'completed', 'completed', 'cancelled', 'rejected', 'withdrawn', 'trip.closing', 'approval', 'proposal.draft'])} as state) s;
  insert into proposals (instance_id, province_id, organisation_id, focal_id, authority_id, proposer_id, case_code, plan_item_id, revision, digest, delegation_name,
      capacity, purpose_kind, purpose, countries, departure_date, return_date, day_count, includes_travel_days, partners, content,
      out_of_plan_justification, urgent_reason, exceptions, no_state_secrets, handled_outside, search_name, created_at, updated_at)
    select ${idOf('n')}, '${province}', ('00000000-0000-4000-8000-00000000001' || (1 + ${pick(4, 'unit')}))::uuid, '${organisation(1)}', '${organisation(1)}', '${province}', 'DR-' || n,
      ${maybe('line', planItem(pick(20, 'line2')))}, 1, '', 'Đoàn', '', ${oneOf('purpose', ['visit', 'study', 'promotion'])}, '',
      case ${pick(4, 'country')} when 0 then '[]' when 1 then '[{"code": "JP", "name": "Nhật Bản"}, {"code": null, "name": "Xứ lạ"}]'
        when 2 then '[{"code": "KR", "name": "Hàn Quốc"}, {"code": "JP", "name": "Nhật"}, {"code": "KR", "name": "Triều Tiên"}]'
        else '[{"code": "LA", "name": "Lào"}]' end::jsonb,
      d.departs, d.departs + ${pick(9, 'long')}, 1, true, '', '', '', '', '[]', true, false, '', now(), now()
    from ${numbers} cross join lateral (select ${maybe('dated', `date '2022-12-01' + ${pick(200, 'departs')}`)} as departs) d;
  insert into proposal_members (instance_id, position, person_id, full_name, title, organisation, role)
    select ${idOf('t')}, k, ${maybe('known', person(pick(40, 'who')))}, 'Ai', '', '', 'member'
    from generate_series(1, ${trips}) t cross join generate_series(1, 5) k cross join lateral (select t * 10 + k as n) x where ${pick(5, 'seat')} >= k;
  insert into proposal_funding (instance_id, position, source, label, amount, currency, paid_by)
    select ${idOf('t')}, k, ${oneOf('source', ['stateBudget', 'partner'])}, '', ${maybe('amount', `${pick(1000, 'a')} * 1000.5`)}, ${oneOf('currency', ['VND', 'USD'])}, 'vietnam'
    from generate_series(1, ${trips}) t cross join generate_series(1, 3) k cross join lateral (select t * 10 + k as n) x where ${pick(4, 'line')} >= k;
  insert into tasks (id, instance_id, province_id, key, kind, person_id, data, due_at, opened_at, opened_seq, closed_at, closed_seq, outcome)
    select gen_random_uuid(), ${idOf('t')}, '${province}', k, k, '${province}', '{}', ${maybe('due', `timestamptz '2023-06-01Z' + make_interval(days => ${pick(60, 'due2')})`)},
      now(), 1, case when d.closed then timestamptz '2023-06-20Z' end, case when d.closed then 2 end, case when d.closed then 'done' end
    from generate_series(1, ${trips}) t cross join unnest(array['submitReport', 'returnPassports', 'decide']) k
      cross join lateral (select t || k as n) x cross join lateral (select ${pick(3, 'closed')} > 0 as closed) d;
  insert into trip_reports (instance_id, province_id, content, summary, search_text, submitted_at, submitted_by_id, accepted_at)
    select ${idOf('n')}, '${province}', ${maybe(
      'content',
      `jsonb_build_object('meetings', case ${pick(2, 'meetings')} when 0 then '[]' else '[{}, {}]' end::jsonb,
      'agreements', '[{}]'::jsonb, 'actual', '{"costs": [{"source": "stateBudget", "currency": "VND", "amount": 7.5}, {"source": "other", "currency": "USD", "amount": 3}]}'::jsonb)`,
    )},
      '', '', now(), '${province}', ${maybe('accepted', 'now()')} from ${numbers} where ${pick(2, 'reported')} = 0;
  insert into trip_follow_ups (id, instance_id, province_id, position, task, organisation_id, due_date, state)
    select gen_random_uuid(), ${idOf('t')}, '${province}', k, '', '${province}', date '2023-06-01' + ${pick(60, 'follow')}, ${oneOf('follows', ['planned', 'open', 'done', 'cancelled'])}
    from generate_series(1, ${trips}) t cross join generate_series(1, 2) k cross join lateral (select t * 10 + k as n) x;
`;

/** Of the trip n; each changes what that trip is counted from. */
const changes: Readonly<Record<string, (trip: string) => string>> = {
  'the state of the case': (id) =>
    `update instances set states = array[case when states && array['completed', 'trip.closing'] then 'cancelled' else 'completed' end] where id = ${id}`,
  'a case that runs again': (id) =>
    `update instances set states = array['approval'], status = 'active' where id = ${id}`,
  'the unit': (
    id,
  ) => `update proposals set organisation_id = case organisation_id when '${organisation(1)}' then '${organisation(2)}'
    else '${organisation(1)}' end::uuid where instance_id = ${id}`,
  'the line of the plan': (id) =>
    `update proposals set plan_item_id = case when plan_item_id is null then ${planItem('1')} end where instance_id = ${id}`,
  'the purpose': (id) => `update proposals set purpose_kind = purpose_kind || '!' where instance_id = ${id}`,
  'the countries': (id) =>
    `update proposals set countries = countries || '[{"code": "CN", "name": "Trung Quốc"}]' where instance_id = ${id}`,
  'the days': (id) =>
    `update proposals set departure_date = departure_date - 1, return_date = return_date + 1 where instance_id = ${id}`,
  'one more member': (
    id,
  ) => `insert into proposal_members (instance_id, position, person_id, full_name, title, organisation, role)
    select ${id}, 1 + coalesce(max(position), 0), ${person('1')}, '', '', '', 'member' from proposal_members where instance_id = ${id}`,
  'a member erased': (id) => `update proposal_members set person_id = null where instance_id = ${id}`,
  'no members': (id) => `delete from proposal_members where instance_id = ${id}`,
  'one more source of money': (
    id,
  ) => `insert into proposal_funding (instance_id, position, source, label, amount, currency, paid_by)
    values (${id}, 9, 'partyBudget', '', 5, 'VND', 'vietnam')`,
  'the money': (id) => `update proposal_funding set amount = amount + 1 where instance_id = ${id}`,
  'no money': (id) => `delete from proposal_funding where instance_id = ${id}`,
  'a duty done late': (id) => `update tasks set due_at = '2023-01-01Z', closed_at = coalesce(closed_at, '2023-06-30Z'),
    closed_seq = 2, outcome = 'done' where instance_id = ${id}`,
  'a duty opened again': (
    id,
  ) => `update tasks set due_at = '2023-08-01Z', closed_at = null, closed_seq = null, outcome = null
    where instance_id = ${id} and kind = 'submitReport'`,
  'one more duty': (
    id,
  ) => `insert into tasks (id, instance_id, province_id, key, kind, person_id, data, due_at, opened_at, opened_seq,
      closed_at, closed_seq, outcome)
    values (gen_random_uuid(), ${id}, '${province}', 'more', 'returnPassports', '${province}', '{}', now(), now(), 1, '2023-06-30Z', 3, 'done')`,
  'no duties': (id) => `delete from tasks where instance_id = ${id}`,
  'the report': (
    id,
  ) => `insert into trip_reports (instance_id, province_id, content, summary, search_text, submitted_at, submitted_by_id, accepted_at)
    values (${id}, '${province}', '{"meetings": [{}, {}, {}]}', '', '', now(), '${province}', now())
    on conflict (instance_id) do update set content = excluded.content, accepted_at = coalesce(trip_reports.accepted_at, now())`,
  'no report': (id) => `delete from trip_reports where instance_id = ${id}`,
  'what follows': (id) =>
    `update trip_follow_ups set state = case state when 'done' then 'open' else 'done' end where instance_id = ${id}`,
  'one thing more that follows': (
    id,
  ) => `insert into trip_follow_ups (id, instance_id, province_id, position, task, organisation_id, due_date, state)
    values (gen_random_uuid(), ${id}, '${province}', 9, '', '${province}', '2023-01-01', 'open')`,
  'nothing follows': (id) => `delete from trip_follow_ups where instance_id = ${id}`,
  'a new position of a member': (id) => `insert into positions (id, person_id, organisation_id, title, rank, valid_from)
    select gen_random_uuid(), person_id, '${organisation(1)}', '', 'politburo', '2022-01-01' from proposal_members where instance_id = ${id} and person_id is not null`,
  'a position that ended before': (id) => `update positions set valid_to = '2022-12-31' where valid_from < '2022-12-01'
    and person_id in (select person_id from proposal_members where instance_id = ${id})`,
  'the rank of a position': (id) => `update positions set rank = 'unitManaged'
    where person_id in (select person_id from proposal_members where instance_id = ${id})`,
  'no position': (id) =>
    `delete from positions where person_id in (select person_id from proposal_members where instance_id = ${id})`,
};
const periods = [
  { from: '2022-12-15', to: '2023-06-14' },
  { from: '2023-02-01', to: '2023-02-28' },
  { from: '2022-01-01', to: '2023-12-31' },
] as const;
const scopes = [null, [organisation(1), organisation(3)]] as const;

describe('the kept figures of trips', () => {
  let database: TestDatabase;
  let unitOfWork: UnitOfWork;
  beforeAll(async () => {
    database = await createTestDatabase({ poolSize: 3 });
    unitOfWork = createUnitOfWork(database.dataSource);
    await database.dataSource.query(world);
  });
  afterAll(() => database.drop());
  beforeEach(() => countAll());

  const run = (sql: string) => database.dataSource.query(sql);
  async function countAll(): Promise<void> {
    while ((await countTrips(unitOfWork)) === 'more');
  }
  async function kept(tx: Tx): Promise<number> {
    const [row] = await tx.query('select count(*)::int as kept from trip_figures where counted');
    return row.kept;
  }

  /** The reports by both ways, for whole provinces and some units. Throws where they differ; answers what they say. */
  async function compare(tx: Tx): Promise<string> {
    const said: unknown[] = [];
    for (const period of periods)
      for (const organisationIds of scopes) {
        const asked = { scope: { provinceId: province, organisationIds }, period, now };
        const fast = await readPeriodicReport((...read) => runPrepared(tx, ...read), asked);
        const slow = await readPeriodicReport((_, values) => runPrepared(tx, slowReportStatement, values), asked);
        expect(fast).toEqual(slow);
        said.push(slow);
      }
    return JSON.stringify(said);
  }

  /** What `work` did is taken back. */
  async function undone(work: (tx: Tx) => Promise<void>): Promise<void> {
    const end = new Error('taken back');
    const ended = unitOfWork.run(async (tx) => {
      await work(tx);
      throw end;
    });
    await expect(ended).rejects.toBe(end);
  }

  it('are kept of every trip and say what the sources say', async () => {
    await unitOfWork.run(compare);
    expect(await unitOfWork.run(checkTripFigures)).toEqual({ trips, counted: trips, missing: 0, different: [] });
  });

  it.each(Object.entries(changes))('are thrown away with a change of: %s', async (_, change) => {
    const [trip] =
      await run(`select t.instance_id as id from trip_figures t join proposals p on p.instance_id = t.instance_id
      where t.counted and t.outcome = 'done' and t.follow_ups > 0 and t.reports > 0 and t.people > 1 and t.departs > '2023-01-02'
        and t.level <> 'unknown' and cardinality(t.estimated) > 0 and t.level not in ('politburo', 'unitManaged')
        and exists (select from proposal_funding f where f.instance_id = t.instance_id and f.amount > 0)
        and exists (select from positions x join proposal_members m on m.person_id = x.person_id
          where m.instance_id = t.instance_id and x.valid_from < '2022-12-01')
      order by 1 limit 1`);
    expect(trip).toBeDefined();
    await undone(async (tx) => {
      const before = { said: await compare(tx), kept: await kept(tx) };
      await tx.query(change(`'${trip.id}'::uuid`));
      expect((await compare(tx)) === before.said).toBe(false);
      expect(await kept(tx)).toBeLessThan(before.kept);
    });
  });

  it('say the same as the sources after any changes in any order', async () => {
    const steps = fc.sample(
      fc.record({
        change: fc.constantFrom(...Object.values(changes)),
        trip: fc.integer({ min: 1, max: trips }),
        counts: fc.boolean(),
      }),
      { numRuns: 60, seed: 20230301 },
    );
    for (const { change, trip, counts } of steps) {
      await run(change(`(${idOf(`'${trip}'`)})`)).catch(taken);
      if (counts) await countAll();
      await unitOfWork.run(compare);
    }
    expect((await unitOfWork.run(checkTripFigures)).different).toEqual([]);
  });

  it('are not counted while somebody changes a source, and then from what was committed', async () => {
    const [{ id }] = await run(
      'select instance_id as id from trip_figures where counted and outcome is not null limit 1',
    );
    await unitOfWork.run(recountTrips);
    await unitOfWork.run(async (tx) => {
      await tx.query(`update proposals set purpose_kind = 'changed' where instance_id = $1`, [id]);
      expect(await countTrips(unitOfWork)).toBe('busy');
    });
    await countAll();
    expect(await run(`select instance_id as id from trip_figures where counted and purpose = 'changed'`)).toEqual([
      { id },
    ]);
    await unitOfWork.run(compare);
  });

  it('are counted anew by the operator who doubts them', async () => {
    const house = { unitOfWork } as House;
    const input = { operands: [], options: {} };
    expect(await checkFigures.run(house, input)).toMatchObject({ ok: true });
    await run(
      'update trip_figures set people = people + 1 where instance_id = (select min(instance_id::text)::uuid from trip_figures)',
    );
    const wrong = await checkFigures.run(house, input);
    expect(wrong).toMatchObject({ ok: false, data: { missing: 0 } });
    expect(await recountFigures.run(house, input)).toMatchObject({ ok: true, data: { counted: true } });
    expect(await checkFigures.run(house, input)).toMatchObject({ ok: true });
  });

  it('are found to be wrong by the check when somebody changed them or a source behind the back of the database', async () => {
    await undone(async (tx) => {
      const [wrong] = await tx.query(`select t.instance_id as id, p.case_code as code from trip_figures t
        join proposals p on p.instance_id = t.instance_id where t.counted limit 1`);
      await tx.query('update trip_figures set people = people + 1 where instance_id = $1', [wrong.id]);
      expect((await checkTripFigures(tx)).different).toEqual([wrong.code]);
      await tx.query('delete from trip_figures where instance_id = $1', [wrong.id]);
      expect((await checkTripFigures(tx)).missing).toBe(1);
    });
  });
});

/** A second row with the position of the first: that trip was changed so before. */
function taken(error: { code?: string }): void {
  if (error.code !== '23505') throw error;
}
