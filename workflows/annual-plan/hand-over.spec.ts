import { describe, expect, it } from '@jest/globals';
import { type Accepted, decide, start, type WorkflowDefinition, type WorkflowEvent } from '#libs/engine';
import type { PlanCycleContext } from './cycle-context.js';
import { annualPlan } from './cycle-machine.js';
import { handOverCycle, handOverItem } from './hand-over.js';
import type { PlanItemContext } from './item-context.js';
import { planItem } from './item-machine.js';
import { sampleCycleEvent, sampleCycleInput, sampleItemEvent, sampleItemInput } from './samples.js';

const now = new Date('2026-11-02T01:00:00.000Z');
const accepted = (outcome: ReturnType<typeof decide>): Accepted => {
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome;
};
const after = (definition: WorkflowDefinition, input: object, events: readonly WorkflowEvent[]) =>
  events.reduce(
    (snapshot, event) => accepted(decide(definition, snapshot, event, now)).snapshot,
    start(definition, input, now).snapshot,
  );
const cycleAfter = (...events: readonly WorkflowEvent[]) =>
  after(annualPlan, sampleCycleInput(), events) as { context: PlanCycleContext };
const opened = sampleCycleEvent('OPEN_REGISTRATION');

describe('the plan of a year when one organisation takes over from another', () => {
  it('waits for the registration of the successor instead, once', () => {
    const { context } = cycleAfter(opened);
    expect(context.units).toEqual(['unit', 'other']);
    expect(handOverCycle(context, { from: 'unit', to: 'new' }).units).toEqual(['new', 'other']);
    expect(handOverCycle(context, { from: 'unit', to: 'other' }).units).toEqual(['other']);
  });

  it('keeps who registered, and asks the successor for nothing more in its place', () => {
    const { context } = cycleAfter(opened, sampleCycleEvent('UNIT_REGISTERED'));
    const handed = handOverCycle(context, { from: 'unit', to: 'new' });
    expect(handed.units).toEqual(['unit', 'other']);
    expect(handed.registered).toEqual(context.registered);
    expect(handed.registered.map(({ organisationId }) => organisationId)).toEqual(['unit']);
  });

  it('gives an opinion that is still asked for to the successor, keeps one that was given, and asks nobody twice', () => {
    const opinion = (organisationId: string, answer: 'agree' | null) => ({ organisationId, answer, act: null });
    const context = { ...cycleAfter(opened).context, opinions: [opinion('finance', null), opinion('police', 'agree')] };
    const change = (from: string, to: string) =>
      handOverCycle(context, { from, to }).opinions.map(({ organisationId, answer }) => [organisationId, answer]);
    expect(change('finance', 'new')).toEqual([
      ['new', null],
      ['police', 'agree'],
    ]);
    expect(change('police', 'new')).toEqual([
      ['finance', null],
      ['police', 'agree'],
    ]);
    expect(change('finance', 'police')).toEqual([['police', 'agree']]);
  });

  it('is led, decided and issued by the successors, and goes on where it stood', () => {
    const snapshot = cycleAfter(opened);
    const context = handOverCycle(snapshot.context, { from: 'focal', to: 'new' });
    expect(context.organisations).toEqual({ ...snapshot.context.organisations, focalId: 'new' });
    const next = sampleCycleEvent('UNIT_REGISTERED');
    const outcome = decide(annualPlan, { ...snapshot, context } as never, next, now);
    expect(accepted(outcome).snapshot.context).toMatchObject({ organisations: { focalId: 'new' } });
    expect(context).not.toBe(snapshot.context);
  });
});

describe('a line of the plan', () => {
  it('belongs to the successor of its unit, and keeps who approved it', () => {
    const snapshot = after(planItem, sampleItemInput(), [sampleItemEvent('SUBMIT')]) as { context: PlanItemContext };
    const handed = handOverItem(snapshot.context, { from: 'unit', to: 'new' });
    expect(handed.organisations).toEqual({ ...snapshot.context.organisations, unitId: 'new' });
    const act = { number: '5-KL/TU', date: '2026-12-01', byId: 'unit', onBehalfOfId: null, at: now.toISOString() };
    const approval = act as unknown as PlanItemContext['approval'];
    expect(handOverItem({ ...snapshot.context, approval }, { from: 'unit', to: 'new' }).approval).toBe(approval);
  });
});
