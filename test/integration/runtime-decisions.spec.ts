import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError } from '#contracts/errors.js';
import type { Outcome } from '#libs/runtime';
import { monday, openPermitHouse, type PermitHouse } from '#test/support/permit-house.js';

describe('a decision through the runtime', () => {
  let house: PermitHouse;
  beforeAll(async () => {
    house = await openPermitHouse({ poolSize: 20 });
  });
  afterAll(() => house.database.drop());

  const count = async (sql: string, values: readonly unknown[] = []): Promise<number> => {
    const [row] = await house.rows<{ n: string }>(`select count(*) as n from ${sql}`, values);
    return Number(row?.n);
  };
  const everything = async (instanceId: string): Promise<unknown> => {
    const tables = [
      'instances where id',
      ...['events', 'tasks', 'timers', 'outbox_messages'].map((t) => `${t} where instance_id`),
    ];
    const all = await Promise.all(
      tables.map((t) =>
        house.rows(`select to_jsonb(r) as r from (select * from ${t} = $1) r order by 1`, [instanceId]),
      ),
    );
    return JSON.stringify(all);
  };

  it('starts a case with its first task, a deadline with its explanation, reminders and the mail about the task', async () => {
    const id = await house.startPermit();
    const [task] = await house.rows<Record<string, unknown>>('select * from tasks where instance_id = $1', [id]);
    const timers = await house.rows<Record<string, unknown>>(
      'select * from timers where instance_id = $1 order by due_at',
      [id],
    );
    const deadline = timers.find((timer) => timer.kind === 'deadline');
    const due = house.calendar.due({
      rule: { amount: 10, unit: 'workingDay', direction: 'after', source: null },
      from: monday,
    });
    expect(deadline).toMatchObject({
      name: 'draftDeadline',
      due_at: due.dueAt,
      explanation: due.explanation,
      armed_seq: 1,
    });
    expect(task).toMatchObject({
      key: 'draft',
      role: 'officer',
      timer_id: deadline?.id,
      due_at: due.dueAt,
      due_explanation: due.explanation,
    });
    expect(timers.map((timer) => timer.reminder_key)).toEqual(['half', null]);
    expect(
      timers.every((timer) => timer.kind === 'deadline' || house.calendar.isWorkingTime(timer.due_at as Date)),
    ).toBe(true);
    const [mail] = await house.rows<Record<string, unknown>>('select * from outbox_messages where instance_id = $1', [
      id,
    ]);
    expect(mail).toMatchObject({
      template: 'taskOpened',
      task_key: 'draft',
      recipient: { role: 'officer' },
      data: { taskId: task?.id },
    });
  });

  it('closes the task, cancels the deadline with its reminders and opens what comes next, in one version', async () => {
    const id = await house.startPermit();
    const applied = await house.play(id, ['SUBMIT']);
    expect(applied).toMatchObject({ version: 2, seq: 2, states: ['review'], status: 'active' });
    const tasks = await house.rows<Record<string, unknown>>(
      'select key, outcome, closed_seq, decided_by_id from tasks where instance_id = $1 order by opened_seq',
      [id],
    );
    expect(tasks).toEqual([
      { key: 'draft', outcome: 'SUBMIT', closed_seq: 2, decided_by_id: house.person },
      { key: 'review', outcome: null, closed_seq: null, decided_by_id: null },
    ]);
    expect(
      await count(
        "timers where instance_id = $1 and name = 'draftDeadline' and cancelled_at is not null and cancel_reason = 'left'",
        [id],
      ),
    ).toBe(2);
    expect(
      await count("timers where instance_id = $1 and name = 'reviewDeadline' and cancelled_at is null", [id]),
    ).toBe(2);
  });

  it('keeps the task when its state is entered again, with one deadline', async () => {
    const id = await house.startPermit();
    await house.play(id, ['SUBMIT', 'RESTART', 'RESTART']);
    expect(await count("tasks where instance_id = $1 and key = 'review'", [id])).toBe(1);
    expect(await count("tasks where instance_id = $1 and key = 'review' and closed_at is null", [id])).toBe(1);
    expect(
      await count("timers where instance_id = $1 and kind = 'deadline' and fired_at is null and cancelled_at is null", [
        id,
      ]),
    ).toBe(1);
  });

  it('leaves no open task and no open timer when the case ends, also those the machine forgot', async () => {
    const id = await house.startPermit();
    const applied = await house.play(id, ['SUBMIT', 'FORWARD', 'APPROVE', 'ISSUE', 'CLOSE']);
    expect(applied.status).toBe('done');
    expect(await count('tasks where instance_id = $1 and closed_at is null', [id])).toBe(0);
    expect(await count("tasks where instance_id = $1 and key = 'trip' and outcome = 'ended'", [id])).toBe(1);
    expect(await count('timers where instance_id = $1 and fired_at is null and cancelled_at is null', [id])).toBe(0);
    expect(await count("outbox_messages where instance_id = $1 and template = 'approved'", [id])).toBe(1);
  });

  it('writes only a refusal when the machine says no, with the names of the rules', async () => {
    const id = await house.startPermit();
    const before = await everything(id);
    const byRule = await house.apply(id, { event: { type: 'SUBMIT', funded: false } });
    const unknown = await house.apply(id, { event: { type: 'APPROVE' } });
    expect(byRule).toMatchObject({
      kind: 'refused',
      version: 1,
      states: ['draft'],
      refusal: { reason: 'rule', rules: [{ name: 'isFunded' }] },
    });
    expect(unknown).toMatchObject({ kind: 'refused', refusal: { reason: 'unknownEvent' } });
    expect(await everything(id)).toBe(before);
    const refusals = await house.rows(
      'select event_type, rules, principal_id from refusals where instance_id = $1 order by event_type',
      [id],
    );
    expect(refusals).toEqual([
      { event_type: 'APPROVE', rules: ['unknownEvent'], principal_id: house.person },
      { event_type: 'SUBMIT', rules: ['isFunded'], principal_id: house.person },
    ]);
  });

  it('lets exactly one of 200 simultaneous conflicting decisions win; the others get the present state', async () => {
    const id = await house.startPermit();
    await house.play(id, ['SUBMIT', 'FORWARD']);
    const [task] = await house.rows<{ id: string }>(
      'select id from tasks where instance_id = $1 and closed_at is null',
      [id],
    );
    const decisions = Array.from({ length: 200 }, (_, n) =>
      house.apply(id, {
        taskId: task!.id,
        expectedVersion: 3,
        event: { type: ['APPROVE', 'REJECT', 'RETURN'][n % 3]! },
      }),
    );
    const settled = await Promise.allSettled(decisions);
    const won = settled.filter((one): one is PromiseFulfilledResult<Outcome> => one.status === 'fulfilled');
    const lost = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as AppError] : []));
    expect(won).toHaveLength(1);
    const winner = won[0]!.value;
    expect(winner).toMatchObject({ kind: 'applied', version: 4 });
    expect(lost).toHaveLength(199);
    for (const error of lost) {
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ code: 'TASK_ALREADY_DECIDED', details: { version: 4, states: winner.states } });
    }
    expect(await count('events where instance_id = $1', [id])).toBe(4);
  });

  it('refuses another version than the one the person saw, and a task of another case', async () => {
    const id = await house.startPermit();
    const other = await house.startPermit();
    const [foreign] = await house.rows<{ id: string }>('select id from tasks where instance_id = $1', [other]);
    await expect(house.apply(id, { expectedVersion: 7, event: { type: 'SUBMIT' } })).rejects.toMatchObject({
      code: 'VERSION_CONFLICT',
      details: { version: 1, states: ['draft'] },
    });
    await expect(house.apply(id, { taskId: foreign!.id, event: { type: 'SUBMIT' } })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(house.apply(randomUUID(), { event: { type: 'SUBMIT' } })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('refuses a case code that is taken in the province', async () => {
    const id = await house.startPermit();
    const [row] = await house.rows<{ province_id: string; case_code: string }>(
      'select * from instances where id = $1',
      [id],
    );
    const again = house.unitOfWork.run((tx) =>
      house.runtime.start(tx, {
        instanceId: randomUUID(),
        definitionId: 'permit',
        provinceId: row!.province_id,
        caseCode: row!.case_code,
        input: { officer: { personId: house.person }, leader: { personId: house.person } },
        principal: { personId: house.person },
      }),
    );
    await expect(again).rejects.toMatchObject({ code: 'DUPLICATE' });
  });

  it('leaves nothing when the transaction ends before its commit', async () => {
    const id = await house.startPermit();
    const before = await everything(id);
    const killed = house.unitOfWork.run(async (tx) => {
      const locked = await house.runtime.lock(tx, { instanceId: id });
      await house.runtime.apply(tx, locked, { event: { type: 'SUBMIT' }, principal: { personId: house.person } });
      const [{ pid }] = (await tx.query('select pg_backend_pid() as pid')) as [{ pid: number }];
      await house.rows('select pg_terminate_backend($1)', [pid]);
    });
    await expect(killed).rejects.toThrow();
    expect(await everything(id)).toBe(before);
    expect((await house.play(id, ['SUBMIT'])).version).toBe(2);
  });

  it('judges candidates as it would judge the event, without changing anything', async () => {
    const id = await house.startPermit();
    const available = await house.unitOfWork.run(async (tx) =>
      house.runtime.available(await house.runtime.read(tx, id), [
        { type: 'SUBMIT' },
        { type: 'SUBMIT', funded: false },
        { type: 'APPROVE' },
      ]),
    );
    expect(available.map(({ type, allowed }) => ({ type, allowed }))).toEqual([
      { type: 'SUBMIT', allowed: true },
      { type: 'SUBMIT', allowed: false },
    ]);
  });

  describe('with an idempotency key', () => {
    const hashOf = (body: unknown): string => createHash('sha256').update(JSON.stringify(body)).digest('hex');
    const send = (instanceId: string, key: string, type: string): Promise<unknown> =>
      house.unitOfWork.run(async (tx) => {
        const principal = { personId: house.person };
        const idempotency = { key, bodyHash: hashOf({ instanceId, type }) };
        const locked = await house.runtime.lock(tx, { instanceId, idempotency, principal });
        if (locked.replay) return locked.replay.body;
        const outcome = await house.runtime.apply(tx, locked, {
          event: { type },
          principal,
          idempotency,
          answer: (applied) => ({ status: 200, body: { version: applied.version } }),
        });
        return { version: outcome.version };
      });

    it('gives the same answer to the same request, one after the other and 30 at once', async () => {
      const id = await house.startPermit();
      expect(await send(id, 'a', 'SUBMIT')).toEqual({ version: 2 });
      expect(await send(id, 'a', 'SUBMIT')).toEqual({ version: 2 });
      const answers = await Promise.all(Array.from({ length: 30 }, () => send(id, 'b', 'RESTART')));
      expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"version":3}']));
      expect(await count('events where instance_id = $1', [id])).toBe(3);
    });

    it('refuses another request under the same key, also about another case at the same moment', async () => {
      const [id, other] = [await house.startPermit(), await house.startPermit()];
      const settled = await Promise.allSettled([send(id, 'c', 'SUBMIT'), send(other, 'c', 'SUBMIT')]);
      expect(settled.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(settled.find((one) => one.status === 'rejected')).toMatchObject({
        reason: { code: 'IDEMPOTENCY_KEY_REUSED' },
      });
      await expect(send(id, 'c', 'RETURN')).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
    });

    it('keeps no answer for a refusal: the same request may succeed later', async () => {
      const id = await house.startPermit();
      expect(await send(id, 'd', 'FORWARD')).toEqual({ version: 1 });
      await house.play(id, ['SUBMIT']);
      expect(await send(id, 'd', 'FORWARD')).toEqual({ version: 3 });
    });

    it('serves requests that start a case: the second waits and finds the answer of the first', async () => {
      const principal = { personId: house.person };
      const idempotency = { key: 'start', bodyHash: hashOf('start') };
      const begin = (): Promise<unknown> =>
        house.unitOfWork.run(async (tx) => {
          const earlier = await house.runtime.storedAnswer(tx, { principal, idempotency });
          if (earlier) return earlier.body;
          const applied = await house.runtime.start(tx, {
            instanceId: randomUUID(),
            definitionId: 'permit',
            provinceId: randomUUID(),
            caseCode: 'P-1',
            input: { officer: principal, leader: principal },
            principal,
            idempotency,
          });
          return JSON.parse(JSON.stringify(applied)) as unknown;
        });
      const answers = await Promise.all(Array.from({ length: 10 }, begin));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(await count("instances where case_code = 'P-1'")).toBe(1);
    });
  });
});
