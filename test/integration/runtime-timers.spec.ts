import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FireOutcome } from '#libs/runtime';
import { monday, openPermitHouse, type PermitHouse } from '#test/support/permit-house.js';

interface Timer {
  readonly id: string;
  readonly kind: string;
  readonly reminder_key: string | null;
  readonly due_at: Date;
  readonly fired_at: Date | null;
  readonly cancelled_at: Date | null;
  readonly cancel_reason: string | null;
}

describe('a timer', () => {
  let house: PermitHouse;
  beforeAll(async () => {
    house = await openPermitHouse({ poolSize: 20 });
  });
  afterAll(() => house.database.drop());
  beforeEach(() => house.clock.set(monday));

  const openTimers = (instanceId: string): Promise<Timer[]> =>
    house.rows(
      'select * from timers where instance_id = $1 and fired_at is null and cancelled_at is null order by due_at',
      [instanceId],
    );
  const timer = async (id: string): Promise<Timer> =>
    (await house.rows<Timer>('select * from timers where id = $1', [id]))[0]!;
  const fire = (id: string): Promise<FireOutcome> => house.unitOfWork.run((tx) => house.runtime.fireTimer(tx, id));
  const mails = (instanceId: string, template: string): Promise<Record<string, unknown>[]> =>
    house.rows('select * from outbox_messages where instance_id = $1 and template = $2', [instanceId, template]);

  it('is not fired before it is due, and shows among the due ones from its instant on', async () => {
    const id = await house.startPermit();
    const deadline = (await openTimers(id)).find((one) => one.kind === 'deadline')!;
    const dueIds = (): Promise<string[]> =>
      house.unitOfWork.run((tx) => house.runtime.dueTimerIds(tx, { limit: 10_000 }));
    house.clock.set(new Date(deadline.due_at.getTime() - 1));
    expect(await fire(deadline.id)).toBe('notDue');
    expect(await dueIds()).not.toContain(deadline.id);
    house.clock.set(deadline.due_at);
    expect(await dueIds()).toContain(deadline.id);
    expect(await fire(deadline.id)).toBe('fired');
    expect(await dueIds()).not.toContain(deadline.id);
    expect(await fire(deadline.id)).toBe('alreadyDone');
  });

  it('as a deadline asks the machine, acts as the system and leaves the task due when the state stays', async () => {
    const id = await house.startPermit();
    await house.play(id, ['SUBMIT']);
    const deadline = (await openTimers(id)).find((one) => one.kind === 'deadline')!;
    house.clock.set(deadline.due_at);
    expect(await fire(deadline.id)).toBe('fired');
    const [event] = await house.rows('select type, principal_id from events where instance_id = $1 and seq = 3', [id]);
    expect(event).toEqual({ type: 'xstate.after.reviewDeadline.permit.review', principal_id: null });
    const [task] = await house.rows(
      'select closed_at, due_at from tasks where instance_id = $1 and closed_at is null',
      [id],
    );
    expect(task).toEqual({ closed_at: null, due_at: deadline.due_at });
    expect((await openTimers(id)).map((one) => one.reminder_key)).toEqual(['half']);
  });

  it('that is fired is not also cancelled when its firing leaves the state; the rest of the ladder ends with the case', async () => {
    const id = await house.startPermit();
    await house.play(id, ['SUBMIT', 'FORWARD']);
    const deadline = (await openTimers(id)).find((one) => one.kind === 'deadline')!;
    house.clock.set(deadline.due_at);
    expect(await fire(deadline.id)).toBe('fired');
    expect(await timer(deadline.id)).toMatchObject({ fired_at: deadline.due_at, cancelled_at: null });
    expect(await openTimers(id)).toEqual([]);
    const [instance] = await house.rows('select states, status from instances where id = $1', [id]);
    expect(instance).toEqual({ states: ['lapsed'], status: 'done' });
  });

  it('the machine refuses ends as fired with the reason, and a refusal is logged', async () => {
    const id = await house.startPermit({ mayLapse: false });
    await house.play(id, ['SUBMIT', 'FORWARD']);
    const deadline = (await openTimers(id)).find((one) => one.kind === 'deadline')!;
    house.clock.set(deadline.due_at);
    expect(await fire(deadline.id)).toBe('refused');
    expect(await fire(deadline.id)).toBe('alreadyDone');
    expect(await timer(deadline.id)).toMatchObject({ fired_at: deadline.due_at, cancel_reason: 'refused: mayLapse' });
    const refusals = await house.rows('select rules, principal_id from refusals where instance_id = $1', [id]);
    expect(refusals).toEqual([{ rules: ['mayLapse'], principal_id: null }]);
    const [instance] = await house.rows('select version from instances where id = $1', [id]);
    expect(instance).toEqual({ version: 3 });
  });

  it('as a reminder outside working time waits for the next opening and is not used up', async () => {
    const id = await house.startPermit();
    const [half, deadline] = (await openTimers(id)) as [Timer, Timer];
    const saturday = new Date('2026-03-14T03:00:00.000Z');
    house.clock.set(saturday);
    expect(await fire(half.id)).toBe('postponed');
    expect(await timer(half.id)).toMatchObject({ fired_at: null, due_at: house.calendar.nextWorkingInstant(saturday) });
    expect(await mails(id, 'reminder')).toEqual([]);
    expect(await fire(half.id)).toBe('notDue');
    house.clock.set(house.calendar.nextWorkingInstant(saturday));
    expect(await fire(half.id)).toBe('fired');
    const after = house.calendar.shiftWorkingDays({ from: deadline.due_at, offset: 1 });
    expect(await timer(half.id)).toMatchObject({ fired_at: null, reminder_key: 'overdue1', due_at: after });
    const [mail] = await mails(id, 'reminder');
    expect(mail).toMatchObject({ timer_id: half.id, task_key: 'draft', recipient: { role: 'officer' } });
    expect(mail?.data).toMatchObject({ deadline: 'draftDeadline', reminderKey: 'half' });
    const [instance] = await house.rows('select version from instances where id = $1', [id]);
    expect(instance).toEqual({ version: 1 });
  });

  it('of a state that was left is never fired, even when it was found due before', async () => {
    const id = await house.startPermit();
    const [half] = await openTimers(id);
    house.clock.set(half!.due_at);
    const found = await house.unitOfWork.run((tx) => house.runtime.dueTimerIds(tx, { limit: 1000 }));
    expect(found).toContain(half!.id);
    await house.play(id, ['SUBMIT']);
    expect(await fire(half!.id)).toBe('alreadyDone');
    expect(await mails(id, 'reminder')).toEqual([]);
  });

  it('is fired once by eight sweepers at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => house.startPermit()));
    const halves = await house.rows<Timer>(
      "select * from timers where instance_id = any($1) and reminder_key = 'half'",
      [ids],
    );
    const deadlines = await house.rows<Timer>(
      "select * from timers where instance_id = any($1) and kind = 'deadline'",
      [ids],
    );
    house.clock.set(house.calendar.nextWorkingInstant(deadlines[0]!.due_at));
    const due = [...halves, ...deadlines].map((one) => one.id);
    const outcomes = (await Promise.all(Array.from({ length: 8 }, () => Promise.all(due.map(fire))))).flat();
    expect(outcomes.filter((outcome) => outcome === 'fired')).toHaveLength(20);
    expect(outcomes.filter((outcome) => outcome === 'alreadyDone')).toHaveLength(140);
    const [sent] = await house.rows(
      'select count(*)::int as n from outbox_messages where instance_id = any($1) and timer_id is not null',
      [ids],
    );
    expect(sent).toEqual({ n: 10 });
    const [log] = await house.rows(
      "select count(*)::int as n from events where instance_id = any($1) and type like 'xstate.after%'",
      [ids],
    );
    expect(log).toEqual({ n: 10 });
  });

  it('and a person who decide at the same moment never deadlock, and the log tells one order', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => house.startPermit()));
    const deadlines = await house.rows<Timer & { instance_id: string }>(
      "select * from timers where instance_id = any($1) and kind = 'deadline'",
      [ids],
    );
    house.clock.set(deadlines[0]!.due_at);
    await Promise.all(deadlines.flatMap((one) => [fire(one.id), house.play(one.instance_id, ['SUBMIT'])]));
    for (const id of ids) {
      const report = await house.unitOfWork.run((tx) => house.runtime.replay(tx, id));
      expect(report).toMatchObject({ matches: true, refusedSeq: null });
    }
  });
});
