import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  type Accepted,
  availableEvents,
  decide,
  type Effect,
  start,
  type WorkflowDefinition,
  type WorkflowEvent,
} from '#libs/engine';
import type { DelegationContext } from './context.js';
import { outboundDelegation } from './definition.js';
import { delegationMachine } from './machine.js';
import { sampleEvent, sampleIds, sampleInput } from './sample-case.js';
import { plainEvents, turningEvents, wrongEvents } from './sample-variants.js';

const now = new Date('2026-03-02T01:00:00.000Z');
const events: readonly WorkflowEvent[] = [...plainEvents, ...turningEvents, ...wrongEvents];
/** Endings would cut most random lives short; one in eight steps may take one. */
const endings = new Set(['WITHDRAW', 'REJECT', 'CANCEL']);
const own = [sampleIds.proposer, sampleIds.member];
const beyondApproval = ['notification', 'trip', 'completed'];

/** The straight way to the end. A life starts somewhere on it, so that every phase is lived in as often as the first. */
const straight = [
  ...['SUBMIT', 'SIGN_SUBMIT', 'RECEIVE', 'REQUEST_OPINION', 'OPINION_RECEIVED', 'ACCEPT_DOSSIER', 'FORWARD'],
  ...['APPROVE', 'APPROVE', 'ISSUE_DECISION', 'PASSPORT_GIVEN', 'NOTE_VERBALE_ISSUED', 'MOFA_NOTIFIED'],
  ...['EMBASSY_NOTIFIED', 'FUNDING_CONFIRMED', 'DEPART', 'RETURN_HOME', 'SUBMIT_REPORT', 'ACCEPT_REPORT'],
] as const;

interface Step {
  readonly choice: number;
  readonly mode: 'accepted' | 'any';
  readonly mayEnd: boolean;
}
interface Life {
  readonly from: number;
  readonly steps: readonly Step[];
}
const life = fc.record<Life>({
  from: fc.nat(straight.length),
  steps: fc.array(
    fc.record<Step>({
      choice: fc.nat(10_000),
      mode: fc.oneof(
        { weight: 5, arbitrary: fc.constant('accepted' as const) },
        { weight: 1, arbitrary: fc.constant('any' as const) },
      ),
      mayEnd: fc.nat(7).map((n) => n === 0),
    }),
    { minLength: 5, maxLength: 25 },
  ),
});

interface Lived {
  readonly log: readonly WorkflowEvent[];
  readonly history: readonly Accepted[];
}

/** Lives one random life. An event is drawn from those now accepted, so that lives get far, or from all, so that rules are met. */
function live(definition: WorkflowDefinition, { from, steps }: Life): Lived {
  let state = viaJson(start(definition, sampleInput(), now));
  const log: WorkflowEvent[] = [];
  const history = [state];
  const take = (event: WorkflowEvent): void => {
    const decision = decide(definition, state.snapshot, event, now);
    if (decision.kind === 'refused') return;
    state = viaJson(decision);
    log.push(event);
    history.push(state);
  };
  for (const type of straight.slice(0, from)) take(sampleEvent(type));
  for (const { choice, mode, mayEnd } of steps) {
    const pool = mode === 'any' ? events : acceptedNow(definition, state, mayEnd);
    const event = pool[choice % Math.max(pool.length, 1)];
    if (event) take(event);
  }
  return { log, history };
}

function acceptedNow(definition: WorkflowDefinition, state: Accepted, mayEnd: boolean): readonly WorkflowEvent[] {
  const candidates = mayEnd ? events : events.filter(({ type }) => !endings.has(type));
  return availableEvents(definition, state.snapshot, candidates, now)
    .filter(({ allowed }) => allowed)
    .map(({ candidate }) => candidate);
}

function viaJson(accepted: Accepted): Accepted {
  return JSON.parse(JSON.stringify(accepted)) as Accepted;
}

const contextOf = ({ snapshot }: Accepted) => snapshot.context as DelegationContext;
const isIn = ({ states }: Accepted, ids: readonly string[]) => ids.some((id) => states.includes(id));

/** Nobody is past approval without, for each step, a decider who is no party to the trip, and a dated document. */
function everyStepHasADecider(definition: WorkflowDefinition) {
  return fc.property(life, (one) => {
    for (const state of live(definition, one).history) {
      if (!isIn(state, beyondApproval)) continue;
      const { approvals, steps: route } = contextOf(state);
      for (const { id } of route) {
        const approval = approvals.find(({ stepId, byId, document }) => stepId === id && byId && document?.number);
        if (!approval?.document?.date) throw new Error(`No decider for ${id} in ${state.states.join(' ')}`);
      }
      for (const { byId, onBehalfOfId } of approvals) {
        if (own.includes(byId ?? '') || own.includes(onBehalfOfId ?? '')) throw new Error('Approved by a party to it');
      }
    }
  });
}

/** A decision that is no amendment covers exactly what every step approved. */
function decisionCoversWhatWasApproved(definition: WorkflowDefinition) {
  return fc.property(life, (one) => {
    const { log, history } = live(definition, one);
    log.forEach((event, index) => {
      const before = contextOf(history[index]!);
      if (event.type !== 'ISSUE_DECISION' || before.amendments.some(({ outcome }) => outcome === 'open')) return;
      const after = contextOf(history[index + 1]!);
      const decided = after.decisions.at(-1)!.digest;
      const valid = after.approvals.filter(({ voidedAt }) => voidedAt === null);
      if (!after.steps.every(({ id }) => valid.some(({ stepId, digest }) => stepId === id && digest === decided))) {
        throw new Error(`Decision on ${decided} without approvals of it`);
      }
    });
  });
}

describe('whatever happens to a case', () => {
  const runs = { numRuns: 120, seed: 20260302 };

  it('never passes approval without a recorded decider, number and date for each step', () => {
    fc.assert(everyStepHasADecider(outboundDelegation), runs);
  });

  it('never has a decision on content that was not approved', () => {
    fc.assert(decisionCoversWhatWasApproved(outboundDelegation), runs);
  });

  it('opens and closes tasks in pairs, arms and cancels timers in pairs, and ends with none', () => {
    fc.assert(
      fc.property(life, (one) => {
        const tasks = new Set<string>();
        const timers = new Set<string>();
        for (const state of live(outboundDelegation, one).history) {
          for (const effect of state.effects) apply(effect, tasks, timers);
          if (state.status === 'done') expect([...tasks, ...timers]).toEqual([]);
          // A case is never forgotten: somebody must act, or a day is awaited.
          else expect(tasks.size + timers.size).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  });

  it('gives the stored snapshot again when its log is replayed', () => {
    fc.assert(
      fc.property(life, (one) => {
        const { log, history } = live(outboundDelegation, one);
        const replayed = log.reduce(
          (state, event) => {
            const decision = decide(outboundDelegation, state.snapshot, event, now);
            if (decision.kind === 'refused') throw new Error(`Replay refused ${event.type}`);
            return viaJson(decision);
          },
          viaJson(start(outboundDelegation, sampleInput(), now)),
        );
        expect(replayed.snapshot).toEqual(history.at(-1)!.snapshot);
      }),
      runs,
    );
  });

  it('reaches the far end of the machine often enough for all this to mean something', () => {
    const lives = fc.sample(life, { numRuns: 120, seed: 20260302 }).map((one) => live(outboundDelegation, one));
    const far = lives.filter(({ history }) => history.some((state) => isIn(state, beyondApproval)));
    expect(far.length).toBeGreaterThan(20);
  });
});

describe('the properties can go red', () => {
  const mutated = (changed: Readonly<Record<string, () => boolean>>): WorkflowDefinition => ({
    ...outboundDelegation,
    machine: delegationMachine.provide({ guards: changed as never }),
  });
  /** The first failure is enough; nobody reads a smallest one. */
  const runs = { numRuns: 2000, seed: 20260302, endOnFailure: true };

  it('when people may approve their own trip', () => {
    expect(fc.check(everyStepHasADecider(mutated({ notOwnProposal: () => true })), runs).failed).toBe(true);
  });

  it('when the loop over the steps ends early', () => {
    expect(fc.check(everyStepHasADecider(mutated({ stepsRemain: () => false })), runs).failed).toBe(true);
  });

  it('when an approval needs no document', () => {
    expect(fc.check(everyStepHasADecider(mutated({ hasDocument: () => true })), runs).failed).toBe(true);
  });

  it('when an approval is not bound to what was approved', () => {
    expect(fc.check(decisionCoversWhatWasApproved(mutated({ approvalsMatchContent: () => true })), runs).failed).toBe(
      true,
    );
  });
});

function apply(effect: Effect, tasks: Set<string>, timers: Set<string>): void {
  switch (effect.type) {
    case 'openTask':
      if (tasks.has(effect.key)) throw new Error(`Task ${effect.key} opened twice`);
      tasks.add(effect.key);
      break;
    case 'closeTask':
      if (!tasks.delete(effect.key)) throw new Error(`Task ${effect.key} closed but not open`);
      break;
    case 'armTimer':
      if (timers.has(effect.sendId)) throw new Error(`Timer ${effect.sendId} armed twice`);
      timers.add(effect.sendId);
      break;
    case 'cancelTimer':
      timers.delete(effect.sendId);
      break;
    default:
      expect(effect.to.length).toBeGreaterThan(0);
  }
}
