import { pathOfCase } from '#contracts/plan-codes.js';
import type { Text } from '#contracts/text.js';
import { type CalendarDay, type CalendarEntry, writeCalendar } from '#libs/calendar';
import type { ClaimedMail, MailPart } from '#libs/runtime';
import { deadlineText, taskText } from '../state-texts.js';
import { toldOf } from './mail-content.js';

type Language = keyof Text;

/** Where entries belong: `domain` is the right side of every uid, `publicUrl` has no slash at the end. */
export interface CalendarPlace {
  readonly domain: string;
  readonly publicUrl: string;
}

interface CaseOfEntry {
  readonly instanceId: string;
  readonly caseCode: string;
  /** SEQUENCE: rises with everything that happens in the case, so that what is said later counts. */
  readonly caseVersion: number;
}

/** The days of a trip, and nothing else of it: no country, no name. */
export interface TripDays {
  readonly firstDay: CalendarDay;
  readonly lastDay: CalendarDay;
}

interface DueThing extends CaseOfEntry {
  /** Of the task; of the deadline where nobody in particular has a task. */
  readonly id: string;
  readonly kind: 'task' | 'deadline';
  /** Kind of the task or name of the deadline. */
  readonly name: string;
  readonly dueAt: Date | null;
  readonly explanation: Text | null;
}

const tripName = { vi: 'Chuyến công tác', en: 'Official trip' };

/** Null for what has no date, or one that only the case itself tells (a day of the trip). */
export function dueEntry(thing: DueThing, { language, place }: Written): CalendarEntry | null {
  const { id, kind, name, dueAt, explanation, caseCode, caseVersion: sequence } = thing;
  const told = toldOf(name);
  if (dueAt === null || told === 'nothing') return null;
  const why = told === 'dateAndReason' && explanation ? [explanation[language]] : [];
  const said = kind === 'task' ? taskText(name) : deadlineText(name);
  const url = linkTo(thing, place);
  return {
    kind: 'due',
    uid: `${kind}-${id}@${place.domain}`,
    ...{ sequence, dueAt, url },
    summary: `[${caseCode}] ${said[language]}`,
    description: [...why, url].join('\n'),
  };
}

export function tripEntry(trip: CaseOfEntry & TripDays, { language, place }: Written): CalendarEntry {
  const { instanceId, caseCode, caseVersion: sequence, firstDay, lastDay } = trip;
  const url = linkTo(trip, place);
  const uid = `trip-${instanceId}@${place.domain}`;
  return {
    ...{ kind: 'days', uid, sequence, firstDay, lastDay, url },
    summary: `[${caseCode}] ${tripName[language]}`,
    description: url,
  };
}

interface Written {
  readonly language: Language;
  readonly place: CalendarPlace;
}

function linkTo({ instanceId, caseCode }: CaseOfEntry, { publicUrl }: CalendarPlace): string {
  return `${publicUrl}${pathOfCase(caseCode, instanceId)}`;
}

const tellsTrip: readonly string[] = ['decisionIssued', 'amendmentDecided', 'extensionDecided', 'rescheduled'];
const endsTrip: readonly string[] = ['cancelled', 'postponed'];

/** True: to write the calendar of this mail the days of the trip must be known. */
export function needsTripDays(mail: Pick<ClaimedMail, 'template' | 'also'>): boolean {
  return [mail, ...mail.also].some(({ template }) => tellsTrip.includes(template) || endsTrip.includes(template));
}

export interface MailCalendar {
  readonly method: 'publish' | 'cancel';
  readonly fileName: string;
  readonly content: string;
}

export interface MailCalendarInput {
  readonly place: CalendarPlace;
  readonly organiser: string;
  readonly now: Date;
  /** Null: unknown, or not to be told. */
  readonly trip: TripDays | null;
}

/**
 * What the mail says is due, and the days of an approved trip, as a calendar file; null when it says neither. A trip that is off is
 * taken back under the uid it was published with.
 */
export function mailCalendar(mail: ClaimedMail, input: MailCalendarInput): MailCalendar | null {
  const { place, organiser, now: stamp, trip } = input;
  const { instanceId, caseCode, caseVersion, language, also } = mail;
  const written = { language, place };
  const file = { stamp, organiser, name: null };
  const about =
    instanceId === null || caseCode === null || caseVersion === null ? null : { instanceId, caseCode, caseVersion };
  const templates = [mail, ...also].map(({ template }) => template);
  if (about && trip && templates.some((template) => endsTrip.includes(template))) {
    const content = writeCalendar({ ...file, method: 'cancel', entries: [tripEntry({ ...about, ...trip }, written)] });
    return { method: 'cancel', fileName: `${caseCode}-huy.ics`, content };
  }
  const things =
    mail.digest?.tasks.map(ofDigest) ?? (about ? [mail, ...also].flatMap((part) => ofPart(part, about)) : []);
  const due = things.flatMap((thing) => {
    const entry = thing.dueAt !== null && thing.dueAt > stamp ? dueEntry(thing, written) : null;
    return entry === null ? [] : [entry];
  });
  const isTripTold = templates.some((template) => tellsTrip.includes(template));
  const entries = about && trip && isTripTold ? [tripEntry({ ...about, ...trip }, written), ...due] : due;
  if (entries.length === 0) return null;
  const content = writeCalendar({ ...file, method: 'publish', entries: unique(entries) });
  return { method: 'publish', fileName: `${caseCode ?? 'viec'}.ics`, content };
}

function ofDigest(task: NonNullable<ClaimedMail['digest']>['tasks'][number]): DueThing {
  const { taskId: id, kind: name, instanceId, caseCode, caseVersion, dueAt, explanation } = task;
  return { id, kind: 'task', name, instanceId, caseCode, caseVersion, dueAt, explanation };
}

function ofPart({ task, deadline }: MailPart, about: CaseOfEntry): DueThing[] {
  if (task !== null) {
    const dueAt = task.dueAt ?? deadline?.dueAt ?? null;
    const explanation = task.explanation ?? deadline?.explanation ?? null;
    return [{ ...about, id: task.id, kind: 'task', name: task.kind, dueAt, explanation }];
  }
  return deadline === null ? [] : [{ ...about, ...deadline, kind: 'deadline' }];
}

function unique(entries: readonly CalendarEntry[]): CalendarEntry[] {
  return [...new Map(entries.map((entry) => [entry.uid, entry])).values()];
}
