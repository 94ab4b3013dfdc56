import type { Phase } from '#workflows/outbound-delegation/context.js';
import { stateNames } from '#workflows/outbound-delegation/names.js';

const order = ['proposal', 'appraisal', 'approval', 'notification', 'trip'] as const satisfies readonly Phase[];

/** The five phases in the order people are told the story, named by the machine itself. */
export const phases = order.map((id) => ({ id, text: stateNames[id] }));
