import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plant } from './faulty-worker.js';
import { describeBroken, openSimulation, type Simulation, shortForm } from './seeds.js';
import type { Planted } from './simulate.js';

let simulation: Simulation;
beforeAll(async () => {
  simulation = await openSimulation();
});
afterAll(() => simulation.close());

it('repeats a seed to the last step', async () => {
  const one = await simulation.run({ seed: 7, ...shortForm });
  const other = await simulation.run({ seed: 7, ...shortForm });
  expect(other.trace).toEqual(one.trace);
  expect(one.trace.length).toBeGreaterThan(500);
}, 120_000);

/** Before each transaction of a worker the planted statement runs beside it. */
const meddling =
  (sql: string): Plant =>
  ({ unitOfWork, world }) => ({
    unitOfWork: {
      run: async (work) => {
        await world.rows(sql.replaceAll('$now', `'${world.clock.now().toISOString()}'::timestamptz`));
        return unitOfWork.run(work);
      },
    },
  });

/** The first recount of the calendar there was: a step that was due while nobody was at work did not come back. */
const droppingRecount: Around = (world) => ({
  ...world,
  async announceHoliday(day) {
    const open = `t.kind = 'reminder' and coalesce(t.fired_at, t.cancelled_at) is null and t.due_at <= $1`;
    const later = `select s->>'key' as key, (s->>'dueAt')::timestamptz as at from jsonb_array_elements(t.steps) s
      where (s->>'dueAt')::timestamptz > $1 order by 2 limit 1`;
    const now = world.clock.now();
    await world.rows(`update timers t set cancelled_at = $1 where ${open} and not exists (${later})`, [now]);
    await world.rows(`update timers t set (reminder_key, due_at) = (${later}) where ${open}`, [now]);
    return world.announceHoliday(day);
  },
});

/** And it left the reminders alone where the due date stayed. */
const staleRecount: Around = (world) => ({
  ...world,
  async announceHoliday(day) {
    const before = await world.rows(
      `select r.id, r.reminder_key, r.due_at, r.steps, d.due_at as stays from timers r join timers d on d.id = r.deadline_id
       where coalesce(r.fired_at, r.cancelled_at) is null`,
    );
    const moved = await world.announceHoliday(day);
    await world.rows(
      `update timers r set reminder_key = b.reminder_key, due_at = b.due_at, steps = b.steps, cancelled_at = null, cancel_reason = null
       from json_to_recordset($1) as b(id uuid, reminder_key text, due_at timestamptz, steps jsonb, stays timestamptz), timers d
       where r.id = b.id and d.id = r.deadline_id and d.due_at = b.stays`,
      [JSON.stringify(before)],
    );
    return moved;
  },
});

/** And it told of a new date by a message of its own, although a reminder was due that moment. */
const doublingRecount: Around = (world) => ({
  ...world,
  async announceHoliday(day) {
    const moved = await world.announceHoliday(day);
    const carried = await world
      .rows<{ instance: string; name: string; task: string }>(
        `update timers t set steps = (select jsonb_agg(s - 'moved') from jsonb_array_elements(t.steps) s)
       where jsonb_path_exists(steps, '$[*].moved') and coalesce(fired_at, cancelled_at) is null
       returning instance_id as instance, name, task_key as task`,
      )
      .then(([rows]) => rows as unknown as { instance: string; name: string; task: string }[]);
    for (const { instance, name, task } of carried)
      await world.rows(
        `insert into outbox_messages (id, instance_id, event_seq, task_key, template, recipient, data, not_before, created_at)
         select gen_random_uuid(), $1, i.last_seq, $3, 'deadlineMoved', case when t.person_id is null
           then jsonb_build_object('role', t.role, 'organisationId', t.organisation_id)
           else jsonb_build_object('personId', t.person_id) end,
           jsonb_build_object('deadline', $2::text, 'wasDueAt', t.due_at), $4, $4
         from instances i join tasks t on t.instance_id = i.id and t.key = $3 and t.closed_at is null where i.id = $1`,
        [instance, name, task, world.clock.now()],
      );
    return moved;
  },
});

/** And it told nobody. */
const silentRecount: Around = (world) => ({
  ...world,
  async announceHoliday(day) {
    const moved = await world.announceHoliday(day);
    await world.rows(
      `update timers t set steps = (select jsonb_agg(s - 'moved') from jsonb_array_elements(t.steps) s)
       where jsonb_path_exists(steps, '$[*].moved')`,
    );
    return moved;
  },
});

type Around = NonNullable<Planted['around']>;
interface Fault extends Planted {
  readonly what: string;
  readonly says: RegExp;
  /** Offices in which it can show itself, when a few small ones do not bring what it needs. */
  readonly offices?: readonly { readonly seed: number; readonly cases: number; readonly days: number }[];
}

const smallOffices = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => ({ seed, ...shortForm }));
const largeOffice = (seed: number) => [{ seed, cases: 25, days: 400 }];

const plants: readonly Fault[] = [
  {
    what: 'a recount of the calendar that drops a reminder which is due',
    says: /reminder lost/,
    around: droppingRecount,
    // A day off is announced while the workers are away for long.
    offices: largeOffice(92),
  },
  {
    what: 'a recount of the calendar that leaves the reminders where they were',
    says: /reminder (early|late|lost)/,
    around: staleRecount,
    offices: largeOffice(7),
  },
  {
    what: 'a recount of the calendar that tells of a new date beside the reminder which is due',
    says: /two mails about one deadline/,
    around: doublingRecount,
    offices: largeOffice(92),
  },
  {
    what: 'a recount of the calendar that tells nobody of a new date',
    says: /move untold/,
    around: silentRecount,
    offices: largeOffice(92),
  },
  {
    what: 'a worker that sends each mail twice',
    says: /received 2 times/,
    plant: ({ transport }) => ({
      transport: { ...transport, send: (mail) => transport.send(mail).then(() => transport.send(mail)) },
    }),
  },
  {
    what: 'a worker that sends uncertain mails again by itself',
    says: /received \d times/,
    plant: meddling(`update mails set status = 'planned' where status = 'uncertain'`),
  },
  {
    what: 'a worker that loses a due timer',
    says: /reminder lost/,
    plant: meddling(
      `update timers set cancelled_at = due_at where id = (select id from timers
       where kind = 'reminder' and due_at <= $now and fired_at is null and cancelled_at is null order by id limit 1)`,
    ),
  },
  {
    what: 'a worker that loses a deadline',
    says: /deadline lost/,
    plant: meddling(
      `update timers set cancelled_at = due_at where kind = 'deadline' and due_at <= $now
       and fired_at is null and cancelled_at is null`,
    ),
  },
  {
    what: 'a relay that loses a message',
    says: /message lost/,
    plant: meddling(
      `update outbox_messages set relayed_at = $now where relayed_at is null and id = (select max(id::text)::uuid
       from outbox_messages where relayed_at is null)`,
    ),
  },
  {
    what: 'a worker that keeps a mail in sending for ever',
    says: /left in sending/,
    plant: meddling(`update mails set claimed_at = now() where status = 'sending'`),
  },
  {
    what: 'a ledger that believes a mail was sent',
    says: /sent, never received/,
    plant: meddling(`update mails set status = 'sent' where status = 'planned'`),
  },
  {
    what: 'a relay that writes to somebody else',
    says: /told the wrong person/,
    plant: meddling(
      `update mails set person_id = '00000000-0000-4000-8000-0000000000d1' where status = 'planned'
       and outbox_message_id is not null and person_id = '00000000-0000-4000-8000-0000000000a1'`,
    ),
  },
  {
    what: 'a digest that forgets what waited for it',
    says: /no digest tells of/,
    plant: meddling(
      `update mails set status = 'suppressed', suppressed_reason = 'inDigest' where status = 'planned' and in_digest`,
    ),
  },
  {
    what: 'an office that never closes',
    says: /received outside working hours/,
    plant: ({ ledger }) => ({
      ledger: {
        ...ledger,
        calendarFor: (provinceId) => ({
          ...ledger.calendarFor(provinceId),
          isWorkingTime: () => true,
          nextWorkingInstant: (at) => at,
        }),
      },
    }),
  },
];

describe('the simulation notices', () => {
  it.each(plants)(
    '$what',
    async ({ plant, around, says, offices = smallOffices }) => {
      const broken: string[] = [];
      for (const office of offices) {
        if (broken.some((line) => says.test(line))) break;
        const report = await simulation.run(office, { plant, around });

        broken.push(...report.broken);
        if (report.broken.length > 0) expect(describeBroken(report)).toContain(`npm run soak -- --seed ${office.seed}`);
      }
      expect(broken).toContainEqual(expect.stringMatching(says));
    },
    120_000,
  );
});
