import type { CalendarDay } from '#libs/calendar';

/** Who stands in for whom, both days included. Role and organisation null: everything. */
export interface Period {
  readonly id: string;
  readonly personId: string;
  readonly substituteId: string;
  readonly role: string | null;
  readonly organisationId: string | null;
  readonly firstDay: CalendarDay;
  readonly lastDay: CalendarDay;
}

type Scope = Pick<Period, 'role' | 'organisationId'>;

/** Whether some role could fall under both. */
export function scopesMeet(a: Scope, b: Scope): boolean {
  const meets = (one: string | null, other: string | null) => one === null || other === null || one === other;
  return meets(a.role, b.role) && meets(a.organisationId, b.organisationId);
}

/**
 * Whether there is a day on which a chain of substitutes leads from the one who is wanted back to the person who wants them: then
 * everybody on it would rely on everybody else. Each link narrows the days, so links of different weeks close no circle.
 */
export function closesCircle(others: readonly Period[], wanted: Period): boolean {
  const leadsBack = (person: string, first: CalendarDay, last: CalendarDay, seen: readonly string[]): boolean =>
    others.some((link) => {
      if (link.personId !== person || seen.includes(link.substituteId)) return false;
      const from = link.firstDay > first ? link.firstDay : first;
      const to = link.lastDay < last ? link.lastDay : last;
      if (from > to) return false;
      return link.substituteId === wanted.personId || leadsBack(link.substituteId, from, to, [...seen, person]);
    });
  return leadsBack(wanted.substituteId, wanted.firstDay, wanted.lastDay, []);
}
