import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

/** How long an ended session and an address stay on record, in days: giả định. The audit tells of sign-ins for good. */
const keptDays = { session: 30, place: 180 } as const;

const purgeStatement: PreparedStatement = {
  name: 'organisation_purge_sign_in',
  text: `with old_sessions as (
      delete from sessions where least(expires_at, coalesce(revoked_at, expires_at)) < $1::timestamptz - $2 * interval '1 day'
      returning 1
    ), old_places as (
      delete from sign_in_places where last_at < $1::timestamptz - $3 * interval '1 day' returning 1
    ), old_links as (
      delete from account_links where expires_at < $1::timestamptz - $2 * interval '1 day' returning 1
    ), old_ways as (
      delete from provider_sign_ins where expires_at < $1::timestamptz returning 1
    ), old_attempts as (
      delete from sign_in_attempts where until < $1::timestamptz returning 1
    )
    select (select count(*)::integer from old_sessions) as sessions, (select count(*)::integer from old_places) as places,
      (select count(*)::integer from old_attempts) as attempts`,
};

export interface Purged {
  readonly sessions: number;
  readonly places: number;
  readonly attempts: number;
}

/** Rows about signing in that are of no use any more. `now`: the time of browsers. */
export async function purgeSignIn(tx: Tx, now: Date): Promise<Purged> {
  const [row] = await runPrepared<Purged>(tx, purgeStatement, [now, keptDays.session, keptDays.place]);
  return row!;
}
