import type { AnyMachineSnapshot } from 'xstate';
import { type CompiledDefinition, isRecord, type MachineAction } from './compiled.js';
import type { DeadlineSpec, Effect, WorkflowDefinition, WorkflowEvent } from './definition.js';

/** Actions a machine may name; their params are the effect without its `type`, one or a list. */
export const effectActions = ['openTask', 'closeTask', 'notify'] as const;

/**
 * The machine's actions as data, in their order. What was opened and closed again, or armed and cancelled again, within one
 * decision leaves no trace: the rows would be born dead.
 */
export function effectsOf(
  definition: WorkflowDefinition,
  { delayNames }: CompiledDefinition,
  snapshot: AnyMachineSnapshot,
  actions: readonly MachineAction[],
): readonly Effect[] {
  const effects: Effect[] = [];
  for (const action of actions) {
    if (action.type === 'xstate.raise') {
      const armed = armedTimer(definition, delayNames, snapshot, action.params);
      if (armed) effects.push(armed);
    } else if (action.type === 'xstate.cancel') {
      const { sendId } = action.params as { sendId: string };
      if (!undo(effects, (effect) => effect.type === 'armTimer' && effect.sendId === sendId)) {
        effects.push({ type: 'cancelTimer', sendId });
      }
    } else {
      for (const effect of namedEffects(action)) addEffect(effects, effect);
    }
  }
  return effects;
}

function addEffect(effects: Effect[], effect: Effect): void {
  if (effect.type === 'closeTask' && undo(effects, (other) => other.type === 'openTask' && other.key === effect.key)) {
    return;
  }
  effects.push(effect);
}

function undo(effects: Effect[], isOpening: (effect: Effect) => boolean): boolean {
  const index = effects.findLastIndex(isOpening);
  if (index < 0) return false;
  effects.splice(index, 1);
  return true;
}

function armedTimer(
  definition: WorkflowDefinition,
  delayNames: ReadonlyMap<string, string>,
  snapshot: AnyMachineSnapshot,
  params: unknown,
): Effect | null {
  const { id, event, delay } = params as { id?: string; event: WorkflowEvent; delay?: number };
  // A raise without a delay is an internal event that XState has already taken.
  if (delay === undefined || id === undefined) return null;
  const name = delayNames.get(id);
  const deadline = name === undefined ? undefined : definition.deadlines[name];
  if (name === undefined || !deadline) {
    throw new Error(
      `Timer ${id} of ${definition.id} has no row in deadlines. Add one; checkDefinition names them all.`,
    );
  }
  const spec: DeadlineSpec | null = deadline(snapshot.context as never);
  return spec === null ? null : { type: 'armTimer', name, sendId: id, event: { type: event.type }, spec };
}

function namedEffects(action: MachineAction): readonly Effect[] {
  const type = (effectActions as readonly string[]).includes(action.type) ? action.type : null;
  if (type === null) {
    throw new Error(`Action ${action.type} is not an effect. Use ${effectActions.join(', ')} or assign.`);
  }
  const params: unknown = action.params;
  const list = Array.isArray(params) ? params : [params];
  return list.filter(isRecord).map((one) => ({ type, ...one }) as unknown as Effect);
}
