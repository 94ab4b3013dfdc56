import { setup } from 'xstate';
import type { RoundEventType } from '#contracts/report-round.js';
import { type HandOver, type ReminderStep, type Rule, type WorkflowDefinition, withIdReplaced } from '#libs/engine';
import { outcomeOf, type PlanDeadline, specOf } from '#workflows/annual-plan/waits.js';
import type { ReportFacts } from './unit-report.js';

/** One request of the focal agency for the reports of a period, until the province's own report is issued. */
export interface ReportRoundInput {
  /** As lists of work show it. */
  readonly title: string;
  readonly focalId: string;
  readonly deadlines: { readonly reportConsolidationDue: PlanDeadline };
}
export interface ReportRoundContext extends ReportRoundInput {}

export interface RoundFacts extends ReportFacts {
  /** Reports handed in that nobody has examined. */
  readonly unexaminedReports: number;
}
interface ReportRoundEvent {
  readonly type: RoundEventType;
  readonly facts: RoundFacts;
  readonly document?: { readonly number: string; readonly date: string };
}

export const reportRoundGuards = {
  reportsExamined: ({ event }: { event: ReportRoundEvent }) => event.facts.unexaminedReports === 0,
  hasNumber: ({ event }: { event: ReportRoundEvent }) =>
    event.document !== undefined && event.document.number !== '' && event.document.date !== '',
};
const rules: Readonly<Record<keyof typeof reportRoundGuards, Rule>> = {
  reportsExamined: {
    text: {
      vi: 'Còn báo cáo của đơn vị đã nộp mà chưa xem: chấp nhận hoặc trả lại trước khi tổng hợp.',
      en: 'Reports of units are handed in and not examined: accept or return them before consolidating.',
    },
    source: null,
  },
  hasNumber: {
    text: { vi: 'Báo cáo ban hành phải có số và ngày.', en: 'An issued report has a number and a date.' },
    source: 'Nghị định 30/2020/NĐ-CP',
  },
};

export const roundTaskKinds = ['consolidateReports', 'issueReport'] as const;
export type RoundTaskKind = (typeof roundTaskKinds)[number];

const roundSetup = setup({
  types: {} as { context: ReportRoundContext; events: ReportRoundEvent; input: ReportRoundInput },
  guards: reportRoundGuards,
  delays: { reportConsolidationDue: 1 },
  actions: {
    openTask: (
      _,
      _params: { key: string; kind: string; assignee: { readonly role: string; readonly organisationId: string } },
    ) => undefined,
    closeTask: (_, _params: { readonly key: string; readonly outcome: string }) => undefined,
  },
});

/** The state opens a task for the focal agency and closes it when it is left. */
function waitsFor(kind: RoundTaskKind, role: 'reviewer' | 'clerk') {
  return {
    entry: {
      type: 'openTask' as const,
      params: ({ context }: { context: ReportRoundContext }) => ({
        key: kind,
        kind,
        assignee: { role, organisationId: context.focalId },
      }),
    },
    exit: {
      type: 'closeTask' as const,
      params: ({ event }: { event: ReportRoundEvent }) => ({ key: kind, outcome: outcomeOf(event) }),
    },
  };
}

export const reportRoundMachine = roundSetup.createMachine({
  id: 'report-round',
  context: ({ input }) => input,
  initial: 'collecting',
  states: {
    collecting: {
      ...waitsFor('consolidateReports', 'reviewer'),
      // Only reminded: the office decides when it consolidates.
      after: { reportConsolidationDue: {} },
      on: {
        CONSOLIDATE_REPORTS: { guard: 'reportsExamined', target: 'consolidated' },
        CANCEL_ROUND: 'cancelled',
      },
    },
    consolidated: {
      ...waitsFor('issueReport', 'clerk'),
      on: { ISSUE_REPORT: { guard: 'hasNumber', target: 'issued' } },
    },
    issued: { type: 'final' },
    cancelled: { type: 'final' },
  },
});

export function roundLadder(focalId: string): readonly ReminderStep[] {
  const leader = { role: 'leader', organisationId: focalId };
  return [
    { key: 'before1', at: { kind: 'workingDays', offset: -1 }, template: 'deadlineApproaching', to: ['assignee'] },
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] },
    { key: 'overdue2', at: { kind: 'workingDays', offset: 2 }, template: 'deadlineOverdue', to: ['assignee', leader] },
  ];
}

function handOver({ title, focalId, deadlines }: ReportRoundContext, change: HandOver): ReportRoundContext {
  return { title, ...withIdReplaced({ focalId, deadlines }, change) };
}

export const reportRound: WorkflowDefinition = {
  id: 'report-round',
  version: 1,
  machine: reportRoundMachine,
  rules,
  deadlines: {
    reportConsolidationDue: ({ deadlines }: ReportRoundContext) =>
      specOf(deadlines.reportConsolidationDue, 'consolidateReports'),
  },
  handOver,
};
