import type { DeadlineName } from '#contracts/deadline-names.js';
import type { Text } from '#contracts/text.js';
import { type BusinessCalendar, type CalendarDay, type DeadlineRule, dayOf, formatDay } from '#libs/calendar';
import { approvalOf, type DelegationContext, type Preparation } from './context.js';

/** safe: enough time; tight: little is left, or a step before it is late; late: its last safe day has passed. */
export const planColours = ['safe', 'tight', 'late'] as const;
export type PlanColour = (typeof planColours)[number];

export interface PlannedStep {
  /** 'submit', 'unitHead', 'intake', 'appraisal', 'approval:<step>', 'decision', a preparation. */
  readonly step: string;
  readonly text: Text;
  /** Done by 17:00 of this working day, every step after it has all of its time. */
  readonly lastDay: CalendarDay;
  readonly explanation: Text;
}

export interface ColouredStep extends PlannedStep {
  readonly colour: PlanColour;
  /** Working days from today to the last safe day; negative once it has passed. */
  readonly daysLeft: number;
}

/** What the plan is made of; all of it is shared by many cases and seldom changes. */
export type PlanRules = Pick<DelegationContext, 'steps' | 'deadlines' | 'settings'>;

const stepTexts = {
  submit: text('Đơn vị hoàn thiện và trình hồ sơ', 'The unit completes the dossier'),
  unitHead: text('Thủ trưởng đơn vị ký trình', 'The unit head signs'),
  intake: text('Cơ quan đầu mối tiếp nhận', 'The focal agency receives'),
  appraisal: text('Thẩm định xong', 'Appraisal is finished'),
  decision: text('Ban hành quyết định cử đoàn', 'The decision is issued'),
  passports: text('Giao hộ chiếu', 'Passports are handed over'),
  noteVerbale: text('Có công hàm', 'Note verbale is issued'),
  mofaNotification: text('Thông báo Bộ Ngoại giao', 'The Ministry is notified'),
  embassyNotification: text('Thông báo cơ quan đại diện', 'The mission abroad is notified'),
  funding: text('Xác nhận kinh phí', 'Funding is confirmed'),
} as const;

const preparationDeadlines = {
  passports: 'passportIssueDeadline',
  noteVerbale: null,
  mofaNotification: 'mofaNotificationDeadline',
  embassyNotification: 'embassyNotificationDeadline',
  funding: null,
} as const satisfies Record<Preparation, DeadlineName | null>;
const preparations = Object.keys(preparationDeadlines) as Preparation[];

/**
 * From the day of departure backwards: the last working day on which each step may be finished so that every later one still has the
 * whole period the province gives it. `stepName`: what people call an approval step.
 */
export function backwardPlan(given: {
  rules: PlanRules;
  departureDate: CalendarDay;
  needs: DelegationContext['trip']['needs'];
  calendar: BusinessCalendar;
  stepName: (id: string) => Text;
}): readonly PlannedStep[] {
  const { rules, departureDate, needs, calendar, stepName } = given;
  const before = (rule: DeadlineRule | undefined, day: CalendarDay) => lastDayBefore(calendar, { rule, day });
  const prepared = preparations
    .filter((name) => needs[name])
    .map((name): PlannedStep => {
      const deadline = preparationDeadlines[name];
      const rule = (deadline && rules.deadlines[deadline]?.rule) || oneDayBefore;
      const { day, why } = before(rule, departureDate);
      return { step: name, text: stepTexts[name], lastDay: day, explanation: why };
    });
  const first = prepared.toSorted((a, b) => (a.lastDay < b.lastDay ? -1 : a.lastDay > b.lastDay ? 1 : 0))[0];
  const eve = before(oneDayBefore, departureDate);
  const decision: PlannedStep = {
    step: 'decision',
    text: stepTexts.decision,
    lastDay: first?.lastDay ?? eve.day,
    explanation: first ? inTimeFor(first) : eve.why,
  };
  const { deadlines, steps, settings } = rules;
  /** Earlier steps, each with the period that the step after it takes. */
  const chain: readonly [step: string, name: Text, next: DeadlineRule | undefined][] = [
    ...steps
      .map((step, index): [string, Text, DeadlineRule | undefined] => {
        const next = steps[index + 1];
        const rule = next ? (next.deadline ?? deadlines.approvalDeadline)?.rule : deadlines.decisionDeadline?.rule;
        return [`approval:${step.id}`, stepName(step.id), rule];
      })
      .toReversed(),
    ['appraisal', stepTexts.appraisal, steps[0] && (steps[0].deadline ?? deadlines.approvalDeadline)?.rule],
    ['intake', stepTexts.intake, deadlines.appraisalDeadline?.rule],
    ['unitHead', stepTexts.unitHead, deadlines.intakeDeadline?.rule],
    ['submit', stepTexts.submit, deadlines.unitHeadDeadline?.rule],
  ];
  const planned: PlannedStep[] = [decision];
  for (const [step, name, rule] of chain) {
    const next = planned[0]!;
    const { day, why } = before(rule, next.lastDay);
    const own: PlannedStep = { step, text: name, lastDay: day, explanation: beforeNext(next, why) };
    planned.unshift(step === 'unitHead' ? noLaterThan(own, before(settings.dossierLeadTime, departureDate)) : own);
  }
  return [...planned, ...prepared];
}

const oneDayBefore: DeadlineRule = { amount: 1, unit: 'workingDay', direction: 'before', source: null };

/** The period backwards; a half day counts as a day, so that the step after it has no less than its period. */
function lastDayBefore(
  calendar: BusinessCalendar,
  { rule, day }: { rule: DeadlineRule | undefined; day: CalendarDay },
): { day: CalendarDay; why: Text } {
  const { amount, unit } = rule ?? { amount: 0, unit: 'workingDay' };
  const halves = unit === 'halfWorkingDay';
  const whole = { amount: halves ? Math.ceil(amount / 2) : amount, unit: halves ? ('workingDay' as const) : unit };
  const due = calendar.due({ rule: { ...whole, direction: 'before', source: rule?.source ?? null }, from: day });
  return { day: dayOf(due.dueAt), why: due.explanation };
}

/** The rule of the province about submitting early may ask for more than the steps need. */
function noLaterThan(own: PlannedStep, rule: { day: CalendarDay; why: Text }): PlannedStep {
  if (rule.day >= own.lastDay) return own;
  const { vi, en } = rule.why;
  return { ...own, lastDay: rule.day, explanation: text(`Quy chế: nộp hồ sơ ${vi}`, `Rules: the dossier comes ${en}`) };
}

function beforeNext(next: PlannedStep, why: Text): Text {
  const day = formatDay(next.lastDay);
  return text(
    `Để còn đủ thời hạn cho bước "${next.text.vi}" (chậm nhất ${day}): ${why.vi}`,
    `So that "${next.text.en}" (by ${day}) has its whole period: ${why.en}`,
  );
}

function inTimeFor(next: PlannedStep): Text {
  return text(
    `Kịp cho việc "${next.text.vi}": ${next.explanation.vi}`,
    `In time for "${next.text.en}": ${next.explanation.en}`,
  );
}

/** The steps that are still to be done in these states, in order; empty once the delegation has left or the case rests. */
export function remainingSteps(
  states: readonly string[],
  context: Pick<DelegationContext, 'steps' | 'approvals' | 'prepared' | 'trip'>,
): readonly string[] {
  const approvals = context.steps.filter((step) => !approvalOf(context, step.id)).map((step) => `approval:${step.id}`);
  const open = preparations.filter((name) => context.trip.needs[name] && context.prepared[name] === undefined);
  const all = ['submit', 'unitHead', 'intake', 'appraisal', ...approvals, 'decision', ...open];
  const first = firstStep(states, approvals[0] ?? 'decision');
  if (first === 'preparing') return open;
  return first === null ? [] : all.slice(all.indexOf(first));
}

function firstStep(states: readonly string[], approval: string): string | null {
  const isIn = (state: string) => states.includes(state);
  if (isIn('proposal.draft')) return 'submit';
  if (isIn('proposal.awaitingUnitHead')) return 'unitHead';
  if (isIn('appraisal.intake')) return 'intake';
  if (isIn('appraisal.review') || isIn('appraisal.supplementRequested')) return 'appraisal';
  if (isIn('approval')) return approval;
  if (isIn('notification.awaitingDecision')) return 'decision';
  return isIn('notification.preparing') ? 'preparing' : null;
}

/** After a step that is late the others cannot be called safe: the time must be made up somewhere. */
export function coloured(
  plan: readonly PlannedStep[],
  { now, calendar, tightWithin }: { now: Date; calendar: BusinessCalendar; tightWithin: number },
): readonly ColouredStep[] {
  const today = dayOf(now);
  let behind = false;
  return plan.map((step) => {
    const daysLeft = calendar.workingDaysBetween(today, step.lastDay);
    const isLate = step.lastDay < today || (step.lastDay === today && isAfterHours(now, calendar));
    const isTight = behind || daysLeft <= tightWithin;
    behind ||= isLate;
    return { ...step, daysLeft, colour: isLate ? 'late' : isTight ? 'tight' : 'safe' };
  });
}

function isAfterHours(now: Date, calendar: BusinessCalendar): boolean {
  return dayOf(calendar.nextWorkingInstant(now)) > dayOf(now);
}

/** The step a task belongs to; null where the day of departure does not press on it. `key`: of the task. */
export function stepOfTask(kind: string, key: string): string | null {
  if (kind === 'approveStep') return `approval:${key.slice('approveStep:'.length)}`;
  return taskSteps[kind] ?? null;
}

const taskSteps: Readonly<Record<string, string>> = {
  completeDraft: 'submit',
  signSubmission: 'unitHead',
  receive: 'intake',
  // The appraisal begins anew, or goes on, after it.
  supplement: 'intake',
  appraise: 'appraisal',
  giveOpinion: 'appraisal',
  clarify: 'appraisal',
  issueDecision: 'decision',
  preparePassports: 'passports',
  noteVerbale: 'noteVerbale',
  notifyMofa: 'mofaNotification',
  notifyEmbassy: 'embassyNotification',
  confirmFunding: 'funding',
};

function text(vi: string, en: string): Text {
  return { vi, en };
}
