import { createHash } from 'node:crypto';
import type { Period, PlanDirection, PlanValues } from '#contracts/plan.js';

/**
 * What makes a line the same line in another file: its meaning, not its number, section or spacing. XLSX, DOCX and CSV of
 * one plan give equal digests. count: from 1 among equal lines of one file.
 */
export function rowDigest(direction: PlanDirection, values: PlanValues, count: number): string {
  const meaning = [
    direction,
    values.name,
    values.capacity,
    values.head,
    values.countriesLabel,
    values.partners,
    values.content,
    values.peopleCount,
    values.delegationCount,
    values.days,
    values.includesTravel,
    periodWords(values.period),
    values.furtherActivities.map(({ content, period }) => [squeeze(content), periodWords(period)]),
    values.funding,
    values.hostUnit,
    values.note,
  ].map((value) => (typeof value === 'string' ? squeeze(value) : value));
  return createHash('sha256')
    .update(JSON.stringify([meaning, count]))
    .digest('hex');
}

function squeeze(text: string | null): string | null {
  return text === null ? null : text.replace(/\s+/g, ' ').trim();
}

function periodWords(period: Period | null): string | null {
  return period ? squeeze(period.label) : null;
}
