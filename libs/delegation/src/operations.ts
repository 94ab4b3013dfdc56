import type { TimerView } from '#contracts/case.js';
import type { TimerListQuery } from '#contracts/inbox.js';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import { explainStep, type LadderStep } from '#libs/runtime';
import type { CaseDependencies } from './case-dependencies.js';
import { decodeCursor, encodeCursor } from './cursor.js';

const firstId = '00000000-0000-0000-0000-000000000000';
const operators = ['administrator', 'inspector'] as const;
/** The worker looks every second, and a busy morning takes seconds; later than this something is wrong. */
export const overdueAfterMs = 2 * 60_000;

export interface OpenTimer extends TimerView {
  readonly caseId: string;
  readonly caseCode: string;
}

interface TimerRow extends Omit<OpenTimer, 'template' | 'dueAt' | 'armedAt'> {
  step: LadderStep | null;
  dueAt: Date;
  armedAt: Date;
}

const timerStatement = {
  name: 'delegation_list_timers',
  text: `
    select t.id, t.instance_id as "caseId", i.case_code as "caseCode", t.kind, t.name, t.reminder_key as "reminderKey",
      jsonb_path_query_first(t.steps, '$[*] ? (@.key == $key)', jsonb_build_object('key', t.reminder_key)) as step,
      t.task_key as "taskKey", t.due_at as "dueAt", coalesce(t.explanation, d.explanation) as explanation,
      t.armed_at as "armedAt", null as "firedAt", null as "cancelledAt", null as "cancelReason"
    from timers t join instances i on i.id = t.instance_id left join timers d on d.id = t.deadline_id
    where i.province_id = $1 and t.fired_at is null and t.cancelled_at is null and t.due_at <= $2::timestamptz
      and (t.due_at, t.id) > ($3::timestamptz, $4::uuid)
    order by t.due_at, t.id limit $5`,
};

/** Open timers of the province by due date; with `due` only those whose time has come, or came minutes ago. Throws FORBIDDEN. */
export async function listTimers(
  { reader, clock }: CaseDependencies,
  principal: SessionPrincipal,
  query: TimerListQuery,
): Promise<{ items: OpenTimer[]; nextCursor: string | null }> {
  requireRole(principal, { role: operators });
  const after = query.cursor === undefined ? { at: '-infinity', id: firstId } : decodeCursor(query.cursor);
  const until = { true: clock.now(), overdue: new Date(clock.now().getTime() - overdueAfterMs), false: 'infinity' }[
    query.due
  ];
  const values = [principal.provinceId, until, after.at, after.id, query.limit + 1];
  const rows = await reader.read<TimerRow>(timerStatement, values);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(({ step, ...row }) => ({
      ...row,
      template: step?.template ?? null,
      explanation: step ? explainStep(step, row.explanation) : row.explanation,
      dueAt: row.dueAt.toISOString(),
      armedAt: row.armedAt.toISOString(),
    })),
    nextCursor: last ? encodeCursor({ at: last.dueAt, id: last.id }) : null,
  };
}
