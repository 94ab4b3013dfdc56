import { and, assign, setup } from 'xstate';
import { type PlanItemDeadlineName, planItemDeadlineNames } from '#contracts/plan-deadline-names.js';
import type { DeadlineSpec, WorkflowDefinition } from '#libs/engine';
import { handOverItem } from './hand-over.js';
import {
  createItemContext,
  type PlanItemContext,
  type PlanItemEvent,
  type PlanItemInput,
  type PlanItemStage,
} from './item-context.js';
import { itemGuards, itemRules } from './item-guards.js';
import { close, open, type PlanItemTaskKind } from './item-tasks.js';
import type { PlanNoticeTemplate } from './notices.js';
import { type Closing, type Notice, planAct, specOf, type TaskOpening } from './waits.js';

const delays = Object.fromEntries(planItemDeadlineNames.map((name) => [name, 1])) as Record<
  PlanItemDeadlineName,
  number
>;

type Change = (context: PlanItemContext, event: PlanItemEvent) => Partial<PlanItemContext>;
const change = (apply: Change) =>
  assign<PlanItemContext, PlanItemEvent, undefined, PlanItemEvent, never>(({ context, event }) =>
    apply(context, event),
  );

const itemSetup = setup({
  types: {} as { context: PlanItemContext; events: PlanItemEvent; input: PlanItemInput },
  guards: itemGuards,
  delays,
  actions: {
    recordSupplement: change((context) => ({ supplementRounds: context.supplementRounds + 1 })),
    include: change((context, event) => ({
      needsCentral: event.facts.needsCentral === true,
      deadlines: withPeriod(context.deadlines, event.facts.periodFrom),
    })),
    recordApproval: change((_, event) => ({ approval: planAct(event) })),
    attachCondition: change(() => ({ condition: 'open' })),
    recordCentral: change((_, event) => ({ centralNotice: planAct(event) })),
    clearCondition: change((_, event) => ({ condition: 'cleared', clearance: planAct(event) })),
    /** The line is decided on anew, and what was agreed before says nothing about it. */
    forgetApproval: change(() => ({ approval: null, centralNotice: null, condition: 'none', clearance: null })),
    recordMerge: change((_, event) => (event.type === 'MERGE' ? { mergedInto: event.intoItemId } : {})),
    recordEnding: assign(({ event }, { kind }: { kind: string }) => ({ ending: { ...planAct(event), kind } })),
    markOverdue: assign(({ context }, { name }: { name: PlanItemDeadlineName }) => ({
      overdue: context.overdue.includes(name) ? context.overdue : [...context.overdue, name],
    })),
    clearOverdue: assign(({ context }, { name }: { name: PlanItemDeadlineName }) => ({
      overdue: context.overdue.filter((one) => one !== name),
    })),
    openTask: (_, _params: readonly TaskOpening[]) => undefined,
    closeTask: (_, _params: readonly Closing[]) => undefined,
    notify: (_, _params: Notice) => undefined,
  },
});

function withPeriod(
  deadlines: PlanItemContext['deadlines'],
  periodFrom: string | null | undefined,
): PlanItemContext['deadlines'] {
  const { itemConditionDue, ...others } = deadlines;
  return itemConditionDue && periodFrom
    ? { ...others, itemConditionDue: { ...itemConditionDue, on: periodFrom } }
    : others;
}

function waitsUntil<Name extends PlanItemDeadlineName>(kind: PlanItemTaskKind, name: Name) {
  const overdue = { actions: [{ type: 'markOverdue' as const, params: { name } as { name: PlanItemDeadlineName } }] };
  const clear = { type: 'clearOverdue' as const, params: { name } as { name: PlanItemDeadlineName } };
  return {
    entry: [open(kind)],
    exit: [close(kind), clear],
    after: { [name]: overdue } as Record<Name, typeof overdue>,
  };
}

function notifyUnit(template: PlanNoticeTemplate) {
  return {
    type: 'notify' as const,
    params: ({ context }: { context: PlanItemContext }): Notice => {
      const { unitId } = context.organisations;
      return { template, to: unitId === null ? [] : [{ role: 'unitOfficer', organisationId: unitId }] };
    },
  };
}

function ending(kind: string, template: PlanNoticeTemplate | null = null) {
  const record = { type: 'recordEnding' as const, params: { kind } };
  return itemSetup.createStateConfig({
    type: 'final',
    entry: template === null ? [record] : [record, notifyUnit(template)],
  });
}

/** Whichever level has the line may leave it out; the unit may take it back. */
function leaving(stage: PlanItemStage) {
  return {
    REJECT: { guard: { type: 'isOwnTurn' as const, params: { stage } }, target: '#plan-item.notIncluded' as const },
    WITHDRAW: { target: '#plan-item.withdrawn' as const },
  };
}

/** What only the focal agency does, while it puts the plan together. */
const sorting = {
  MERGE: {
    guard: 'mergeTargetStands' as const,
    target: '#plan-item.merged' as const,
    actions: 'recordMerge' as const,
  },
  DEFER: { target: '#plan-item.deferred' as const },
};

const submission = ['lineComplete', 'noClassifiedContent'] as const;
/** Văn bản của Trung ương may come before the Party committee decides: it is kept, and the line goes on as it was. */
const central = {
  CENTRAL_NOTIFIED: { guard: and(['hasDocument', 'needsCentral']), actions: 'recordCentral' as const },
};

export const planItemStates = {
  entering: itemSetup.createStateConfig({
    always: [
      { guard: 'entersApproved', target: 'approved' },
      { guard: 'entersConditional', target: 'approvedWithCondition' },
      { target: 'draft' },
    ],
  }),
  draft: itemSetup.createStateConfig({
    on: {
      SUBMIT: { guard: and(['takesLines', ...submission]), target: 'awaitingReceipt' },
      WITHDRAW: { target: 'withdrawn' },
      CLOSE: { target: 'withdrawn' },
    },
  }),
  awaitingReceipt: itemSetup.createStateConfig({
    ...waitsUntil('receiveItem', 'itemReceiptDue'),
    on: {
      RECEIVE: { guard: 'noClassifiedContent', target: 'consolidating' },
      RETURN_TO_DRAFT: { target: 'draft', actions: notifyUnit('planItemReturned') },
      ...leaving('focal'),
      ...sorting,
    },
  }),
  consolidating: itemSetup.createStateConfig({
    on: {
      REQUEST_SUPPLEMENT: { target: 'supplementRequested', actions: 'recordSupplement' },
      INCLUDE: { guard: and([...submission]), target: 'committee', actions: 'include' },
      ...leaving('focal'),
      ...sorting,
    },
  }),
  supplementRequested: itemSetup.createStateConfig({
    ...waitsUntil('supplementItem', 'itemSupplementDue'),
    on: {
      RESUBMIT: { guard: and([...submission]), target: 'consolidating' },
      ...leaving('focal'),
      ...sorting,
    },
  }),
  committee: itemSetup.createStateConfig({
    on: {
      FORWARD: { target: 'party' },
      RETURN: { target: 'consolidating' },
      ...leaving('authority'),
      ...central,
    },
  }),
  party: itemSetup.createStateConfig({
    on: {
      APPROVE: { guard: 'hasDocument', target: 'deciding', actions: 'recordApproval' },
      APPROVE_WITH_CONDITION: {
        guard: 'hasDocument',
        target: 'deciding',
        actions: ['recordApproval', 'attachCondition'],
      },
      RETURN: { target: 'consolidating' },
      ...leaving('party'),
      ...central,
    },
  }),
  deciding: itemSetup.createStateConfig({
    always: [
      { guard: 'centralAwaited', target: 'central' },
      { guard: 'conditionOpen', target: 'approvedWithCondition' },
      { target: 'approved' },
    ],
  }),
  central: itemSetup.createStateConfig({
    on: {
      CENTRAL_NOTIFIED: { guard: 'hasDocument', target: 'deciding', actions: 'recordCentral' },
      ...leaving('central'),
    },
  }),
  approvedWithCondition: itemSetup.createStateConfig({
    ...waitsUntil('clearItemCondition', 'itemConditionDue'),
    on: {
      CONDITION_CLEARED: { guard: 'hasDocument', target: 'approved', actions: 'clearCondition' },
      CHANGE: { guard: 'isAdjusting', target: 'consolidating', actions: 'forgetApproval' },
      DROP: { guard: and(['isAdjusting', 'noTrip']), target: 'dropped' },
      CLOSE: { target: 'closed' },
    },
  }),
  approved: itemSetup.createStateConfig({
    on: {
      CHANGE: { guard: 'isAdjusting', target: 'consolidating', actions: 'forgetApproval' },
      DROP: { guard: and(['isAdjusting', 'noTrip']), target: 'dropped' },
      CLOSE: { target: 'closed' },
    },
  }),
  notIncluded: ending('notIncluded', 'planItemNotIncluded'),
  merged: ending('merged', 'planItemMerged'),
  deferred: ending('deferred', 'planItemDeferred'),
  withdrawn: ending('withdrawn'),
  dropped: ending('dropped', 'planItemDropped'),
  closed: ending('closed'),
} as const;

export const planItemMachine = itemSetup.createMachine({
  id: 'plan-item',
  context: ({ input }) => createItemContext(input),
  initial: 'entering',
  states: planItemStates,
});

type Deadline = (context: PlanItemContext) => DeadlineSpec | null;
const of =
  (name: PlanItemDeadlineName, task: PlanItemTaskKind): Deadline =>
  (context) =>
    specOf(context.deadlines[name], task);

const itemDeadlines = {
  itemReceiptDue: of('itemReceiptDue', 'receiveItem'),
  itemSupplementDue: of('itemSupplementDue', 'supplementItem'),
  // Counted back from the first day of the period; a line that names none has no such day.
  itemConditionDue: (context) =>
    context.deadlines.itemConditionDue?.on === undefined
      ? null
      : specOf(context.deadlines.itemConditionDue, 'clearItemCondition'),
} satisfies Record<PlanItemDeadlineName, Deadline>;

/** One line of the annual plan, from the unit's draft to the plan or out of it (DOMAIN A.1). */
export const planItem: WorkflowDefinition = {
  id: 'plan-item',
  version: 1,
  machine: planItemMachine,
  rules: itemRules,
  deadlines: itemDeadlines,
  handOver: handOverItem,
};
