import type { BackwardPlanView, SafeDay } from '#contracts/backward-plan.js';
import type { Text } from '#contracts/text.js';
import type { BusinessCalendar } from '#libs/calendar';
import type { LockedInstance } from '#libs/runtime';
import {
  backwardPlan,
  coloured,
  type PlanRules,
  remainingSteps,
  stepOfTask,
} from '#workflows/outbound-delegation/backward-plan.js';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';
import { contextOf } from './case-facts.js';

interface Measure {
  readonly now: Date;
  readonly calendar: BusinessCalendar;
}

/** What is left to do of a case, with the last safe day of each step. `departureDate`: the day of the proposal, or one tried out. */
export function backwardPlanOf(
  instance: Pick<LockedInstance, 'snapshot' | 'states'>,
  given: Measure & { departureDate: string | null; stepName: (id: string) => Text },
): BackwardPlanView {
  const { departureDate, now, calendar, stepName } = given;
  if (departureDate === null) return { departureDate, steps: [] };
  const context = contextOf(instance);
  const left = new Set(remainingSteps(instance.states, context));
  const plan = backwardPlan({ rules: context, departureDate, needs: context.trip.needs, calendar, stepName });
  const steps = coloured(
    plan.filter(({ step }) => left.has(step)),
    { now, calendar, tightWithin: context.settings.tightWithin },
  );
  return { departureDate, steps: [...steps] };
}

/** A task as the inbox has it, with the rules its case follows. */
interface PlannedTask {
  readonly kind: string;
  readonly key: string;
  readonly departureDate: string | null;
  readonly rules: PlanRules | null;
}

const unnamed: Text = { vi: 'cấp phê duyệt', en: 'the approving level' };
const everything: DelegationContext['trip']['needs'] = {
  passports: true,
  noteVerbale: true,
  mofaNotification: true,
  embassyNotification: true,
  funding: true,
  settlement: true,
};

/** The last safe day of the step a task belongs to; null where the departure does not press on it. */
export function safeDayOf({ kind, key, departureDate, rules }: PlannedTask, measure: Measure): SafeDay {
  const step = stepOfTask(kind, key);
  if (step === null || departureDate === null || rules === null) return null;
  const { calendar } = measure;
  const plan = backwardPlan({ rules, departureDate, needs: everything, calendar, stepName: () => unnamed });
  const own = plan.filter((planned) => planned.step === step);
  const [found] = coloured(own, { ...measure, tightWithin: rules.settings.tightWithin });
  return found ? { lastDay: found.lastDay, colour: found.colour, explanation: found.explanation } : null;
}
