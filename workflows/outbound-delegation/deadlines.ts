import type { DeadlineName } from '#contracts/deadline-names.js';
import type { DeadlineRule } from '#libs/calendar';
import type { DeadlineSpec } from '#libs/engine';
import { type CompactPlan, currentStep, type DelegationContext } from './context.js';
import { type TaskKind, tasksOf } from './tasks.js';

type Deadline = (context: DelegationContext) => DeadlineSpec | null;

/**
 * What each named delay of the machine means for one case: its rule and reminders come from the province's profile, its first day
 * and its task from the case. Null: the profile has no such deadline, or the day it counts from is not known.
 */
export const deadlines = {
  unitHeadDeadline: fromNow('unitHeadDeadline', 'signSubmission'),
  intakeDeadline: fromNow('intakeDeadline', 'receive'),
  appraisalDeadline: (context) => {
    const spec = fromNow('appraisalDeadline', 'appraise')(context);
    // 'pauseAndResume': only what was left when the supplement was asked for.
    return spec && context.appraisalRemaining
      ? { ...spec, rule: { ...spec.rule, ...context.appraisalRemaining, direction: 'after' } }
      : spec;
  },
  opinionDeadline: fromNow('opinionDeadline', 'giveOpinion'),
  supplementDeadline: fromNow('supplementDeadline', 'supplement'),
  approvalDeadline: (context) => specOf(context, currentStep(context)?.deadline, 'now', 'approveStep'),
  clarificationDeadline: fromNow('clarificationDeadline', 'clarify'),
  decisionDeadline: fromNow('decisionDeadline', 'issueDecision'),
  mofaNotificationDeadline: fromDay('mofaNotificationDeadline', 'departure', 'notifyMofa'),
  embassyNotificationDeadline: fromDay('embassyNotificationDeadline', 'departure', 'notifyEmbassy'),
  passportIssueDeadline: fromDay('passportIssueDeadline', 'departure', 'preparePassports'),
  amendmentDeadline: fromNow('amendmentDeadline', 'decideAmendment'),
  departureDue: fromDay('departureDue', 'departure', null),
  extensionDeadline: fromDay('extensionDeadline', 'return', 'decideExtension'),
  returnDue: fromDay('returnDue', 'return', 'recordReturn'),
  reportDeadline: fromDay('reportDeadline', 'returned', 'submitReport'),
  passportReturnDeadline: fromDay('passportReturnDeadline', 'returned', 'returnPassports'),
  settlementDeadline: fromDay('settlementDeadline', 'returned', 'settle'),
  draftInactive: fromNow('draftInactive', 'completeDraft'),
  supplementInactive: fromNow('supplementInactive', null),
} satisfies Record<DeadlineName, Deadline>;

/** The trip's own days are not an SLA: they exist whether or not the profile lists them, with reminders only when it does. */
const onTheDay: CompactPlan = {
  rule: { amount: 0, unit: 'calendarDay', direction: 'after', source: null } satisfies DeadlineRule,
  ladder: -1,
};

function fromNow(name: DeadlineName, task: TaskKind | null): Deadline {
  return (context) => specOf(context, context.deadlines[name], 'now', task);
}

function fromDay(name: DeadlineName, day: 'departure' | 'return' | 'returned', task: TaskKind | null): Deadline {
  return (context) => {
    const days = {
      departure: context.trip.departureDate,
      return: context.trip.returnDate,
      returned: context.returnedOn,
    };
    const plan = context.deadlines[name] ?? (name === 'departureDue' || name === 'returnDue' ? onTheDay : undefined);
    // A rule that counts forwards from now even though the wait is about a day (e.g. passports 3 days after the decision).
    const isFromNow = plan?.rule.direction === 'after' && day === 'departure' && name !== 'departureDue';
    return specOf(context, plan, isFromNow ? 'now' : days[day], task);
  };
}

function specOf(
  context: DelegationContext,
  plan: CompactPlan | null | undefined,
  from: string | null,
  task: TaskKind | null,
): DeadlineSpec | null {
  if (!plan || from === null) return null;
  const keys = task === null ? [] : tasksOf(task, context).map(({ key }) => key);
  const [taskKey, ...otherTaskKeys] = keys;
  return {
    rule: plan.rule,
    from,
    ...(taskKey !== undefined && { taskKey }),
    ...(otherTaskKeys.length > 0 && { otherTaskKeys }),
    reminders: context.ladders[plan.ladder] ?? [],
  };
}
