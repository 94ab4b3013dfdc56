import type { CalendarFeedMade, CalendarFeedStatus } from '#contracts/calendar-feed.js';
import { AppError } from '#contracts/errors.js';
import type { Text } from '#contracts/text.js';
import { addDays, type CalendarEntry, type Clock, dayOf, writeCalendar } from '#libs/calendar';
import {
  type FeedReader,
  feedMadeAt,
  feedReader,
  mailDirectory,
  removeFeed,
  renewFeed,
  type SessionPrincipal,
} from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import { type CalendarPlace, dueEntry, tripEntry } from './mails/mail-calendar.js';

const feedName = { vi: 'Thông Hành: việc đến hạn', en: 'Thông Hành: what is due' } satisfies Text;
/** More than any calendar shows; a guard for the database. */
const mostTasks = 500;
const tripsKeptDays = 30;

const openTasks: PreparedStatement = {
  name: 'delegation_feed_tasks',
  text: `with held as (
      select * from unnest($1::text[], $2::uuid[]) as h(role, organisation_id)
    ), mine as (
      select t.* from held h cross join lateral (
        select id, instance_id, kind, due_at, due_explanation from tasks
        where closed_at is null and role = h.role and organisation_id = h.organisation_id and due_at is not null
        order by due_at, id limit $4
      ) t
      union
      (select id, instance_id, kind, due_at, due_explanation from tasks
        where closed_at is null and person_id = $3 and due_at is not null order by due_at, id limit $4)
    )
    select m.id, m.instance_id as "instanceId", i.case_code as "caseCode", i.version as "caseVersion", m.kind as name,
      m.due_at as "dueAt", m.due_explanation as explanation
    from mine m join instances i on i.id = m.instance_id order by m.due_at, m.id limit $4`,
};

const ownTrips: PreparedStatement = {
  name: 'delegation_feed_trips',
  text: `select p.instance_id as "instanceId", i.case_code as "caseCode", i.version as "caseVersion", i.states,
      p.departure_date::text as "firstDay", p.return_date::text as "lastDay"
    from proposal_members m join proposals p on p.instance_id = m.instance_id join instances i on i.id = p.instance_id
    where m.person_id = $1 and not p.handled_outside and p.departure_date is not null and p.return_date >= $2::date
    order by p.departure_date, i.id`,
};

/** The states in which a trip is decided and not off. */
const decided = /^(notification\.preparing|trip|completed)/;

interface TaskRow {
  readonly id: string;
  readonly instanceId: string;
  readonly caseCode: string;
  readonly caseVersion: number;
  readonly name: string;
  readonly dueAt: Date;
  readonly explanation: Text | null;
}

interface TripRow {
  readonly instanceId: string;
  readonly caseCode: string;
  readonly caseVersion: number;
  readonly states: readonly string[];
  readonly firstDay: string;
  readonly lastDay: string;
}

/**
 * A person's own calendar, read by a program that cannot sign in: whoever has its address reads it. So it says no more than the mails do:
 * case code, what is due and when, a link; of a trip its days.
 */
export class CalendarFeedService {
  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly clock: Clock;
      readonly place: CalendarPlace;
    },
  ) {}

  status({ personId }: SessionPrincipal): Promise<CalendarFeedStatus> {
    return this.room.unitOfWork.run(async (tx) => ({
      createdAt: (await feedMadeAt(tx, personId))?.toISOString() ?? null,
    }));
  }

  /** The address is told this once; an earlier one opens nothing any more. */
  renew(principal: SessionPrincipal, requestId: string): Promise<CalendarFeedMade> {
    const at = this.room.clock.now();
    return this.room.unitOfWork.run(async (tx) => {
      const secret = await renewFeed(tx, { principal, requestId, at });
      return { createdAt: at.toISOString(), url: `${this.room.place.publicUrl}/api/v1/calendar-feeds/${secret}.ics` };
    });
  }

  remove(principal: SessionPrincipal, requestId: string): Promise<void> {
    const at = this.room.clock.now();
    return this.room.unitOfWork.run((tx) => removeFeed(tx, { principal, requestId, at }));
  }

  /** The file itself. Reads only. Throws NOT_FOUND for a secret that opens nothing. */
  read(secret: string): Promise<string> {
    const { unitOfWork, clock } = this.room;
    return unitOfWork.run(async (tx) => {
      const reader = await feedReader(tx, secret);
      if (reader === null) throw new AppError('NOT_FOUND');
      const name = feedName[reader.language];
      const entries = await this.#entries(tx, reader);
      return writeCalendar({ method: 'publish', stamp: clock.now(), organiser: null, name, entries });
    });
  }

  async #entries(tx: Tx, { personId, language }: FeedReader): Promise<CalendarEntry[]> {
    const { clock, place } = this.room;
    const now = clock.now();
    const held = await mailDirectory.assignmentsOf(tx, [personId], now);
    const offices = [held.map(({ role }) => role), held.map(({ organisationId }) => organisationId)];
    const tasks = await runPrepared<TaskRow>(tx, openTasks, [...offices, personId, mostTasks]);
    const since = addDays(dayOf(now), -tripsKeptDays);
    const trips = await runPrepared<TripRow>(tx, ownTrips, [personId, since]);
    const written = { language, place };
    return [
      ...trips
        .filter(({ states }) => states.some((state) => decided.test(state)))
        .map((trip) => tripEntry(trip, written)),
      ...tasks.flatMap((task) => dueEntry({ ...task, kind: 'task' }, written) ?? []),
    ];
  }
}
