import type {
  ApplyCalendar,
  CalendarApplied,
  CalendarDraft,
  CalendarPreview,
  CalendarYearView,
} from '#contracts/calendar.js';
import { dayOf } from '#libs/calendar';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import { liveChanges, mayChangeCountry, rowsOfYear, shownCalendarChanges } from '#libs/regulation';
import { applyCalendar, type CalendarDependencies, previewCalendar } from './calendar-impact.js';

/** The calendar of the province: everybody may read it, an administrator changes it. */
export class CalendarService {
  constructor(private readonly dependencies: CalendarDependencies) {}

  year(principal: SessionPrincipal, year: number | undefined): Promise<CalendarYearView> {
    return readCalendarYear(this.dependencies, { provinceId: principal.provinceId, year });
  }

  /** Throws FORBIDDEN. */
  preview(principal: SessionPrincipal, draft: CalendarDraft): Promise<CalendarPreview> {
    requireRole(principal, { role: ['administrator', 'inspector'] });
    const { provinceId, personId } = principal;
    return previewCalendar(this.dependencies, { author: { provinceId, personId, requestId: null }, draft });
  }

  /** Throws FORBIDDEN, VALIDATION_FAILED, VERSION_CONFLICT. */
  apply(
    principal: SessionPrincipal,
    given: ApplyCalendar & { expectedVersion: number; requestId: string },
  ): Promise<CalendarApplied> {
    requireRole(principal, { role: 'administrator' });
    const { change: draft, digest, expectedVersion, requestId } = given;
    const { provinceId, personId } = principal;
    return applyCalendar(this.dependencies, {
      author: { provinceId, personId, requestId },
      draft,
      digest,
      expectedVersion,
    });
  }
}

/** `year` undefined: the one that runs. */
export function readCalendarYear(
  { unitOfWork, clock, calendars: book }: CalendarDependencies,
  { provinceId, year: wanted }: { provinceId: string; year: number | undefined },
): Promise<CalendarYearView> {
  return unitOfWork.run(async (tx) => {
    const today = dayOf(clock.now());
    const year = wanted ?? Number(today.slice(0, 4));
    const all = await book.changesIn(tx, provinceId);
    const live = liveChanges(all, provinceId);
    const calendar = book.calendarOf(live);
    const { firstYear, lastYear } = book.table;
    return {
      year,
      version: await book.newestVersion(tx),
      calendarVersion: calendar.version,
      firstYear,
      lastYear,
      today,
      mayChangeCountry: await mayChangeCountry(tx, provinceId),
      days: rowsOfYear({ book, live, calendar, year }),
      changes: await shownCalendarChanges(tx, { provinceId, book, today }),
    };
  });
}
