import type { DocumentNumber, OfficialDocument } from './official-document.js';

/** "07/QĐ-UBND"; party documents write "07-TTr/ĐU". Numbers below ten get a zero; a draft has a gap to write into. */
export function numberText({ number, symbol }: DocumentNumber, form: OfficialDocument['form']): string {
  const digits = number === null ? '      ' : String(number).padStart(2, '0');
  return `${digits}${form === 'party' ? '-' : '/'}${symbol}`;
}

/** "ngày 05 tháng 02 năm 2023": days below ten, January and February get a zero (Nghị định 30/2020/NĐ-CP, Phụ lục I). day: YYYY-MM-DD. */
export function dateInWords(day: string): string {
  const { year, month, date } = parts(day);
  return `ngày ${String(date).padStart(2, '0')} tháng ${monthText(month)} năm ${year}`;
}

/** The day is still open: a gap to write into. */
export function openDateInWords(draftedOn: string): string {
  const { year, month } = parts(draftedOn);
  return `ngày      tháng ${monthText(month)} năm ${year}`;
}

/** "05/02/2023". */
export function shortDate(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

function monthText(month: number): string {
  return month < 3 ? `0${month}` : String(month);
}

function parts(day: string): { year: number; month: number; date: number } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, date };
}
