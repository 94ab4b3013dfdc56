import type { DocumentReference } from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import type { PlanLogEntry, PlanReceipt, PlanTask } from '#contracts/plan-cycle.js';
import { privatePlanFields } from '#contracts/plan-events.js';
import type { Text } from '#contracts/text.js';
import { dayOf } from '#libs/calendar';
import { holdingsOf, namesOfPeople, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { Applied, Idempotency, LockedInstance, Outcome, StoredAnswer } from '#libs/runtime';
import { planTaskNames } from '#workflows/annual-plan/names.js';
import type { PlanAuthority } from './plan-authority.js';
import type { PlanRoom, PlanSetup } from './plan-setup.js';

/** What came with a request beside its body. */
export interface PlanMeta {
  readonly requestId: string | null;
  readonly idempotency?: Idempotency;
  readonly expectedVersion?: number;
  readonly taskId?: string;
}

export interface PlanEvent {
  readonly type: string;
  readonly document?: DocumentReference | undefined;
}

/** Decides and writes one event of a person on a plan or a line. A refusal is on record once the transaction is committed. */
export function applyPlanEvent(
  tx: Tx,
  given: {
    room: PlanRoom;
    locked: LockedInstance;
    event: PlanEvent;
    facts: object;
    authority: Omit<PlanAuthority, 'relation'>;
    principal: SessionPrincipal;
    meta: PlanMeta;
  },
): Promise<Outcome> {
  const { room, locked, event, facts, authority, principal, meta } = given;
  const { onBehalfOfId, organisationVersionId } = authority;
  const entries = Object.entries(event).filter(([, value]) => value !== undefined);
  const isPrivate = ([name]: readonly [string, unknown]) => (privatePlanFields as readonly string[]).includes(name);
  const written = Object.fromEntries(entries.filter(isPrivate));
  const open = Object.fromEntries(entries.filter((entry) => !isPrivate(entry)));
  return room.runtime.apply(tx, locked, {
    event: { ...open, type: event.type, facts: { principalId: principal.personId, onBehalfOfId, ...facts } },
    principal: { personId: principal.personId, onBehalfOfId, organisationVersionId, requestId: meta.requestId },
    ...(Object.keys(written).length > 0 && { privatePayload: written }),
    ...(meta.taskId !== undefined && { taskId: meta.taskId }),
    ...(meta.expectedVersion !== undefined && { expectedVersion: meta.expectedVersion }),
    ...(meta.idempotency && { idempotency: meta.idempotency }),
    answer: planAnswer,
  });
}

export function planAnswer({ instanceId, version, seq, states, status }: Applied): StoredAnswer {
  const body: PlanReceipt = { id: instanceId, version, seq, states: [...states], status };
  return { status: 200, body };
}

/** Throws EVENT_REFUSED with the rules that said no; call it after the transaction that wrote the refusal. */
export function refusePlanEvent({ refusal, states, version }: Extract<Outcome, { kind: 'refused' }>): never {
  const { rules, reason, text } = refusal;
  throw new AppError('EVENT_REFUSED', { rules, reason, text, states, version });
}

/** A document bears no day that is still to come. Throws VALIDATION_FAILED. */
export function requirePastDocument({ document }: PlanEvent, now: Date): void {
  if (!document || document.date <= dayOf(now)) return;
  const text = { vi: 'Ngày văn bản chưa tới.', en: 'The day of the document is still to come.' };
  throw new AppError('VALIDATION_FAILED', { fields: [{ path: 'document.date', text }] });
}

interface TaskRow {
  id: string;
  key: string;
  kind: string;
  role: string | null;
  organisationId: string | null;
  dueAt: Date | null;
  dueExplanation: Text | null;
}

/** Open tasks, those that are due first before the others. */
export async function planTasks(
  tx: Tx,
  given: { instanceId: string; setup: PlanSetup; principal: SessionPrincipal },
): Promise<PlanTask[]> {
  const { setup, principal } = given;
  const rows: TaskRow[] = await tx.query(
    `select id, key, kind, role, organisation_id as "organisationId", due_at as "dueAt", due_explanation as "dueExplanation"
     from tasks where instance_id = $1 and closed_at is null order by due_at nulls last, opened_seq, key`,
    [given.instanceId],
  );
  const names: Readonly<Record<string, Text>> = planTaskNames;
  return rows.map(({ role, organisationId, dueAt, ...row }) => ({
    ...row,
    text: names[row.kind] ?? { vi: row.kind, en: row.kind },
    organisation: (organisationId && setup.organisations.get(organisationId)?.name) || '',
    mine: holdingsOf(principal).some((held) => held.role === role && held.organisationId === organisationId),
    dueAt: dueAt?.toISOString() ?? null,
  }));
}

interface EventRow {
  seq: number;
  type: string;
  at: Date;
  document: PlanLogEntry['document'];
  principalId: string | null;
  private: Record<string, unknown> | null;
}

/** What happened, newest first; at most 100. */
export async function planLog(
  tx: Tx,
  given: { instanceId: string; provinceId: string; names: Readonly<Record<string, Text>> },
): Promise<PlanLogEntry[]> {
  const rows: EventRow[] = await tx.query(
    `select seq, type, at, payload->'document' as document, principal_id as "principalId", private
     from events where instance_id = $1 order by seq desc limit 100`,
    [given.instanceId],
  );
  const personIds = [...new Set(rows.flatMap(({ principalId }) => principalId ?? []))];
  const people = await namesOfPeople(tx, { provinceId: given.provinceId, personIds });
  return rows.map(({ principalId, at, private: written, ...row }) => ({
    ...row,
    text: given.names[row.type] ?? (row.type === 'START' ? began : { vi: row.type, en: row.type }),
    at: at.toISOString(),
    by: principalId === null ? null : (people.get(principalId) ?? null),
    document: row.document ?? null,
    words: wordsOf(written),
  }));
}

const began: Text = { vi: 'Bắt đầu', en: 'Begun' };

function wordsOf(written: unknown): string[] {
  if (typeof written === 'string') return [written];
  if (typeof written !== 'object' || written === null) return [];
  return Object.entries(written).flatMap(([name, value]) => (name === 'planItemId' ? [] : wordsOf(value)));
}
