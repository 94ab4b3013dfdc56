import type { Text } from '#contracts/text.js';
import { type Assignee, decide, isTaskOf, type Refused, type WorkflowEvent } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { Deciding } from './decide-and-write.js';
import { effectRows } from './effect-rows.js';
import { storedForm } from './stored-form.js';
import type { LockedInstance } from './types.js';

/** What a decision would do to one deadline. `from` null: it begins; `to` null: it ends. */
export interface DeadlineChange {
  readonly name: string;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly explanation: Text | null;
  /** Who would hold the work that is due by it. */
  readonly holders: readonly Assignee[];
}

export type DecisionPreview = Refused | { readonly kind: 'applied'; readonly deadlines: readonly DeadlineChange[] };

const openDeadlines: PreparedStatement = {
  name: 'runtime_preview_deadlines',
  text: `select name, send_id as "sendId", due_at as "dueAt" from timers
    where instance_id = $1 and kind = 'deadline' and coalesce(fired_at, cancelled_at) is null order by armed_seq, id`,
};

/** Decides and turns the effects into rows as `apply` would, and writes none of them. A deadline that stays as it is is not named. */
export async function previewDecision(
  tx: Tx,
  locked: LockedInstance,
  { definition, calendar, now, entering }: Deciding & { entering: { readonly event: WorkflowEvent } },
): Promise<DecisionPreview> {
  const decision = decide(definition, locked.snapshot, storedForm(entering.event), now);
  if (decision.kind === 'refused') return decision;
  const { effects, status } = decision;
  const rows = effectRows({ effects, openTasks: locked.openTasks, status, calendar, now });
  const open = await runPrepared<{ name: string; sendId: string; dueAt: Date }>(tx, openDeadlines, [locked.id]);
  const armed = new Map(rows.timers.flatMap((row) => (row.kind === 'deadline' ? [[row.send_id, row] as const] : [])));
  const known = new Map(open.map((one) => [one.sendId, one]));
  const ends = new Set(status === 'done' ? known.keys() : rows.cancelledSendIds);
  const deadlines: DeadlineChange[] = [];
  for (const [sendId, { name, dueAt }] of known) {
    if (armed.has(sendId) || !ends.has(sendId)) continue;
    const holders = locked.openTasks.flatMap((task) => (task.timerSendId === sendId ? [task.assignee] : []));
    deadlines.push({ name, from: dueAt, to: null, explanation: null, holders });
  }
  for (const [sendId, row] of armed) {
    const from = known.get(sendId)?.dueAt ?? null;
    if (from?.getTime() === row.due_at.getTime()) continue;
    const staying = locked.openTasks.flatMap((task) => (isTaskOf(row.task_key, task.key) ? [task.assignee] : []));
    const opening = rows.tasks.flatMap((task) => (task.timer_id === row.id ? [assigneeOf(task)] : []));
    const holders = opening.length > 0 ? opening : staying;
    deadlines.push({ name: row.name, from, to: row.due_at, explanation: row.explanation, holders });
  }
  return { kind: 'applied', deadlines };
}

function assigneeOf(task: { role: string | null; organisation_id: string | null; person_id: string | null }): Assignee {
  if (task.person_id !== null) return { personId: task.person_id };
  return { role: task.role!, organisationId: task.organisation_id! };
}
