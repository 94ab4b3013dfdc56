import { describe, expect, it } from '@jest/globals';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import { backwardPlan, coloured, remainingSteps, stepOfTask } from './backward-plan.js';
import { createContext, type DelegationContext } from './context.js';
import type { DeadlinePlan } from './input.js';
import { sampleInput } from './sample-case.js';

const calendar = createBusinessCalendar(vietnamHolidays);
const period = (amount: number, change: Partial<DeadlinePlan['rule']> = {}): DeadlinePlan => ({
  rule: { amount, unit: 'workingDay', direction: 'after', source: null, ...change },
  reminders: [],
});

/** Departure on Monday 06/03/2023. Unit head 2, intake 1, appraisal 3, focal leader 1, committee 3.5, decision 2; Ministry 10 before. */
const context: DelegationContext = createContext(
  sampleInput({
    steps: [
      { id: 'focalLeader', organisationId: 'focal', role: 'leader', deadline: period(1) },
      { id: 'committee', organisationId: 'committee', role: 'leader', deadline: period(7, { unit: 'halfWorkingDay' }) },
    ],
    deadlines: {
      unitHeadDeadline: period(2),
      intakeDeadline: period(1),
      appraisalDeadline: period(3),
      decisionDeadline: period(2),
      mofaNotificationDeadline: period(10, { direction: 'before' }),
      embassyNotificationDeadline: period(10, { direction: 'before' }),
      passportIssueDeadline: period(3, { direction: 'before' }),
    },
  }),
);
const plan = (change: Partial<DelegationContext> = {}) =>
  backwardPlan({
    rules: { ...context, ...change },
    departureDate: '2023-03-06',
    needs: context.trip.needs,
    calendar,
    stepName: (id) => ({ vi: id, en: id }),
  });
const days = (change?: Partial<DelegationContext>) =>
  Object.fromEntries(plan(change).map((row) => [row.step, row.lastDay]));

describe('the backward plan', () => {
  it('gives each step the last day on which all later ones still have their time', () => {
    expect(days()).toEqual({
      // 30/01 is a Monday; Tết (20–26/01) lies before all of it.
      submit: '2023-02-01',
      unitHead: '2023-02-03',
      intake: '2023-02-06',
      appraisal: '2023-02-09',
      'approval:focalLeader': '2023-02-10',
      // Three and a half days count as four: Thursday 16/02 is two working days before the 20th.
      'approval:committee': '2023-02-16',
      decision: '2023-02-20',
      passports: '2023-03-01',
      noteVerbale: '2023-03-03',
      mofaNotification: '2023-02-20',
      embassyNotification: '2023-02-20',
      funding: '2023-03-03',
    });
  });

  it('is safe: started on its last day, every step that takes its whole period ends by the last day of the next', () => {
    const chain = plan().slice(0, 7);
    const rules = ['intakeDeadline', 'appraisalDeadline'] as const;
    for (const [index, name] of rules.entries()) {
      const due = calendar.due({ rule: context.deadlines[name]!.rule, from: chain[index + 1]!.lastDay });
      expect(due.dueAt.getTime()).toBeLessThanOrEqual(instantAt(chain[index + 2]!.lastDay, '17:00').getTime());
    }
  });

  it('explains each day by the step after it and the days skipped', () => {
    const [submit, , , , , committee, decision] = plan();
    expect(committee?.explanation.vi).toBe(
      'Để còn đủ thời hạn cho bước "Ban hành quyết định cử đoàn" (chậm nhất 20/02/2023): 2 ngày làm việc trước ngày 20/02/2023 (không tính ngày 20/02); bỏ qua 18–19/02 (cuối tuần)',
    );
    expect(decision?.explanation.vi).toContain('Thông báo Bộ Ngoại giao');
    expect(submit?.explanation.en).toContain('"The unit head signs" (by 03/02/2023)');
  });

  it('submits earlier where the rules ask for more time than the steps need', () => {
    const dossierLeadTime = { amount: 30, unit: 'workingDay', direction: 'before', source: null } as const;
    const early = days({ settings: { ...context.settings, dossierLeadTime } });
    expect(early.unitHead).toBe('2023-01-16');
    expect(early.submit).toBe('2023-01-12');
    expect(early.intake).toBe('2023-02-06');
  });

  it('knows what remains in each state', () => {
    const left = (...states: string[]) => remainingSteps(states, context);
    expect(left('proposal', 'proposal.draft')[0]).toBe('submit');
    expect(left('appraisal', 'appraisal.supplementRequested')[0]).toBe('appraisal');
    expect(left('approval', 'approval.step')[0]).toBe('approval:focalLeader');
    expect(left('notification', 'notification.awaitingDecision')[0]).toBe('decision');
    expect(left('notification', 'notification.preparing')).toEqual([
      'passports',
      'noteVerbale',
      'mofaNotification',
      'embassyNotification',
      'funding',
    ]);
    for (const state of ['trip', 'frozen', 'completed', 'notification.postponed']) expect(left(state)).toEqual([]);
    const act = { at: '', byId: 'x', onBehalfOfId: null, document: null };
    const approved = [
      { ...act, stepId: 'focalLeader', organisationId: '', digest: '', condition: 'none' as const, voidedAt: null },
    ];
    const prepared = { passports: act };
    expect(remainingSteps(['approval'], { ...context, approvals: approved, prepared }).slice(0, 3)).toEqual([
      'approval:committee',
      'decision',
      'noteVerbale',
    ]);
  });

  it('colours by what is left, and nothing after a late step is safe', () => {
    const colours = (at: string, from = 0) =>
      coloured(plan().slice(from, 7), { now: instantAt(at.slice(0, 10), at.slice(11)), calendar, tightWithin: 2 }).map(
        ({ colour }) => colour,
      );
    expect(colours('2023-01-16 09:00')).toEqual(['safe', 'safe', 'safe', 'safe', 'safe', 'safe', 'safe']);
    expect(colours('2023-02-01 16:59').slice(0, 3)).toEqual(['tight', 'tight', 'safe']);
    expect(colours('2023-02-01 17:00').slice(0, 3)).toEqual(['late', 'tight', 'tight']);
    expect(colours('2023-02-06 09:00', 3)).toEqual(['safe', 'safe', 'safe', 'safe']);
    expect(colours('2023-02-21 09:00', 6)).toEqual(['late']);
  });

  it('knows the step of a task', () => {
    expect(stepOfTask('approveStep', 'approveStep:committee')).toBe('approval:committee');
    expect(stepOfTask('receive', 'receive')).toBe('intake');
    expect(stepOfTask('submitReport', 'submitReport')).toBeNull();
  });
});
