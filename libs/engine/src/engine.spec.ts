import { describe, expect, it } from '@jest/globals';
import { type AnyStateMachine, and, assign, createActor, initialTransition, not, setup, transition } from 'xstate';
import type { Accepted, DeadlineSpec, Decision, WorkflowDefinition, WorkflowEvent } from './definition.js';
import { availableEvents, checkDefinition, decide, start } from './index.js';

interface Context {
  readonly amount: number;
  readonly startedAt: string;
  readonly decidedAt: string | null;
}
type Event = WorkflowEvent & { readonly amount?: number; readonly at?: string };

const house = setup({
  types: {} as { context: Context; input: { amount: number; at?: string }; events: Event },
  guards: {
    isSmall: ({ context }) => context.amount < 100,
    isSigned: ({ event }) => event.signed === true,
    atLeast: ({ context }, params: { least: number }) => context.amount >= params.least,
  },
  actions: {
    openTask: (_, _params: { key: string; kind: string; assignee: { personId: string } }) => undefined,
    closeTask: (_, _params: { key: string; outcome: string }) => undefined,
    notify: (_, _params: { template: string; to: { personId: string }[] }) => undefined,
  },
  delays: { reviewDeadline: 1, noDeadline: 1 },
});

const machine = house.createMachine({
  id: 'sample',
  context: ({ input }) => ({ amount: input.amount, startedAt: input.at ?? '', decidedAt: null }),
  initial: 'draft',
  states: {
    draft: {
      on: {
        SUBMIT: { guard: { type: 'atLeast', params: { least: 1 } }, target: 'review' },
        JUMP: { target: 'passing' },
      },
    },
    passing: {
      entry: { type: 'openTask', params: { key: 'p', kind: 'pass', assignee: { personId: 'x' } } },
      exit: { type: 'closeTask', params: { key: 'p', outcome: 'passed' } },
      after: { reviewDeadline: {} },
      always: 'review',
    },
    review: {
      type: 'parallel',
      entry: { type: 'openTask', params: { key: 'r', kind: 'review', assignee: { personId: 'x' } } },
      exit: { type: 'closeTask', params: ({ event }) => ({ key: 'r', outcome: event.type }) },
      after: { reviewDeadline: { target: '.file.late' }, noDeadline: { target: 'done' } },
      states: {
        back: { type: 'history', history: 'deep' },
        file: { initial: 'open', states: { open: {}, late: {} } },
        talk: { initial: 'open', states: { open: { on: { TALKED: 'closed' } }, closed: {} } },
      },
      on: {
        APPROVE: { guard: and(['isSigned', and(['isSmall'])]), target: 'done' },
        PAUSE: { target: 'paused' },
      },
    },
    paused: { on: { RESUME: 'review.back' } },
    done: { type: 'final', entry: assign({ decidedAt: ({ event }) => event.at ?? null }) },
  },
});

const reviewDeadline: DeadlineSpec = {
  rule: { amount: 3, unit: 'workingDay', direction: 'after', source: null },
  from: 'now',
  taskKey: 'r',
  reminders: [],
};
const sample: WorkflowDefinition = {
  id: 'sample',
  version: 1,
  machine,
  rules: {
    isSmall: { text: { vi: 'Số tiền phải dưới 100.', en: 'The amount must be below 100.' }, source: 'Điều 1' },
    isSigned: { text: { vi: 'Phải có chữ ký.', en: 'It must be signed.' } },
    atLeast: { text: { vi: 'Số tiền quá nhỏ.', en: 'The amount is too small.' } },
  },
  deadlines: { reviewDeadline: () => reviewDeadline, noDeadline: () => null },
};
const now = new Date('2026-03-02T01:00:00.000Z');
const acceptedOf = (decision: Decision): Accepted => {
  if (decision.kind !== 'accepted') throw new Error(`Expected accepted, got ${decision.reason}: ${decision.text.en}`);
  return JSON.parse(JSON.stringify(decision)) as Accepted;
};
const play = (events: readonly WorkflowEvent[], amount = 5): Accepted =>
  events.reduce(
    (state, event) => acceptedOf(decide(sample, state.snapshot, event, now)),
    acceptedOf(start(sample, { amount }, now)),
  );

describe('decide', () => {
  it('gives the first state with the instant of the start in the input', () => {
    const first = start(sample, { amount: 5 }, now);
    expect(first.states).toEqual(['draft']);
    expect(first.snapshot.context).toEqual({ amount: 5, startedAt: now.toISOString(), decidedAt: null });
  });

  it('turns entry actions and named delays into effects, and leaves out a deadline the case does not have', () => {
    const next = acceptedOf(decide(sample, play([]).snapshot, { type: 'SUBMIT' }, now));
    expect(next.states).toEqual(['review', 'review.file', 'review.file.open', 'review.talk', 'review.talk.open']);
    expect(next.effects).toEqual([
      { type: 'openTask', key: 'r', kind: 'review', assignee: { personId: 'x' } },
      {
        type: 'armTimer',
        name: 'reviewDeadline',
        sendId: 'xstate.after.reviewDeadline.sample.review',
        event: { type: 'xstate.after.reviewDeadline.sample.review' },
        spec: reviewDeadline,
      },
    ]);
  });

  it('takes the event of a timer', () => {
    const armed = play([{ type: 'SUBMIT' }]).effects.find((effect) => effect.type === 'armTimer');
    expect(play([{ type: 'SUBMIT' }, armed!.event]).states).toContain('review.file.late');
  });

  it('cancels timers, closes tasks and is done at a final state', () => {
    const last = play([{ type: 'SUBMIT' }, { type: 'APPROVE', signed: true }]);
    expect(last.status).toBe('done');
    expect(last.effects).toEqual(
      [
        { type: 'cancelTimer', sendId: 'xstate.after.reviewDeadline.sample.review' },
        { type: 'cancelTimer', sendId: 'xstate.after.noDeadline.sample.review' },
        { type: 'closeTask', key: 'r', outcome: 'APPROVE' },
      ].sort((a, b) => order(last, a) - order(last, b)),
    );
    expect(last.snapshot.context).toMatchObject({ decidedAt: now.toISOString() });
    expect(decide(sample, last.snapshot, { type: 'APPROVE', signed: true }, now)).toMatchObject({
      kind: 'refused',
      reason: 'unknownEvent',
    });
  });

  it('leaves no trace of what was opened and closed within one decision', () => {
    const next = play([{ type: 'JUMP' }]);
    expect(next.effects.filter((effect) => effect.type === 'openTask')).toHaveLength(1);
    expect(next.effects.filter((effect) => effect.type === 'closeTask')).toHaveLength(0);
    expect(next.effects.filter((effect) => effect.type === 'armTimer')).toHaveLength(1);
  });

  it('names every rule that said no, with its sentence and source', () => {
    const refused = decide(sample, play([{ type: 'SUBMIT' }], 500).snapshot, { type: 'APPROVE' }, now);
    expect(refused).toEqual({
      kind: 'refused',
      reason: 'rule',
      rules: [
        { name: 'isSigned', text: sample.rules.isSigned!.text, source: null },
        { name: 'isSmall', text: sample.rules.isSmall!.text, source: 'Điều 1' },
      ],
      text: { vi: 'Phải có chữ ký. Số tiền phải dưới 100.', en: 'It must be signed. The amount must be below 100.' },
    });
  });

  it('judges a guard with its params', () => {
    expect(decide(sample, play([], 0).snapshot, { type: 'SUBMIT' }, now)).toMatchObject({
      rules: [{ name: 'atLeast' }],
    });
  });

  it('refuses an event no active state handles', () => {
    expect(decide(sample, play([]).snapshot, { type: 'APPROVE' }, now)).toMatchObject({ reason: 'unknownEvent' });
    expect(decide(sample, play([]).snapshot, { type: 'NO_SUCH' }, now)).toMatchObject({ reason: 'unknownEvent' });
  });

  it.each([
    ['a state that no longer exists', { value: { review: { gone: 'open' } } }],
    ['no value', { value: undefined }],
    ['no context', { context: null }],
    ['an error', { status: 'error' }],
  ])('refuses a snapshot with %s', (_name, broken) => {
    const snapshot = { ...play([{ type: 'SUBMIT' }]).snapshot, ...broken };
    expect(decide(sample, snapshot, { type: 'APPROVE' }, now)).toMatchObject({ reason: 'brokenSnapshot' });
    expect(availableEvents(sample, snapshot, [{ type: 'APPROVE' }], now)).toEqual([]);
  });

  it('keeps a deep history through JSON', () => {
    const back = play([{ type: 'SUBMIT' }, { type: 'TALKED' }, { type: 'PAUSE' }, { type: 'RESUME' }]);
    expect(back.states).toContain('review.talk.closed');
  });

  it('does not change what it was given', () => {
    const stored = freeze(play([{ type: 'SUBMIT' }]).snapshot);
    const event = freeze({ type: 'APPROVE', signed: true });
    expect(decide(sample, stored, event, now)).toEqual(decide(sample, stored, event, now));
  });

  it('agrees with the public pure functions of XState', () => {
    const [initial] = initialTransition(machine, { amount: 5 });
    const [expected, actions] = transition(machine, initial, { type: 'SUBMIT', at: now.toISOString() });
    const ours = acceptedOf(decide(sample, play([]).snapshot, { type: 'SUBMIT' }, now));
    expect(ours.snapshot.value).toEqual(expected.value);
    expect(actions.map((action) => action.type)).toEqual(['openTask', 'xstate.raise', 'xstate.raise']);
    const options = { snapshot: { ...ours.snapshot, children: {} } } as unknown as Parameters<typeof createActor>[1];
    expect(createActor<AnyStateMachine>(machine, options as never).getSnapshot().value).toEqual(expected.value);
  });
});

describe('availableEvents', () => {
  it('tells what the state handles, allowed or why not, and leaves out the rest', () => {
    const { snapshot } = play([{ type: 'SUBMIT' }], 500);
    const candidates = [{ type: 'APPROVE', signed: true }, { type: 'PAUSE' }, { type: 'SUBMIT' }];
    expect(availableEvents(sample, snapshot, candidates, now)).toMatchObject([
      { type: 'APPROVE', allowed: false, rules: [{ name: 'isSmall' }] },
      { type: 'PAUSE', allowed: true, rules: [] },
    ]);
  });
});

describe('checkDefinition', () => {
  const broken = (config: Parameters<typeof house.createMachine>[0]): WorkflowDefinition => ({
    ...sample,
    machine: house.createMachine(config),
  });
  const context = { amount: 1, startedAt: '', decidedAt: null };

  it('accepts a machine of the house', () => {
    expect(() => checkDefinition(sample)).not.toThrow();
  });

  it.each<[string, Parameters<typeof house.createMachine>[0]]>([
    ['must be named', { context, on: { A: { guard: () => true, actions: [] } } }],
    ['must be named', { context, on: { A: { guard: not('isSmall'), actions: [] } } }],
    ['literal delay', { context, after: { 500: {} } }],
    ['wildcard', { context, on: { '*': { guard: 'isSmall' } } }],
    ['inline function', { context, entry: () => undefined }],
    ['action mail is unknown', { context, entry: 'mail' as never }],
    ['no row in deadlines', { context, after: { unnamedDeadline: {} } as never }],
    ['invoke is not allowed', { context, invoke: { src: 'thing' as never } } as never],
  ])('refuses: %s', (problem, config) => {
    expect(() => checkDefinition(broken(config))).toThrow(problem);
  });

  it('asks for a row in rules', () => {
    expect(() => checkDefinition({ ...sample, rules: {} })).toThrow('the guard isSigned has no row in rules');
  });
});

function order(last: Accepted, effect: object): number {
  return last.effects.findIndex((other) => JSON.stringify(other) === JSON.stringify(effect));
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
