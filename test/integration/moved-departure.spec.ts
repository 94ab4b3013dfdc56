import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimerView } from '#contracts/case.js';
import { formatInstant, instantAt } from '#libs/calendar';
import { DelegationHouse, document } from './delegation-house.js';

interface Message {
  template: string;
  key: string | null;
  data: Record<string, unknown>;
}

describe('a departure that moves', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const amend = async (caseId: string, changedField: string, patch: object) => {
    await house.must('chuyenvien.skhdt', caseId, {
      type: 'REQUEST_AMENDMENT',
      changedFields: [changedField],
      reason: 'Đối tác đổi lịch',
    });
    expect((await house.edit(caseId, patch)).status).toBe(200);
  };
  const look = (mailbox: string, caseId: string, body: object) =>
    house.as(mailbox, `/cases/${caseId}/events/preview`, { body });
  const messages = (caseId: string) =>
    house.query<Message>(
      `select template, task_key as key, data from outbox_messages o where instance_id = $1
         and event_seq = (select last_seq from instances where id = $1) order by template, task_key`,
      [caseId],
    );
  const tasks = (caseId: string) =>
    house.query<{ id: string; key: string; due: Date | null }>(
      'select id, key, due_at as due from tasks where instance_id = $1 and closed_at is null order by key',
      [caseId],
    );
  const ladders = (caseId: string) =>
    house.query(
      `select id, name, due_at, reminder_key, steps from timers where instance_id = $1
         and coalesce(fired_at, cancelled_at) is null order by id`,
      [caseId],
    );
  const everything = async (caseId: string) => [
    await ladders(caseId),
    await house.query('select * from tasks where instance_id = $1 order by id', [caseId]),
    await house.query('select * from outbox_messages where instance_id = $1 order by id', [caseId]),
    await house.query('select version, last_seq from instances where id = $1', [caseId]),
    await house.query('select count(*)::int as n from refusals where instance_id = $1', [caseId]),
  ];
  const approval = { type: 'AMENDMENT_APPROVED', document };
  let caseId: string;

  it('is shown before it is approved: which deadlines move, and who holds the work', async () => {
    caseId = await house.openDecided();
    await amend(caseId, 'dates', { departureDate: '2023-03-13', returnDate: '2023-03-17' });
    const before = await everything(caseId);
    const { status, body } = await look('phochutich.ubnd', caseId, approval);
    expect(status).toBe(200);
    expect(body).toMatchObject({ allowed: true, rules: [] });
    const byName = new Map(body.deadlines.map((one: { name: string }) => [one.name, one]));
    expect([...byName.keys()].toSorted()).toEqual([
      'amendmentDeadline',
      'departureDue',
      'embassyNotificationDeadline',
      'mofaNotificationDeadline',
      'passportIssueDeadline',
    ]);
    const mofa = byName.get('mofaNotificationDeadline') as { from: string; to: string; told: { fullName: string }[] };
    expect([mofa.from, mofa.to].map((at) => formatInstant(new Date(at)))).toEqual([
      '17:00 20/02/2023',
      '17:00 27/02/2023',
    ]);
    expect(mofa.told.map(({ fullName }) => fullName)).toContain('Trần Đức Bình (mẫu)');
    expect(byName.get('amendmentDeadline')).toMatchObject({ to: null });
    expect(await everything(caseId)).toEqual(before);
  });

  it('is shown to nobody who may not decide it, and a refusal is shown with its rule and leaves no trace', async () => {
    const before = await everything(caseId);
    expect((await look('chuyenvien.skhdt', caseId, approval)).status).toBe(403);
    expect((await look('chuyenvien.stc', caseId, approval)).status).toBe(404);
    const refused = await look('chuyenvien.skhdt', caseId, { type: 'DEPART', departedOn: '2023-01-09' });
    expect(refused).toMatchObject({ status: 200, body: { allowed: false, deadlines: [] } });
    expect(refused.body.rules.length).toBeGreaterThan(0);
    expect(await everything(caseId)).toEqual(before);
  });

  it('keeps the work that goes on, and tells only those whose due date changed', async () => {
    const before = await tasks(caseId);
    await house.must('phochutich.ubnd', caseId, approval);
    const after = await tasks(caseId);
    const ids = (rows: typeof after) =>
      rows.filter(({ key }) => key !== 'decideAmendment').map(({ id, key }) => [key, id]);
    expect(ids(after)).toEqual(ids(before));
    const said = await messages(caseId);
    expect(said.filter(({ template }) => template === 'taskOpened')).toEqual([]);
    expect(said.flatMap(({ template, key }) => (template === 'deadlineMoved' ? [key] : []))).toEqual([
      'notifyEmbassy',
      'notifyMofa',
      'preparePassports',
    ]);
    const due = after.find(({ key }) => key === 'notifyMofa')!.due;
    expect(formatInstant(due!)).toBe('17:00 27/02/2023');
    expect(said.find(({ key }) => key === 'notifyMofa')!.data).toMatchObject({
      deadline: 'mofaNotificationDeadline',
      dueAt: due!.toISOString(),
      because: 'decision',
    });
  });

  it('that does not move tells nobody about a deadline and starts no reminder anew', async () => {
    const other = await house.openDecided();
    await amend(other, 'partners', { partners: 'Đối tác khác' });
    const running = (await ladders(other)) as { name: string }[];
    const { body } = await look('phochutich.ubnd', other, approval);
    expect(body.deadlines.map(({ name }: { name: string }) => name)).toEqual(['amendmentDeadline']);
    await house.must('phochutich.ubnd', other, approval);
    const still = (await ladders(other)) as { name: string }[];
    const counted = (rows: { name: string }[]) =>
      rows.filter(({ name }) => !['amendmentDeadline', 'departureDue'].includes(name));
    expect(counted(still)).toEqual(counted(running));
    expect((await messages(other)).map(({ template }) => template)).toEqual(['amendmentDecided', 'amendmentDecided']);
  });

  it('by postponement is shown too: what stops, and what the new days bring', async () => {
    const other = await house.openDecided();
    const stops = await look('giamdoc.skhdt', other, { type: 'POSTPONE', reason: 'Đối tác đề nghị lùi' });
    expect(stops.body.allowed).toBe(true);
    expect(stops.body.deadlines.every(({ to }: { to: string | null }) => to === null)).toBe(true);
    await house.must('giamdoc.skhdt', other, { type: 'POSTPONE', reason: 'Đối tác đề nghị lùi' });
    const dates = { departureDate: '2023-04-10', returnDate: '2023-04-14' };
    const begins = await look('giamdoc.skhdt', other, { type: 'RESCHEDULE', ...dates });
    const mofa = begins.body.deadlines.find(({ name }: { name: string }) => name === 'mofaNotificationDeadline');
    expect(mofa).toMatchObject({ from: null });
    expect(formatInstant(new Date(mofa.to))).toBe('17:00 27/03/2023');
    await house.must('giamdoc.skhdt', other, { type: 'RESCHEDULE', ...dates });
    expect(formatInstant((await tasks(other)).find(({ key }) => key === 'notifyMofa')!.due!)).toBe('17:00 27/03/2023');
  });

  it('still says once what was due and unsaid, by the new date, and shows the old reminders as moved', async () => {
    const other = await house.openDecided();
    await amend(other, 'dates', { departureDate: '2023-03-01', returnDate: '2023-03-05' });
    // Nobody is at work, no worker runs in this house: half the term, 80 % and the due day itself are owed.
    house.clock.set(instantAt('2023-02-20', '09:00'));
    await house.must('phochutich.ubnd', other, approval);
    const { body } = await house.as('giamdoc.skhdt', `/cases/${other}`);
    const reminders = (body.deadlines as TimerView[]).filter(
      ({ kind, name }) => kind === 'reminder' && name === 'mofaNotificationDeadline',
    );
    const shown = (reason: string | null) =>
      reminders.flatMap(({ cancelReason, reminderKey, dueAt }) =>
        cancelReason === reason ? [`${reminderKey} ${formatInstant(new Date(dueAt))}`] : [],
      );
    expect(shown('moved').map((line) => line.split(' ')[0])).toEqual(['half', 'eighty', 'due', 'overdue1', 'overdue5']);
    expect(shown(null)).toEqual(['due 07:30 15/02/2023', 'overdue1 07:30 16/02/2023', 'overdue5 07:30 22/02/2023']);
    await house.fireDueTimers();
    const said = await house.query<{ template: string; data: Record<string, unknown> }>(
      `select distinct template, data from outbox_messages where instance_id = $1 and data->>'deadline' = 'mofaNotificationDeadline'
         and timer_id is not null`,
      [other],
    );
    const step = { reminderKey: 'overdue1', missed: ['due'] };
    const move = { wasDueAt: instantAt('2023-02-20', '17:00').toISOString(), because: 'decision' };
    expect(said.toSorted((one, two) => one.template.localeCompare(two.template))).toEqual([
      { template: 'deadlineMoved', data: expect.objectContaining({ ...step, ...move, reminder: 'deadlineOverdue' }) },
      { template: 'deadlineOverdue', data: expect.objectContaining(step) },
    ]);
  });

  it('still owes a step that only waits for the office to open', async () => {
    const other = await house.openDecided({ departureDate: '2023-05-08', returnDate: '2023-05-12' });
    await amend(other, 'dates', { departureDate: '2023-05-04', returnDate: '2023-05-08' });
    const waiting = async () => {
      const [ladder] = await house.query<{ key: string; due: Date }>(
        `select reminder_key as key, due_at as due from timers where instance_id = $1 and name = 'mofaNotificationDeadline'
           and kind = 'reminder' and coalesce(fired_at, cancelled_at) is null`,
        [other],
      );
      return ladder && `${ladder.key} ${formatInstant(ladder.due)}`;
    };
    // Nobody was at work until the office had closed on the due day: the row waits for the morning.
    house.clock.set(instantAt('2023-04-24', '18:00'));
    await house.fireDueTimers();
    expect(await waiting()).toBe('half 07:30 25/04/2023');
    await house.must('phochutich.ubnd', other, approval);
    expect(await waiting()).toBe('due 07:30 17/04/2023');
    // The reminder and the notice would go on the same morning, so the one tells the other.
    const noticed = (await messages(other)).filter(({ template }) => template === 'deadlineMoved');
    expect(noticed.map(({ key }) => key)).not.toContain('notifyMofa');
  });

  it('leaves logs that replay', async () => {
    expect((await house.replayAll()).every(({ matches }) => matches)).toBe(true);
  });
});
