import type { Role } from '#contracts/roles.js';
import { dayOf } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { RecipientDirectory } from '#libs/runtime';
import { isLent, isRunning } from './substitution-sql.js';

type Assignee = Parameters<RecipientDirectory['peopleFor']>[1];

const activePerson: PreparedStatement = {
  name: 'organisation_active_person',
  text: 'select id as "personId" from people where id = $1 and active',
};

/** A substitute who has left does not take the mail along: it stays with the person. */
const holdersOnDay: PreparedStatement = {
  name: 'organisation_holders_on_day',
  text: `select distinct coalesce(
        (select s.id from substitutions x join people s on s.id = x.substitute_id and s.active
          where ${isLent} and ${isRunning('$3')} limit 1), p.id) as "personId"
    from role_assignments r join people p on p.id = r.person_id
    where r.organisation_id = $1 and r.role = $2 and p.active
      and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)
    order by "personId"`,
};

/**
 * Active people who do the work of the role in the organisation on the day of `at`: its holders, and in the place of a holder who
 * is away the substitute. A message to one named person is theirs alone.
 */
export const recipientDirectory: RecipientDirectory = {
  peopleFor(tx: Tx, assignee: Assignee, at: Date) {
    return 'personId' in assignee
      ? runPrepared(tx, activePerson, [assignee.personId])
      : runPrepared(tx, holdersOnDay, [assignee.organisationId, assignee.role, dayOf(at)]);
  },
};

const holdsOnDay: PreparedStatement = {
  name: 'organisation_holds_on_day',
  text: `select 1 from role_assignments r join people p on p.id = r.person_id
    where r.organisation_id = $1 and r.role = $2 and p.active
      and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)
      and (r.person_id = $4 or (r.person_id <> all($5::uuid[]) and exists (select from substitutions x
        join people s on s.id = x.substitute_id and s.active
        where ${isLent} and ${isRunning('$3')} and x.substitute_id = $4)))
    limit 1`,
};

/**
 * Whether the person holds the role there on the day of `at`, in their own right or for somebody who is away. `notFor`: people in
 * whose place nobody may act, because the matter is their own.
 */
export async function holdsRole(
  tx: Tx,
  given: { personId: string; role: Role; organisationId: string; at: Date; notFor: readonly string[] },
): Promise<boolean> {
  const { personId, role, organisationId, at, notFor } = given;
  const found = await runPrepared(tx, holdsOnDay, [organisationId, role, dayOf(at), personId, notFor]);
  return found.length > 0;
}
