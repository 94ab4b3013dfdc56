import { AppError } from '#contracts/errors.js';
import type { ReportReceipt, RoundEventType, UnitReportEventType } from '#contracts/report-round.js';
import type { Text } from '#contracts/text.js';
import type { CommandMeta } from '#libs/delegation';
import type { RoleHeld, SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { Applied, LockedInstance, Outcome, RefusedOutcome, Runtime, StoredAnswer } from '#libs/runtime';
import { reportEventNames } from '#workflows/periodic-report/names.js';

type EventType = UnitReportEventType | RoundEventType;

/** Who decides, under which role, and what came with the request. */
export interface Deciding {
  readonly runtime: Runtime;
  readonly principal: SessionPrincipal;
  readonly held: RoleHeld & { readonly onBehalfOfId?: string };
  readonly meta: CommandMeta;
}

/** Decides and writes one event. `written`: what people wrote, kept beside the event. A refusal is on record once it is committed. */
export function applyReportEvent(
  tx: Tx,
  locked: LockedInstance,
  given: Deciding & { event: { type: string }; facts?: object; written?: Readonly<Record<string, unknown>> },
): Promise<Outcome> {
  const { runtime, principal, held, meta, event, facts, written = {} } = given;
  const { personId } = principal;
  const onBehalfOfId = held.onBehalfOfId ?? null;
  return runtime.apply(tx, locked, {
    event: { ...event, facts: { principalId: personId, onBehalfOfId, ...facts } },
    principal: {
      personId,
      onBehalfOfId,
      organisationVersionId: held.organisationVersionId,
      requestId: meta.requestId,
    },
    ...(Object.keys(written).length > 0 && { privatePayload: written }),
    ...(meta.idempotency && { idempotency: meta.idempotency }),
    answer: (applied) => reportAnswer(applied, event.type as EventType),
  });
}

export function reportAnswer({ instanceId, version, states }: Applied, type: EventType): StoredAnswer {
  const names: Readonly<Record<string, Text>> = reportEventNames;
  const body: ReportReceipt = {
    id: instanceId,
    version,
    state: states[0] ?? '',
    text: names[type] ?? { vi: type, en: type },
  };
  return { status: 200, body };
}

/** Throws EVENT_REFUSED with the rules that said no; call it after the transaction that wrote the refusal. */
export function refuseReportEvent({ refusal, states, version }: RefusedOutcome): never {
  const { rules, reason, text } = refusal;
  throw new AppError('EVENT_REFUSED', { rules, reason, text, states, version });
}

/** What the reader may do next, asked of the machine that will judge it; events they have no right to are not there. */
export function offersOf(
  runtime: Runtime,
  locked: LockedInstance,
  given: { types: readonly EventType[]; principal: SessionPrincipal; facts?: object },
): { type: string; text: Text; allowed: boolean; rules: { text: Text }[] }[] {
  if (locked.status !== 'active') return [];
  const { types, principal, facts } = given;
  const document = { number: '…', date: '2000-01-01' };
  const candidates = types.map((type) => ({
    type,
    document,
    facts: { principalId: principal.personId, onBehalfOfId: null, ...facts },
  }));
  const names: Readonly<Record<string, Text>> = reportEventNames;
  return runtime.available(locked, candidates).map(({ type, allowed, rules }) => ({
    type,
    text: names[type] ?? { vi: type, en: type },
    allowed,
    rules: rules.map(({ text }) => ({ text })),
  }));
}
