import { randomUUID } from 'node:crypto';
import type { CalendarDay } from '#libs/calendar';
import type { Tx } from '#libs/persistence';
import { requireAdministratorLeft, wrongField } from './directory-checks.js';
import { OrganisationVersionEntity } from './organisation-version.entity.js';
import { changeOrganisation } from './organisations.js';
import { PositionEntity } from './position.entity.js';
import { RoleAssignmentEntity } from './role-assignment.entity.js';

interface Change {
  readonly provinceId: string;
  readonly organisationId: string;
  readonly successorId: string;
  /** The day from which people belong to the successor. */
  readonly on: CalendarDay;
}

/** The later of two days. */
export function laterOf(one: CalendarDay, other: CalendarDay): CalendarDay {
  return [one, other].toSorted()[1] ?? one;
}

/** Who holds something in the organisation on that day or later. */
export function peopleOf(
  tx: Tx,
  { organisationId, on }: Pick<Change, 'organisationId' | 'on'>,
): Promise<{ id: string; fullName: string; holds: string[] }[]> {
  return tx.query(
    `select p.id, p.full_name as "fullName", array_agg(h.what order by h.what) as holds
     from people p join (
       select person_id, title as what from positions where organisation_id = $1 and (valid_to is null or valid_to > $2::date)
       union select person_id, role from role_assignments where organisation_id = $1 and (valid_to is null or valid_to > $2::date)
     ) h on h.person_id = p.id
     group by p.id order by p.search_name, p.id`,
    [organisationId, on],
  );
}

/** Who holds a role in one of these on that day, by id. */
export async function peopleAt(
  tx: Tx,
  { organisationIds, on }: { organisationIds: readonly string[]; on: CalendarDay },
): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `select distinct p.id from people p join role_assignments r on r.person_id = p.id
     where p.active and r.organisation_id = any($1::uuid[]) and r.valid_from <= $2::date
       and (r.valid_to is null or r.valid_to > $2::date) order by p.id`,
    [organisationIds, on],
  );
  return rows.map(({ id }) => id);
}

/** Organisations directly below it on that day. */
export function organisationsBelow(
  tx: Tx,
  { organisationId, on }: Pick<Change, 'organisationId' | 'on'>,
): Promise<{ id: string; name: string; shortName: string; validFrom: string }[]> {
  return tx.query(
    `select organisation_id as id, name, short_name as "shortName", valid_from::text as "validFrom" from organisation_versions
     where parent_id = $1 and valid_to is null and (valid_from <= $2::date or valid_to is null) order by name`,
    [organisationId, on],
  );
}

/**
 * Their positions and roles go on in the successor from that day, under the same title; what is held there already is not held
 * twice. Substitutions in the organisation follow. `personIds` null: everybody.
 */
export async function movePeople(tx: Tx, change: Change & { personIds: readonly string[] | null }): Promise<number> {
  const moved = new Set<string>();
  for (const row of await heldRows(tx, 'positions', change)) {
    const { title = '', rank = '' } = row;
    await moveRow(tx, { entity: PositionEntity, row, change, same: { title }, more: { title, rank } });
    moved.add(row.personId);
  }
  for (const row of await heldRows(tx, 'role_assignments', change)) {
    const { role = 'unitOfficer' } = row;
    await moveRow(tx, { entity: RoleAssignmentEntity, row, change, same: { role }, more: { role } });
    moved.add(row.personId);
  }
  await tx.query(
    `update substitutions set organisation_id = $2 where organisation_id = $1 and revoked_at is null and last_day >= $3::date
      and ($4::uuid[] is null or person_id = any($4::uuid[]))`,
    [change.organisationId, change.successorId, change.on, change.personIds],
  );
  return moved.size;
}

interface HeldRow {
  readonly id: string;
  readonly personId: string;
  readonly validFrom: CalendarDay;
  readonly validTo: CalendarDay | null;
  readonly title?: string;
  readonly rank?: string;
  readonly role?: RoleAssignmentEntity['role'];
}

function heldRows(
  tx: Tx,
  table: 'positions' | 'role_assignments',
  { organisationId, on, personIds }: Change & { personIds: readonly string[] | null },
): Promise<HeldRow[]> {
  const columns = table === 'positions' ? 'title, rank' : 'role';
  return tx.query(
    `select id, person_id as "personId", valid_from::text as "validFrom", valid_to::text as "validTo", ${columns} from ${table}
     where organisation_id = $1 and (valid_to is null or valid_to > $2::date) and ($3::uuid[] is null or person_id = any($3::uuid[]))
     order by id for update`,
    [organisationId, on, personIds],
  );
}

/** What began before ends that day; what was to begin later begins at the successor. */
async function moveRow(
  tx: Tx,
  given: {
    entity: typeof PositionEntity | typeof RoleAssignmentEntity;
    row: HeldRow;
    change: Change;
    same: Readonly<Record<string, string>>;
    more: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const { entity, row, change, same, more } = given;
  const { personId } = row;
  const { successorId: organisationId, on } = change;
  if (row.validFrom < on) await tx.update(entity, { id: row.id }, { validTo: on });
  else await tx.delete(entity, { id: row.id });
  const validFrom = laterOf(row.validFrom, on);
  const overlapping = await tx
    .createQueryBuilder(entity, 'held')
    .where({ personId, organisationId, ...same })
    .andWhere('daterange(held.valid_from, held.valid_to) && daterange(:validFrom, :validTo)', {
      validFrom,
      validTo: row.validTo,
    })
    .getExists();
  if (overlapping) return;
  await tx.insert(entity, { id: randomUUID(), personId, organisationId, validFrom, validTo: row.validTo, ...more });
}

/** From that day there is no such organisation; what was below it comes under the successor. Throws VALIDATION_FAILED. */
export async function endInFavour(tx: Tx, change: Change & { from: CalendarDay }): Promise<void> {
  const { provinceId, organisationId, successorId, from, on } = change;
  for (const { id, name, shortName, validFrom } of await organisationsBelow(tx, { organisationId, on: from })) {
    // What would stand above itself comes under nobody.
    const parentId = id === successorId ? null : successorId;
    if (validFrom < on)
      await changeOrganisation(tx, { provinceId, organisationId: id, from: on, name, shortName, parentId });
    else await tx.update(OrganisationVersionEntity, { organisationId: id, validFrom }, { parentId });
  }
  const open = await tx
    .createQueryBuilder(OrganisationVersionEntity, 'version')
    .where('version.organisation_id = :organisationId and version.valid_to is null', { organisationId })
    .getOne();
  if (open === null)
    throw wrongField('organisationId', 'Cơ quan này đã kết thúc.', 'The organisation has ended already.');
  if (from <= open.validFrom)
    throw wrongField(
      'from',
      'Ngày tiếp nhận phải sau ngày tên hiện nay bắt đầu.',
      'It must end after its present name began.',
    );
  await tx.update(OrganisationVersionEntity, { id: open.id }, { validTo: from });
  await requireAdministratorLeft(tx, provinceId);
}
