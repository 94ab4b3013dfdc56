import { runPrepared, type Tx } from '#libs/persistence';
import type { TripDays } from './mails/mail-calendar.js';

const tripDaysStatement = {
  name: 'delegation_trip_days',
  text: `select departure_date::text as "firstDay", return_date::text as "lastDay" from proposals
    where instance_id = $1 and departure_date is not null and return_date is not null and not handled_outside`,
};

/** Null while they are not known, and for a case that is handled outside this system. */
export async function readTripDays(tx: Tx, instanceId: string): Promise<TripDays | null> {
  const [row] = await runPrepared<TripDays>(tx, tripDaysStatement, [instanceId]);
  return row ?? null;
}
