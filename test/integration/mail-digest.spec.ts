import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import PostalMime, { type Email } from 'postal-mime';
import { suppressedReasons } from '#contracts/mail-ledger.js';
import { instantAt } from '#libs/calendar';
import {
  claimMails,
  isSettled,
  type MailReport,
  pendingWork,
  planDigests,
  recordMailOutcomes,
  relayOutbox,
  resendMail,
} from '#libs/runtime';
import { leader, type MailHouse, mondayMorning, officer, openMailHouse, provinceId } from '#test/support/mail-house.js';
import { until } from '#test/support/until.js';

const tuesdayMorning = instantAt('2026-03-03', '07:30');
let house: MailHouse;
const seenReasons = new Set<string>();
beforeAll(async () => {
  house = await openMailHouse();
});
afterEach(async () => {
  for (const { suppressed_reason: reason } of await mails()) if (reason !== null) seenReasons.add(reason);
  await house.reset();
});
afterAll(() => house.close());

interface Row {
  readonly id: string;
  readonly status: string;
  readonly suppressed_reason: string | null;
  readonly template: string;
  readonly person_id: string;
  readonly occasion: string;
  readonly in_digest: boolean;
  readonly digest_mail_id: string | null;
  readonly not_before: Date;
  readonly also: readonly string[];
}
const mails = () => house.rows<Row>('select * from mails order by created_at, id');
const digests = async () => (await mails()).filter(({ template }) => template === 'digest');
const choose = (delivery: string, personId = officer.personId) =>
  house.rows('update people set mail_delivery = $2 where id = $1', [personId, delivery]);
const relay = () => house.unitOfWork.run((tx) => relayOutbox(tx, house.ledger, { limit: 500 }));
const plan = () => house.unitOfWork.run((tx) => planDigests(tx, house.ledger));
const claim = () => house.unitOfWork.run((tx) => claimMails(tx, house.ledger, { limit: 100 }));
const record = (reports: readonly MailReport[]) =>
  house.unitOfWork.run((tx) => recordMailOutcomes(tx, house.ledger, reports));
const settled = () =>
  until(async () => isSettled(await house.unitOfWork.run((tx) => pendingWork(tx, house.ledger))), 'the work settled');
const codeOf = async (id: string) =>
  (await house.rows<{ case_code: string }>('select case_code from instances where id = $1', [id]))[0]!.case_code;
const dueOn = (id: string, day: string, time = '17:00') =>
  house.rows('update tasks set due_at = $2 where instance_id = $1 and closed_at is null', [id, instantAt(day, time)]);
const readMails = (): Promise<Email[]> => Promise.all(house.sink.mails.map(({ raw }) => PostalMime.parse(raw)));

/** As the machine or a ladder would ask for it. */
async function ask(
  instanceId: string,
  given: { template: string; to?: string; eventSeq?: number; timerId?: string; taskKey?: string; data?: object },
): Promise<void> {
  await house.rows(
    `insert into outbox_messages (id, instance_id, event_seq, timer_id, task_key, template, recipient, data, not_before, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)`,
    [
      ...[randomUUID(), instanceId, given.eventSeq ?? null, given.timerId ?? null, given.taskKey ?? null],
      ...[given.template, { personId: given.to ?? officer.personId }, given.data ?? {}, house.clock.now()],
    ],
  );
}

async function ladderOf(instanceId: string): Promise<string> {
  const [row] = await house.rows<{ id: string }>(
    `select id from timers where kind = 'reminder' and instance_id = $1 order by armed_seq limit 1`,
    [instanceId],
  );
  return row!.id;
}

describe('the digest of a working morning', () => {
  it('is one mail a person, however many things are due and however many workers look', async () => {
    for (const person of [officer, leader]) await choose('both', person.personId);
    const cases = await Promise.all(Array.from({ length: 12 }, () => house.startPermit()));
    for (const id of cases) await dueOn(id, '2026-03-03');
    const decided = await house.startPermit();
    for (const type of ['SUBMIT', 'FORWARD']) await house.apply(decided, type);
    house.clock.set(tuesdayMorning);
    const queue = { databaseUrl: house.database.url, prefix: `t-${randomUUID()}` };
    await house.startWorker(queue);
    await house.startWorker(queue);
    await settled();
    await plan();
    house.clock.set(instantAt('2026-03-03', '11:00'));
    await settled();
    expect((await digests()).map((row) => [row.person_id, row.status]).toSorted()).toEqual([
      [officer.personId, 'sent'],
      [leader.personId, 'sent'],
    ]);
    const [digest] = (await digests()).filter((row) => row.person_id === officer.personId);
    const own = (await readMails()).find(({ messageId }) => messageId === `<${digest?.id}@tuyenquang.example>`);
    for (const id of cases) expect(own?.text).toContain(await codeOf(id));
  });

  it('groups what is due by urgency, the most pressing first, and leaves out what is far away', async () => {
    await choose('both');
    const [overdue, today, soon, later, far] = await Promise.all(Array.from({ length: 5 }, () => house.startPermit()));
    await dueOn(overdue!, '2026-03-02');
    await dueOn(today!, '2026-03-03');
    await dueOn(soon!, '2026-03-05');
    await dueOn(later!, '2026-03-10');
    await dueOn(far!, '2026-03-20');
    await relay();
    await house.rows(`update mails set status = 'sent' where template = 'taskOpened'`);
    house.clock.set(tuesdayMorning);
    await house.startWorker();
    await settled();
    const [mail] = await readMails();
    expect(mail?.subject).toBe(
      'Thông Hành 03/03/2026: 1 việc quá hạn, 1 việc đến hạn hôm nay, 1 việc sắp đến hạn, 1 việc tiếp theo',
    );
    const text = mail?.text ?? '';
    const order = [
      'QUÁ HẠN',
      await codeOf(overdue!),
      'ĐẾN HẠN HÔM NAY',
      await codeOf(today!),
      'TRONG HAI NGÀY LÀM VIỆC TỚI',
      await codeOf(soon!),
      'SAU ĐÓ',
      await codeOf(later!),
    ].map((part) => text.indexOf(part));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(text).not.toContain(await codeOf(far!));
    expect(text).toContain('Còn 1 việc chưa gấp');
  });

  it('comes on no Saturday, and not before the office opens', async () => {
    await choose('both');
    await dueOn(await house.startPermit(), '2026-03-06');
    for (const closed of [instantAt('2026-03-07', '09:00'), instantAt('2026-03-09', '07:29')]) {
      house.clock.set(closed);
      expect(await plan()).toBe(0);
    }
    house.clock.set(instantAt('2026-03-09', '07:30'));
    await relay();
    expect(await plan()).toBe(1);
    expect(await plan()).toBe(0);
  });

  it('says what is true when it is sent: what was done meanwhile is gone, and with nothing left no mail goes', async () => {
    await choose('digest');
    house.clock.set(instantAt('2026-03-02', '16:00'));
    const id = await house.startPermit();
    await relay();
    expect((await mails()).map(({ in_digest, status }) => [in_digest, status])).toEqual([[true, 'planned']]);
    house.clock.set(tuesdayMorning);
    expect(await plan()).toBe(1);
    // The case is the leader's now.
    for (const type of ['SUBMIT', 'FORWARD']) await house.apply(id, type);
    await claim();
    expect((await mails()).map((row) => row.suppressed_reason).toSorted()).toEqual(['nothingDue', 'taskClosed']);
  });

  it('answers for what waited for it, and a reader who has just chosen single mails still gets that', async () => {
    await choose('digest');
    const id = await house.startPermit();
    await ask(id, { template: 'completed' });
    await relay();
    await choose('single');
    house.clock.set(tuesdayMorning);
    await house.startWorker();
    await settled();
    const [digest] = await digests();
    expect(digest).toMatchObject({ status: 'sent', person_id: officer.personId });
    const waited = (await mails()).filter(({ template }) => template !== 'digest');
    expect(waited.map((row) => [row.suppressed_reason, row.digest_mail_id])).toEqual([
      ['inDigest', digest?.id],
      ['inDigest', digest?.id],
    ]);
    const [mail] = await readMails();
    expect(mail?.text).toContain('Hồ sơ đã hoàn thành');
    expect(house.sink.mails).toHaveLength(1);
  });

  it('is not sent again by itself when its fate is unknown, and says the same when an operator sends it again', async () => {
    await choose('digest');
    await ask(await house.startPermit(), { template: 'completed' });
    await relay();
    house.clock.set(tuesdayMorning);
    await plan();
    const [first] = await claim();
    if (first?.kind !== 'claimed') throw new Error('The digest was not claimed.');
    await record([{ ...first.mail, outcome: 'uncertain', response: 'cut off' }]);
    house.clock.set(instantAt('2026-03-03', '15:00'));
    expect([await plan(), await claim()]).toEqual([0, []]);
    const again = { id: first.mail.id, provinceId, now: house.clock.now() };
    await house.unitOfWork.run((tx) => resendMail(tx, again));
    const [second] = await claim();
    if (second?.kind !== 'claimed') throw new Error('The digest was not claimed again.');
    expect(second.mail.digest?.notes).toEqual(first.mail.digest?.notes);
    expect(second.mail.messageId).toBe(first.mail.messageId);
  });
});

describe('how a person wants to be written to', () => {
  // The digests of this Monday are out, with nothing in them.
  beforeEach(() => plan());
  const toReminder = async (id: string) => {
    const timerId = await ladderOf(id);
    const data = {
      deadline: 'draftDeadline',
      reminderKey: 'half',
      dueAt: instantAt('2026-03-13', '17:00').toISOString(),
    };
    await ask(id, { template: 'deadlineApproaching', timerId, taskKey: 'draft', data });
    await relay();
    return Object.fromEntries((await mails()).map((row) => [row.template, row.in_digest]));
  };

  it.each([
    ['single', { taskOpened: false, deadlineApproaching: false }],
    ['both', { taskOpened: false, deadlineApproaching: true }],
    ['digest', { taskOpened: true, deadlineApproaching: true }],
  ])('%s: what waits for the morning', async (delivery, expected) => {
    await choose(delivery);
    expect(await toReminder(await house.startPermit())).toEqual(expected);
    house.clock.set(tuesdayMorning);
    expect(await plan()).toBe(delivery === 'single' ? 0 : 1);
  });

  it('never holds back what cannot wait: an urgent notice, or what is due before the next morning has passed', async () => {
    await choose('digest');
    const id = await house.startPermit();
    await ask(id, { template: 'frozen' });
    const dueAt = instantAt('2026-03-03', '17:00').toISOString();
    await ask(id, { template: 'deadlineToday', timerId: await ladderOf(id), data: { reminderKey: 'due', dueAt } });
    await relay();
    const own = (await mails()).filter(({ template }) => template !== 'taskOpened');
    expect(own.map((row) => [row.template, row.in_digest, row.not_before]).toSorted()).toEqual([
      ['deadlineToday', false, mondayMorning],
      ['frozen', false, mondayMorning],
    ]);
  });

  it('sends an urgent notice at night, and puts everything else off to the opening of the office', async () => {
    const night = instantAt('2026-03-06', '20:00');
    house.clock.set(night);
    const id = await house.startPermit();
    await ask(id, { template: 'frozen' });
    await relay();
    expect(Object.fromEntries((await mails()).map((row) => [row.template, row.not_before]))).toEqual({
      frozen: night,
      taskOpened: instantAt('2026-03-09', '07:30'),
    });
    expect((await claim()).map((one) => one.kind)).toEqual(['claimed']);
  });
});

describe('one mail a person and occasion', () => {
  it('tells in one mail all that one decision brought to a person, the task first', async () => {
    const id = await house.startPermit();
    await relay();
    await ask(id, { template: 'completed', eventSeq: 7 });
    await ask(id, { template: 'taskOpened', eventSeq: 7, taskKey: 'draft', data: { kind: 'write' } });
    await relay();
    const own = (await mails()).filter(({ occasion }) => occasion === `event:${id}:7`);
    expect(own.map((row) => [row.template, row.suppressed_reason, row.also.length]).toSorted()).toEqual([
      ['completed', 'duplicate', 0],
      ['taskOpened', null, 1],
    ]);
    const claimed = (await claim()).flatMap((one) => (one.kind === 'claimed' ? [one.mail] : []));
    const told = claimed.find(({ also }) => also.length > 0);
    expect(told?.also.map(({ template }) => template)).toEqual(['completed']);
  });

  it('holds also against a message of the same occasion that is relayed later, and against the table itself', async () => {
    const id = await house.startPermit();
    const timerId = await ladderOf(id);
    const data = { reminderKey: 'half', dueAt: '2026-03-09T10:00:00.000Z' };
    for (const _ of [1, 2]) {
      await ask(id, { template: 'deadlineApproaching', timerId, taskKey: 'draft', data });
      await relay();
    }
    const own = (await mails()).filter(({ template }) => template === 'deadlineApproaching');
    expect(own.map((row) => row.suppressed_reason ?? row.status).toSorted()).toEqual(['duplicate', 'planned']);
    await expect(house.rows(`update mails set status = 'planned', suppressed_reason = null`)).rejects.toThrow(
      'uq_mails_occasion',
    );
  });

  it('gives way to a newer reminder of the same deadline that waits for the same person', async () => {
    const id = await house.startPermit();
    const timerId = await ladderOf(id);
    await relay();
    for (const [template, reminderKey] of [
      ['deadlineApproaching', 'half'],
      ['deadlineOverdue', 'overdue1'],
    ] as const) {
      const data = { reminderKey, dueAt: '2026-03-13T10:00:00.000Z' };
      await ask(id, { template, timerId, taskKey: 'draft', data });
      await ask(id, { template, timerId, taskKey: 'draft', to: leader.personId, data });
      if (reminderKey === 'half') await relay();
    }
    // The leader has read the first one already.
    await house.rows(`update mails set status = 'sent' where person_id = $1`, [leader.personId]);
    await relay();
    const told = (await mails()).filter(({ template }) => template !== 'taskOpened');
    const by = (personId: string) =>
      Object.fromEntries(
        told
          .filter((row) => row.person_id === personId)
          .map((row) => [row.template, row.suppressed_reason ?? row.status]),
      );
    expect(by(officer.personId)).toEqual({ deadlineApproaching: 'superseded', deadlineOverdue: 'planned' });
    expect(by(leader.personId)).toEqual({ deadlineApproaching: 'sent', deadlineOverdue: 'planned' });
  });
});

describe('a mail that is not sent', () => {
  it('says why: nobody there, a person who left, a message or template that cannot be read', async () => {
    const id = await house.startPermit();
    await relay();
    await ask(id, { template: 'completed', to: randomUUID() });
    await ask(id, { template: 'surprise' });
    await ask(id, { template: 'completed' });
    await house.rows(
      `update outbox_messages set recipient = '{"role": 3}' where relayed_at is null and template = 'completed'
      and recipient->>'personId' = $1`,
      [officer.personId],
    );
    await relay();
    await house.rows('update people set active = false where id = $1', [officer.personId]);
    await claim();
    expect((await mails()).map((row) => row.suppressed_reason).toSorted()).toEqual([
      'noRecipient',
      'personLeft',
      'unknownTemplate',
      'unreadable',
    ]);
  });

  it('says why: the task is done, the deadline counts no longer', async () => {
    const id = await house.startPermit();
    await ask(id, { template: 'deadlineApproaching', timerId: await ladderOf(id), data: { reminderKey: 'half' } });
    await relay();
    await house.apply(id, 'SUBMIT');
    await claim();
    expect((await mails()).map((row) => row.suppressed_reason).toSorted()).toEqual(['taskClosed', 'timerCancelled']);
  });

  it('says why: the deadline was set to another time', async () => {
    const id = await house.startPermit();
    const timerId = await ladderOf(id);
    await ask(id, { template: 'deadlineApproaching', timerId, data: { reminderKey: 'half' } });
    await relay();
    await house.rows(
      `update timers set cancelled_at = now(), cancel_reason = 'moved'
      where id in (select deadline_id from timers where id = $1)`,
      [timerId],
    );
    await claim();
    expect((await mails()).map((row) => row.suppressed_reason)).toContain('timerMoved');
  });

  it('says why: the reader has just decided it', async () => {
    await house.startPermit({}, officer);
    await relay();
    expect((await mails()).map((row) => row.suppressed_reason)).toEqual(['ownDecision']);
  });

  it('says why: the plan line it is about waits for no dossier any more', async () => {
    const id = await house.startPermit();
    await relay();
    await ask(id, { template: 'lineWithoutDossier', data: { year: 2026, codes: ['KH-2026-001'], days: 20 } });
    await relay();
    await claim();
    const [line] = (await mails()).filter(({ template }) => template === 'lineWithoutDossier');
    expect(line).toMatchObject({ status: 'suppressed', suppressed_reason: 'overtaken' });
  });

  it('never says anything else, and each of the reasons was seen here', () => {
    expect([...seenReasons].toSorted()).toEqual([...suppressedReasons].toSorted());
  });
});
