import type { DeadlineName } from '#contracts/deadline-names.js';
import type { Assignee, DeadlineSpec, ReminderStep } from '#libs/engine';
import { type CompactPlan, currentStep, type DelegationContext } from './context.js';
import type { DeadlinePlan, PlannedReminder } from './input.js';
import { type TaskKind, tasksOf } from './tasks.js';

type CountedFrom = NonNullable<DeadlinePlan['countedFrom']>;
type Deadline = (context: DelegationContext) => DeadlineSpec | null;

/**
 * What each named delay of the machine means for one case: its rule and reminders come from the province's profile, its first day
 * and its task from the case. Null: the profile has no such deadline, or the day it counts from is not known.
 */
export const deadlines = {
  unitHeadDeadline: deadline('unitHeadDeadline', 'now', 'signSubmission'),
  intakeDeadline: deadline('intakeDeadline', 'now', 'receive'),
  appraisalDeadline: (context) => {
    const spec = deadline('appraisalDeadline', 'now', 'appraise')(context);
    // 'pauseAndResume': only what was left when the supplement was asked for.
    return spec && context.appraisalRemaining
      ? { ...spec, rule: { ...spec.rule, ...context.appraisalRemaining, direction: 'after' } }
      : spec;
  },
  opinionDeadline: deadline('opinionDeadline', 'now', 'giveOpinion'),
  supplementDeadline: deadline('supplementDeadline', 'now', 'supplement'),
  approvalDeadline: (context) =>
    specOf(context, currentStep(context)?.deadline ?? context.deadlines.approvalDeadline, 'now', 'approveStep'),
  clarificationDeadline: deadline('clarificationDeadline', 'now', 'clarify'),
  decisionDeadline: deadline('decisionDeadline', 'now', 'issueDecision'),
  mofaNotificationDeadline: deadline('mofaNotificationDeadline', 'departureDate', 'notifyMofa'),
  embassyNotificationDeadline: deadline('embassyNotificationDeadline', 'departureDate', 'notifyEmbassy'),
  passportIssueDeadline: deadline('passportIssueDeadline', 'departureDate', 'preparePassports'),
  amendmentDeadline: deadline('amendmentDeadline', 'now', 'decideAmendment'),
  // The days of the trip are no SLA: they exist whether or not the profile lists them, with reminders only when it does.
  departureDue: (context) =>
    addressed(specOf(context, context.deadlines.departureDue ?? onTheDay, 'departureDate', null), {
      role: 'reviewer',
      organisationId: context.organisations.focalId,
    }),
  extensionDeadline: deadline('extensionDeadline', 'plannedReturnDate', 'decideExtension'),
  returnDue: (context) => specOf(context, context.deadlines.returnDue ?? onTheDay, 'plannedReturnDate', 'recordReturn'),
  reportDeadline: deadline('reportDeadline', 'actualReturnDate', 'submitReport'),
  passportReturnDeadline: deadline('passportReturnDeadline', 'actualReturnDate', 'returnPassports'),
  settlementDeadline: deadline('settlementDeadline', 'actualReturnDate', 'settle'),
  // Duties of the travellers themselves, done outside the system: they are reminded, and nothing of the case waits.
  partyReportDeadline: (context) => ofTravellers('partyReportDeadline', 'actualReturnDate', context),
  absenceReportDeadline: (context) => ofTravellers('absenceReportDeadline', 'departureDate', context),
  draftInactive: deadline('draftInactive', 'now', 'completeDraft'),
  // The task is due by `supplementDeadline`; this one only tells the unit that nothing happens.
  supplementInactive: (context) =>
    addressed(deadline('supplementInactive', 'now', null)(context), {
      role: 'unitOfficer',
      organisationId: context.organisations.unitId,
    }),
} satisfies Record<DeadlineName, Deadline>;

const onTheDay: CompactPlan = {
  rule: { amount: 0, unit: 'calendarDay', direction: 'after', source: null },
  ladder: -1,
};

/** Where no task waits nobody holds it, so "assignee" would be nobody: the office is named. */
function addressed(spec: DeadlineSpec | null, assignee: Assignee): DeadlineSpec | null {
  const named = (step: ReminderStep) => ({
    ...step,
    to: step.to.map((one) => (one === 'assignee' ? assignee : one)),
  });
  return spec && { ...spec, reminders: spec.reminders.map(named) };
}

/** Where the travellers themselves owe something, they are the ones who hold it. */
function ofTravellers(name: DeadlineName, from: CountedFrom, context: DelegationContext): DeadlineSpec | null {
  const spec = specOf(context, context.deadlines[name], from, null);
  const members = peopleOf(['members'], context);
  const held = (step: ReminderStep) => ({
    ...step,
    to: [
      ...new Map(
        step.to.flatMap((one) => (one === 'assignee' ? members : [one])).map((one) => [JSON.stringify(one), one]),
      ).values(),
    ],
  });
  return spec && { ...spec, reminders: spec.reminders.map(held).filter((step) => step.to.length > 0) };
}

function deadline(name: DeadlineName, from: CountedFrom, task: TaskKind | null): Deadline {
  return (context) => specOf(context, context.deadlines[name], from, task);
}

function specOf(
  context: DelegationContext,
  plan: CompactPlan | undefined,
  usual: CountedFrom,
  task: TaskKind | null,
): DeadlineSpec | null {
  if (!plan) return null;
  const days = {
    now: 'now',
    departureDate: context.trip.departureDate,
    plannedReturnDate: context.trip.returnDate,
    actualReturnDate: context.returnedOn,
  };
  const from = days[plan.countedFrom ?? usual];
  if (from === null) return null;
  // Each agency asked has its own task; the deadline is that of all still open.
  const taskKey = task === 'giveOpinion' ? task : task && tasksOf(task, context)[0]?.key;
  const reminders = (context.ladders[plan.ladder] ?? []).map((step) => ({ ...step, to: peopleOf(step.to, context) }));
  return {
    rule: plan.rule,
    from,
    ...(taskKey && { taskKey }),
    reminders: reminders.filter((step) => step.to.length > 0),
  };
}

/** Travellers who have no account are not written to; a step that was only for them is left out. */
function peopleOf(to: PlannedReminder['to'], { travellers }: DelegationContext): ReminderStep['to'] {
  return to.flatMap((one): ReminderStep['to'] => {
    if (one === 'members') return travellers.memberIds.map((personId) => ({ personId }));
    if (one === 'delegationLeader') return travellers.leaderId === null ? [] : [{ personId: travellers.leaderId }];
    return [one];
  });
}
