import type { CaseView } from '#contracts/case.js';
import type { Phase } from '#workflows/outbound-delegation/context.js';
import { stateNames } from '#workflows/outbound-delegation/names.js';

const order = ['proposal', 'appraisal', 'approval', 'notification', 'trip'] as const satisfies readonly Phase[];

/** The five phases in the order people are told the story, named by the machine itself. */
export const phases = order.map((id) => ({ id, text: stateNames[id] }));

type State = CaseView['states'][number];

/** What a reader wants to know of parallel states: the most exact ones, without those that say that nothing is asked. */
export function restingStates(states: readonly State[]): readonly State[] {
  return states.filter(
    ({ id }) => !states.some((other) => other.id.startsWith(`${id}.`)) && !/\.(none|waiting|notNeeded|away)$/.test(id),
  );
}
