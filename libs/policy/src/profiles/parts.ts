import type { Text } from '#contracts/text.js';
import type { DeadlineRule } from '#libs/calendar';
import type { ApprovalStep, CountedFrom, LadderStep, LimitRow, ProfileDeadline } from '../profile.js';

interface Evidence {
  readonly source?: string | null;
  readonly reference?: string;
}

export function text(vi: string, en: string): Text {
  return { vi, en };
}

/** Leaves `reference` out where there is none, so that a profile is the same as its JSON. */
export function evidence({ source = null, reference }: Evidence): { source: string | null; reference?: string } {
  return reference === undefined ? { source } : { source, reference };
}

export function step(
  given: Evidence & {
    id: string;
    name: Text;
    organisationCode: string;
    halfDays: number;
    role?: ApprovalStep['role'];
    records?: ApprovalStep['records'];
    /** 'block' only where a document of the province itself shows what this level answers with. */
    whenNotRecorded?: ApprovalStep['whenNotRecorded'];
  },
): ApprovalStep {
  const { id, name, organisationCode, halfDays, role = 'leader' } = given;
  const { records = ['submission', 'officialLetter'], whenNotRecorded = 'warning' } = given;
  const known = evidence(given);
  const rule = halfDaysAfter(halfDays, known.source);
  return { id, name, organisationCode, role, rule, records, whenNotRecorded, ...known };
}

/** Whole days are written as days, so that a person reads "3 ngày làm việc" and not "6 buổi". */
export function halfDaysAfter(halfDays: number, source: string | null): DeadlineRule {
  return halfDays % 2 === 0
    ? { amount: halfDays / 2, unit: 'workingDay', direction: 'after', source }
    : { amount: halfDays, unit: 'halfWorkingDay', direction: 'after', source };
}

export function before(amount: number, source: string | null): DeadlineRule {
  return { amount, unit: 'workingDay', direction: 'before', source };
}

export function after(
  given: Evidence & {
    amount: number;
    unit?: DeadlineRule['unit'];
    countedFrom?: CountedFrom;
    ladder: readonly LadderStep[];
  },
): ProfileDeadline {
  const { amount, unit = 'workingDay', countedFrom = 'now', ladder } = given;
  const { source, ...borrowed } = evidence(given);
  return { rule: { amount, unit, direction: 'after', source }, countedFrom, ladder, ...borrowed };
}

/** The trip itself: the day is what was decided, so nothing is counted and nobody is reminded by this row. */
export function onTheDay(countedFrom: CountedFrom): ProfileDeadline {
  return { rule: { amount: 0, unit: 'calendarDay', direction: 'after', source: null }, countedFrom, ladder: [] };
}

export function limit(
  given: Evidence &
    Partial<Pick<LimitRow, 'when' | 'per' | 'severity' | 'whenJustified' | 'ceiling'>> & { value: number },
): LimitRow {
  const { value, when = {}, per = 'trip', severity = 'warning', whenJustified = 'note', ceiling = null } = given;
  return { when, value, per, severity, whenJustified, ceiling, ...evidence(given) };
}
