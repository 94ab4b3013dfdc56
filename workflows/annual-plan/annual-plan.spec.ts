import { describe, expect, it } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { getShortestPaths } from 'xstate/graph';
import { planCycleEventTypes, planItemEventTypes } from '#contracts/plan-events.js';
import type { MinistryLetterOrder } from '#contracts/rule-profile-kinds.js';
import {
  type Accepted,
  checkDefinition,
  decide,
  type Effect,
  start,
  type WorkflowDefinition,
  type WorkflowEvent,
} from '#libs/engine';
import type { PlanCycleContext } from './cycle-context.js';
import { cycleGuards } from './cycle-guards.js';
import { annualPlan } from './cycle-machine.js';
import { planCycleTaskKinds } from './cycle-tasks.js';
import type { PlanItemContext } from './item-context.js';
import { itemGuards } from './item-guards.js';
import { planItem } from './item-machine.js';
import { planItemTaskKinds } from './item-tasks.js';
import {
  planCycleEventNames,
  planCycleStateNames,
  planItemEventNames,
  planItemStateNames,
  planTaskNames,
} from './names.js';
import {
  cycleEventVariants,
  itemEventVariants,
  sampleCycleEvent,
  sampleCycleInput,
  sampleItemEvent,
  sampleItemInput,
  wrongCycleEvents,
  wrongItemEvents,
} from './samples.js';

const now = new Date('2026-11-02T01:00:00.000Z');
const later = new Date('2028-01-03T01:00:00.000Z');

interface Family {
  readonly name: string;
  readonly definition: WorkflowDefinition;
  readonly inputs: readonly object[];
  readonly events: readonly WorkflowEvent[];
  readonly wrong: readonly WorkflowEvent[];
  readonly types: readonly string[];
  readonly stateNames: object;
  readonly guards: Readonly<Record<string, unknown>>;
  /** What of the context decides the future beside the state. */
  readonly memory: (context: never) => string;
}

const families: readonly Family[] = [
  {
    name: 'the cycle of the plan',
    definition: annualPlan,
    inputs: [
      sampleCycleInput(),
      sampleCycleInput({ settings: { ministryLetter: 'notAwaited' } }),
      sampleCycleInput({ settings: { ministryLetter: 'beforeApproval' } }),
      sampleCycleInput({ entry: 'issued' }),
    ],
    events: cycleEventVariants,
    wrong: wrongCycleEvents,
    types: planCycleEventTypes,
    stateNames: planCycleStateNames,
    guards: cycleGuards,
    memory: ({ ministryLetter, opinions, registered }: PlanCycleContext) =>
      [ministryLetter === null, opinions.map(({ answer }) => answer), registered.length].join('|'),
  },
  {
    name: 'a line of the plan',
    definition: planItem,
    inputs: [
      sampleItemInput(),
      sampleItemInput({ entry: 'approved' }),
      sampleItemInput({ entry: 'approvedWithCondition' }),
    ],
    events: itemEventVariants,
    wrong: wrongItemEvents,
    types: planItemEventTypes,
    stateNames: planItemStateNames,
    guards: itemGuards,
    memory: ({ needsCentral, centralNotice, condition }: PlanItemContext) =>
      [needsCentral, centralNotice === null, condition].join('|'),
  },
];

/** Every configuration its graph reaches, each way there walked by the engine with a round trip through JSON after every step. */
function explore({ definition, inputs, events, memory }: Family): readonly Accepted[] {
  const at = now.toISOString();
  return inputs.flatMap((input) => {
    const paths = getShortestPaths(definition.machine as AnyStateMachine, {
      input: { ...input, at },
      events: events.map((event) => ({ ...event, at })) as never,
      limit: 5_000,
      serializeState: (snapshot) => `${JSON.stringify(snapshot.value)} ${memory(snapshot.context as never)}`,
    });
    return paths.map((path) => {
      let state = JSON.parse(JSON.stringify(start(definition, input, now))) as Accepted;
      for (const { event } of path.steps.filter((step) => !String(step.event.type).startsWith('xstate.init'))) {
        const decision = decide(definition, state.snapshot, event as WorkflowEvent, now);
        if (decision.kind === 'refused')
          throw new Error(`${event.type} in ${state.states.join(' ')}: ${decision.text.en}`);
        state = JSON.parse(JSON.stringify(decision)) as Accepted;
        expect(state).toStrictEqual(decision);
      }
      return state;
    });
  });
}

describe.each(families)('$name, explored from its graph', (family) => {
  const { definition, events, wrong, guards } = family;
  const all = explore(family);

  it('is a definition the engine can keep', () => {
    expect(() => checkDefinition(definition)).not.toThrow();
  });

  it('reaches every state that has a name, and no other', () => {
    expect([...new Set(all.flatMap((one) => one.states))].sort()).toEqual(Object.keys(family.stateNames).sort());
  });

  it('answers every event in every configuration, and names the rule of each refusal', () => {
    const counted = { accepted: 0, rule: 0, unknownEvent: 0, brokenSnapshot: 0 };
    for (const { snapshot } of all)
      for (const event of [...events, ...wrong]) {
        const decision = decide(definition, snapshot, event, now);
        if (decision.kind === 'refused' && decision.reason === 'rule') expect(decision.rules).not.toEqual([]);
        counted[decision.kind === 'accepted' ? 'accepted' : decision.reason] += 1;
      }
    expect(counted.brokenSnapshot).toBe(0);
    expect(Math.min(counted.accepted, counted.rule, counted.unknownEvent)).toBeGreaterThan(30);
  });

  it('accepts every event and every deadline somewhere', () => {
    const accepted = new Set(
      events
        .filter((event) => all.some(({ snapshot }) => decide(definition, snapshot, event, now).kind === 'accepted'))
        .map(({ type }) => type),
    );
    expect([...new Set(events.map(({ type }) => type))].filter((type) => !accepted.has(type))).toEqual([]);
    expect(family.types.filter((type) => !accepted.has(type))).toEqual([]);
  });

  it('judges each guard both ways', () => {
    const seen = new Map<string, Set<boolean>>(Object.keys(guards).map((name) => [name, new Set()]));
    const recording = Object.fromEntries(
      Object.entries(guards).map(([name, guard]) => [
        name,
        (args: never, params: never) => {
          const verdict = (guard as (args: never, params: never) => boolean)(args, params);
          seen.get(name)?.add(verdict);
          return verdict;
        },
      ]),
    );
    const watched = { ...definition, machine: definition.machine.provide({ guards: recording as never }) };
    for (const input of family.inputs) start(watched, input, now);
    for (const { snapshot } of all)
      for (const event of [...events, ...wrong])
        for (const instant of [now, later]) decide(watched, snapshot, event, instant);
    expect([...seen].filter(([, verdicts]) => verdicts.size < 2).map(([name]) => name)).toEqual([]);
  });

  it('leaves no task and no timer behind when it ends', () => {
    for (const { snapshot } of all)
      for (const event of events) {
        const decision = decide(definition, snapshot, event, now);
        if (decision.kind !== 'accepted' || decision.status !== 'done') continue;
        expect(decision.effects.filter(({ type }) => type === 'openTask' || type === 'armTimer')).toEqual([]);
      }
  });

  it('has a rule for each guard', () => {
    expect(Object.keys(definition.rules).sort()).toEqual(Object.keys(guards).sort());
  });
});

it('has a name in both languages for each state, event and task', () => {
  expect(Object.keys(planTaskNames).sort()).toEqual([...planCycleTaskKinds, ...planItemTaskKinds].sort());
  const tables = [planCycleStateNames, planItemStateNames, planCycleEventNames, planItemEventNames, planTaskNames];
  for (const { vi, en } of tables.flatMap((names) => Object.values(names))) expect(vi && en).toBeTruthy();
});

/** A plan, or a line of it, told event by event. */
function told(definition: WorkflowDefinition, input: object, steps: readonly WorkflowEvent[]) {
  let last = start(definition, input, now);
  const effects: Effect[] = [...last.effects];
  for (const event of steps) {
    const decision = decide(definition, last.snapshot, event, now);
    if (decision.kind === 'refused') throw new Error(`${event.type}: ${decision.text.en}`);
    last = JSON.parse(JSON.stringify(decision)) as Accepted;
    effects.push(...decision.effects);
  }
  const open = new Set<string>();
  for (const effect of effects) {
    if (effect.type === 'openTask') open.add(effect.key);
    if (effect.type === 'closeTask') open.delete(effect.key);
  }
  return { states: last.states, context: last.snapshot.context, open: [...open], snapshot: last.snapshot, effects };
}

type CycleStep = Parameters<typeof sampleCycleEvent>[0] | WorkflowEvent;
/** By when the Ministry's letter must be there, then what happens. */
const ordered = (ministryLetter: MinistryLetterOrder, ...types: CycleStep[]) =>
  told(
    annualPlan,
    sampleCycleInput({ settings: { ministryLetter } }),
    types.map((one) => (typeof one === 'string' ? sampleCycleEvent(one) : one)),
  );
const cycle = (...types: CycleStep[]) => ordered('beforeIssue', ...types);
const line = (...types: (Parameters<typeof sampleItemEvent>[0] | WorkflowEvent)[]) =>
  told(
    planItem,
    sampleItemInput(),
    types.map((one) => (typeof one === 'string' ? sampleItemEvent(one) : one)),
  );

describe('the plan of a year', () => {
  const toParty = [
    'OPEN_REGISTRATION',
    'CLOSE_REGISTRATION',
    'START_CONSOLIDATION',
    'SUBMIT_PLAN',
    'FORWARD_PLAN',
  ] as const;

  it('asks each unit to register, and closes at the deadline with those who have not', () => {
    const registering = cycle('OPEN_REGISTRATION', 'UNIT_REGISTERED');
    expect(registering.open).toEqual(['registerUnit:other']);
    const closed = cycle('OPEN_REGISTRATION', 'UNIT_REGISTERED', {
      type: 'xstate.after.registrationClosesDue.annual-plan.open',
    });
    expect(closed.states).toEqual(['locked']);
    expect(closed.open).toEqual(['consolidatePlan:start']);
  });

  it("takes the Ministry's letter before the Party committee answers, or after", () => {
    expect(cycle(...toParty, 'MINISTRY_NOTIFIED', 'APPROVE_PLAN').open).toEqual(['issuePlan']);
    expect(cycle(...toParty, 'APPROVE_PLAN').open).toEqual(['recordMinistryLetter']);
    expect(cycle(...toParty, 'APPROVE_PLAN', 'MINISTRY_NOTIFIED').states).toContain('approved.awaitingIssue');
  });

  it('is not issued without the letter unless the rules of the province allow it', () => {
    const waiting = cycle(...toParty, 'APPROVE_PLAN');
    const issue = sampleCycleEvent('ISSUE_PLAN');
    expect(decide(annualPlan, waiting.snapshot, issue, now)).toMatchObject({
      rules: [{ name: 'ministryNotAwaited' }],
    });
    const free = ordered('notAwaited', ...toParty, 'APPROVE_PLAN');
    expect(free.open).toEqual(['issuePlan']);
    const late = ordered('notAwaited', ...toParty, 'APPROVE_PLAN', 'MINISTRY_NOTIFIED', 'ISSUE_PLAN');
    expect(late.states).toEqual(['issued', 'issued.running']);
    expect(late.context).toMatchObject({ ministryLetter: { document: { number: '12/SNgV-VP' } } });
  });

  it('is not approved before the letter where the rules of the province want it first', () => {
    const waiting = ordered('beforeApproval', ...toParty);
    expect(waiting.states).toContain('submitted.ministryFirst');
    expect(waiting.open).toEqual(['recordMinistryLetter']);
    const approve = sampleCycleEvent('APPROVE_PLAN');
    expect(decide(annualPlan, waiting.snapshot, approve, now)).toMatchObject({
      rules: [{ name: 'ministryHeardFirst' }],
    });
    const heard = ordered('beforeApproval', ...toParty, 'MINISTRY_NOTIFIED');
    expect(heard.open).toEqual(['approvePlan']);
    expect(ordered('beforeApproval', ...toParty, 'MINISTRY_NOTIFIED', 'APPROVE_PLAN').open).toEqual(['issuePlan']);
    // The letter may lie there before the Committee passes the plan on: then nobody waits.
    const early = [...toParty.slice(0, -1), 'MINISTRY_NOTIFIED', 'FORWARD_PLAN'] as const;
    expect(ordered('beforeApproval', ...early).open).toEqual(['approvePlan']);
  });

  it('goes back to the focal agency when a level returns it, and its approvals start anew', () => {
    const returned = cycle(...toParty, 'RETURN_PLAN');
    expect(returned.states).toContain('consolidating');
    expect((returned.context as PlanCycleContext).approvals).toEqual([]);
  });

  it('is adjusted in mid-year by the same levels, and closed only when its year is over', () => {
    const issued = [...toParty, 'MINISTRY_NOTIFIED', 'APPROVE_PLAN', 'ISSUE_PLAN'] as const;
    const round = ['BEGIN_ADJUSTMENT', 'SUBMIT_PLAN', 'FORWARD_PLAN', 'APPROVE_PLAN', 'MINISTRY_NOTIFIED'] as const;
    const adjusted = cycle(...issued, ...round, 'ISSUE_PLAN');
    expect(adjusted.states).toContain('issued.running');
    expect((adjusted.context as PlanCycleContext).issues).toHaveLength(2);
    const close = sampleCycleEvent('CLOSE_YEAR');
    expect(decide(annualPlan, adjusted.snapshot, close, now)).toMatchObject({ reason: 'unknownEvent' });
    const over = cycle(...issued, { type: 'xstate.after.yearEndDue.annual-plan.issued.running' }, 'CLOSE_YEAR');
    expect(over.states).toEqual(['closed']);
    expect(over.open).toEqual([]);
  });
});

describe('an adjustment in mid-year', () => {
  const toAdjustment = [
    ...['OPEN_REGISTRATION', 'CLOSE_REGISTRATION', 'START_CONSOLIDATION', 'SUBMIT_PLAN', 'MINISTRY_NOTIFIED'],
    ...['FORWARD_PLAN', 'APPROVE_PLAN', 'ISSUE_PLAN', 'BEGIN_ADJUSTMENT', 'SUBMIT_PLAN', 'FORWARD_PLAN'],
  ] as readonly Parameters<typeof sampleCycleEvent>[0][];
  const refusal = (told: { snapshot: Parameters<typeof decide>[1] }, type: 'APPROVE_PLAN' | 'ISSUE_PLAN') => {
    const decision = decide(annualPlan, told.snapshot, sampleCycleEvent(type), now);
    return decision.kind === 'refused' ? decision.rules.map(({ name }) => name) : [];
  };

  it("wants the Ministry's letter on itself before the Party committee, where the rules do; that on the plan does not count", () => {
    const waiting = ordered('beforeApproval', ...toAdjustment);
    expect(waiting.states).toContain('adjusting.ministryFirst');
    expect(waiting.open).toEqual(['recordMinistryLetter']);
    expect(refusal(waiting, 'APPROVE_PLAN')).toEqual(['ministryHeardFirst']);
    const heard = ordered('beforeApproval', ...toAdjustment, 'MINISTRY_NOTIFIED');
    expect(heard.open).toEqual(['approvePlan']);
    expect(ordered('beforeApproval', ...toAdjustment, 'MINISTRY_NOTIFIED', 'APPROVE_PLAN').open).toEqual(['issuePlan']);
  });

  it('wants it before it is issued, where the rules do, whenever it comes', () => {
    const waiting = cycle(...toAdjustment, 'APPROVE_PLAN');
    expect(waiting.states).toContain('adjusting.awaitingMinistry');
    expect(refusal(waiting, 'ISSUE_PLAN')).toEqual(['ministryNotAwaited']);
    expect(cycle(...toAdjustment, 'APPROVE_PLAN', 'MINISTRY_NOTIFIED', 'ISSUE_PLAN').states).toContain(
      'issued.running',
    );
    expect(cycle(...toAdjustment, 'MINISTRY_NOTIFIED', 'APPROVE_PLAN').open).toEqual(['issuePlan']);
    const early = [...toAdjustment.slice(0, -2), 'MINISTRY_NOTIFIED', 'SUBMIT_PLAN', 'FORWARD_PLAN'] as const;
    expect(cycle(...early, 'APPROVE_PLAN').open).toEqual(['issuePlan']);
  });

  it('waits for no letter where the rules do not, and goes back to be collected when a level returns it', () => {
    expect(ordered('notAwaited', ...toAdjustment, 'APPROVE_PLAN').open).toEqual(['issuePlan']);
    for (const order of ['beforeApproval', 'beforeIssue', 'notAwaited'] as const)
      expect(ordered(order, ...toAdjustment, 'RETURN_PLAN').states).toContain('adjusting.collecting');
  });
});

describe('a line of the plan', () => {
  const toParty = ['SUBMIT', 'RECEIVE', 'REQUEST_SUPPLEMENT', 'RESUBMIT', 'INCLUDE', 'FORWARD'] as const;

  it('is approved on a condition that stays a task until it is cleared', () => {
    const conditional = line(...toParty, 'APPROVE_WITH_CONDITION');
    expect(conditional.states).toEqual(['approvedWithCondition']);
    expect(conditional.open).toEqual(['clearItemCondition']);
    const cleared = line(...toParty, 'APPROVE_WITH_CONDITION', 'CONDITION_CLEARED');
    expect(cleared.states).toEqual(['approved']);
    expect(cleared.context).toMatchObject({ condition: 'cleared', clearance: { byId: 'officer' } });
  });

  it('waits for the central level when its head is under central management, unless that has answered before', () => {
    const include = sampleItemEvent('INCLUDE', {}, { needsCentral: true });
    const road = ['SUBMIT', 'RECEIVE', include, 'FORWARD'] as const;
    expect(line(...road, 'APPROVE_WITH_CONDITION').states).toEqual(['central']);
    expect(line(...road, 'APPROVE_WITH_CONDITION', 'CENTRAL_NOTIFIED').states).toEqual(['approvedWithCondition']);
    expect(line(...road, 'CENTRAL_NOTIFIED', 'APPROVE').states).toEqual(['approved']);
  });

  it('is left out by the level that has it and by no other', () => {
    const atParty = line(...toParty);
    expect(decide(planItem, atParty.snapshot, sampleItemEvent('REJECT'), now)).toMatchObject({
      rules: [{ name: 'isOwnTurn' }],
    });
    const ended = decide(planItem, atParty.snapshot, sampleItemEvent('REJECT', {}, { stage: 'party' }), now);
    expect(ended).toMatchObject({ states: ['notIncluded'], status: 'done' });
  });

  it('changes after its approval only while the plan is adjusted, and is then decided on anew', () => {
    const approved = line(...toParty, 'APPROVE');
    const change = sampleItemEvent('CHANGE', {}, { isAdjusting: false });
    expect(decide(planItem, approved.snapshot, change, now)).toMatchObject({ rules: [{ name: 'isAdjusting' }] });
    expect(line(...toParty, 'APPROVE_WITH_CONDITION', 'CHANGE').context).toMatchObject({
      condition: 'none',
      approval: null,
    });
  });
});
