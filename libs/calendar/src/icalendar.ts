import type { CalendarDay } from './types.js';
import { addDays } from './zone.js';

interface Entry {
  /** The same thing keeps its uid for ever: a later entry with a higher `sequence` takes the place of the earlier one. */
  readonly uid: string;
  readonly sequence: number;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
}

/** A moment something is due, or whole days. */
export type CalendarEntry =
  | (Entry & { readonly kind: 'due'; readonly dueAt: Date })
  | (Entry & { readonly kind: 'days'; readonly firstDay: CalendarDay; readonly lastDay: CalendarDay });

export interface CalendarFile {
  /** publish: here is what there is. cancel: these entries no longer hold. */
  readonly method: 'publish' | 'cancel';
  /** When this was written. */
  readonly stamp: Date;
  /** Who answers for it, a bare mail address; required by most programs for a cancellation. Null: nobody is named. */
  readonly organiser: string | null;
  /** What a subscribed calendar is called; null: a single file. */
  readonly name: string | null;
  readonly entries: readonly CalendarEntry[];
}

/** A due moment is drawn as the half hour that ends with it, so that programs that hide what has no length show it. */
const drawnMs = 30 * 60_000;

/**
 * iCalendar (RFC 5545, and RFC 5546 for METHOD). Instants are written in UTC and days as days, so no zone has to be described. Lines end
 * with CRLF and are folded at 75 octets.
 */
export function writeCalendar(file: CalendarFile): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Thong Hanh//Thong Hanh//VI',
    'CALSCALE:GREGORIAN',
    `METHOD:${file.method.toUpperCase()}`,
    ...(file.name === null ? [] : feedLines(file.name)),
    ...file.entries.flatMap((entry) => entryLines(entry, file)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

function feedLines(name: string): string[] {
  const hourly = 'PT1H';
  return [
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    `REFRESH-INTERVAL;VALUE=DURATION:${hourly}`,
    `X-PUBLISHED-TTL:${hourly}`,
  ];
}

function entryLines(entry: CalendarEntry, { method, stamp, organiser }: CalendarFile): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${entry.uid}`,
    `SEQUENCE:${entry.sequence}`,
    `DTSTAMP:${utc(stamp)}`,
    ...(organiser === null ? [] : [`ORGANIZER:mailto:${organiser}`]),
    ...whenLines(entry),
    `SUMMARY:${escapeText(entry.summary)}`,
    `DESCRIPTION:${escapeText(entry.description)}`,
    `URL:${entry.url}`,
    `STATUS:${method === 'cancel' ? 'CANCELLED' : 'CONFIRMED'}`,
    'CLASS:PRIVATE',
    // Nobody is busy because something falls due.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

function whenLines(entry: CalendarEntry): string[] {
  if (entry.kind === 'due')
    return [`DTSTART:${utc(new Date(entry.dueAt.getTime() - drawnMs))}`, `DTEND:${utc(entry.dueAt)}`];
  // The end of whole days is the day after the last one.
  return [`DTSTART;VALUE=DATE:${day(entry.firstDay)}`, `DTEND;VALUE=DATE:${day(addDays(entry.lastDay, 1))}`];
}

function utc(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function day(value: CalendarDay): string {
  return value.replaceAll('-', '');
}

/** RFC 5545, 3.3.11. */
function escapeText(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(';', '\\;')
    .replaceAll(',', '\\,')
    .replace(/\r\n|\r|\n/g, '\\n');
}

const lineOctets = 75;

/** Folds between characters, never inside one; the space that begins the next line counts. */
function fold(line: string): string {
  let folded = '';
  let octets = 0;
  for (const character of line) {
    const size = octetsOf(character.codePointAt(0) ?? 0);
    if (octets + size > lineOctets) {
      folded += '\r\n ';
      octets = 1;
    }
    folded += character;
    octets += size;
  }
  return folded;
}

/** In UTF-8. */
function octetsOf(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
