import type { AnyStateNode } from 'xstate';
import { type DeadlineName, deadlineTexts } from '#contracts/deadline-names.js';
import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { Text } from '#contracts/text.js';
import { guardLeaves, stateNodes } from '#libs/engine';
import { createContext, type DelegationContext } from './context.js';
import { delegationMachine } from './machine.js';
import { eventNames, stateNames } from './names.js';
import { type Permission, permissions } from './permissions.js';
import { rules } from './rules.js';
import { sampleInput } from './sample-case.js';
import { type TaskKind, type TaskOpening, tasksOf } from './tasks.js';

export interface OutlineState {
  readonly id: string;
  readonly text: Text;
  readonly parentId: string | null;
  readonly kind: 'atomic' | 'compound' | 'parallel' | 'final';
  readonly tasks: readonly TaskKind[];
  readonly deadlines: readonly DeadlineName[];
}

export interface OutlineTransition {
  readonly from: string;
  /** An event of people, or a deadline that passed. */
  readonly event: { readonly type: string; readonly isDeadline: boolean; readonly text: Text };
  /** Where it can lead; routing states are followed to where a case comes to rest. Empty: it stays where it is. */
  readonly to: readonly string[];
  readonly rules: readonly string[];
}

export interface Outline {
  readonly states: readonly OutlineState[];
  readonly transitions: readonly OutlineTransition[];
}

interface Transition {
  readonly eventType: string;
  readonly guard?: unknown;
  readonly target?: readonly AnyStateNode[];
}

/** The machine as data for people: the picture, the tables of the documentation, an overview on a screen. */
export function outline(): Outline {
  const nodes = stateNodes(delegationMachine.root).filter((node) => idOf(node) in stateNames);
  const context = contextWithEverything();
  return {
    states: nodes.map((node) => stateOf(node, context)),
    transitions: nodes.flatMap((node) =>
      [...(node.transitions.values() as Iterable<readonly Transition[]>)].flatMap((candidates) =>
        candidates.flatMap((one) => transitionOf(node, one)),
      ),
    ),
  };
}

function stateOf(node: AnyStateNode, context: DelegationContext): OutlineState {
  const openings = node.entry.flatMap((action) => openingsOf(action, context));
  return {
    id: idOf(node),
    text: textOf(stateNames, idOf(node)),
    parentId: node.parent && node.parent !== delegationMachine.root ? idOf(node.parent) : null,
    kind: node.type === 'history' ? 'atomic' : node.type,
    tasks: [...new Set(openings.map(({ kind }) => kind))],
    deadlines: Object.keys(node.config.after ?? {}) as DeadlineName[],
  };
}

function transitionOf(node: AnyStateNode, transition: Transition): readonly OutlineTransition[] {
  const { eventType } = transition;
  if (eventType === '' || eventType.startsWith('xstate.done.')) return [];
  const isDeadline = eventType.startsWith('xstate.after.');
  const deadline = eventType.split('.')[2] ?? '';
  return [
    {
      from: idOf(node),
      event: {
        type: isDeadline ? deadline : eventType,
        isDeadline,
        text: isDeadline ? textOf(deadlineTexts, deadline) : textOf(eventNames, eventType),
      },
      to: [...new Set((transition.target ?? []).flatMap((target) => restingPlaces(target, new Set())))],
      rules: (guardLeaves(transition.guard) ?? []).map(({ name }) => name),
    },
  ];
}

/** Follows initial states and routing states; a history state rests in its phase. */
function restingPlaces(node: AnyStateNode, seen: Set<AnyStateNode>): readonly string[] {
  if (seen.has(node)) return [];
  seen.add(node);
  if (node.type === 'history') return node.parent ? [idOf(node.parent)] : [];
  if (node.always && node.always.length > 0 && !(idOf(node) in stateNames)) {
    return node.always.flatMap(({ target }) => (target ?? []).flatMap((next) => restingPlaces(next, seen)));
  }
  const isPhase = node.parent === delegationMachine.root;
  const [initial] = isPhase && node.type === 'compound' ? (node.initial.target ?? []) : [];
  return initial ? restingPlaces(initial, seen) : [idOf(node)];
}

function openingsOf(action: unknown, context: DelegationContext): readonly TaskOpening[] {
  const { type, params } = action as { type?: string; params?: (from: unknown) => readonly TaskOpening[] };
  return type === 'openTask' && params ? params({ context, event: { type: '' } }) : [];
}

/** A case in which every kind of wait exists, so that its tasks can be read off. */
function contextWithEverything(): DelegationContext {
  const context = createContext(sampleInput());
  const act = { at: '', byId: '', onBehalfOfId: null, document: null };
  return {
    ...context,
    opinions: [{ organisationId: '', askedAt: '', answer: null, act: null }],
    approvals: [{ ...act, stepId: '', organisationId: '', digest: '', condition: 'open', voidedAt: null }],
  };
}

/** Who holds a task of this kind, as the permission table would say it. */
export function holderOf(kind: TaskKind): { readonly role: string; readonly relation: Permission['relation'] } {
  const { organisations } = createContext(sampleInput());
  const relations: Readonly<Record<string, Permission['relation']>> = {
    [organisations.unitId]: 'unit',
    [organisations.focalId]: 'focal',
    [organisations.decisionOfficeId]: 'decisionOffice',
    [organisations.authorityId]: 'authority',
  };
  if (kind === 'approveStep') return { role: 'leader', relation: 'currentStep' };
  if (kind === 'giveOpinion') return { role: 'reviewer', relation: 'consulted' };
  const assignee = tasksOf(kind, contextWithEverything())[0]?.assignee;
  if (!assignee || !('role' in assignee)) throw new Error(`The task ${kind} has no holder in the sample case.`);
  return { role: assignee.role, relation: relations[assignee.organisationId] ?? 'unit' };
}

/** Who may fire an event, for the tables of the documentation. */
export function permittedFor(type: DelegationEventType): readonly Permission[] {
  return permissions[type];
}

export function ruleText(name: string): { readonly text: Text; readonly source: string | null } {
  const rule = Object.entries(rules).find(([key]) => key === name)?.[1];
  if (!rule) throw new Error(`The guard ${name} has no row in rules.`);
  return { text: rule.text, source: rule.source ?? null };
}

function idOf(node: AnyStateNode): string {
  return node.path.join('.');
}

function textOf(names: Readonly<Record<string, Text>>, key: string): Text {
  return names[key] ?? { vi: key, en: key };
}
