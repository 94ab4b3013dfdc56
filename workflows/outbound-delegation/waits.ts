import { and } from 'xstate';
import type { DeadlineName } from '#contracts/deadline-names.js';
import type { Role } from '#contracts/roles.js';
import type { DelegationContext, Phase } from './context.js';
import type { Closing, Notice } from './setup.js';
import { type TaskKind, type TaskOpening, tasksOf } from './tasks.js';

interface From {
  readonly context: DelegationContext;
  readonly event: { readonly type: string };
}

/** A state in which somebody must act: the task opens when it is entered and closes, with what ended it, when it is left. */
export function waitsFor(kind: TaskKind) {
  return { entry: [open(kind)], exit: [close(kind)] };
}

/**
 * The same with a deadline. When it passes, the case is marked overdue and stays where it is: only leaving the state ends the
 * reminders.
 */
export function waitsUntil<Name extends DeadlineName>(kind: TaskKind, name: Name) {
  return {
    entry: [open(kind)],
    exit: [close(kind), { type: 'clearOverdue' as const, params: { name } as { name: DeadlineName } }],
    after: { [name]: overdue(name) } as Record<Name, ReturnType<typeof overdue>>,
  };
}

export function overdue(name: DeadlineName) {
  return { actions: [{ type: 'markOverdue' as const, params: { name } }] };
}

export function clearOverdue(name: DeadlineName) {
  return { type: 'clearOverdue' as const, params: { name } };
}

export function open(kind: TaskKind) {
  return {
    type: 'openTask' as const,
    params: ({ context }: From): readonly TaskOpening[] => tasksOf(kind, context),
  };
}

export function close(kind: TaskKind) {
  return {
    type: 'closeTask' as const,
    params: ({ context, event }: From): readonly Closing[] =>
      tasksOf(kind, context).map(({ key }) => ({ key, outcome: outcomeOf(event) })),
  };
}

/** The event that ended the wait; a deadline by its name. */
function outcomeOf({ type }: { readonly type: string }): string {
  return type.startsWith('xstate.after.') ? (type.split('.')[2] ?? type) : type;
}

/** From the first agreement until the case is closed: a document often arrives after the step it belongs to. */
export const recordsDocument = {
  guard: and(['hasDocument', 'stepAgreed', 'stepDocumentNew']),
  actions: 'recordStepDocument' as const,
};

type Addressee = 'unit' | 'unitHead' | 'focal' | 'decisionOffice';
const addressees: Record<Addressee, readonly [Role, keyof DelegationContext['organisations']]> = {
  unit: ['unitOfficer', 'unitId'],
  unitHead: ['unitHead', 'unitId'],
  focal: ['reviewer', 'focalId'],
  decisionOffice: ['clerk', 'decisionOfficeId'],
};

/** A mail that is not about a task: the runtime itself tells the holder of each task that opens. */
export function notify(template: NoticeTemplate, to: readonly Addressee[], data?: Readonly<Record<string, unknown>>) {
  return {
    type: 'notify' as const,
    params: ({ context }: From): Notice => ({
      template,
      to: to.map((one) => {
        const [role, organisation] = addressees[one];
        return { role, organisationId: context.organisations[organisation] };
      }),
      ...(data && { data }),
    }),
  };
}

export const noticeTemplates = [
  'supplementRequested',
  'supplementInactive',
  'draftInactive',
  'returnedToDraft',
  'returnedForClarification',
  'approvedWithCondition',
  'rejected',
  'withdrawn',
  'decisionIssued',
  'amendmentDecided',
  'extensionDecided',
  'cancelled',
  'postponed',
  'rescheduled',
  'passportsLost',
  'reportReturned',
  'completed',
  'frozen',
  'unfrozen',
] as const;
export type NoticeTemplate = (typeof noticeTemplates)[number];

/** FREEZE of a phase: the history state of the phase remembers where it was. A case with an exception stays where it is. */
export function freezes(phase: Phase) {
  return {
    guard: 'noExceptionGranted' as const,
    target: '#outbound-delegation.frozen' as const,
    actions: [{ type: 'recordFreeze' as const, params: { phase } }],
  };
}
