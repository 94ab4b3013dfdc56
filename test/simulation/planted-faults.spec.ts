import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Plant } from './faulty-worker.js';
import { describeBroken, openSimulation, type Simulation, shortForm } from './seeds.js';

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

const plants: readonly { what: string; says: RegExp; plant: Plant }[] = [
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
    async ({ plant, says }) => {
      const broken: string[] = [];
      for (let seed = 1; seed <= 8 && !broken.some((line) => says.test(line)); seed += 1) {
        const report = await simulation.run({ seed, ...shortForm }, { plant });
        broken.push(...report.broken);
        if (report.broken.length > 0) expect(describeBroken(report)).toContain(`npm run soak -- --seed ${seed}`);
      }
      expect(broken).toContainEqual(expect.stringMatching(says));
    },
    120_000,
  );
});
