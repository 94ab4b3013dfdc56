import { AppError } from '#contracts/errors.js';
import type { CalendarDay } from '#libs/calendar';
import { formatDay } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** The row stays locked until the transaction ends: who rolls back gives the number back, so a book has no gap. */
const takeStatement: PreparedStatement = {
  name: 'correspondence_take_number',
  text: `insert into number_books as b (organisation_id, year, series, first_number, last_number, last_date)
    values ($1, $2, $3, coalesce($5, 1), coalesce($5, 1), $4)
    on conflict (organisation_id, year, series)
      do update set last_number = b.last_number + 1, last_date = greatest(b.last_date, excluded.last_date)
    returning first_number as "firstNumber", last_number as "lastNumber", last_date::text as "lastDate"`,
};

/**
 * The next number of the book, from the day's year; `startAt` only begins a new book. Throws VALIDATION_FAILED when the book has
 * numbers already and `startAt` is given, or when its last number is dated after `day`.
 */
export async function takeNumber(
  tx: Tx,
  given: { organisationId: string; series: string; day: CalendarDay; startAt?: number },
): Promise<{ year: number; number: number }> {
  const { organisationId, series, day, startAt } = given;
  const year = Number(day.slice(0, 4));
  const [book] = await runPrepared<{ firstNumber: number; lastNumber: number; lastDate: string }>(tx, takeStatement, [
    organisationId,
    year,
    series,
    day,
    startAt ?? null,
  ]);
  const { firstNumber, lastNumber, lastDate } = book!;
  if (startAt !== undefined && (lastNumber !== firstNumber || firstNumber !== startAt)) {
    throw refused(
      'startAt',
      'Sổ này đã có số, không đặt lại số đầu được.',
      'The book has numbers; its first cannot be set.',
    );
  }
  if (lastDate > day) {
    const shown = formatDay(lastDate);
    throw refused(
      'date',
      `Số trước đã ghi ngày ${shown}; số sau không được ghi ngày sớm hơn.`,
      `The number before is dated ${shown}; a later number may not have an earlier date.`,
    );
  }
  return { year, number: lastNumber };
}

function refused(path: string, vi: string, en: string): AppError {
  const text = { vi, en };
  return new AppError('VALIDATION_FAILED', { text, fields: [{ path, text }] });
}
