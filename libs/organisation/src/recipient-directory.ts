import { dayOf } from '#libs/calendar';
import type { Tx } from '#libs/persistence';
import type { RecipientDirectory } from '#libs/runtime';

type Assignee = Parameters<RecipientDirectory['peopleFor']>[1];

/** Active people who hold the role in the organisation on the day of `at`, or the one person named. */
export const recipientDirectory: RecipientDirectory = {
  async peopleFor(tx: Tx, assignee: Assignee, at: Date) {
    if ('personId' in assignee) {
      return tx.query('select id as "personId" from people where id = $1 and active', [assignee.personId]);
    }
    return tx.query(
      `select distinct p.id as "personId" from role_assignments r join people p on p.id = r.person_id
       where r.organisation_id = $1 and r.role = $2 and p.active
         and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)
       order by p.id`,
      [assignee.organisationId, assignee.role, dayOf(at)],
    );
  },
};
