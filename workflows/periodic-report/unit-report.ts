import { assign, setup } from 'xstate';
import type { UnitReportEventType } from '#contracts/report-round.js';
import { type HandOver, type ReminderStep, type Rule, type WorkflowDefinition, withIdReplaced } from '#libs/engine';
import { outcomeOf, type PlanDeadline, specOf } from '#workflows/annual-plan/waits.js';

/** Its report of one unit within a round (DOMAIN 7, "units -> UBND, copy Sở Ngoại vụ"). */
export interface UnitReportInput {
  /** Of the round, as lists of work show it. */
  readonly title: string;
  readonly organisationId: string;
  readonly focalId: string;
  readonly deadlines: { readonly unitReportDue: PlanDeadline; readonly unitReportRevisionDue: PlanDeadline };
}
export interface UnitReportContext extends UnitReportInput {
  readonly isOverdue: boolean;
  readonly timesReturned: number;
  /** Who handed it in last; they do not examine it. */
  readonly submittedById: string | null;
}

export interface ReportFacts {
  readonly principalId: string | null;
  readonly onBehalfOfId: string | null;
}
/** What comes with a decision on the whole round, never from a person alone. */
export const roundMoves = ['CONSOLIDATE_UNIT_REPORT', 'LEAVE_OUT_UNIT_REPORT', 'CANCEL_UNIT_REPORT'] as const;
export type RoundMove = (typeof roundMoves)[number];
type UnitReportEvent = {
  readonly type: UnitReportEventType | RoundMove;
  readonly facts: ReportFacts;
  readonly at: string;
};

export const unitReportGuards = {
  notOwnReport: ({ context, event }: { context: UnitReportContext; event: UnitReportEvent }) =>
    context.submittedById === null ||
    (event.facts.principalId !== context.submittedById && event.facts.onBehalfOfId !== context.submittedById),
};
const rules: Readonly<Record<keyof typeof unitReportGuards, Rule>> = {
  notOwnReport: {
    text: {
      vi: 'Người nộp báo cáo không tự duyệt báo cáo của mình.',
      en: 'Who handed the report in does not examine it.',
    },
    source: null,
  },
};

const reportSetup = setup({
  types: {} as { context: UnitReportContext; events: UnitReportEvent; input: UnitReportInput },
  guards: unitReportGuards,
  delays: { unitReportDue: 1, unitReportRevisionDue: 1 },
  actions: {
    markOverdue: assign({ isOverdue: true }),
    recordSubmission: assign(({ event }) => ({ isOverdue: false, submittedById: event.facts.principalId })),
    countReturn: assign(({ context }) => ({ timesReturned: context.timesReturned + 1 })),
    openTask: (
      _,
      _params: { key: string; kind: string; assignee: { readonly role: string; readonly organisationId: string } },
    ) => undefined,
    closeTask: (_, _params: { readonly key: string; readonly outcome: string }) => undefined,
  },
});

/** The state opens a task for an office and closes it when it is left. */
function waitsFor(kind: UnitReportTaskKind, office: 'unit' | 'focal') {
  return {
    entry: {
      type: 'openTask' as const,
      params: ({ context }: { context: UnitReportContext }) => ({
        key: kind,
        kind,
        assignee:
          office === 'unit'
            ? { role: 'unitOfficer', organisationId: context.organisationId }
            : { role: 'reviewer', organisationId: context.focalId },
      }),
    },
    exit: {
      type: 'closeTask' as const,
      params: ({ event }: { event: UnitReportEvent }) => ({ key: kind, outcome: outcomeOf(event) }),
    },
  };
}

export const unitReportTaskKinds = ['fileUnitReport', 'reviseUnitReport', 'reviewUnitReport'] as const;
export type UnitReportTaskKind = (typeof unitReportTaskKinds)[number];

const submit = { SUBMIT_UNIT_REPORT: { target: 'submitted', actions: 'recordSubmission' } } as const;
const giveBack = { guard: 'notOwnReport', target: 'returned', actions: 'countReturn' } as const;
const cancel = { CANCEL_UNIT_REPORT: 'cancelled' } as const;

export const unitReportMachine = reportSetup.createMachine({
  id: 'unit-report',
  context: ({ input }) => ({ ...input, isOverdue: false, timesReturned: 0, submittedById: null }),
  initial: 'requested',
  states: {
    requested: {
      ...waitsFor('fileUnitReport', 'unit'),
      after: { unitReportDue: { actions: 'markOverdue' } },
      on: { ...submit, ...cancel, LEAVE_OUT_UNIT_REPORT: 'leftOut' },
    },
    submitted: {
      ...waitsFor('reviewUnitReport', 'focal'),
      on: {
        ACCEPT_UNIT_REPORT: { guard: 'notOwnReport', target: 'accepted' },
        RETURN_UNIT_REPORT: giveBack,
        ...cancel,
      },
    },
    returned: {
      ...waitsFor('reviseUnitReport', 'unit'),
      after: { unitReportRevisionDue: { actions: 'markOverdue' } },
      on: { ...submit, ...cancel, LEAVE_OUT_UNIT_REPORT: 'leftOut' },
    },
    accepted: {
      on: { RETURN_UNIT_REPORT: giveBack, CONSOLIDATE_UNIT_REPORT: 'consolidated', ...cancel },
    },
    consolidated: { type: 'final' },
    leftOut: { type: 'final' },
    cancelled: { type: 'final' },
  },
});

/** Half-term, the day before, the day, and again after it; from the second time the focal agency hears of it (giả định). */
export function unitReportLadder(focalId: string): readonly ReminderStep[] {
  const after = [1, 3, 5, 10, 20].map(
    (offset, index): ReminderStep => ({
      key: `overdue${offset}`,
      at: { kind: 'workingDays', offset },
      template: 'deadlineOverdue',
      to: index === 0 ? ['assignee'] : ['assignee', { role: 'reviewer', organisationId: focalId }],
    }),
  );
  return [
    { key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 'deadlineApproaching', to: ['assignee'] },
    { key: 'before1', at: { kind: 'workingDays', offset: -1 }, template: 'deadlineApproaching', to: ['assignee'] },
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] },
    ...after,
  ];
}

/** Sáp nhập: the successor reports for the unit that was asked. */
function handOver(context: UnitReportContext, change: HandOver): UnitReportContext {
  const { organisationId, focalId, deadlines } = context;
  return { ...context, ...withIdReplaced({ organisationId, focalId, deadlines }, change) };
}

export const unitReport: WorkflowDefinition = {
  id: 'unit-report',
  version: 1,
  machine: unitReportMachine,
  rules,
  deadlines: {
    unitReportDue: ({ deadlines }: UnitReportContext) => specOf(deadlines.unitReportDue, 'fileUnitReport'),
    unitReportRevisionDue: ({ deadlines }: UnitReportContext) =>
      specOf(deadlines.unitReportRevisionDue, 'reviseUnitReport'),
  },
  handOver,
};
