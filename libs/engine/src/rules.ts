import { type AnyMachineSnapshot, type AnyStateNode, and, type EventObject } from 'xstate';
import type { FailedRule, WorkflowDefinition } from './definition.js';

/** A leaf of a guard: a name with the params it was written with. */
export interface GuardLeaf {
  readonly name: string;
  readonly params: unknown;
}

/** Meta of a transition that only goes along with one of another region for the same event; its guard asks all that one asks. */
export const goesAlong = { goesAlong: true } as const;

const checkAnd = (and([]) as unknown as { check: unknown }).check;

/** The named leaves of a guard, in the order they were written. Null: an inline guard, `or`, `not` or `stateIn`. */
export function guardLeaves(guard: unknown): readonly GuardLeaf[] | null {
  if (guard === undefined) return [];
  if (typeof guard === 'string') return [{ name: guard, params: undefined }];
  if (typeof guard === 'object' && guard !== null && 'type' in guard) {
    return [{ name: String(guard.type), params: 'params' in guard ? guard.params : undefined }];
  }
  if (typeof guard !== 'function' || !('check' in guard) || guard.check !== checkAnd) return null;
  const parts = (guard as unknown as { guards: readonly unknown[] }).guards.map(guardLeaves);
  return parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
}

/**
 * Why the event is refused in this snapshot: null when no active state handles it at all, else the rules of the last candidate
 * of the innermost state that handles it, in each active region. (Earlier candidates are routes; the last one is the rule.)
 * A transition with `meta: goesAlong` follows what another region decides: it explains no refusal.
 */
export function failedRules(
  definition: WorkflowDefinition,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
): readonly FailedRule[] | null {
  const failed = new Map<string, FailedRule>();
  let isHandled = false;
  for (const node of snapshot._nodes as readonly AnyStateNode[]) {
    const last = node.transitions.get(event.type)?.at(-1);
    if (!last || last.meta === goesAlong) continue;
    isHandled = true;
    for (const leaf of guardLeaves(last.guard) ?? []) {
      if (!failed.has(leaf.name) && !passes(definition, snapshot, event, leaf)) {
        const rule = definition.rules[leaf.name];
        if (rule) failed.set(leaf.name, { name: leaf.name, text: rule.text, source: rule.source ?? null });
      }
    }
  }
  return isHandled ? [...failed.values()] : null;
}

function passes(
  definition: WorkflowDefinition,
  snapshot: AnyMachineSnapshot,
  event: EventObject,
  leaf: GuardLeaf,
): boolean {
  const guard = definition.machine.implementations.guards[leaf.name] as unknown as (
    args: { context: unknown; event: EventObject },
    params: unknown,
  ) => boolean;
  const args = { context: snapshot.context as unknown, event };
  const params =
    typeof leaf.params === 'function' ? (leaf.params as (from: typeof args) => unknown)(args) : leaf.params;
  return guard(args, params);
}
