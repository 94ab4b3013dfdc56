import type { Text } from '#contracts/text.js';
import { addDays, type BusinessCalendar, dayOf } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { DigestContent, DigestNote, DigestTask, DigestUrgency } from './mail-digest-content.js';
import type { MailDirectory, MailTemplates } from './mail-ledger-types.js';

/** What is due within so many working days stands in the digest; a digest is sent when something is due within two. */
const soonWorkingDays = 2;
const laterWorkingDays = 5;
/** More than this nobody reads in a mail; the inbox has the rest. */
const listedTasks = 40;
const readTasks = 500;

interface DigestInput {
  readonly digestId: string;
  readonly personId: string;
  readonly provinceId: string;
  readonly now: Date;
  readonly calendar: BusinessCalendar;
  readonly directory: MailDirectory;
  readonly templates: Pick<MailTemplates, 'whatHolds'>;
}

const openTasks: PreparedStatement = {
  name: 'mail_digest_tasks',
  text: `with held as (
      select * from unnest($1::text[], $2::uuid[]) as h(role, organisation_id)
    ), mine as (
      select t.* from held h cross join lateral (
        select id, instance_id, kind, due_at, due_explanation, key from tasks
        where closed_at is null and role = h.role and organisation_id = h.organisation_id
        order by due_at, id limit $4
      ) t
      union
      (select id, instance_id, kind, due_at, due_explanation, key from tasks where closed_at is null and person_id = $3
        order by due_at, id limit $4)
    )
    select m.id as "taskId", m.instance_id as "instanceId", i.case_code as "caseCode", i.version as "caseVersion", m.kind, m.due_at as "dueAt",
      m.due_explanation as explanation
    from mine m join instances i on i.id = m.instance_id order by m.due_at nulls last, m.id`,
};

/** What waits for this digest, and what an earlier try of the same digest had taken already. */
const bundled: PreparedStatement = {
  name: 'mail_digest_bundled',
  text: `select m.id as "mailId", m.instance_id as "instanceId", i.case_code as "caseCode", o.template, o.data,
      coalesce(t.id is not null and t.closed_at is null, false) as "taskOpen", t.id as "taskId",
      o.task_key is not null as "aboutTask", d.cancelled_at is not null as "cancelled",
      d.id as "deadlineId", d.name as "deadlineName", d.due_at as "deadlineDueAt", d.explanation as "deadlineExplanation"
    from mails m
    join outbox_messages o on o.id = m.outbox_message_id or o.id = any(m.also)
    left join instances i on i.id = m.instance_id
    left join lateral (
      select id, closed_at from tasks
      where instance_id = o.instance_id and key = o.task_key and id::text = coalesce(o.data->>'taskId', id::text)
      order by opened_seq desc limit 1
    ) t on o.task_key is not null
    left join timers r on r.id = o.timer_id
    left join timers d on d.id = r.deadline_id
    where m.person_id = $1 and m.status = 'planned' and m.in_digest and m.not_before <= $2 or m.digest_mail_id = $3
    order by o.created_at, o.id`,
};

interface BundledRow {
  readonly mailId: string;
  readonly instanceId: string | null;
  readonly caseCode: string | null;
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly taskOpen: boolean;
  readonly taskId: string | null;
  readonly aboutTask: boolean;
  readonly cancelled: boolean;
  readonly deadlineId: string | null;
  readonly deadlineName: string | null;
  readonly deadlineDueAt: Date | null;
  readonly deadlineExplanation: Text | null;
}

type TaskRow = Omit<DigestTask, 'urgency'>;

/** `content` null: nothing that a mail would be worth. `overtaken`: waiting mails that have nothing more to say. */
interface ReadDigest {
  readonly content: DigestContent | null;
  readonly overtaken: readonly string[];
}

/** Everything due for the person, as it stands now. */
export async function readDigest(tx: Tx, input: DigestInput): Promise<ReadDigest> {
  const { personId, now, directory } = input;
  const held = await directory.assignmentsOf(tx, [personId], now);
  const values = [held.map(({ role }) => role), held.map((one) => one.organisationId), personId, readTasks];
  const open = await runPrepared<TaskRow>(tx, openTasks, values);
  const bundledRows = await runPrepared<BundledRow>(tx, bundled, [personId, now, input.digestId]);
  const waiting = await whatHolds(tx, bundledRows, input);
  const stillTold = new Set(waiting.map(({ mailId }) => mailId));
  const overtaken = bundledRows.flatMap(({ mailId }) => (stillTold.has(mailId) ? [] : [mailId]));
  const fresh = new Set(waiting.flatMap(({ taskId, taskOpen }) => (taskOpen && taskId !== null ? [taskId] : [])));
  const near = open.flatMap((row) => nearTask(row, { input, isFresh: fresh.has(row.taskId) }));
  const own = new Set(open.map(({ taskId }) => taskId));
  const notes = uniqueNotes(waiting.filter((row) => isWorthANote(row, own)));
  const isDue = near.some(({ urgency, taskId }) => urgency !== 'later' || fresh.has(taskId));
  if (!isDue && notes.length === 0) return { content: null, overtaken };
  const tasks = near.slice(0, listedTasks);
  const counts = { ...countOf(near), notes: notes.length };
  return {
    content: { day: dayOf(now), tasks, notes, counts, others: open.length - tasks.length },
    overtaken,
  };
}

async function whatHolds(
  tx: Tx,
  rows: readonly BundledRow[],
  { provinceId, templates }: Pick<DigestInput, 'provinceId' | 'templates'>,
): Promise<BundledRow[]> {
  const holding: BundledRow[] = [];
  for (const row of rows) {
    const data = await templates.whatHolds(tx, { provinceId, template: row.template, data: row.data });
    if (data !== null) holding.push({ ...row, data });
  }
  return holding;
}

function nearTask(row: TaskRow, { input, isFresh }: { input: DigestInput; isFresh: boolean }): DigestTask[] {
  const urgency = digestUrgencyOf(row.dueAt, input);
  if (urgency !== null) return [{ ...row, urgency }];
  return isFresh ? [{ ...row, urgency: 'later' }] : [];
}

/** Null: so far away, or without a date, that it is no business of this morning. */
export function digestUrgencyOf(
  dueAt: Date | null,
  { now, calendar }: Pick<DigestInput, 'now' | 'calendar'>,
): DigestUrgency | null {
  if (dueAt === null) return null;
  if (dueAt <= now) return 'overdue';
  const today = dayOf(now);
  const day = dayOf(dueAt);
  if (day === today) return 'today';
  if (day <= calendar.addWorkingDays(today, soonWorkingDays)) return 'soon';
  return day < addDays(calendar.addWorkingDays(today, laterWorkingDays), 1) ? 'later' : null;
}

/** A task of the reader stands in the list itself; one that is closed needs no word. */
function isWorthANote(row: BundledRow, own: ReadonlySet<string>): boolean {
  if (row.cancelled) return false;
  if (!row.aboutTask) return true;
  return row.taskOpen && row.taskId !== null && !own.has(row.taskId);
}

/** Of several reminders of one deadline the last says how things stand. */
function uniqueNotes(rows: readonly BundledRow[]): DigestNote[] {
  const notes = new Map<string, DigestNote>();
  for (const row of rows) {
    const key = row.deadlineId ?? `${row.instanceId} ${row.template} ${notes.size}`;
    notes.delete(key);
    notes.set(key, noteOf(row));
  }
  return [...notes.values()];
}

function noteOf(row: BundledRow): DigestNote {
  const { instanceId, caseCode, template, data, deadlineName, deadlineDueAt, deadlineExplanation } = row;
  const deadline =
    deadlineName !== null && deadlineDueAt !== null && deadlineExplanation !== null
      ? { name: deadlineName, dueAt: deadlineDueAt, explanation: deadlineExplanation }
      : null;
  return { instanceId, caseCode, template, data, deadline };
}

function countOf(tasks: readonly DigestTask[]): Record<DigestUrgency, number> {
  const counts = { overdue: 0, today: 0, soon: 0, later: 0 };
  for (const { urgency } of tasks) counts[urgency] += 1;
  return counts;
}

const closeWaiting: PreparedStatement = {
  name: 'mail_close_bundles',
  text: `update mails set status = 'suppressed',
      suppressed_reason = case when id = any($5::uuid[]) then 'overtaken' else $4 end,
      digest_mail_id = case when id = any($5::uuid[]) then null else $3::uuid end
    where person_id = $1 and status = 'planned' and in_digest and not_before <= $2
      or digest_mail_id = $3 and suppressed_reason = 'inDigest' and $4 <> 'inDigest'`,
};

/**
 * In the transaction of the claim: from now on the digest answers for what waited for it, whatever becomes of it. A digest that was put
 * off and is given up at its next try takes what it had taken along: nobody has been told by it.
 */
export async function closeBundles(
  tx: Tx,
  {
    personId,
    now,
    digestId,
    reason,
    overtaken = [],
  }: Pick<DigestInput, 'personId' | 'now' | 'digestId'> & {
    reason: 'inDigest' | 'taskClosed' | 'personLeft';
    overtaken?: readonly string[];
  },
): Promise<void> {
  await runPrepared(tx, closeWaiting, [personId, now, digestId, reason, overtaken]);
}
