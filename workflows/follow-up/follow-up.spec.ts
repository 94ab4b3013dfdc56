import { describe, expect, it } from '@jest/globals';
import { checkDefinition, decide, start } from '#libs/engine';
import { followUp, mayFollowUp } from './follow-up.js';

const now = new Date('2026-03-02T01:00:00.000Z');
const input = { organisationId: 'unit', focalId: 'focal', dueDate: '2026-04-10' };
const facts = { principalId: 'p', onBehalfOfId: null };

describe('a follow-up of a trip', () => {
  it('is a definition the engine can keep, and asks its organisation at once', () => {
    expect(() => checkDefinition(followUp)).not.toThrow();
    const { effects } = start(followUp, input, now);
    expect(effects).toMatchObject([
      { type: 'openTask', assignee: { role: 'unitOfficer', organisationId: 'unit' } },
      { type: 'armTimer', spec: { from: '2026-04-10', taskKey: 'followUp' } },
    ]);
  });

  it('stays open when its day passes, and its reminders go on', () => {
    const open = start(followUp, input, now);
    const late = decide(followUp, open.snapshot, { type: 'xstate.after.followUpDue.follow-up.open' }, now);
    expect(late).toMatchObject({ kind: 'accepted', states: ['open'], effects: [] });
  });

  it('ends when it is closed or cancelled, and counts anew when its day is moved, never to an earlier one', () => {
    const { snapshot } = start(followUp, input, now);
    expect(decide(followUp, snapshot, { type: 'CLOSE_FOLLOW_UP', facts }, now)).toMatchObject({ status: 'done' });
    expect(decide(followUp, snapshot, { type: 'CANCEL_FOLLOW_UP', facts }, now)).toMatchObject({ status: 'done' });
    const moved = decide(followUp, snapshot, { type: 'MOVE_FOLLOW_UP', dueDate: '2026-05-01', facts }, now);
    expect(moved).toMatchObject({
      kind: 'accepted',
      effects: expect.arrayContaining([expect.objectContaining({ type: 'armTimer' })]),
    });
    const earlier = { type: 'MOVE_FOLLOW_UP', dueDate: '2026-04-01', facts };
    expect(decide(followUp, snapshot, earlier, now)).toMatchObject({ rules: [{ name: 'isLater' }] });
  });

  it('goes over with its organisation, and with the focal agency that follows it, and is moved on there', () => {
    const { snapshot } = start(followUp, input, now);
    const handOver = followUp.handOver as (context: object, change: { from: string; to: string }) => object;
    const context = handOver(snapshot.context as object, { from: 'unit', to: 'new' });
    expect(context).toMatchObject({ organisationId: 'new', focalId: 'focal', dueDate: '2026-04-10' });
    expect(handOver(snapshot.context as object, { from: 'focal', to: 'new' })).toMatchObject({ focalId: 'new' });
    const moved = { type: 'MOVE_FOLLOW_UP', dueDate: '2026-05-01', facts };
    expect(decide(followUp, { ...snapshot, context } as never, moved, now)).toMatchObject({
      effects: expect.arrayContaining([
        expect.objectContaining({ type: 'openTask', assignee: { role: 'unitOfficer', organisationId: 'new' } }),
      ]),
    });
  });

  it('is closed by its own organisation or the focal agency, moved by the focal agency alone', () => {
    const may = (type: Parameters<typeof mayFollowUp>[0]['type'], role: string, organisationId: string) =>
      mayFollowUp({ type, holding: { role, organisationId }, ownerId: 'unit', focalId: 'focal' });
    expect(may('CLOSE_FOLLOW_UP', 'unitOfficer', 'unit')).toBe(true);
    expect(may('CLOSE_FOLLOW_UP', 'unitOfficer', 'other')).toBe(false);
    expect(may('MOVE_FOLLOW_UP', 'unitHead', 'unit')).toBe(false);
    expect(may('MOVE_FOLLOW_UP', 'leader', 'focal')).toBe(true);
  });
});
