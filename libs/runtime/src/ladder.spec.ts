import { describe, expect, it } from '@jest/globals';
import { explainStep, fireLadder, type Ladder, withNotice } from './ladder.js';

const head = { role: 'unitHead', organisationId: 'unit' };
const holder = { personId: 'holder' };
const ladder: Ladder = {
  name: 'reviewDeadline',
  reminder_key: 'half',
  task_key: 'review',
  deadline_due_at: new Date('2026-03-12T10:00:00.000Z'),
  steps: [
    {
      key: 'half',
      at: { kind: 'fraction', of: 0.5 },
      template: 'near',
      to: ['assignee'],
      dueAt: '2026-03-10T02:00:00.000Z',
    },
    { key: 'due', at: { kind: 'due' }, template: 'today', to: ['assignee'], dueAt: '2026-03-12T00:30:00.000Z' },
    {
      key: 'late',
      at: { kind: 'workingDays', offset: 1 },
      template: 'late',
      to: [head],
      dueAt: '2026-03-13T00:30:00.000Z',
    },
  ],
};
const tasks = [
  { key: 'review', assignee: holder },
  { key: 'other', assignee: { personId: 'somebody else' } },
];

describe('a ladder that fires', () => {
  it('sends its step to whoever holds the task now and moves to the next', () => {
    expect(fireLadder(ladder, tasks, new Date('2026-03-10T02:00:00.000Z'))).toEqual({
      messages: [
        {
          recipient: holder,
          task_key: 'review',
          template: 'near',
          data: { deadline: 'reviewDeadline', reminderKey: 'half', dueAt: '2026-03-12T10:00:00.000Z' },
        },
      ],
      isFirst: true,
      next: ladder.steps[1],
    });
  });

  it('sends only the last of the steps an outage has let pass, to everybody they were for', () => {
    const fired = fireLadder(ladder, tasks, new Date('2026-03-16T02:00:00.000Z'));
    const said = { template: 'late', data: { reminderKey: 'late', missed: ['half', 'due'] } };
    expect(fired).toMatchObject({ messages: [said, said], next: null });
    expect(fired.messages.map(({ recipient }) => recipient)).toEqual([holder, head]);
  });

  it('never goes back to a step that was sent', () => {
    const fired = fireLadder({ ...ladder, reminder_key: 'due' }, tasks, new Date('2026-03-12T00:30:00.000Z'));
    expect(fired).toMatchObject({
      messages: [{ template: 'today', data: { reminderKey: 'due' } }],
      isFirst: false,
      next: { key: 'late' },
    });
    expect(fired.messages[0]?.data).not.toHaveProperty('missed');
  });

  it('reminds nobody of a task that is closed, and still those who are named', () => {
    expect(fireLadder(ladder, [], new Date('2026-03-10T02:00:00.000Z')).messages).toEqual([]);
    const late = fireLadder({ ...ladder, reminder_key: 'late' }, [], new Date('2026-03-13T00:30:00.000Z'));
    expect(late.messages).toMatchObject([{ recipient: head, task_key: 'review' }]);
  });

  it('tells whoever holds the task, and nobody else, of a move that waits with a step which has passed', () => {
    const notice = { wasDueAt: '2026-03-20T10:00:00.000Z', because: 'calendar' } as const;
    const steps = withNotice(ladder.steps, { notice, earliest: new Date('2026-03-10T02:00:00.000Z') })!;
    const { messages } = fireLadder({ ...ladder, steps }, tasks, new Date('2026-03-16T02:00:00.000Z'));
    expect(messages).toMatchObject([
      { recipient: holder, template: 'deadlineMoved', data: { ...notice, reminder: 'late', missed: ['half', 'due'] } },
      { recipient: head, template: 'late' },
    ]);
    expect(messages[1]?.data).not.toHaveProperty('wasDueAt');
    const later = fireLadder({ ...ladder, steps, reminder_key: 'due' }, tasks, new Date('2026-03-12T00:30:00.000Z'));
    expect(later.messages).toMatchObject([{ template: 'today' }]);
  });

  it('takes no notice along that would come later than a mail of its own, or not to the holder', () => {
    const notice = { wasDueAt: '2026-03-20T10:00:00.000Z', because: 'decision' } as const;
    expect(withNotice(ladder.steps, { notice, earliest: new Date('2026-03-10T01:59:59.000Z') })).toBeNull();
    const earliest = new Date('2026-03-13T00:30:00.000Z');
    expect(withNotice(ladder.steps.slice(2), { notice, earliest })).toBeNull();
  });

  it('fails on a step it does not have', () => {
    expect(() => fireLadder({ ...ladder, reminder_key: 'none' }, tasks, new Date(0))).toThrow('has no step none');
  });
});

describe('the explanation of a step', () => {
  it('says when it comes and what the deadline is', () => {
    const deadline = { vi: '3 ngày làm việc', en: '3 working days' };
    expect(ladder.steps.map((step) => explainStep(step, deadline).vi)).toEqual([
      'Nhắc khi đã qua 50 % thời hạn; thời hạn: 3 ngày làm việc',
      'Nhắc trong ngày đến hạn; thời hạn: 3 ngày làm việc',
      'Nhắc quá hạn 1 ngày làm việc; thời hạn: 3 ngày làm việc',
    ]);
  });
});
