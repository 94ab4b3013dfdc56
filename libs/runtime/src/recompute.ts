import { randomUUID } from 'node:crypto';
import type { Text } from '#contracts/text.js';
import type { Assignee, DeadlineSpec } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { Deciding } from './decide-and-write.js';
import { eventHash } from './event-hash.js';
import { type LadderStep, type MoveNotice, untoldMove, withNotice } from './ladder.js';
import { ladderSteps } from './timer-rows.js';
import type { LockedInstance, Principal } from './types.js';

/** An entry of the log that no machine decides: the calendar changed under the open deadlines. Replaying passes over it. */
export const recomputedEventType = 'DEADLINES_RECOMPUTED';

/** A deadline that the calendar of today counts otherwise: its due date, or only the days of its reminders. */
export interface RecountedDeadline {
  readonly name: string;
  readonly taskKey: string | null;
  readonly from: Date;
  /** The same as `from`: only reminders come on other days, which nobody is told. */
  readonly to: Date;
  readonly explanation: Text;
  /** Who holds a task that is due by it: they are told when it moves. */
  readonly holders: readonly Assignee[];
}

/** False: only its reminders come on other days. */
export function isMoved({ from, to }: Pick<RecountedDeadline, 'from' | 'to'>): boolean {
  return from.getTime() !== to.getTime();
}

interface OpenDeadline {
  readonly id: string;
  readonly name: string;
  readonly task_key: string | null;
  readonly due_at: Date;
  readonly armed_at: Date;
  readonly ladder_id: string | null;
  readonly reminder_key: string | null;
  readonly steps: readonly LadderStep[] | null;
}

interface Recount extends RecountedDeadline {
  readonly row: OpenDeadline;
  readonly ladder: RecountedLadder;
}

interface RecountedLadder {
  readonly said: readonly LadderStep[];
  readonly coming: readonly LadderStep[];
  /** An earlier move that waits to be told along with one of them. */
  readonly untold: MoveNotice | null;
}

const openDeadlines: PreparedStatement = {
  name: 'runtime_open_deadlines',
  text: `select d.id, d.name, d.task_key, d.due_at, d.armed_at, r.id as ladder_id, r.reminder_key, r.steps
    from timers d left join timers r on r.deadline_id = d.id and coalesce(r.fired_at, r.cancelled_at) is null
    where d.instance_id = $1 and d.kind = 'deadline' and coalesce(d.fired_at, d.cancelled_at) is null
    order by d.armed_seq, d.id`,
};

/** The same period from the same start, on the calendar of today. What has passed already stays as it was. */
export async function recountedDeadlines(
  tx: Tx,
  locked: LockedInstance,
  deciding: Deciding,
): Promise<readonly Recount[]> {
  const { definition, calendar } = deciding;
  const rows = await runPrepared<OpenDeadline>(tx, openDeadlines, [locked.id]);
  return rows.flatMap((row): Recount[] => {
    const spec = definition.deadlines[row.name]?.(locked.snapshot.context as never);
    if (!spec) return [];
    const due = calendar.due({ rule: spec.rule, from: spec.from === 'now' ? row.armed_at : spec.from });
    const ladder = recountedLadder(row, { ...deciding, spec, due: due.dueAt });
    const { name, task_key: taskKey, due_at: from } = row;
    const isSame = due.dueAt.getTime() === from.getTime() && (row.ladder_id === null || !hasChanged(row, ladder));
    if (isSame) return [];
    const holders = locked.openTasks.flatMap((task) => (task.timerId === row.id ? [task.assignee] : []));
    return [{ name, taskKey, from, to: due.dueAt, explanation: due.explanation, holders, row, ladder }];
  });
}

/**
 * Steps that were said stay said; those still to come are counted anew, and one that would only now have passed is left out. One that
 * was due and is unsaid, because nobody was at work, is said on its new day, at once when that has passed too.
 */
function recountedLadder(
  { steps, reminder_key, armed_at }: OpenDeadline,
  { spec, due, calendar, now }: Pick<Deciding, 'calendar' | 'now'> & { spec: DeadlineSpec; due: Date },
): RecountedLadder {
  const before = steps ?? [];
  const next = before.findIndex((step) => step.key === reminder_key);
  const said = before.slice(0, Math.max(next, 0));
  const known = new Set(said.map((step) => step.key));
  const hasPassed = (step: LadderStep) => Date.parse(step.dueAt) <= now.getTime();
  const owed = new Map(
    before
      .slice(said.length)
      .filter(hasPassed)
      .map((step) => [step.key, step]),
  );
  const all = ladderSteps({ reminders: spec.reminders, from: armed_at, due, calendar });
  const counted = all.filter((step) => !known.has(step.key) && (owed.has(step.key) || !hasPassed(step)));
  for (const step of counted) owed.delete(step.key);
  const coming = [...owed.values(), ...counted]
    .map(({ moved: _told, ...step }) => step)
    .sort((a, b) => Date.parse(a.dueAt) - Date.parse(b.dueAt));
  return { said, coming, untold: reminder_key === null ? null : untoldMove(before, reminder_key) };
}

function hasChanged({ steps }: OpenDeadline, { said, coming }: RecountedLadder): boolean {
  const days = (list: readonly LadderStep[]) => list.map(({ key, dueAt }) => `${key} ${dueAt}`).join();
  return days(steps?.slice(said.length) ?? []) !== days(coming);
}

const casesWithDeadlines: PreparedStatement = {
  name: 'runtime_cases_with_deadlines',
  text: `select i.id from instances i where i.status = 'active' and ($1::uuid is null or i.province_id = $1)
    and exists (select from timers d where d.instance_id = i.id and d.kind = 'deadline'
      and coalesce(d.fired_at, d.cancelled_at) is null) order by i.id`,
};

/** In the order in which several may be locked. `provinceId` null: of every province. */
export async function idsWithOpenDeadlines(tx: Tx, provinceId: string | null): Promise<string[]> {
  const rows = await runPrepared<{ id: string }>(tx, casesWithDeadlines, [provinceId]);
  return rows.map(({ id }) => id);
}

const moveDeadline: PreparedStatement = {
  name: 'runtime_move_deadline',
  text: `with moved as (
      update timers set due_at = $2, explanation = $3::jsonb where id = $1
    ), ladder as (
      update timers set due_at = coalesce($5::timestamptz, due_at), reminder_key = coalesce($6, reminder_key),
        steps = coalesce($7::jsonb, steps), cancelled_at = case when $5::timestamptz is null then $8::timestamptz end,
        cancel_reason = case when $5::timestamptz is null then 'recomputed' end
      where id = $4::uuid
    )
    update tasks set due_at = $2, due_explanation = $3::jsonb where timer_id = $1 and closed_seq is null
    returning key, role, organisation_id, person_id`,
};

const logRecomputed: PreparedStatement = {
  name: 'runtime_log_recomputed',
  text: `with written as (
      insert into events (instance_id, seq, type, payload, principal_id, on_behalf_of_id, organisation_version_id, request_id,
        at, prev_hash, hash)
      values ($1, $2, $3, $4::jsonb, $5, null, null, $6, $7, $8, $9)
    ), messages as (
      insert into outbox_messages (id, instance_id, event_seq, task_key, template, recipient, data, not_before, created_at)
      select n.id, $1, $2, n.task_key, 'deadlineMoved', n.recipient, n.data, $7, $7
      from json_to_recordset($10::json) as n(id uuid, task_key text, recipient jsonb, data jsonb)
    )
    update instances set version = version + 1, last_seq = $2, last_hash = $9, updated_at = $7 where id = $1`,
};

/**
 * Moves the open deadlines of one case to where today's calendar puts them, with their reminders and the due dates of their tasks, as one
 * entry of its log. Tells whoever holds a task whose due date moved, and nobody else; by the reminder that goes to them as soon, where
 * there is one. Nothing recounted: nothing is written.
 */
export async function recomputeDeadlines(
  tx: Tx,
  locked: LockedInstance,
  given: Deciding & { principal: Principal; calendarVersion: string },
): Promise<readonly RecountedDeadline[]> {
  const recounts = await recountedDeadlines(tx, locked, given);
  if (recounts.length === 0) return [];
  const { now, calendar, principal, calendarVersion } = given;
  const messages: object[] = [];
  for (const recount of recounts) {
    const notice = noticeOf(recount);
    const coming = notice && withNotice(recount.ladder.coming, { notice, earliest: calendar.nextWorkingInstant(now) });
    const ladder = coming ? { ...recount.ladder, coming } : recount.ladder;
    const tasks = await writeRecount(tx, { ...recount, ladder }, now);
    if (notice && !coming) messages.push(...tasks.map((task) => messageTo(task, { recount, notice })));
  }
  const seq = locked.lastSeq + 1;
  const changes = recounts
    .filter(isMoved)
    .map(({ name, from, to }) => ({ name, from: from.toISOString(), to: to.toISOString() }));
  const reminders = recounts.filter((one) => !isMoved(one)).map(({ name }) => name);
  const payload = { calendarVersion, changes, ...(reminders.length > 0 && { reminders }) };
  const requestId = principal.requestId ?? null;
  const { personId } = principal;
  const hash = eventHash(locked.lastHash, {
    ...{ instanceId: locked.id, seq, type: recomputedEventType, payload, requestId, at: now },
    ...{ principalId: personId, onBehalfOfId: null, organisationVersionId: null, privateDigest: null },
  });
  await runPrepared(tx, logRecomputed, [
    ...[locked.id, seq, recomputedEventType, JSON.stringify(payload), personId, requestId, now],
    ...[locked.lastHash, hash, JSON.stringify(messages)],
  ]);
  return recounts.map(({ row: _row, ladder: _ladder, ...recounted }) => recounted);
}

interface TaskRow {
  readonly key: string;
  readonly role: string | null;
  readonly organisation_id: string | null;
  readonly person_id: string | null;
}

/** Returns the tasks that are due by it. */
function writeRecount(tx: Tx, { row, ladder, to, explanation }: Recount, now: Date): Promise<TaskRow[]> {
  const [first] = ladder.coming;
  const written = first
    ? [new Date(first.dueAt), first.key, JSON.stringify([...ladder.said, ...ladder.coming])]
    : [null, null, null];
  return runPrepared<TaskRow>(tx, moveDeadline, [
    row.id,
    to,
    JSON.stringify(explanation),
    row.ladder_id,
    ...written,
    now,
  ]);
}

/** What the holders have to be told, with the date they know; null: nothing. */
function noticeOf({ from, to, ladder: { untold } }: Recount): MoveNotice | null {
  const wasDueAt = untold?.wasDueAt ?? from.toISOString();
  if (wasDueAt === to.toISOString()) return null;
  return { wasDueAt, because: from.getTime() === to.getTime() ? untold!.because : 'calendar' };
}

function messageTo(task: TaskRow, { recount, notice }: { recount: Recount; notice: MoveNotice }): object {
  const recipient =
    task.person_id !== null ? { personId: task.person_id } : { role: task.role, organisationId: task.organisation_id };
  const data = { deadline: recount.name, dueAt: recount.to.toISOString(), ...notice };
  return { id: randomUUID(), task_key: task.key, recipient, data };
}
