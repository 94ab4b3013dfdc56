import { AppError } from '#contracts/errors.js';
import type { CalendarDay } from './types.js';

/** The only zone of the product. Nothing else in the code knows its offset. */
export const zoneName = 'Asia/Ho_Chi_Minh';

const wallClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: zoneName,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

export const msPerDay = 86_400_000;
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern = /^([01]\d|2[0-3]):([0-5]\d)$/;

/** Offsets by UTC day, kept only for days on which the offset does not change: Intl is too slow for every deadline. */
const steadyOffsets = new Map<number, number>();
const steadyOffsetsMax = 5_000;

function zoneOffset(ms: number): number {
  const utcDay = Math.floor(ms / msPerDay);
  const known = steadyOffsets.get(utcDay);
  if (known !== undefined) return known;
  const offset = askOffset(ms);
  const [first, last] = [askOffset(utcDay * msPerDay), askOffset((utcDay + 1) * msPerDay - 1000)];
  if (first === offset && last === offset) {
    if (steadyOffsets.size >= steadyOffsetsMax) steadyOffsets.clear();
    steadyOffsets.set(utcDay, offset);
  }
  return offset;
}

function askOffset(ms: number): number {
  const seconds = Math.floor(ms / 1000) * 1000;
  // en-GB with two-digit fields: "12/01/2026, 17:00:00".
  const text = wallClock.format(new Date(seconds));
  const wall = Date.UTC(
    Number(text.slice(6, 10)),
    Number(text.slice(3, 5)) - 1,
    Number(text.slice(0, 2)),
    Number(text.slice(12, 14)),
    Number(text.slice(15, 17)),
    Number(text.slice(18, 20)),
  );
  return wall - seconds;
}

/** The wall clock of the zone written as if it were UTC: milliseconds since the epoch. */
export function wallMs(at: Date): number {
  return at.getTime() + zoneOffset(at.getTime());
}

/** Days since 1970-01-01. Throws VALIDATION_FAILED for anything that is not a real day written YYYY-MM-DD. */
export function dayNumber(day: CalendarDay): number {
  const match = dayPattern.exec(day);
  const ms = match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) : Number.NaN;
  const number = ms / msPerDay;
  if (!match || dayFromNumber(number) !== day) {
    throw new AppError('VALIDATION_FAILED', {
      text: { vi: `"${day}" không phải một ngày (năm-tháng-ngày).`, en: `"${day}" is not a day (YYYY-MM-DD).` },
    });
  }
  return number;
}

export function dayFromNumber(number: number): CalendarDay {
  return new Date(number * msPerDay).toISOString().slice(0, 10);
}

/** 0 = Sunday … 6 = Saturday. 1970-01-01 was a Thursday. */
export function weekdayOf(number: number): number {
  return (((number + 4) % 7) + 7) % 7;
}

/** Saturday or Sunday. */
export function isWeekend(day: CalendarDay): boolean {
  return [0, 6].includes(weekdayOf(dayNumber(day)));
}

/** The day on which an instant falls in Viet Nam. */
export function dayOf(at: Date): CalendarDay {
  return dayFromNumber(Math.floor(wallMs(at) / msPerDay));
}

/** `time`: 'HH:MM', 00:00..23:59, wall clock in Viet Nam. */
export function instantAt(day: CalendarDay, time: string): Date {
  const match = timePattern.exec(time);
  if (!match) {
    throw new AppError('VALIDATION_FAILED', {
      text: { vi: `"${time}" không phải giờ:phút.`, en: `"${time}" is not HH:MM.` },
    });
  }
  return instantFromWall(dayNumber(day) * msPerDay + (Number(match[1]) * 60 + Number(match[2])) * 60_000);
}

/** The inverse of `wallMs`. */
export function instantFromWall(wall: number): Date {
  const guess = wall - zoneOffset(wall);
  // A second look, because the zone's offset at the guess may differ from the one at `wall`.
  return new Date(wall - zoneOffset(guess));
}

/** n: any whole number of calendar days. */
export function addDays(day: CalendarDay, n: number): CalendarDay {
  return dayFromNumber(dayNumber(day) + n);
}

/** '12/01/2026' */
export function formatDay(day: CalendarDay): string {
  dayNumber(day);
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
}

/** '17:00 12/01/2026', wall clock in Viet Nam, whole minutes (seconds cut off). */
export function formatInstant(at: Date): string {
  const iso = new Date(wallMs(at)).toISOString();
  return `${iso.slice(11, 16)} ${formatDay(iso.slice(0, 10))}`;
}

/** Calendar days from one day to the other; negative when the other is earlier. */
export function daysFrom(day: CalendarDay, other: CalendarDay): number {
  return dayNumber(other) - dayNumber(day);
}
