import type { AnyMachineSnapshot, StateValue } from 'xstate';
import { compiled, isRecord, type MachineAction } from './compiled.js';
import type {
  Accepted,
  AvailableEvent,
  Decision,
  Refused,
  StoredSnapshot,
  WorkflowDefinition,
  WorkflowEvent,
} from './definition.js';
import { effectsOf } from './effects.js';
import { failedRules } from './rules.js';

/** A new case. `input` is what the machine's context is made of; it gets `at` (ISO 8601, UTC) from `now`. */
export function start(definition: WorkflowDefinition, input: unknown, now: Date): Accepted {
  const withInstant = isRecord(input) ? { ...input, at: now.toISOString() } : input;
  const [snapshot, actions] = compiled(definition).initial(withInstant);
  if (snapshot.status === 'error') {
    throw new Error(`The first state of ${definition.id} v${definition.version} cannot be computed from this input.`, {
      cause: snapshot.error,
    });
  }
  return accepted(definition, snapshot, actions);
}

/** One event against a stored snapshot. Pure: the same arguments give the same answer; nothing given is changed. */
export function decide(
  definition: WorkflowDefinition,
  stored: StoredSnapshot,
  event: WorkflowEvent,
  now: Date,
): Decision {
  const machine = compiled(definition);
  const snapshot = machine.restore(stored);
  if (!snapshot) return brokenSnapshot;
  if (snapshot.status !== 'active') return unknownEvent;
  const dated = { ...event, at: now.toISOString() };
  if (!snapshot.can(dated)) {
    const rules = failedRules(definition, snapshot, dated);
    return rules ? refusedByRules(rules) : unknownEvent;
  }
  const [next, actions] = machine.next(snapshot, dated);
  if (next.status === 'error') {
    throw new Error(`${definition.id} v${definition.version} failed on ${event.type}.`, { cause: next.error });
  }
  return accepted(definition, next, actions);
}

/**
 * Which of the candidates the present state handles, each judged by the same rules as `decide`. A candidate no active state
 * handles is left out. Empty for a finished case and for a snapshot that cannot be restored.
 */
export function availableEvents(
  definition: WorkflowDefinition,
  stored: StoredSnapshot,
  candidates: readonly WorkflowEvent[],
  now: Date,
): readonly AvailableEvent[] {
  const snapshot = compiled(definition).restore(stored);
  if (snapshot?.status !== 'active') return [];
  const at = now.toISOString();
  return candidates.flatMap((candidate): AvailableEvent[] => {
    const dated = { ...candidate, at };
    const { type } = candidate;
    if (snapshot.can(dated)) return [{ type, candidate, allowed: true, rules: [] }];
    const rules = failedRules(definition, snapshot, dated);
    return rules ? [{ type, candidate, allowed: false, rules }] : [];
  });
}

function accepted(
  definition: WorkflowDefinition,
  snapshot: AnyMachineSnapshot,
  actions: readonly MachineAction[],
): Accepted {
  return {
    kind: 'accepted',
    snapshot: stored(snapshot),
    states: activeStates(snapshot.value),
    status: snapshot.status === 'done' ? 'done' : 'active',
    effects: effectsOf(definition, compiled(definition), snapshot, actions),
  };
}

/** What XState needs to go on, and nothing that JSON would lose: no children, no functions, no undefined. */
function stored(snapshot: AnyMachineSnapshot): StoredSnapshot {
  const history: Record<string, readonly { readonly id: string }[]> = {};
  for (const [id, nodes] of Object.entries(snapshot.historyValue)) history[id] = nodes.map((node) => ({ id: node.id }));
  return {
    status: snapshot.status,
    value: snapshot.value,
    context: snapshot.context as unknown,
    historyValue: history,
  };
}

/** Ids of all active states below the root, parents before children, in document order. */
export function activeStates(value: StateValue | undefined, prefix = ''): string[] {
  if (value === undefined) return [];
  if (typeof value === 'string') return [prefix + value];
  return Object.entries(value).flatMap(([key, child]) => [prefix + key, ...activeStates(child, `${prefix}${key}.`)]);
}

const unknownEvent: Refused = {
  kind: 'refused',
  reason: 'unknownEvent',
  rules: [],
  text: {
    vi: 'Việc này không thuộc bước hiện tại của hồ sơ.',
    en: 'This does not belong to the present step of the case.',
  },
};

const brokenSnapshot: Refused = {
  kind: 'refused',
  reason: 'brokenSnapshot',
  rules: [],
  text: {
    vi: 'Trạng thái lưu của hồ sơ không thuộc phiên bản quy trình này.',
    en: 'The stored state of the case does not belong to this version of the workflow.',
  },
};

function refusedByRules(rules: Refused['rules']): Refused {
  return {
    kind: 'refused',
    reason: 'rule',
    rules,
    text: {
      vi: rules.map((rule) => rule.text.vi).join(' '),
      en: rules.map((rule) => rule.text.en).join(' '),
    },
  };
}
