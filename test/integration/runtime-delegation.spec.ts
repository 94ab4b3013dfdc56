import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createBusinessCalendar, createManualClock, vietnamHolidays } from '#libs/calendar';
import type { WorkflowEvent } from '#libs/engine';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { Runtime } from '#libs/runtime';
import { createTestDatabase, type TestDatabase } from '#test/support/database.js';
import { outboundDelegation } from '#workflows/outbound-delegation/definition.js';
import { sampleEvent, sampleIds, sampleInput } from '#workflows/outbound-delegation/sample-case.js';
import { plainEvents, turningEvents, wrongEvents } from '#workflows/outbound-delegation/sample-variants.js';

const uuids = new Map<string, string>(Object.values(sampleIds).map((name) => [name, randomUUID()]));

/** The sample names its people and organisations in words; the tables want ids. */
function withIds<Value>(value: Value): Value {
  const text = JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'string' ? (uuids.get(member) ?? member) : member,
  );
  return JSON.parse(text) as Value;
}

const monday = new Date('2026-03-02T02:00:00.000Z');
const candidates: readonly WorkflowEvent[] = [...plainEvents, ...turningEvents].map(withIds);
const anything: readonly WorkflowEvent[] = [...candidates, ...wrongEvents.map(withIds)];
/** Endings would cut most random lives short. */
const endings = ['WITHDRAW', 'REJECT', 'CANCEL'];
const straight = [
  ...['SUBMIT', 'SIGN_SUBMIT', 'RECEIVE', 'REQUEST_OPINION', 'OPINION_RECEIVED', 'ACCEPT_DOSSIER', 'FORWARD'],
  ...['APPROVE', 'APPROVE', 'ISSUE_DECISION', 'PASSPORT_GIVEN', 'NOTE_VERBALE_ISSUED', 'MOFA_NOTIFIED'],
  ...['EMBASSY_NOTIFIED', 'FUNDING_CONFIRMED', 'DEPART', 'RETURN_HOME', 'SUBMIT_REPORT', 'ACCEPT_REPORT'],
  ...['PASSPORT_RETURNED', 'SETTLEMENT_DONE'],
] as const;

interface Step {
  readonly choice: number;
  readonly kind: 'accepted' | 'any' | 'timer' | 'ending';
}
const weighted = (kind: Step['kind'], weight: number) => ({ weight, arbitrary: fc.constant(kind) });
const kind = fc.oneof(weighted('accepted', 8), weighted('any', 2), weighted('timer', 4), weighted('ending', 1));
interface Life {
  /** How many steps of the straight way come first. */
  readonly from: number;
  readonly steps: readonly Step[];
}
const life = fc.record<Life>({
  from: fc.nat(straight.length),
  steps: fc.array(fc.record<Step>({ choice: fc.nat(10_000), kind }), { minLength: 4, maxLength: 12 }),
});

describe('the delegation machine through the runtime', () => {
  const clock = createManualClock(monday);
  const calendar = createBusinessCalendar(vietnamHolidays);
  const runtime = new Runtime({ clock, definitions: [outboundDelegation], calendarFor: () => calendar });
  let database: TestDatabase;
  let unitOfWork: UnitOfWork;
  beforeAll(async () => {
    database = await createTestDatabase();
    unitOfWork = createUnitOfWork(database.dataSource);
  });
  afterAll(() => database.drop());

  const begin = async (): Promise<string> => {
    const instanceId = randomUUID();
    await unitOfWork.run((tx) =>
      runtime.start(tx, {
        instanceId,
        definitionId: outboundDelegation.id,
        provinceId: randomUUID(),
        caseCode: instanceId,
        input: withIds(sampleInput()),
        principal: { personId: randomUUID() },
      }),
    );
    return instanceId;
  };
  const send = (instanceId: string, event: WorkflowEvent): Promise<boolean> =>
    unitOfWork.run(async (tx) => {
      const locked = await runtime.lock(tx, { instanceId });
      const principal = { personId: uuids.get(sampleIds.officer)! };
      return (await runtime.apply(tx, locked, { event, principal })).kind === 'applied';
    });
  const acceptedNow = (instanceId: string, mayEnd: boolean): Promise<readonly WorkflowEvent[]> =>
    unitOfWork.run(async (tx) => {
      const pool = candidates.filter(({ type }) => mayEnd || !endings.includes(type));
      const judged = runtime.available(await runtime.read(tx, instanceId), pool);
      return judged.filter(({ allowed }) => allowed).map(({ candidate }) => candidate);
    });
  /** The next timer of the case at its instant; a reminder outside working time again when the office opens. */
  const fireNext = async (instanceId: string): Promise<void> => {
    const [next]: { id: string; due_at: Date }[] = await database.dataSource.query(
      `select id, due_at from timers where instance_id = $1 and fired_at is null and cancelled_at is null
        order by due_at, id limit 1`,
      [instanceId],
    );
    if (!next) return;
    if (next.due_at > clock.now()) clock.set(next.due_at);
    await unitOfWork.run((tx) => runtime.fireTimer(tx, next.id));
  };
  const take = async (instanceId: string, step: Step): Promise<void> => {
    if (step.kind === 'timer') return fireNext(instanceId);
    const pool = step.kind === 'any' ? anything : await acceptedNow(instanceId, step.kind === 'ending');
    const event = pool[step.choice % Math.max(pool.length, 1)];
    if (event) await send(instanceId, event);
  };
  const findings = async (instanceId: string): Promise<unknown> => {
    const [row] = await database.dataSource.query(
      `select
        (select count(*)::int from events e where e.instance_id = i.id) = i.last_seq and i.version = i.last_seq as "logged",
        i.status = 'active' or not exists (select 1 from tasks t where t.instance_id = i.id and t.closed_at is null) as "closed",
        i.status = 'active' or not exists (select 1 from timers t
          where t.instance_id = i.id and coalesce(t.fired_at, t.cancelled_at) is null) as "quiet",
        not exists (select 1 from timers r join timers d on d.id = r.deadline_id where r.instance_id = i.id
          and d.cancelled_at is not null and coalesce(r.fired_at, r.cancelled_at) is null) as "noOrphanReminder",
        not exists (select 1 from timers t where t.instance_id = i.id and t.kind = 'deadline'
          and coalesce(t.fired_at, t.cancelled_at) is null group by t.send_id having count(*) > 1) as "oneTimerEach",
        not exists (select 1 from tasks t join timers d on d.id = t.timer_id where t.instance_id = i.id
          and t.closed_at is null and (d.cancelled_at is not null or d.due_at <> t.due_at)) as "dueOnce"
      from instances i where i.id = $1`,
      [instanceId],
    );
    return row;
  };

  it('replays, keeps its chain and leaves no stray row, whatever happens to the case', async () => {
    const states = new Set<string>();
    const property = fc.asyncProperty(life, async ({ from, steps }) => {
      clock.set(monday);
      const instanceId = await begin();
      for (const type of straight.slice(0, from)) await send(instanceId, withIds(sampleEvent(type)));
      for (const step of steps) await take(instanceId, step);
      expect(await findings(instanceId)).toEqual({
        logged: true,
        closed: true,
        quiet: true,
        noOrphanReminder: true,
        oneTimerEach: true,
        dueOnce: true,
      });
      const replayed = await unitOfWork.run((tx) => runtime.replay(tx, instanceId));
      expect(replayed).toMatchObject({ matches: true, refusedSeq: null });
      const chain = await unitOfWork.run((tx) => runtime.verifyChains(tx, { instanceId }));
      expect(chain.faults).toEqual([]);
      const locked = await unitOfWork.run((tx) => runtime.read(tx, instanceId));
      for (const state of locked.states) states.add(state.split('.')[0]!);
    });
    // Lives without any detour, one into each phase: what chance alone reaches differs from run to run.
    const begun = ['SUBMIT', 'RECEIVE', 'ISSUE_DECISION', 'DEPART', 'SETTLEMENT_DONE'] as const;
    const examples = begun.map((type): [Life] => [{ from: straight.indexOf(type) + 1, steps: [] }]);
    await fc.assert(property, { numRuns: 30, examples });
    expect([...states]).toEqual(expect.arrayContaining(['proposal', 'appraisal', 'notification', 'trip', 'completed']));
  });
});
