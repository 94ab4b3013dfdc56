import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  createActor,
  type EventObject,
} from 'xstate';
import type { StoredSnapshot, WorkflowDefinition } from './definition.js';

/** An action as the machine asks for it; nothing here is ever executed. */
export interface MachineAction {
  readonly type: string;
  readonly params: unknown;
}
export type Step = readonly [snapshot: AnyMachineSnapshot, actions: readonly MachineAction[]];

/**
 * What is costly to make and the same for every decision on one definition. XState's own `transition()` builds a new actor,
 * and with it a whole initial snapshot, for each call; here one inert scope serves all calls, which is safe because a
 * decision is synchronous and machines of the house have no children. `engine.spec.ts` compares both ways.
 */
export interface CompiledDefinition {
  initial(input: unknown): Step;
  next(snapshot: AnyMachineSnapshot, event: EventObject): Step;
  /** Null when the stored snapshot names a state this machine does not have, or is not a snapshot at all. */
  restore(stored: StoredSnapshot): AnyMachineSnapshot | null;
  /** `xstate.after.<name>.<state id>` to the name of the delay. */
  readonly delayNames: ReadonlyMap<string, string>;
}

const compiledDefinitions = new WeakMap<WorkflowDefinition, CompiledDefinition>();

export function compiled(definition: WorkflowDefinition): CompiledDefinition {
  const known = compiledDefinitions.get(definition);
  if (known) return known;
  const made = compile(definition.machine);
  compiledDefinitions.set(definition, made);
  return made;
}

function compile(machine: AnyStateMachine): CompiledDefinition {
  const scope = inertScope(machine);
  const collect = (run: () => AnyMachineSnapshot): Step => {
    const actions: MachineAction[] = [];
    scope.actionExecutor = (action) => {
      actions.push(action);
    };
    return [run(), actions];
  };
  return {
    initial: (input) => collect(() => machine.getInitialSnapshot(scope, input) as AnyMachineSnapshot),
    next: (snapshot, event) => collect(() => machine.transition(snapshot, event, scope) as AnyMachineSnapshot),
    restore: (stored) => restore(machine, scope, stored),
    delayNames: delayNamesOf(machine),
  };
}

/** `machine.restoreSnapshot` is what `createActor(machine, { snapshot })` calls; unlike `resolveState` it keeps history states. */
function restore(machine: AnyStateMachine, scope: AnyActorScope, stored: StoredSnapshot): AnyMachineSnapshot | null {
  if (stored.status !== 'active' && stored.status !== 'done') return null;
  if (!isRecord(stored.context) || stored.value === undefined) return null;
  try {
    // XState would search the whole context for references to actors; there are none, so it is put in afterwards.
    const bare = { ...stored, context: {}, children: {} } as unknown as Parameters<
      AnyStateMachine['restoreSnapshot']
    >[0];
    const snapshot = machine.restoreSnapshot(bare, scope) as AnyMachineSnapshot;
    snapshot.context = stored.context;
    return snapshot;
  } catch {
    // XState signals a state it does not know by an untyped Error; nothing else can fail on plain data.
    return null;
  }
}

function inertScope(machine: AnyStateMachine): AnyActorScope {
  // An actor that is never started, restored from nothing, so that no initial snapshot is computed without its input.
  const nothing = { status: 'stopped', value: {}, context: {}, historyValue: {}, children: {} };
  const self = createActor(machine, { snapshot: nothing as never });
  return {
    self,
    id: self.id,
    sessionId: self.sessionId,
    system: self.system,
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: () => undefined,
  };
}

function delayNamesOf(machine: AnyStateMachine): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of stateNodes(machine.root)) {
    for (const name of Object.keys(node.config.after ?? {})) names.set(`xstate.after.${name}.${node.id}`, name);
  }
  return names;
}

/** A state and everything below it, parents first. */
export function stateNodes(node: AnyStateNode): readonly AnyStateNode[] {
  return [node, ...Object.values(node.states as Record<string, AnyStateNode>).flatMap(stateNodes)];
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
