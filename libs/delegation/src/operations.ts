import type { TimerView } from '#contracts/case.js';
import type { MailListQuery, MailPage, TimerListQuery } from '#contracts/inbox.js';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import { explainStep, type LadderStep, listMails } from '#libs/runtime';
import type { CaseDependencies } from './case-dependencies.js';
import { decodeCursor, encodeCursor } from './cursor.js';

const firstId = '00000000-0000-0000-0000-000000000000';
const operators = ['administrator', 'inspector'] as const;

/** The mail ledger, newest first: whom each mail went to by id, never its text. Throws FORBIDDEN. */
export function listMailLedger(
  { unitOfWork }: CaseDependencies,
  principal: SessionPrincipal,
  query: MailListQuery,
): Promise<MailPage> {
  requireRole(principal, { role: operators });
  const { status, caseId, limit, cursor } = query;
  const before = cursor === undefined ? undefined : decodeCursor(cursor);
  return unitOfWork.run(async (tx) => {
    const rows = await listMails(tx, {
      provinceId: principal.provinceId,
      status,
      instanceId: caseId,
      after: before && { createdAt: new Date(before.at), id: before.id },
      limit: Math.min(limit + 1, 200),
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: shown.map((row) => ({
        id: row.id,
        caseId: row.instanceId,
        caseCode: row.caseCode,
        personId: row.personId,
        template: row.template,
        subject: row.subject,
        status: row.status,
        suppressedReason: row.suppressedReason,
        attempts: row.attempts,
        createdAt: row.createdAt.toISOString(),
        sentAt: row.sentAt?.toISOString() ?? null,
      })),
      nextCursor: last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
    };
  });
}

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

/** Open timers of the province by due date; with `due` only those whose time has come. Throws FORBIDDEN. */
export async function listTimers(
  { reader, clock }: CaseDependencies,
  principal: SessionPrincipal,
  query: TimerListQuery,
): Promise<{ items: OpenTimer[]; nextCursor: string | null }> {
  requireRole(principal, { role: operators });
  const after = query.cursor === undefined ? { at: '-infinity', id: firstId } : decodeCursor(query.cursor);
  const until = query.due === 'true' ? clock.now() : 'infinity';
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
