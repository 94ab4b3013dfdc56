import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plant } from './faulty-worker.js';
import { describeBroken, openSimulation, type Simulation, shortForm } from './seeds.js';
import type { Planted } from './simulate.js';
import type { World } from './world.js';

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
});

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

type Around = NonNullable<Planted['around']>;
const stillOpen = 'coalesce(t.fired_at, t.cancelled_at) is null';

/** Of the reminders that are due and unsaid, and that `which` picks, the steps that have passed are gone. */
async function dropDue({ rows, clock }: World, which: string): Promise<void> {
  const open = `t.kind = 'reminder' and ${stillOpen} and t.due_at <= $1 and ${which}`;
  const later = `select s->>'key' as key, (s->>'dueAt')::timestamptz as at from jsonb_array_elements(t.steps) s
    where (s->>'dueAt')::timestamptz > $1 order by 2 limit 1`;
  await rows(`update timers t set cancelled_at = $1 where ${open} and not exists (${later})`, [clock.now()]);
  await rows(`update timers t set (reminder_key, due_at) = (${later}) where ${open}`, [clock.now()]);
}

/** What reminders were to say of a new date they say no more. Returns their tasks. */
async function forgetNotices({ rows }: World): Promise<{ instance: string; name: string; task: string }[]> {
  const [carried] = (await rows(
    `update timers t set steps = (select jsonb_agg(s - 'moved') from jsonb_array_elements(t.steps) s)
     where jsonb_path_exists(steps, '$[*].moved') and ${stillOpen}
     returning instance_id as instance, name, task_key as task`,
  )) as unknown as [{ instance: string; name: string; task: string }[], number];
  return carried;
}

/** Of a new date a message of its own tells, although a reminder goes that moment. */
async function doubleNotices(world: World): Promise<void> {
  for (const { instance, name, task } of await forgetNotices(world))
    await world.rows(
      `insert into outbox_messages (id, instance_id, event_seq, task_key, template, recipient, data, not_before, created_at)
       select gen_random_uuid(), $1, i.last_seq, $3, 'deadlineMoved', case when t.person_id is null
         then jsonb_build_object('role', t.role, 'organisationId', t.organisation_id)
         else jsonb_build_object('personId', t.person_id) end,
         jsonb_build_object('deadline', $2::text, 'wasDueAt', t.due_at), $4, $4
       from instances i join tasks t on t.instance_id = i.id and t.key = $3 and t.closed_at is null where i.id = $1`,
      [instance, name, task, world.clock.now()],
    );
}

/** Beside the recount of the calendar, before it or after it. */
const beforeRecount =
  (meddle: (world: World) => Promise<void>): Around =>
  (world) => ({ ...world, announceHoliday: (day) => meddle(world).then(() => world.announceHoliday(day)) });
const afterRecount =
  (meddle: (world: World) => Promise<unknown>): Around =>
  (world) => ({
    ...world,
    announceHoliday: async (day) => {
      const moved = await world.announceHoliday(day);
      await meddle(world);
      return moved;
    },
  });
/** After whatever a person decides; workers have units of their own. */
const afterDecision =
  (meddle: (world: World) => Promise<unknown>): Around =>
  (world) => ({
    ...world,
    unitOfWork: {
      run: async (work) => {
        const done = await world.unitOfWork.run(work);
        await meddle(world);
        return done;
      },
    },
  });

/** A recount of the calendar that leaves the reminders alone where the due date stayed. */
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
    around: beforeRecount((world) => dropDue(world, 'true')),
    // A day off is announced while the workers are away for long.
    offices: largeOffice(2),
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
    around: afterRecount(doubleNotices),
    offices: [7, 8].flatMap(largeOffice),
  },
  {
    what: 'a recount of the calendar that tells nobody of a new date',
    says: /move untold/,
    around: afterRecount(forgetNotices),
    offices: [7, 8].flatMap(largeOffice),
  },
  {
    what: 'a moved departure that drops a reminder which is due',
    says: /reminder lost/,
    around: afterDecision((world) => dropDue(world, 't.armed_at = $1')),
    offices: largeOffice(2),
  },
  {
    what: 'a moved departure that is told beside the reminder which is due',
    says: /two mails about one deadline/,
    around: afterDecision(doubleNotices),
    offices: largeOffice(2),
  },
  {
    what: 'a moved departure of which nobody is told',
    says: /move untold/,
    around: afterDecision(async (world) => {
      await forgetNotices(world);
      await world.rows(`delete from outbox_messages where template = 'deadlineMoved' and relayed_at is null`);
    }),
    offices: largeOffice(2),
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
  it.each(plants)('$what', async ({ plant, around, says, offices = smallOffices }) => {
    const broken: string[] = [];
    for (const office of offices) {
      if (broken.some((line) => says.test(line))) break;
      const report = await simulation.run(office, { plant, around });

      broken.push(...report.broken);
      if (report.broken.length > 0) expect(describeBroken(report)).toContain(`npm run soak -- --seed ${office.seed}`);
    }
    expect(broken).toContainEqual(expect.stringMatching(says));
  });
});
