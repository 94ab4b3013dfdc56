import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type { OrganisationKind, OrganisationView } from '#contracts/organisation.js';
import type { CalendarDay } from '#libs/calendar';
import { type PreparedReader, type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { OrganisationEntity } from './organisation.entity.js';
import { OrganisationVersionEntity } from './organisation-version.entity.js';

const columns = `o.id, o.code, o.kind, v.id as "versionId", v.name, v.short_name as "shortName", v.parent_id as "parentId",
  v.valid_from::text as "validFrom", v.valid_to::text as "validTo"`;

/** Values: province, day, organisation or null for all of them. */
const organisationsByDay: PreparedStatement = {
  name: 'organisation_organisations_by_day',
  text: `select ${columns} from organisations o join organisation_versions v on v.organisation_id = o.id
    and v.valid_from <= $2::date and (v.valid_to is null or v.valid_to > $2::date)
  where o.province_id = $1 and ($3::uuid is null or o.id = $3::uuid) order by o.code`,
};

interface Wanted {
  readonly provinceId: string;
  readonly on: CalendarDay;
  /** Absent: all of the province. */
  readonly organisationId?: string;
}

/** The organisations of a province as they stood on a day, by code; one that did not exist that day is left out. */
export function organisationsOn(tx: Tx, { provinceId, on, organisationId }: Wanted): Promise<OrganisationView[]> {
  return runPrepared(tx, organisationsByDay, [provinceId, on, organisationId ?? null]);
}

/** The same outside a transaction. */
export function readOrganisations(
  reader: PreparedReader,
  { provinceId, on, organisationId }: Wanted,
): Promise<OrganisationView[]> {
  return reader.read(organisationsByDay, [provinceId, on, organisationId ?? null]);
}

/** Those that ended before that day, too, under their last name: what was done in their name is still shown with it. */
const organisationsNamed: PreparedStatement = {
  name: 'organisation_organisations_named',
  text: `select distinct on (o.id) o.id, o.code, v.name from organisations o join organisation_versions v
    on v.organisation_id = o.id and v.valid_from <= $2::date where o.province_id = $1 order by o.id, v.valid_from desc`,
};

export function organisationNames(
  tx: Tx,
  { provinceId, on }: { provinceId: string; on: CalendarDay },
): Promise<{ id: string; code: string; name: string }[]> {
  return runPrepared(tx, organisationsNamed, [provinceId, on]);
}

/** By code ("SNGV"), the same on every day. Null: no such organisation in the province. */
export async function organisationIdByCode(
  tx: Tx,
  given: { provinceId: string; code: string },
): Promise<string | null> {
  const found = await tx.findOneBy(OrganisationEntity, given);
  return found?.id ?? null;
}

export interface NewOrganisation {
  readonly provinceId: string;
  readonly code: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly shortName: string;
  readonly parentId: string | null;
  readonly from: CalendarDay;
}

export async function createOrganisation(tx: Tx, given: NewOrganisation): Promise<{ organisationId: string }> {
  const { provinceId, code, kind, name, shortName, parentId, from } = given;
  const organisationId = randomUUID();
  await tx.insert(OrganisationEntity, { id: organisationId, provinceId, code, kind });
  await beginVersion(tx, { organisationId, name, shortName, parentId, from });
  return { organisationId };
}

/**
 * A rename, a merger or a move from a day on: what was signed before keeps the name of its day. Throws NOT_FOUND for
 * another province's organisation and VALIDATION_FAILED when `from` is not after the start of the present version.
 */
export async function changeOrganisation(
  tx: Tx,
  given: {
    provinceId: string;
    organisationId: string;
    from: CalendarDay;
    name: string;
    shortName: string;
    parentId: string | null;
  },
): Promise<{ versionId: string }> {
  const { provinceId, organisationId, from, name, shortName, parentId } = given;
  const open = await lockPresentVersion(tx, { provinceId, organisationId });
  if (from <= open.validFrom) {
    throw new AppError('VALIDATION_FAILED', {
      text: {
        vi: `Ngày thay đổi phải sau ${open.validFrom}, ngày tên hiện nay bắt đầu.`,
        en: `The change must be after ${open.validFrom}, when the present name began.`,
      },
      fields: [{ path: 'from', text: { vi: 'Ngày quá sớm.', en: 'The day is too early.' } }],
    });
  }
  await tx.update(OrganisationVersionEntity, { id: open.id }, { validTo: from });
  return { versionId: await beginVersion(tx, { organisationId, name, shortName, parentId, from }) };
}

/** The version that holds until somebody changes it, with the organisation locked. Throws NOT_FOUND, also for another province's. */
export async function lockPresentVersion(
  tx: Tx,
  { provinceId, organisationId }: { provinceId: string; organisationId: string },
): Promise<OrganisationVersionEntity> {
  const owner = await tx.findOne(OrganisationEntity, {
    where: { id: organisationId, provinceId },
    lock: { mode: 'pessimistic_write' },
  });
  const open = await tx
    .createQueryBuilder(OrganisationVersionEntity, 'version')
    .where('version.organisation_id = :organisationId and version.valid_to is null', { organisationId })
    .getOne();
  if (owner === null || open === null) throw new AppError('NOT_FOUND');
  return open;
}

async function beginVersion(
  tx: Tx,
  { from, ...version }: Pick<NewOrganisation, 'name' | 'shortName' | 'parentId' | 'from'> & { organisationId: string },
): Promise<string> {
  const id = randomUUID();
  await tx.insert(OrganisationVersionEntity, { id, ...version, validFrom: from, validTo: null });
  return id;
}
