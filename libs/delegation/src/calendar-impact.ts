import { createHash } from 'node:crypto';
import type { CalendarApplied, CalendarDraft, CalendarPreview } from '#contracts/calendar.js';
import { AppError } from '#contracts/errors.js';
import type { Text } from '#contracts/text.js';
import { type BusinessCalendar, type Clock, dayOf } from '#libs/calendar';
import { mailDirectory, namesOfPeople } from '#libs/organisation';
import type { PreparedReader, Tx, UnitOfWork } from '#libs/persistence';
import {
  type CalendarBook,
  lockCalendar,
  type ProposedCalendar,
  proposeCalendar,
  storeCalendarChange,
} from '#libs/regulation';
import {
  canonicalJson,
  isMoved,
  type LockedInstance,
  type RecountedDeadline,
  type Runtime,
  recordAudit,
} from '#libs/runtime';
import { deadlineText } from './state-texts.js';

export interface CalendarDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly reader: PreparedReader;
  readonly clock: Clock;
  readonly runtime: Runtime;
  readonly calendars: CalendarBook;
}

/** Who asks. `personId` null: the operator, who may also change what holds for the whole country. */
export interface CalendarAuthor {
  readonly provinceId: string;
  readonly personId: string | null;
  readonly requestId: string | null;
}

interface CaseMoves {
  readonly id: string;
  readonly provinceId: string;
  /** Those too of which only the reminders move. */
  readonly moves: readonly RecountedDeadline[];
}

/** Shown at once; the counts tell of all. */
const shownCases = 200;

/** What a change of the calendar would do to the open deadlines, and whom it would be told. Changes nothing. */
export function previewCalendar(
  dependencies: CalendarDependencies,
  { author, draft }: { author: CalendarAuthor; draft: CalendarDraft },
): Promise<CalendarPreview> {
  return dependencies.unitOfWork.run(async (tx) => {
    const { runtime } = dependencies;
    const plan = await planOf(tx, dependencies, { author, draft });
    const { proposed } = plan;
    const affected: CaseMoves[] = [];
    for (const { id, provinceId, after } of plan.cases) {
      const moves = await runtime.recountedDeadlines(tx, await runtime.read(tx, id), after);
      if (moves.length > 0) affected.push({ id, provinceId, moves });
    }
    const told = await peopleTold(tx, { affected, at: dependencies.clock.now() });
    return {
      version: proposed.version,
      digest: digestOf({ draft, version: proposed.version, affected }),
      problems: [...proposed.problems],
      days: proposed.days.map((day) => ({
        day,
        before: stateOf(proposed.before, day),
        after: stateOf(proposed.after, day),
      })),
      counts: {
        open: plan.cases.length,
        ...countsOf(affected),
        people: new Set([...told.values()].flat().map(({ id }) => id)).size,
      },
      cases: await casesShown(tx, withMoved(affected).slice(0, shownCases), told),
    };
  });
}

interface Plan {
  readonly proposed: ProposedCalendar;
  /** Every running case with an open deadline, with the calendar it would have. */
  readonly cases: readonly { readonly id: string; readonly provinceId: string; readonly after: BusinessCalendar }[];
}

/** A change for the whole country meets what each province announced for itself. */
async function planOf(
  tx: Tx,
  { runtime, calendars: book, clock }: CalendarDependencies,
  { author, draft }: { author: CalendarAuthor; draft: CalendarDraft },
): Promise<Plan> {
  const today = dayOf(clock.now());
  const operator = author.personId === null;
  const propose = (provinceId: string) => proposeCalendar(tx, { book, provinceId, draft, today, operator });
  const proposed = await propose(author.provinceId);
  if (proposed.problems.length > 0) return { proposed, cases: [] };
  const provinces = proposed.scope === 'country' ? await mailDirectory.provinceIds(tx) : [author.provinceId];
  const cases: { id: string; provinceId: string; after: BusinessCalendar }[] = [];
  for (const provinceId of provinces) {
    const { after } = provinceId === author.provinceId ? proposed : await propose(provinceId);
    const ids = await runtime.casesWithOpenDeadlines(tx, { provinceId });
    cases.push(...ids.map((id) => ({ id, provinceId, after })));
  }
  return { proposed, cases };
}

function stateOf(calendar: BusinessCalendar, day: string): { worked: boolean; name: Text | null } {
  const { working, holiday } = calendar.dayStatus(day);
  return { worked: working, name: holiday?.name ?? null };
}

/** By the key of an assignment: who would get the mail today. */
async function peopleTold(
  tx: Tx,
  { affected, at }: { affected: readonly CaseMoves[]; at: Date },
): Promise<ReadonlyMap<string, readonly { id: string; fullName: string }[]>> {
  const told = new Map<string, readonly { id: string; fullName: string }[]>();
  for (const { provinceId, moves } of affected) {
    for (const holder of moves.filter(isMoved).flatMap(({ holders }) => holders)) {
      const key = canonicalJson(holder);
      if (told.has(key)) continue;
      const personIds = (await mailDirectory.peopleFor(tx, holder, at)).map(({ personId }) => personId);
      const names = await namesOfPeople(tx, { provinceId, personIds });
      told.set(
        key,
        personIds.map((id) => ({ id, fullName: names.get(id) ?? '' })),
      );
    }
  }
  return told;
}

async function casesShown(
  tx: Tx,
  affected: readonly CaseMoves[],
  told: Awaited<ReturnType<typeof peopleTold>>,
): Promise<CalendarPreview['cases']> {
  const rows: { id: string; caseCode: string; delegationName: string }[] = await tx.query(
    `select i.id, i.case_code as "caseCode", coalesce(p.delegation_name, '') as "delegationName"
     from instances i left join proposals p on p.instance_id = i.id where i.id = any($1::uuid[])`,
    [affected.map(({ id }) => id)],
  );
  const known = new Map(rows.map((row) => [row.id, row]));
  return affected.flatMap(({ id, moves }) => {
    const row = known.get(id);
    return row === undefined ? [] : [{ ...row, deadlines: moves.map((move) => deadlineShown(move, told)) }];
  });
}

function deadlineShown(
  { name, from, to, explanation, holders }: RecountedDeadline,
  told: Awaited<ReturnType<typeof peopleTold>>,
): CalendarPreview['cases'][number]['deadlines'][number] {
  const people = new Map(
    holders.flatMap((one) => told.get(canonicalJson(one)) ?? []).map((person) => [person.id, person]),
  );
  return {
    name,
    text: deadlineText(name),
    from: from.toISOString(),
    to: to.toISOString(),
    explanation,
    told: [...people.values()],
  };
}

/** The cases with a due date that moves, and with no other deadline. */
function withMoved(affected: readonly CaseMoves[]): CaseMoves[] {
  return affected.map((one) => ({ ...one, moves: one.moves.filter(isMoved) })).filter(({ moves }) => moves.length > 0);
}

/** `reminders`: deadlines that stay on their day while reminders before it come on other days. */
function countsOf(affected: readonly CaseMoves[]): Pick<CalendarApplied, 'cases' | 'deadlines' | 'reminders'> {
  const moved = withMoved(affected);
  const [all, deadlines] = [affected, moved].map((list) => list.reduce((sum, { moves }) => sum + moves.length, 0));
  return { cases: moved.length, deadlines: deadlines!, reminders: all! - deadlines! };
}

/** What was seen, so that something else is not applied in its place. */
function digestOf(given: { draft: CalendarDraft; version: number; affected: readonly CaseMoves[] }): string {
  const { draft, version, affected } = given;
  const moves = affected
    .flatMap(({ id, moves: of }) =>
      of.map(({ name, from, to }) => [id, name, from.toISOString(), to.toISOString()].join(' ')),
    )
    .toSorted();
  return createHash('sha256').update(canonicalJson({ draft, version, moves })).digest('hex');
}

/**
 * Enters the change and moves every deadline it moves, in one transaction: all of it or nothing. Throws VALIDATION_FAILED, and
 * VERSION_CONFLICT when the calendar or what is affected is not what the preview of `digest` showed.
 */
export async function applyCalendar(
  dependencies: CalendarDependencies,
  given: { author: CalendarAuthor; draft: CalendarDraft; digest: string; expectedVersion: number },
): Promise<CalendarApplied> {
  const applied = await dependencies.unitOfWork.run((tx) => applyUnderLock(tx, dependencies, given));
  await dependencies.calendars.refresh(dependencies.reader);
  return applied;
}

async function applyUnderLock(
  tx: Tx,
  dependencies: CalendarDependencies,
  given: { author: CalendarAuthor; draft: CalendarDraft; digest: string; expectedVersion: number },
): Promise<CalendarApplied> {
  const { author, draft, digest, expectedVersion } = given;
  await lockCalendar(tx);
  const plan = await planOf(tx, dependencies, given);
  const { version, problems } = plan.proposed;
  if (version !== expectedVersion) throw new AppError('VERSION_CONFLICT', { version });
  if (problems.length > 0) throw new AppError('VALIDATION_FAILED', { fields: problems });
  const affected = await lockAffected(tx, dependencies.runtime, plan.cases);
  if (digestOf({ draft, version, affected }) !== digest)
    throw new AppError('VERSION_CONFLICT', { version, text: stale });
  const at = dependencies.clock.now();
  const { provinceId, personId, requestId } = author;
  const stored = await storeCalendarChange(tx, { draft, proposed: plan.proposed, provinceId, personId, at });
  const principal = { personId, requestId };
  const calendarOf = await newCalendars(tx, dependencies.calendars, affected);
  for (const { locked } of affected) {
    await dependencies.runtime.recomputeDeadlines(tx, locked, { principal, calendar: calendarOf(locked.provinceId) });
  }
  const counts = countsOf(affected);
  await recordAudit(tx, {
    kind: 'administration',
    action: draft.kind === 'announce' ? 'calendar.announced' : 'calendar.withdrawn',
    at,
    provinceId: plan.proposed.scope === 'country' ? null : provinceId,
    subjectId: stored.id,
    principalId: personId,
    requestId,
    details: { version: stored.version, days: plan.proposed.days, ...counts },
  });
  return { version: stored.version, ...counts };
}

/** Locks the cases that are affected, in the order of their ids, and looks at each once more under its lock. */
async function lockAffected(
  tx: Tx,
  runtime: Runtime,
  cases: Plan['cases'],
): Promise<(CaseMoves & { locked: LockedInstance })[]> {
  const affected: (CaseMoves & { locked: LockedInstance })[] = [];
  for (const { id, provinceId, after } of cases.toSorted((one, other) => (one.id < other.id ? -1 : 1))) {
    if ((await runtime.recountedDeadlines(tx, await runtime.read(tx, id), after)).length === 0) continue;
    const locked = await runtime.lock(tx, { instanceId: id });
    const moves = await runtime.recountedDeadlines(tx, locked, after);
    if (moves.length > 0) affected.push({ id, provinceId, moves, locked });
  }
  return affected;
}

/** From the rows as they now stand, so that the log names the version everybody will read. */
async function newCalendars(
  tx: Tx,
  book: CalendarBook,
  affected: readonly CaseMoves[],
): Promise<(provinceId: string) => BusinessCalendar> {
  const made = new Map<string, BusinessCalendar>();
  for (const provinceId of new Set(affected.map((one) => one.provinceId))) {
    made.set(provinceId, await book.calendarIn(tx, provinceId));
  }
  return (provinceId) => made.get(provinceId) ?? book.calendarFor(provinceId);
}

const stale: Text = {
  vi: 'Danh sách bị ảnh hưởng đã đổi từ lúc bạn xem. Xem lại rồi áp dụng.',
  en: 'What is affected has changed since you looked. Look again, then apply.',
};

/** One case by the calendar of today; nothing recounted, nothing written. */
export function recomputeCase(
  { unitOfWork, runtime }: Pick<CalendarDependencies, 'unitOfWork' | 'runtime'>,
  caseId: string,
): Promise<readonly RecountedDeadline[]> {
  return unitOfWork.run(async (tx) => {
    if ((await runtime.recountedDeadlines(tx, await runtime.read(tx, caseId))).length === 0) return [];
    const locked = await runtime.lock(tx, { instanceId: caseId });
    return runtime.recomputeDeadlines(tx, locked, { principal: { personId: null } });
  });
}

const unsettled = `select version, province_id as "provinceId" from calendar_changes
  where settled_at is null and settle_after <= clock_timestamp() order by version`;

/**
 * The second look: a decision that was being taken while the calendar changed may have counted by the old one. Once every process knows
 * the new one, the open deadlines are gone through again. Returns how many were recounted; done twice it recounts none.
 */
export async function settleCalendar(dependencies: CalendarDependencies): Promise<number> {
  const { unitOfWork, runtime, reader, calendars } = dependencies;
  const waiting = await unitOfWork.run(
    (tx): Promise<{ version: number; provinceId: string | null }[]> => tx.query(unsettled),
  );
  if (waiting.length === 0) return 0;
  await calendars.refresh(reader);
  let recounted = 0;
  for (const provinceId of new Set(waiting.map((change) => change.provinceId))) {
    const ids = await unitOfWork.run((tx) => runtime.casesWithOpenDeadlines(tx, { provinceId }));
    for (const id of ids) recounted += (await recomputeCase(dependencies, id)).length;
  }
  await unitOfWork.run((tx) =>
    tx.query('update calendar_changes set settled_at = clock_timestamp() where version = any($1::int[])', [
      waiting.map(({ version }) => version),
    ]),
  );
  return recounted;
}
