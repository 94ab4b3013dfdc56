/** Codes of plans ("KH-2027") and of their lines ("KH-2027-012") beside those of cases ("DR-2027-0007"). */
export const planCode = (year: number) => `KH-${year}`;
export const planItemCode = (year: number, position: number) => `KH-${year}-${String(position).padStart(3, '0')}`;

/** The other way round; null when it is no code of a line. */
export function planItemOf(code: string): { readonly year: number; readonly position: number } | null {
  const [, year, position] = /^KH-(\d{4})-(\d{3,})$/.exec(code) ?? [];
  return year === undefined ? null : { year: Number(year), position: Number(position) };
}

/** Of what follows from a trip: "DR-2027-0007-V2". */
export const followUpCode = (caseCode: string, number: number) => `${caseCode}-V${number}`;

/** Where somebody reads about a case by its code: a link of a mail, a row of the inbox. */
export function pathOfCase(caseCode: string, id: string): string {
  if (/^KH-\d{4}$/.test(caseCode)) return `/plan/${encodeURIComponent(id)}`;
  if (/^KH-\d{4}-/.test(caseCode)) return `/plan/lines/${encodeURIComponent(id)}`;
  if (/^DR-.*-V\d+$/.test(caseCode)) return `/trip-reports/follow-ups/${encodeURIComponent(id)}`;
  if (/^BC-\d{4}-\d+$/.test(caseCode)) return `/report-rounds/${encodeURIComponent(id)}`;
  if (/^BC-\d{4}-\d+-/.test(caseCode)) return `/unit-reports/${encodeURIComponent(id)}`;
  return `/cases/${encodeURIComponent(id)}`;
}
