import { Link } from 'react-router';
import type { TripAbroad } from '#contracts/overview.js';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import type { TextKey } from '../texts';
import { addDays, daysBetween, type Period, weekdayOf } from './period';

const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const satisfies readonly TextKey[];

interface Cell {
  readonly day: string;
  readonly trips: readonly TripAbroad[];
}

/** The weeks of a month from Monday to Sunday; days of the months beside it are null. */
function weeksOf({ from, to }: Period, trips: readonly TripAbroad[]): (Cell | null)[][] {
  const before = weekdayOf(from);
  const length = daysBetween(from, to) + 1;
  const cells = Array.from({ length: before + length }, (_, at): Cell | null => {
    if (at < before) return null;
    const day = addDays(from, at - before);
    return { day, trips: trips.filter((trip) => trip.departureDate <= day && day <= trip.returnDate) };
  });
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, at) => cells[week * 7 + at] ?? null),
  );
}

const overlaps = (trip: TripAbroad) =>
  trip.leaderOverlaps.length > 0 || trip.members.some((member) => member.overlaps.length > 0);

function Trip({ trip }: { readonly trip: TripAbroad }) {
  const { t } = useLanguage();
  const look = overlaps(trip) ? 'overlap' : trip.confirmed ? 'confirmed' : 'asked';
  return (
    <div className="day-trip">
      <span className={`key ${look}`} aria-hidden="true" />
      <Link to={`/cases/${trip.caseId}`}>{trip.caseCode}</Link> {trip.countries.join(', ')}
      <span className="unseen">{` (${t(look)})`}</span>
    </div>
  );
}

/** Who is away on each day of a month. On a telephone only the days on which somebody is. */
export function MonthGrid({
  label,
  month,
  trips,
  today,
}: {
  readonly label: string;
  readonly month: Period;
  readonly trips: readonly TripAbroad[];
  readonly today: string;
}) {
  const { t } = useLanguage();
  return (
    <table className="month" aria-label={label}>
      <thead>
        <tr>
          {weekdays.map((day) => (
            <th key={day} scope="col">
              {t(day)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month, trips).map((week) => (
          <tr key={week.find((cell) => cell !== null)?.day}>
            {week.map((cell, at) =>
              cell === null ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: an empty place is known by where it stands.
                <td key={at} className="blank" />
              ) : (
                <td
                  key={cell.day}
                  className={
                    [cell.trips.length === 0 && 'free', at >= 5 && 'rest'].filter(Boolean).join(' ') || undefined
                  }
                  aria-current={cell.day === today ? 'date' : undefined}
                >
                  <div className="muted">{formatDay(cell.day).slice(0, 5)}</div>
                  {cell.trips.map((trip) => (
                    <Trip key={trip.caseId} trip={trip} />
                  ))}
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
