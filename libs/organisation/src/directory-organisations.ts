import type { NewOrganisationBody, OrganisationChange, OrganisationVersionView } from '#contracts/directory.js';
import { AppError } from '#contracts/errors.js';
import type { CalendarDay } from '#libs/calendar';
import { isUniqueViolation, type Tx } from '#libs/persistence';
import { requireOrganisation, wrongField } from './directory-checks.js';
import { OrganisationVersionEntity } from './organisation-version.entity.js';
import { changeOrganisation, createOrganisation, lockPresentVersion } from './organisations.js';

/** Oldest first. Throws NOT_FOUND. */
export async function organisationHistory(
  tx: Tx,
  given: { provinceId: string; organisationId: string },
): Promise<OrganisationVersionView[]> {
  await requireOrganisation(tx, { ...given, path: 'organisationId' }).catch(() => {
    throw new AppError('NOT_FOUND');
  });
  const rows = await tx.find(OrganisationVersionEntity, {
    where: { organisationId: given.organisationId },
    order: { validFrom: 'ASC' },
  });
  return rows.map(({ id, name, shortName, parentId, validFrom, validTo }) => ({
    ...{ id, name, shortName, parentId, validFrom, validTo },
  }));
}

/** Throws DUPLICATE for a code that is taken, VALIDATION_FAILED for a superior of another province. */
export async function addOrganisation(
  tx: Tx,
  given: NewOrganisationBody & { provinceId: string },
): Promise<{ id: string }> {
  const { provinceId, parentId } = given;
  if (parentId !== null) await requireOrganisation(tx, { provinceId, organisationId: parentId, path: 'parentId' });
  try {
    const { organisationId } = await createOrganisation(tx, given);
    return { id: organisationId };
  } catch (error) {
    if (!isUniqueViolation(error, 'uq_organisations_code')) throw error;
    const text = { vi: 'Đã có cơ quan mang mã này.', en: 'An organisation has this code.' };
    throw new AppError('DUPLICATE', { text, fields: [{ path: 'code', text }] }, { cause: error });
  }
}

/** Throws NOT_FOUND, VALIDATION_FAILED (too early, its own superior, a superior of another province). */
export async function renameOrganisation(
  tx: Tx,
  given: OrganisationChange & { provinceId: string; organisationId: string },
): Promise<{ versionId: string }> {
  const { provinceId, organisationId, parentId } = given;
  if (parentId !== null) {
    await requireOrganisation(tx, { provinceId, organisationId: parentId, path: 'parentId' });
    if (await isAbove(tx, { upper: organisationId, lower: parentId }))
      throw wrongField('parentId', 'Cơ quan không thể trực thuộc chính mình.', 'It would be its own superior.');
  }
  return changeOrganisation(tx, given);
}

async function isAbove(tx: Tx, { upper, lower }: { upper: string; lower: string }): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `with recursive above as (
       select $2::uuid as id
       union
       select v.parent_id from above a join organisation_versions v on v.organisation_id = a.id and v.valid_to is null
       where v.parent_id is not null
     ) select 1 from above where id = $1::uuid`,
    [upper, lower],
  );
  return rows.length > 0;
}

/**
 * From that day on there is no such organisation. Nobody may be left in it and no work may wait for it: a successor takes that over
 * first. Throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function endOrganisation(
  tx: Tx,
  given: { provinceId: string; organisationId: string; from: CalendarDay },
): Promise<void> {
  const { provinceId, organisationId, from } = given;
  const open = await lockPresentVersion(tx, { provinceId, organisationId });
  if (from <= open.validFrom)
    throw wrongField('from', 'Ngày kết thúc phải sau ngày bắt đầu.', 'It must end after it began.');
  const [left]: { people: number; below: number; tasks: number }[] = await tx.query(
    `select (select count(*)::int from (
         select person_id from positions where organisation_id = $1 and (valid_to is null or valid_to > $2::date)
         union select person_id from role_assignments where organisation_id = $1 and (valid_to is null or valid_to > $2::date)
       ) held) as people,
       (select count(*)::int from organisation_versions where parent_id = $1 and (valid_to is null or valid_to > $2::date)) as below,
       (select count(*)::int from tasks where organisation_id = $1 and closed_at is null) as tasks`,
    [organisationId, from],
  );
  const { people = 0, below = 0, tasks = 0 } = left ?? {};
  if (people + below + tasks > 0) {
    throw wrongField(
      'from',
      `Còn ${people} người, ${below} cơ quan trực thuộc và ${tasks} việc đang chờ ở cơ quan này. Chuyển trước rồi mới kết thúc.`,
      `${people} people, ${below} subordinate organisations and ${tasks} open tasks are left. Move them first.`,
    );
  }
  await tx.update(OrganisationVersionEntity, { id: open.id }, { validTo: from });
}
