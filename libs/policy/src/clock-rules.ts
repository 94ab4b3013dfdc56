import type { DeadlineRule } from '#libs/calendar';
import type { ProvinceProfile } from './profile.js';

/**
 * A period as this province counts it: the clock settings of the profile where the rule itself does not say otherwise. What is the
 * default of the calendar is left out, so that a case stores only what is special.
 */
export function ruleUnder({ clock }: Pick<ProvinceProfile, 'clock'>, rule: DeadlineRule): DeadlineRule {
  const { afterClosing = clock.afterClosing.value, lastRestDay = clock.lastRestDay.value, ...plain } = rule;
  return {
    ...plain,
    ...(afterClosing !== 'nextWorkingDay' && { afterClosing }),
    ...(lastRestDay !== 'moves' && rule.unit === 'calendarDay' && { lastRestDay }),
  };
}
