import { describe, expect, it } from '@jest/globals';
import { stateNames } from './names.js';
import { progressOf } from './progress.js';

const marks = (travelled: Parameters<typeof progressOf>[0]) =>
  Object.fromEntries(
    progressOf(travelled).flatMap((phase) => [phase, ...phase.states].map(({ id, mark }) => [id, mark])),
  );

describe('the progress of a case', () => {
  it('begins in the draft with the way to the unit head open', () => {
    const drawn = marks({ states: ['proposal', 'proposal.draft'], taskKinds: ['completeDraft'], eventTypes: [] });
    expect(drawn).toMatchObject({
      proposal: 'current',
      'proposal.draft': 'current',
      'proposal.awaitingUnitHead': 'possible',
      'appraisal.intake': 'open',
      trip: 'open',
      withdrawn: 'possible',
    });
    expect(drawn).not.toHaveProperty('completed');
  });

  it('knows what was passed by the tasks that were opened there', () => {
    const drawn = marks({
      states: ['approval', 'approval.step'],
      taskKinds: ['completeDraft', 'signSubmission', 'receive', 'appraise', 'approveStep'],
      eventTypes: ['SUBMIT', 'SIGN_SUBMIT', 'RECEIVE', 'ACCEPT_DOSSIER', 'FORWARD'],
    });
    expect(drawn).toMatchObject({
      proposal: 'passed',
      'appraisal.intake': 'passed',
      'appraisal.review': 'passed',
      'appraisal.supplementRequested': 'open',
      'approval.step': 'current',
      'approval.returnedForClarification': 'possible',
      'notification.awaitingDecision': 'possible',
      'trip.abroad': 'open',
      rejected: 'possible',
    });
  });

  it('shows an ending only to a case that is there', () => {
    const drawn = marks({ states: ['withdrawn'], taskKinds: ['completeDraft'], eventTypes: ['WITHDRAW'] });
    expect(drawn).toMatchObject({ withdrawn: 'current', proposal: 'passed', 'proposal.draft': 'passed' });
    expect(drawn).not.toHaveProperty('rejected');
  });

  it('names every state it draws', () => {
    const drawn = progressOf({ states: ['proposal', 'proposal.draft'], taskKinds: [], eventTypes: [] });
    expect(drawn.map(({ id }) => id).slice(0, 5)).toEqual([
      'proposal',
      'appraisal',
      'approval',
      'notification',
      'trip',
    ]);
    for (const { id } of drawn.flatMap((phase) => [phase, ...phase.states])) expect(stateNames).toHaveProperty([id]);
  });
});
