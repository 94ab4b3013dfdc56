import { dayOf } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { HeldAssignment, Mailbox, MailDirectory } from '#libs/runtime';
import { recipientDirectory } from './recipient-directory.js';
import { isLent, isRunning } from './substitution-sql.js';

const mailbox = 'id as "personId", email as address, language, mail_delivery as delivery, active';

const mailboxesById: PreparedStatement = {
  name: 'organisation_mailboxes',
  text: `select ${mailbox} from people where id = any($1::uuid[])`,
};

const digestReaders: PreparedStatement = {
  name: 'organisation_digest_readers',
  text: `select ${mailbox} from people where province_id = $1 and active and mail_delivery in ('both', 'digest') order by id`,
};

/** The other way round of `peopleFor`: an assignment that is lent belongs to the substitute meanwhile. */
const heldOnDay: PreparedStatement = {
  name: 'organisation_held_on_day',
  text: `select distinct * from (
      select coalesce(
          (select s.id from substitutions x join people s on s.id = x.substitute_id and s.active
            where ${isLent} and ${isRunning('$2')} limit 1), r.person_id) as "personId",
        r.role, r.organisation_id as "organisationId"
      from role_assignments r join people p on p.id = r.person_id
      where p.active and r.valid_from <= $2::date and (r.valid_to is null or r.valid_to > $2::date)
        and (r.person_id = any($1::uuid[]) or r.person_id in (
          select x.person_id from substitutions x where x.substitute_id = any($1::uuid[]) and ${isRunning('$2')}))
    ) held where "personId" = any($1::uuid[])`,
};

const provinces: PreparedStatement = {
  name: 'organisation_province_ids',
  text: 'select id from provinces order by id',
};

/** Who holds an assignment, and the address and language of each person; a person who left comes back as not active. */
export const mailDirectory: MailDirectory = {
  ...recipientDirectory,
  mailboxes(tx: Tx, personIds: readonly string[]) {
    return personIds.length === 0 ? Promise.resolve([]) : runPrepared<Mailbox>(tx, mailboxesById, [personIds]);
  },
  digestReaders(tx: Tx, provinceId: string) {
    return runPrepared<Mailbox>(tx, digestReaders, [provinceId]);
  },
  assignmentsOf(tx: Tx, personIds: readonly string[], at: Date) {
    return runPrepared<HeldAssignment>(tx, heldOnDay, [personIds, dayOf(at)]);
  },
  async provinceIds(tx: Tx) {
    return (await runPrepared<{ id: string }>(tx, provinces, [])).map(({ id }) => id);
  },
};
