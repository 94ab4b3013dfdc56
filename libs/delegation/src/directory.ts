import { type Clock, dayOf } from '#libs/calendar';
import { namesOfPeople, organisationNames } from '#libs/organisation';
import type { Tx } from '#libs/persistence';

export interface Directory {
  organisation(id: string): { id: string; code: string; name: string };
  /** Null for null, for the system and for somebody who has nothing to do with the case. */
  person(id: string | null): { id: string; fullName: string } | null;
}

/** Names for the views of one case: the organisations as they are called today, or were last, and everybody who did something in it. `alsoPeople`: whom the reader acts for. */
export async function directoryOf(
  tx: Tx,
  given: { caseId: string; provinceId: string; clock: Clock; alsoPeople?: readonly string[] },
): Promise<Directory> {
  const { caseId, provinceId, clock, alsoPeople = [] } = given;
  const organisations = await organisationNames(tx, { provinceId, on: dayOf(clock.now()) });
  const byId = new Map(organisations.map((row) => [row.id, row]));
  const rows: { id: string }[] = await tx.query(
    `select proposer_id as id from proposals where instance_id = $1
     union select principal_id from events where instance_id = $1 and principal_id is not null
     union select on_behalf_of_id from events where instance_id = $1 and on_behalf_of_id is not null
     union select coalesce(decided_by_id, person_id) from tasks
       where instance_id = $1 and coalesce(decided_by_id, person_id) is not null
     union select attached_by_id from dossier_documents where instance_id = $1`,
    [caseId],
  );
  const names = await namesOfPeople(tx, { provinceId, personIds: [...alsoPeople, ...rows.map((row) => row.id)] });
  return {
    organisation: (id) => {
      const found = byId.get(id);
      return found ?? { id, code: '', name: '' };
    },
    person(id) {
      const fullName = id === null ? undefined : names.get(id);
      return id === null || fullName === undefined ? null : { id, fullName };
    },
  };
}
