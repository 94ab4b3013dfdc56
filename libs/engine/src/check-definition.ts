import type { AnyStateNode } from 'xstate';
import { stateNodes } from './compiled.js';
import type { WorkflowDefinition } from './definition.js';
import { effectActions } from './effects.js';
import { guardLeaves } from './rules.js';

interface AnyTransition {
  readonly eventType: string;
  readonly guard?: unknown;
  readonly actions: readonly unknown[];
}

/**
 * Fails, naming everything that is wrong, when a machine uses what the engine cannot keep: called once at start-up and by each
 * workflow's spec. Allowed: named guards and `and([...])` of them, named delays, `assign`, and the actions of `effectActions`.
 */
export function checkDefinition(definition: WorkflowDefinition): void {
  const problems = [...new Set(stateNodes(definition.machine.root).flatMap((node) => nodeProblems(definition, node)))];
  if (problems.length > 0) {
    throw new Error(`Workflow ${definition.id} v${definition.version} is not usable:\n- ${problems.join('\n- ')}`);
  }
}

function nodeProblems(definition: WorkflowDefinition, node: AnyStateNode): string[] {
  const transitions = [...node.transitions.values()].flat().concat(node.always ?? []) as readonly AnyTransition[];
  const actions = [...node.entry, ...node.exit, ...transitions.flatMap((transition) => transition.actions)];
  return [
    ...node.invoke.map(() => `${node.id}: invoke is not allowed; emit an effect instead`),
    ...Object.keys(node.config.after ?? {}).flatMap((delay) => delayProblems(definition, node, delay)),
    ...transitions.flatMap((transition) => guardProblems(definition, node, transition)),
    ...actions.flatMap((action) => actionProblems(definition, node, action)),
  ];
}

function delayProblems(definition: WorkflowDefinition, node: AnyStateNode, delay: string): string[] {
  if (!Number.isNaN(Number(delay))) return [`${node.id}: after ${delay} is a literal delay; name it`];
  const problems: string[] = [];
  if (!definition.deadlines[delay]) problems.push(`${node.id}: the delay ${delay} has no row in deadlines`);
  if (typeof definition.machine.implementations.delays[delay] !== 'number') {
    problems.push(`${node.id}: the delay ${delay} needs a placeholder number in setup({ delays })`);
  }
  return problems;
}

function guardProblems(definition: WorkflowDefinition, node: AnyStateNode, transition: AnyTransition): string[] {
  if (transition.eventType.includes('*')) return [`${node.id}: wildcard events cannot be explained; name the event`];
  const leaves = guardLeaves(transition.guard);
  if (!leaves) return [`${node.id}: the guard of ${transition.eventType} must be named, or and([...]) of named guards`];
  return leaves.flatMap(({ name }) => {
    const problems: string[] = [];
    if (!definition.rules[name]) problems.push(`${node.id}: the guard ${name} has no row in rules`);
    const guard: unknown = definition.machine.implementations.guards[name];
    if (typeof guard !== 'function' || 'check' in guard) {
      problems.push(`${node.id}: the guard ${name} must be a plain function in setup({ guards })`);
    }
    return problems;
  });
}

function actionProblems(definition: WorkflowDefinition, node: AnyStateNode, action: unknown): string[] {
  if (typeof action === 'function') return builtinProblems(node, action);
  const name = typeof action === 'string' ? action : String((action as { type: unknown }).type);
  const implementation: unknown = definition.machine.implementations.actions[name];
  if (typeof implementation === 'function' && 'resolve' in implementation) return builtinProblems(node, implementation);
  if ((effectActions as readonly string[]).includes(name)) return [];
  return [`${node.id}: the action ${name} is unknown; use ${effectActions.join(', ')} or assign`];
}

function builtinProblems(node: AnyStateNode, action: unknown): string[] {
  const { type, delay, id, sendId } = action as { type?: string; delay?: unknown; id?: string; sendId?: string };
  if (type === 'xstate.assign') return [];
  const timerId = id ?? sendId;
  const isAfter = typeof timerId === 'string' && timerId.startsWith('xstate.after.');
  if (type === 'xstate.raise' && (delay === undefined || isAfter)) return [];
  if (type === 'xstate.cancel' && isAfter) return [];
  return [`${node.id}: ${type ?? 'an inline function'} is not allowed as an action; use assign or a named effect`];
}
