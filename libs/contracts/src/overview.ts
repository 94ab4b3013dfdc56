import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import { namedState } from './case.js';

const text = z.object({ vi: z.string(), en: z.string() });
const year = z.coerce.number().int().min(2000).max(2100);

export const yearQuery = z.object({ year });
export type YearQuery = z.output<typeof yearQuery>;

/** At most 366 days. */
export const abroadQuery = z.object({ from: calendarDay, to: calendarDay });
export type AbroadQuery = z.output<typeof abroadQuery>;

/** `confirmed`: the decision is issued or the delegation has left; before that the trip is only asked for. */
export const tripAbroad = z.object({
  caseId: z.uuid(),
  caseCode: z.string(),
  delegationName: z.string(),
  unit: z.string(),
  countries: z.array(z.string()),
  departureDate: z.iso.date(),
  returnDate: z.iso.date(),
  confirmed: z.boolean(),
  state: namedState,
  members: z.array(
    z.object({
      personId: z.uuid().nullable(),
      fullName: z.string(),
      position: z.string(),
      role: z.string(),
      /** Holds a position of the province's leaders today. */
      isLeader: z.boolean(),
      /** Codes of other trips of this list that take the same person away on the same days. */
      overlaps: z.array(z.string()),
    }),
  ),
  /** Codes of trips that take other leaders away on the same days. */
  leaderOverlaps: z.array(z.string()),
});
export type TripAbroad = z.output<typeof tripAbroad>;
/** `isWhole`: false when there are more than are listed at once; those listed leave first. */
export const tripsAbroad = z.object({ items: z.array(tripAbroad), isWhole: z.boolean() });
export type TripsAbroad = z.output<typeof tripsAbroad>;

export const travellerYear = z.object({
  personId: z.uuid(),
  fullName: z.string(),
  position: z.string(),
  unit: z.string(),
  trips: z.array(
    z.object({
      caseId: z.uuid(),
      caseCode: z.string(),
      countries: z.array(z.string()),
      departureDate: z.iso.date(),
      returnDate: z.iso.date(),
    }),
  ),
  days: z.int(),
});
export type TravellerYear = z.output<typeof travellerYear>;
export const travellerYears = z.object({ year: z.int(), items: z.array(travellerYear), isWhole: z.boolean() });
export type TravellerYears = z.output<typeof travellerYears>;

/** One bar of a chart: how many trips, how many people go. `key`: of a closed list, the code or name of a country, a quarter. */
const share = z.object({ key: z.string(), name: z.string().nullable(), trips: z.int(), people: z.int() });
export type Share = z.output<typeof share>;

export const punctuality = z.object({
  kind: z.string(),
  text,
  /** Decided on or before the due date, after it, still open and late, still open. */
  inTime: z.int(),
  late: z.int(),
  openLate: z.int(),
  open: z.int(),
});
export type Punctuality = z.output<typeof punctuality>;

export const overdueDuty = z.object({
  caseId: z.uuid(),
  caseCode: z.string(),
  delegationName: z.string(),
  unit: z.string(),
  kind: z.string(),
  text,
  dueAt: z.iso.datetime(),
  explanation: text.nullable(),
});
export type OverdueDuty = z.output<typeof overdueDuty>;

/** Trips that depart in the year and were not refused, withdrawn or cancelled. */
export const statistics = z.object({
  year: z.int(),
  trips: z.int(),
  people: z.int(),
  byLevel: z.array(share),
  byCountry: z.array(share),
  byPurpose: z.array(share),
  byFunding: z.array(share),
  byQuarter: z.array(share),
  /** Tasks opened in the year that have a due date. */
  punctuality: z.array(punctuality),
  /** Reports and passports whose day has passed, the oldest 200 first; whatever the year. */
  overdue: z.array(overdueDuty),
  /** How many there are of them. */
  overdueCount: z.int(),
});
export type Statistics = z.output<typeof statistics>;

/** What became of a line of the plan. */
export const planActual = z.object({
  planItemId: z.uuid(),
  cases: z.array(
    z.object({
      id: z.uuid(),
      caseCode: z.string(),
      state: namedState,
      status: z.enum(['active', 'done']),
      people: z.int(),
      days: z.int().nullable(),
      departureDate: z.iso.date().nullable(),
      returnDate: z.iso.date().nullable(),
    }),
  ),
});
export type PlanActual = z.output<typeof planActual>;
export const planActuals = z.object({
  items: z.array(planActual),
  /** Cases of the plan's year that stand on no line of it. */
  outOfPlan: z.int(),
});
export type PlanActuals = z.output<typeof planActuals>;

export const machineVersion = z.object({
  definitionId: z.string(),
  version: z.int(),
  /** The version new cases start on. */
  isNewest: z.boolean(),
  active: z.int(),
  done: z.int(),
  firstAt: z.iso.datetime(),
  lastAt: z.iso.datetime(),
});
export type MachineVersion = z.output<typeof machineVersion>;

/** What the workers have before them, counted now. */
export const workload = z.object({
  timersDue: z.int(),
  messagesWaiting: z.int(),
  mailsWaiting: z.int(),
  mailsSending: z.int(),
  mailsUncertain: z.int(),
  mailsFailed: z.int(),
  nextTimerAt: z.iso.datetime().nullable(),
});
export type Workload = z.output<typeof workload>;
export const houseView = z.object({ versions: z.array(machineVersion), work: workload });
export type HouseView = z.output<typeof houseView>;
