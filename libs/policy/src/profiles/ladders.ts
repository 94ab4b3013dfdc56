import type { LadderRecipient, LadderStep } from '../profile.js';

/** Half-term and 80 % to whoever holds the task, the morning of the due day, then upwards; never to a provincial leader. */
export function workLadder(escalateTo: LadderRecipient): readonly LadderStep[] {
  return [
    { key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 'deadlineApproaching', to: ['assignee'] },
    { key: 'eighty', at: { kind: 'fraction', of: 0.8 }, template: 'deadlineApproaching', to: ['assignee'] },
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] },
    {
      key: 'overdue1',
      at: { kind: 'workingDays', offset: 1 },
      template: 'deadlineOverdue',
      to: ['assignee', escalateTo],
    },
    { key: 'overdue5', at: { kind: 'workingDays', offset: 5 }, template: 'deadlineOverdue', to: [escalateTo] },
  ];
}

/** The unit that owes a supplement: half of the term, the day before, the day; then its head. */
export function supplementLadder(): readonly LadderStep[] {
  return [
    { key: 'half', at: { kind: 'fraction', of: 0.5 }, template: 'deadlineApproaching', to: ['assignee'] },
    { key: 'before1', at: { kind: 'workingDays', offset: -1 }, template: 'deadlineApproaching', to: ['assignee'] },
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] },
    {
      key: 'overdue1',
      at: { kind: 'workingDays', offset: 1 },
      template: 'deadlineOverdue',
      to: ['assignee', 'unitHead'],
    },
    { key: 'overdue5', at: { kind: 'workingDays', offset: 5 }, template: 'deadlineOverdue', to: ['unitHead'] },
  ];
}

/**
 * While a leader decides: the clerk who carries the papers and the reviewer who forwarded them are told, the deciding leader is not.
 * Escalation ends at the head of the Office and the focal agency.
 */
export function approvalLadder(): readonly LadderStep[] {
  return [
    { key: 'eighty', at: { kind: 'fraction', of: 0.8 }, template: 'deadlineApproaching', to: ['decisionClerk'] },
    {
      key: 'due',
      at: { kind: 'due' },
      template: 'deadlineToday',
      to: ['decisionClerk', 'focalReviewer'],
    },
    {
      key: 'overdue1',
      at: { kind: 'workingDays', offset: 1 },
      template: 'deadlineOverdue',
      to: ['decisionClerk', 'focalReviewer'],
    },
    {
      key: 'overdue5',
      at: { kind: 'workingDays', offset: 5 },
      template: 'deadlineOverdue',
      to: ['decisionOfficeLeader', 'focalLeader'],
    },
  ];
}

/** Passports: every member as they come home, two days before, on the day and after it; then keeper, unit head, focal agency. */
export function passportLadder(): readonly LadderStep[] {
  return [
    { key: 'start', at: { kind: 'start' }, template: 'deadlineApproaching', to: ['members'] },
    {
      key: 'before2',
      at: { kind: 'workingDays', offset: -2 },
      template: 'deadlineApproaching',
      to: ['assignee', 'members'],
    },
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee', 'members'] },
    {
      key: 'overdue1',
      at: { kind: 'workingDays', offset: 1 },
      template: 'deadlineOverdue',
      to: ['assignee', 'members', 'passportKeeper', 'unitHead'],
    },
    {
      key: 'overdue5',
      at: { kind: 'workingDays', offset: 5 },
      template: 'deadlineOverdue',
      to: ['passportKeeper', 'unitHead', 'focalLeader'],
    },
  ];
}

/** The report: its author and the clerk of the unit before it is due; then the unit head, the focal agency, the list of the Office. */
export function reportLadder(): readonly LadderStep[] {
  const early: LadderStep['to'] = ['assignee', 'delegationLeader'];
  return [
    { key: 'before5', at: { kind: 'workingDays', offset: -5 }, template: 'deadlineApproaching', to: early },
    { key: 'before2', at: { kind: 'workingDays', offset: -2 }, template: 'deadlineApproaching', to: early },
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: early },
    {
      key: 'overdue1',
      at: { kind: 'workingDays', offset: 1 },
      template: 'deadlineOverdue',
      to: ['assignee', 'unitHead'],
    },
    {
      key: 'overdue5',
      at: { kind: 'workingDays', offset: 5 },
      template: 'deadlineOverdue',
      to: ['unitHead', 'focalReviewer', 'focalLeader'],
    },
    { key: 'overdue15', at: { kind: 'workingDays', offset: 15 }, template: 'deadlineOverdue', to: ['decisionClerk'] },
  ];
}

/** For what travellers owe elsewhere: two days before, nothing afterwards, because nobody here sees whether it was done. */
export function travellerLadder(): readonly LadderStep[] {
  return [
    { key: 'before2', at: { kind: 'workingDays', offset: -2 }, template: 'deadlineApproaching', to: ['members'] },
  ];
}

/** For what the delegation itself owes after the trip: named days before the deadline instead of fractions of it. */
export function dutyLadder({
  daysBefore,
  first,
  last,
}: {
  daysBefore: readonly number[];
  first: LadderRecipient;
  last: LadderRecipient;
}): readonly LadderStep[] {
  return [
    ...daysBefore.map(
      (days): LadderStep => ({
        key: `before${days}`,
        at: { kind: 'workingDays', offset: -days },
        template: 'deadlineApproaching',
        to: ['assignee'],
      }),
    ),
    { key: 'due', at: { kind: 'due' }, template: 'deadlineToday', to: ['assignee'] },
    { key: 'overdue1', at: { kind: 'workingDays', offset: 1 }, template: 'deadlineOverdue', to: ['assignee', first] },
    { key: 'overdue5', at: { kind: 'workingDays', offset: 5 }, template: 'deadlineOverdue', to: [first, last] },
  ];
}

/** For what lies untouched: told after a quarter (7 of 30 days), three quarters, and when it is closed. */
export function untouchedLadder(): readonly LadderStep[] {
  return [
    { key: 'quarter', at: { kind: 'fraction', of: 0.25 }, template: 'caseUntouched', to: ['assignee'] },
    {
      key: 'threeQuarters',
      at: { kind: 'fraction', of: 0.75 },
      template: 'caseUntouched',
      to: ['assignee', 'unitHead'],
    },
  ];
}
