import { and, assign, setup } from 'xstate';
import { type PlanCycleDeadlineName, planCycleDeadlineNames } from '#contracts/plan-deadline-names.js';
import type { Assignee, DeadlineSpec, WorkflowDefinition } from '#libs/engine';
import {
  createCycleContext,
  type PlanApproval,
  type PlanCycleContext,
  type PlanCycleEvent,
  type PlanCycleInput,
} from './cycle-context.js';
import { cycleGuards, cycleRules } from './cycle-guards.js';
import { close, open, type PlanCycleTaskKind, waitsFor } from './cycle-tasks.js';
import { handOverCycle } from './hand-over.js';
import type { PlanNoticeTemplate } from './notices.js';
import { type Closing, type Notice, planAct, specOf, type TaskOpening } from './waits.js';

const delays = Object.fromEntries(planCycleDeadlineNames.map((name) => [name, 1])) as Record<
  PlanCycleDeadlineName,
  number
>;

type Change = (context: PlanCycleContext, event: PlanCycleEvent) => Partial<PlanCycleContext>;
const change = (apply: Change) =>
  assign<PlanCycleContext, PlanCycleEvent, undefined, PlanCycleEvent, never>(({ context, event }) =>
    apply(context, event),
  );

const cycleSetup = setup({
  types: {} as { context: PlanCycleContext; events: PlanCycleEvent; input: PlanCycleInput },
  guards: cycleGuards,
  delays,
  actions: {
    askUnits: change((_, event) => ({ units: event.facts.unitIds ?? [] })),
    recordUnit: change((context, event) =>
      event.type === 'UNIT_REGISTERED'
        ? { registered: [...context.registered, { ...planAct(event), organisationId: event.organisationId }] }
        : {},
    ),
    askOpinions: change((context, event) =>
      event.type === 'REQUEST_OPINION'
        ? {
            opinions: [
              ...context.opinions,
              ...event.organisationIds.map((organisationId) => ({ organisationId, answer: null, act: null })),
            ],
          }
        : {},
    ),
    recordOpinion: change((context, event) =>
      event.type === 'OPINION_RECEIVED'
        ? {
            opinions: context.opinions.map((one) =>
              one.organisationId === event.organisationId && one.answer === null
                ? { ...one, answer: event.opinion, act: planAct(event) }
                : one,
            ),
          }
        : {},
    ),
    forgetApprovals: change(() => ({ approvals: [] })),
    recordMinistryLetter: change((_, event) => ({ ministryLetter: planAct(event) })),
    recordIssue: change((context, event) => ({ issues: [...context.issues, planAct(event)] })),
    /** What the Ministry wrote about the plan says nothing about its adjustment. */
    beginRound: change(() => ({ approvals: [], opinions: [], ministryLetter: null })),
    recordApproval: assign(({ context, event }, { level }: { level: PlanApproval['level'] }) => ({
      approvals: [...context.approvals, { ...planAct(event), level }],
    })),
    markOverdue: assign(({ context }, { name }: { name: PlanCycleDeadlineName }) => ({
      overdue: context.overdue.includes(name) ? context.overdue : [...context.overdue, name],
    })),
    clearOverdue: assign(({ context }, { name }: { name: PlanCycleDeadlineName }) => ({
      overdue: context.overdue.filter((one) => one !== name),
    })),
    openTask: (_, _params: readonly TaskOpening[]) => undefined,
    closeTask: (_, _params: readonly Closing[]) => undefined,
    notify: (_, _params: Notice) => undefined,
  },
});

/** The task with its deadline: when it passes, the plan is marked overdue and stays where it is. */
function waitsUntil<Name extends PlanCycleDeadlineName>(kind: PlanCycleTaskKind, name: Name) {
  return {
    entry: [open(kind)],
    exit: [close(kind), clearOverdue(name)],
    after: { [name]: overdue(name) } as Record<Name, ReturnType<typeof overdue>>,
  };
}

function overdue(name: PlanCycleDeadlineName) {
  return { actions: [{ type: 'markOverdue' as const, params: { name } }] };
}

function clearOverdue(name: PlanCycleDeadlineName) {
  return { type: 'clearOverdue' as const, params: { name } };
}

type Addressee = 'units' | 'focal' | 'decisionOffice';
function notify(template: PlanNoticeTemplate, to: readonly Addressee[]) {
  return {
    type: 'notify' as const,
    params: ({ context }: { context: PlanCycleContext }): Notice => ({
      template,
      to: to.flatMap((one): readonly Assignee[] => {
        const { focalId, decisionOfficeId } = context.organisations;
        if (one === 'focal') return [{ role: 'reviewer', organisationId: focalId }];
        if (one === 'decisionOffice') return [{ role: 'clerk', organisationId: decisionOfficeId }];
        return context.units.map((organisationId) => ({ role: 'unitOfficer', organisationId }));
      }),
    }),
  };
}

const oneUnit = {
  type: 'closeTask' as const,
  params: ({ event }: { event: PlanCycleEvent }): readonly Closing[] =>
    'organisationId' in event ? [{ key: `registerUnit:${event.organisationId}`, outcome: event.type }] : [],
};
const oneOpinion = {
  type: 'closeTask' as const,
  params: ({ event }: { event: PlanCycleEvent }): readonly Closing[] =>
    'organisationId' in event ? [{ key: `givePlanOpinion:${event.organisationId}`, outcome: event.type }] : [],
};
const agreed = (level: PlanApproval['level']) => ({ type: 'recordApproval' as const, params: { level } });

const opinions = cycleSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: {
      always: [
        { guard: 'opinionsNeverAsked', target: 'notAsked' },
        { guard: 'allOpinionsIn', target: 'complete' },
        { target: 'asking' },
      ],
    },
    notAsked: {
      on: { REQUEST_OPINION: { guard: 'notYetAsked', target: 'asking', actions: 'askOpinions' } },
    },
    asking: {
      ...waitsUntil('givePlanOpinion', 'planOpinionDue'),
      always: { guard: 'allOpinionsIn', target: 'complete' },
      on: {
        REQUEST_OPINION: { guard: 'notYetAsked', target: 'asking', reenter: true, actions: 'askOpinions' },
        OPINION_RECEIVED: { guard: 'opinionIsAwaited', actions: [oneOpinion, 'recordOpinion'] },
      },
    },
    complete: {
      on: { REQUEST_OPINION: { guard: 'notYetAsked', target: 'asking', actions: 'askOpinions' } },
    },
  },
});

/** The Ministry writes when it writes: before the Party committee answers, or after. The rules say only by when it must have. */
const ministry = {
  MINISTRY_NOTIFIED: { guard: and(['hasDocument', 'ministryNotHeardYet']), actions: 'recordMinistryLetter' as const },
};

const returns = {
  RETURN_PLAN: {
    target: '#annual-plan.consolidating',
    actions: ['forgetApprovals' as const, notify('planReturned', ['focal'])],
  },
};
const approves = {
  APPROVE_PLAN: {
    guard: and(['hasDocument', 'ministryHeardFirst']),
    target: '#annual-plan.approved',
    actions: [agreed('party'), notify('planApproved', ['units', 'focal', 'decisionOffice'])],
  },
};

const submitted = cycleSetup.createStateConfig({
  initial: 'committee',
  on: ministry,
  states: {
    committee: {
      ...waitsUntil('forwardPlan', 'committeeDue'),
      on: {
        FORWARD_PLAN: { guard: 'hasDocument', target: 'ministryFirst', actions: agreed('authority') },
        ...returns,
      },
    },
    /** Only where the rules want the Ministry's letter before the Party committee decides; its term begins with the letter. */
    ministryFirst: {
      ...waitsFor('recordMinistryLetter'),
      always: { guard: 'ministryHeardFirst', target: 'party' },
      on: { ...approves, ...returns },
    },
    party: { ...waitsUntil('approvePlan', 'partyDue'), on: { ...approves, ...returns } },
  },
});

/** Without the letter where the rules want it, a plan is not issued, and an adjustment of it no more than the plan itself. */
const afterApproval = {
  always: [
    { guard: 'ministryHeard' as const, target: 'awaitingIssue' },
    { guard: 'ministryNotAwaited' as const, target: 'awaitingIssue' },
    { target: 'awaitingMinistry' },
  ],
};
const issues = {
  target: '#annual-plan.issued',
  actions: ['recordIssue' as const, notify('planIssued', ['units', 'focal'])],
};
const awaitingMinistry = {
  ...waitsFor('recordMinistryLetter'),
  on: {
    MINISTRY_NOTIFIED: {
      guard: 'hasDocument' as const,
      target: 'awaitingIssue',
      actions: 'recordMinistryLetter' as const,
    },
    ISSUE_PLAN: { guard: and(['hasDocument', 'ministryNotAwaited', 'linesDecided']), ...issues },
  },
};
const awaitingIssue = { ...ministry, ISSUE_PLAN: { guard: and(['hasDocument', 'linesDecided']), ...issues } };

/** Approved by the Party committee: trips may be opened from now on, whether or not the plan is issued (DOMAIN 2.1). */
const approved = cycleSetup.createStateConfig({
  initial: 'routing',
  states: {
    routing: afterApproval,
    awaitingMinistry,
    awaitingIssue: { ...waitsUntil('issuePlan', 'planIssueDue'), on: awaitingIssue },
  },
});

const issued = cycleSetup.createStateConfig({
  initial: 'running',
  states: {
    running: {
      after: { yearEndDue: { target: 'yearOver' } },
      on: {
        BEGIN_ADJUSTMENT: {
          guard: and(['yearRunning']),
          target: '#annual-plan.adjusting',
          actions: ['beginRound', notify('planAdjustmentOpened', ['units', 'focal'])],
        },
      },
    },
    yearOver: {
      ...waitsFor('closeYear'),
      on: { CLOSE_YEAR: { guard: 'linesDecided', target: '#annual-plan.closed' } },
    },
  },
});

const adjustmentReturns = {
  RETURN_PLAN: { target: 'collecting', actions: ['forgetApprovals' as const, notify('planReturned', ['focal'])] },
};
const adjustmentApproves = {
  APPROVE_PLAN: { guard: and(['hasDocument', 'ministryHeardFirst']), target: 'routing', actions: agreed('party') },
};

/**
 * Điều chỉnh giữa năm: lines are added, changed and dropped, and the same levels decide in the same order, the Ministry's letter on the
 * adjustment where the rules of the province have it; the rest of the plan goes on.
 */
const adjusting = cycleSetup.createStateConfig({
  initial: 'collecting',
  states: {
    collecting: {
      ...waitsUntil('adjustPlan', 'adjustmentDue'),
      on: {
        SUBMIT_PLAN: { guard: and(['hasDocument', 'linesSettled']), target: 'committee', actions: agreed('focal') },
        ABANDON_ADJUSTMENT: { guard: and(['linesSettled', 'linesDecided']), target: '#annual-plan.issued' },
        ...ministry,
      },
    },
    committee: {
      ...waitsFor('forwardPlan'),
      on: {
        FORWARD_PLAN: { guard: 'hasDocument', target: 'ministryFirst', actions: agreed('authority') },
        ...adjustmentReturns,
        ...ministry,
      },
    },
    ministryFirst: {
      ...waitsFor('recordMinistryLetter'),
      always: { guard: 'ministryHeardFirst', target: 'party' },
      on: { ...adjustmentApproves, ...adjustmentReturns, ...ministry },
    },
    party: {
      ...waitsUntil('approvePlan', 'partyDue'),
      on: { ...adjustmentApproves, ...adjustmentReturns, ...ministry },
    },
    routing: afterApproval,
    awaitingMinistry,
    awaitingIssue: { ...waitsFor('issuePlan'), on: awaitingIssue },
  },
});

export const planCycleStates = {
  entering: cycleSetup.createStateConfig({
    always: [{ guard: 'entersIssued', target: 'issued' }, { target: 'notOpened' }],
  }),
  notOpened: cycleSetup.createStateConfig({
    ...waitsUntil('openRegistration', 'registrationOpensDue'),
    on: {
      OPEN_REGISTRATION: { guard: 'unitsKnown', target: 'open', actions: 'askUnits' },
    },
  }),
  open: cycleSetup.createStateConfig({
    ...waitsFor('registerUnit'),
    after: { registrationClosesDue: { target: 'locked' } },
    on: {
      UNIT_REGISTERED: { guard: 'unitIsAwaited', actions: [oneUnit, 'recordUnit'] },
      CLOSE_REGISTRATION: { target: 'locked' },
    },
  }),
  locked: cycleSetup.createStateConfig({
    ...waitsUntil('startConsolidation', 'consolidationDue'),
    on: {
      REOPEN_REGISTRATION: { target: 'reopened' },
      START_CONSOLIDATION: { target: 'consolidating' },
    },
  }),
  /** The day of closing is past, so that only the focal agency ends this. */
  reopened: cycleSetup.createStateConfig({
    ...waitsFor('registerUnit'),
    on: {
      UNIT_REGISTERED: { guard: 'unitIsAwaited', actions: [oneUnit, 'recordUnit'] },
      CLOSE_REGISTRATION: { target: 'locked' },
    },
  }),
  consolidating: cycleSetup.createStateConfig({
    type: 'parallel',
    ...waitsUntil('consolidatePlan', 'consolidationDue'),
    states: { opinions },
    on: {
      SUBMIT_PLAN: {
        guard: and(['hasDocument', 'linesSettled', 'hasLines', 'allOpinionsIn']),
        target: 'submitted',
        actions: agreed('focal'),
      },
      ...ministry,
    },
  }),
  submitted,
  approved,
  issued,
  adjusting,
  closed: cycleSetup.createStateConfig({ type: 'final' }),
} as const;

export const planCycleMachine = cycleSetup.createMachine({
  id: 'annual-plan',
  context: ({ input }) => createCycleContext(input),
  initial: 'entering',
  states: planCycleStates,
});

type Deadline = (context: PlanCycleContext) => DeadlineSpec | null;
const of =
  (name: PlanCycleDeadlineName, task: PlanCycleTaskKind | null): Deadline =>
  (context) =>
    specOf(context.deadlines[name], task);

const cycleDeadlines = {
  registrationOpensDue: of('registrationOpensDue', 'openRegistration'),
  registrationClosesDue: of('registrationClosesDue', 'registerUnit'),
  consolidationDue: of('consolidationDue', 'consolidatePlan'),
  planOpinionDue: of('planOpinionDue', 'givePlanOpinion'),
  committeeDue: of('committeeDue', 'forwardPlan'),
  partyDue: of('partyDue', 'approvePlan'),
  planIssueDue: of('planIssueDue', 'issuePlan'),
  adjustmentDue: of('adjustmentDue', 'adjustPlan'),
  yearEndDue: of('yearEndDue', null),
} satisfies Record<PlanCycleDeadlineName, Deadline>;

/** The annual plan of one year, from registration to the close of the year (DOMAIN A.1, "Cycle"). */
export const annualPlan: WorkflowDefinition = {
  id: 'annual-plan',
  version: 1,
  machine: planCycleMachine,
  rules: cycleRules,
  deadlines: cycleDeadlines,
  handOver: handOverCycle,
};
