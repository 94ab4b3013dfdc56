import { describe, expect, it } from '@jest/globals';
import { type DelegationEventType, delegationEventTypes } from '#contracts/delegation-events.js';
import { roles } from '#contracts/roles.js';
import { createContext, type DelegationContext } from './context.js';
import { factsNeeded, pickFacts } from './facts.js';
import { outline } from './outline.js';
import { mayFire, permissions } from './permissions.js';
import { sampleFacts, sampleIds, sampleInput } from './sample-case.js';
import { type TaskKind, taskKinds, tasksOf } from './tasks.js';

const context: DelegationContext = {
  ...createContext(sampleInput()),
  opinions: [{ organisationId: sampleIds.finance, askedAt: '', answer: null, act: null }],
};
const act = { at: '', byId: 'x', onBehalfOfId: null, document: null, digest: 'd', voidedAt: null };
const approved = (stepId: string, condition: 'none' | 'open' = 'none') => ({
  ...act,
  stepId,
  organisationId: '',
  condition,
});
const may = (type: DelegationEventType, role: string, organisationId: string, more = {}) =>
  mayFire({ type, context, holdings: [{ role, organisationId }], isMember: false, ...more });

describe('who may fire an event', () => {
  it('denies everybody who has nothing to do with the case', () => {
    for (const type of delegationEventTypes) {
      for (const role of roles) expect(may(type, role, 'elsewhere', { opinionOf: sampleIds.finance })).toBe(false);
      expect(mayFire({ type, context, holdings: [], isMember: false })).toBe(false);
    }
  });

  it('denies administrators and inspectors everything, even in the right organisation', () => {
    for (const type of delegationEventTypes) {
      for (const organisationId of Object.values(sampleIds)) {
        expect(may(type, 'administrator', organisationId)).toBe(false);
        expect(may(type, 'inspector', organisationId)).toBe(false);
      }
    }
  });

  it('denies an event that is not in the table', () => {
    expect(may('DROP_TABLE' as DelegationEventType, 'leader', sampleIds.focal)).toBe(false);
  });

  it('lets only the level whose turn it is approve, return and reject', () => {
    for (const type of ['APPROVE', 'APPROVE_WITH_CONDITION', 'RETURN', 'REJECT'] as const) {
      expect(may(type, 'leader', sampleIds.focal)).toBe(true);
      expect(may(type, 'leader', sampleIds.committee)).toBe(false);
      expect(may(type, 'clerk', sampleIds.office)).toBe(false);
      const next = { context: { ...context, approvals: [approved('focalLeader')] } };
      expect(may(type, 'leader', sampleIds.focal, next)).toBe(false);
      expect(may(type, 'leader', sampleIds.committee, next)).toBe(true);
      const all = { context: { ...context, approvals: [approved('focalLeader'), approved('peoplesCommittee')] } };
      expect(may(type, 'clerk', sampleIds.office, all)).toBe(true);
    }
  });

  it('lets an agency give its own opinion only', () => {
    expect(may('OPINION_RECEIVED', 'reviewer', sampleIds.finance, { opinionOf: sampleIds.finance })).toBe(true);
    expect(may('OPINION_RECEIVED', 'reviewer', sampleIds.finance, { opinionOf: sampleIds.police })).toBe(false);
    expect(may('OPINION_RECEIVED', 'reviewer', sampleIds.finance)).toBe(false);
  });

  it('lets a member of the delegation report and return, never approve', () => {
    const member = (type: DelegationEventType) => mayFire({ type, context, holdings: [], isMember: true });
    expect(delegationEventTypes.filter(member)).toEqual([
      'REQUEST_EXTENSION',
      'RETURN_HOME',
      'PASSPORT_LOST',
      'SUBMIT_REPORT',
    ]);
  });

  it('lets whoever holds a task do something that ends it', () => {
    const ending = new Map<TaskKind, Set<string>>();
    const { states, transitions } = outline();
    for (const state of states) {
      for (const kind of state.tasks) {
        const events = transitions.filter(
          ({ from, event }) =>
            !event.isDeadline &&
            (from === state.id || state.id.startsWith(`${from}.`) || from.startsWith(`${state.id}.`)),
        );
        ending.set(kind, new Set([...(ending.get(kind) ?? []), ...events.map(({ event }) => event.type)]));
      }
    }
    // The unit brings the passports; their keeper confirms it.
    const heldForOthers: readonly TaskKind[] = ['returnPassports', 'watchFreeze'];
    for (const kind of taskKinds.filter((one) => !heldForOthers.includes(one))) {
      const now = kind === 'clearCondition' ? { ...context, approvals: [approved('focalLeader', 'open')] } : context;
      const [task] = tasksOf(kind, now);
      const holding = task!.assignee as { role: string; organisationId: string };
      const able = [...(ending.get(kind) ?? [])].filter((type) =>
        mayFire({
          type: type as DelegationEventType,
          context: now,
          holdings: [holding],
          isMember: false,
          opinionOf: sampleIds.finance,
        }),
      );
      const meaningful = able.filter((type) => !['WITHDRAW', 'FREEZE', 'CANCEL'].includes(type));
      expect([kind, meaningful.length > 0]).toEqual([kind, true]);
    }
  });

  it('has a row of permissions and of facts for each event', () => {
    expect(Object.keys(permissions).sort()).toEqual([...delegationEventTypes].sort());
    expect(Object.keys(factsNeeded).sort()).toEqual([...delegationEventTypes].sort());
    expect(pickFacts('WITHDRAW', sampleFacts())).not.toHaveProperty('limits');
  });
});
