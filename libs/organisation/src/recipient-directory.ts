import { dayOf } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { RecipientDirectory } from '#libs/runtime';

type Assignee = Parameters<RecipientDirectory['peopleFor']>[1];

const activePerson: PreparedStatement = {
  name: 'organisation_active_person',
  text: 'select id as "personId" from people where id = $1 and active',
};

const holdersOnDay: PreparedStatement = {
  name: 'organisation_holders_on_day',
  text: `select distinct p.id as "personId" from role_assignments r join people p on p.id = r.person_id
    where r.organisation_id = $1 and r.role = $2 and p.active
      and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)
    order by p.id`,
};

/** Active people who hold the role in the organisation on the day of `at`, or the one person named. */
export const recipientDirectory: RecipientDirectory = {
  peopleFor(tx: Tx, assignee: Assignee, at: Date) {
    return 'personId' in assignee
      ? runPrepared(tx, activePerson, [assignee.personId])
      : runPrepared(tx, holdersOnDay, [assignee.organisationId, assignee.role, dayOf(at)]);
  },
};
