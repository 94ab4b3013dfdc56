import type { Text } from '#contracts/text.js';
import { type Outline, type OutlineState, outline } from './outline.js';

/** `open`: neither visited nor one step away. */
export type ProgressMark = 'current' | 'passed' | 'possible' | 'open';

export interface ProgressState {
  readonly id: string;
  readonly text: Text;
  readonly mark: ProgressMark;
}

/** A phase with the states a case can rest in there. */
export interface ProgressPhase extends ProgressState {
  readonly states: readonly ProgressState[];
}

/** What a case has been through, as its own rows tell it. */
export interface Travelled {
  /** Dotted, with their ancestors, as the engine reports them. */
  readonly states: readonly string[];
  /** Kinds of every task ever opened: a state that opens a task was entered when its task was. */
  readonly taskKinds: readonly string[];
  /** Types of the accepted events. */
  readonly eventTypes: readonly string[];
}

let drawn: Outline | undefined;

/**
 * The way of one case on the machine itself: each phase, each resting place in it, and which of them are one decision away from
 * where the case is now. Endings and the suspension stand apart, at the end, and only when the case is there or may come there next.
 */
export function progressOf(travelled: Travelled): readonly ProgressPhase[] {
  drawn ??= outline();
  const { states, transitions } = drawn;
  const visited = visitedStates(drawn, travelled);
  const active = new Set(travelled.states);
  const near = transitions
    .filter((one) => !one.event.isDeadline && active.has(one.from))
    .flatMap((one) => one.to.map(placeOf));
  const marked = ({ id, text }: OutlineState): ProgressState => {
    const isVisited = [...visited].some((one) => one === id || one.startsWith(`${id}.`));
    const mark = active.has(id) ? 'current' : isVisited ? 'passed' : near.includes(id) ? 'possible' : 'open';
    return { id, text, mark };
  };
  const phases = states.filter((state) => state.parentId === null && state.kind === 'compound');
  const apart = states.filter((state) => state.parentId === null && state.kind !== 'compound').map(marked);
  return [
    ...phases.map((phase) => ({
      ...marked(phase),
      states: states.filter((state) => state.parentId === phase.id).map(marked),
    })),
    ...apart.filter(({ mark }) => mark !== 'open').map((state) => ({ ...state, states: [] })),
  ];
}

/** A phase's own state, or an ending: where a case waits, without the regions inside. */
function placeOf(id: string): string {
  return id.split('.').slice(0, 2).join('.');
}

/** By its tasks and, where a state opens none, by an event that can lead nowhere else. */
function visitedStates({ states, transitions }: Outline, travelled: Travelled): ReadonlySet<string> {
  const byTask = states.filter((state) => state.tasks.some((kind) => travelled.taskKinds.includes(kind)));
  const byEvent = transitions.filter(({ to, event }) => to.length === 1 && travelled.eventTypes.includes(event.type));
  const reached = byEvent
    .filter(({ to, event }) => isOnlyWay(transitions, event.type, to[0] ?? ''))
    .map(({ to }) => to[0] ?? '');
  return new Set([...byTask.map(({ id }) => id), ...reached]);
}

function isOnlyWay(transitions: Outline['transitions'], type: string, to: string): boolean {
  return transitions
    .filter(({ event, to: targets }) => event.type === type && targets.length > 0)
    .every(({ to: targets }) => targets.every((target) => target === to));
}
