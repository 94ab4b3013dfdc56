import { describe, expect, it } from '@jest/globals';
import { getShortestPaths } from 'xstate/graph';
import { delegationEventTypes } from '#contracts/delegation-events.js';
import { decide, type StoredSnapshot, start, type WorkflowDefinition, type WorkflowEvent } from '#libs/engine';
import { type DelegationContext, decisionInForce, openAmendment, openCondition } from './context.js';
import { outboundDelegation } from './definition.js';
import type { DelegationEvent } from './events.js';
import { guards } from './guards.js';
import type { DelegationInput, TripNeeds } from './input.js';
import { delegationMachine } from './machine.js';
import { eventNames, stateNames, taskNames } from './names.js';
import { rules } from './rules.js';
import { sampleEvent, sampleInput } from './sample-case.js';
import { plainEvents, timerEvents, turningEvents, wrongEvents } from './sample-variants.js';

const now = new Date('2026-03-02T01:00:00.000Z');
const at = now.toISOString();

const { trip, settings, steps } = sampleInput();
const nothing: TripNeeds = {
  passports: false,
  noteVerbale: false,
  mofaNotification: false,
  embassyNotification: false,
  funding: false,
  settlement: false,
};
/** The preparations are split between the cases: all at once would only multiply equal regions. */
const inputs: readonly DelegationInput[] = [
  sampleInput({ trip: { ...trip, needs: { ...nothing, passports: true, mofaNotification: true, settlement: true } } }),
  sampleInput({
    trip: { ...trip, needs: { ...nothing, noteVerbale: true, embassyNotification: true, funding: true } },
    steps: steps.slice(0, 1),
    settings: { ...settings, silenceMeansConsent: true, returnOnPlannedDay: true },
  }),
];

interface Reached {
  readonly path: readonly WorkflowEvent[];
  readonly states: readonly string[];
  readonly snapshot: StoredSnapshot;
}

/** Configurations that differ for the machine's future; kept small, or the graph explodes. */
function fingerprint(value: unknown, context: DelegationContext): string {
  const valid = context.approvals.filter((one) => one.voidedAt === null).length;
  return [
    JSON.stringify(value),
    valid,
    Boolean(decisionInForce(context)),
    Boolean(openCondition(context)),
    Boolean(openAmendment(context)),
    context.freeze?.phase,
    JSON.stringify(value).startsWith('{"approval"') && context.recommendation,
  ].join('|');
}

/** What the events of a graph may depend on: only these of the facts travel in a sample event. */
function withFactsOf(input: DelegationInput, event: WorkflowEvent): WorkflowEvent {
  const facts = event.facts as Record<string, unknown> | undefined;
  return facts?.trip ? { ...event, facts: { ...facts, trip: input.trip, steps: input.steps } } : event;
}

function explore(input: DelegationInput): readonly Reached[] {
  const events = [...plainEvents, ...turningEvents].map(
    (event) => ({ ...withFactsOf(input, event), at }) as unknown as DelegationEvent,
  );
  const paths = getShortestPaths(delegationMachine, {
    input: { ...input, at },
    events,
    limit: 20_000,
    serializeState: (snapshot) => fingerprint(snapshot.value, snapshot.context),
  });
  return paths.map((path) => {
    let state = JSON.parse(JSON.stringify(start(outboundDelegation, input, now))) as Reached;
    for (const { event } of path.steps.filter((step) => !String(step.event.type).startsWith('xstate.init'))) {
      const decision = decide(outboundDelegation, state.snapshot, event, now);
      if (decision.kind === 'refused')
        throw new Error(`${event.type} in ${state.states.join(' ')}: ${decision.text.en}`);
      // Nothing JSON would lose: the round trip after every step is exact.
      const plain = JSON.parse(JSON.stringify(decision)) as Reached;
      expect(plain).toStrictEqual(decision);
      state = plain;
    }
    expect(fingerprint(state.snapshot.value, state.snapshot.context as DelegationContext)).toBe(
      fingerprint(path.state.value, path.state.context),
    );
    return { ...state, path: path.steps.map((step) => step.event) };
  });
}

const all = inputs.flatMap(explore);
const everyEvent = [...plainEvents, ...turningEvents, ...wrongEvents];

describe('the machine, explored from its graph', () => {
  it('reaches every state that has a name, and no other', () => {
    const reached = new Set(all.flatMap((one) => one.states));
    expect([...reached].sort()).toEqual(Object.keys(stateNames).sort());
  });

  it('answers every event in every reached configuration, and never throws', () => {
    const outcomes = { accepted: 0, rule: 0, unknownEvent: 0, brokenSnapshot: 0 };
    for (const { snapshot } of all) {
      for (const event of everyEvent) {
        const decision = decide(outboundDelegation, snapshot, event, now);
        if (decision.kind === 'refused' && decision.reason === 'rule' && decision.rules.length === 0) {
          throw new Error(`${event.type} in ${JSON.stringify(snapshot.value)} is refused without a rule`);
        }
        outcomes[decision.kind === 'accepted' ? 'accepted' : decision.reason] += 1;
      }
    }
    expect(outcomes).toMatchObject({ accepted: expect.any(Number), brokenSnapshot: 0 });
    expect(Math.min(outcomes.accepted, outcomes.rule, outcomes.unknownEvent)).toBeGreaterThan(100);
  });

  it('accepts every event and every timer somewhere', () => {
    const accepted = new Set<string>();
    for (const { snapshot } of all) {
      for (const event of plainEvents) {
        if (!accepted.has(event.type) && decide(outboundDelegation, snapshot, event, now).kind === 'accepted') {
          accepted.add(event.type);
        }
      }
    }
    expect([...accepted].sort()).toEqual([...delegationEventTypes, ...timerEvents.map(({ type }) => type)].sort());
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
    const definition: WorkflowDefinition = {
      ...outboundDelegation,
      machine: delegationMachine.provide({ guards: recording as never }),
    };
    const later = new Date('2027-03-02T01:00:00.000Z');
    for (const { snapshot } of all) for (const event of everyEvent) decide(definition, snapshot, event, now);
    for (const snapshot of rare()) for (const event of everyEvent) decide(definition, snapshot, event, now);
    const abroad = all.filter(({ states }) => states.includes('trip.abroad'));
    for (const { snapshot } of abroad) for (const event of plainEvents) decide(definition, snapshot, event, later);
    const oneWay = [...seen].filter(([, verdicts]) => verdicts.size < 2).map(([name]) => name);
    expect(oneWay).toEqual([]);
  });

  it('has a rule for each guard and a name for each state, event and task', () => {
    expect(Object.keys(rules).sort()).toEqual(Object.keys(guards).sort());
    for (const { vi, en } of [stateNames, eventNames, taskNames].flatMap((names) => Object.values(names))) {
      expect(vi && en).toBeTruthy();
    }
  });
});

/** Configurations the fingerprint does not tell apart, and one that cannot happen. */
function rare(): readonly StoredSnapshot[] {
  const after = (from: string, ...events: readonly WorkflowEvent[]): StoredSnapshot =>
    events.reduce(
      (snapshot, event) => {
        const decision = decide(outboundDelegation, snapshot, event, now);
        if (decision.kind === 'refused') throw new Error(`${event.type}: ${decision.text.en}`);
        return decision.snapshot;
      },
      all.find(({ states }) => states.includes(from))!.snapshot,
    );
  const deciding = after('notification.awaitingDecision');
  const context = deciding.context as DelegationContext;
  const undocumented = context.approvals.map((approval) => ({ ...approval, document: null }));
  return [
    after('appraisal.intake', sampleEvent('FREEZE'), sampleEvent('GRANT_EXCEPTION')),
    after('appraisal.review.opinions.asking', sampleEvent('REQUEST_SUPPLEMENT')),
    ...turningEvents
      .filter(({ type }) => type === 'REQUEST_OPINION')
      .map((ask) => after('appraisal.review.opinions.notNeeded', ask)),
    { ...deciding, context: { ...context, approvals: undocumented } },
  ];
}
