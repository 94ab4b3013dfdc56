import type { CalendarDay } from '#libs/calendar';
import type { ProvinceProfile } from './profile.js';

/** The profile of a province that holds on a day; of two, the higher version. Null: none holds (a gap between two rule sets). */
export function profileInForce(
  profiles: readonly ProvinceProfile[],
  provinceCode: string,
  day: CalendarDay,
): ProvinceProfile | null {
  const holding = profiles.filter(
    (profile) =>
      profile.provinceCode === provinceCode &&
      profile.validFrom <= day &&
      (profile.validTo === null || day < profile.validTo),
  );
  return holding.reduce<ProvinceProfile | null>(
    (best, profile) => (best === null || profile.version > best.version ? profile : best),
    null,
  );
}
