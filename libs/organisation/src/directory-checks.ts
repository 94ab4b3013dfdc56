import { AppError } from '#contracts/errors.js';
import type { Tx } from '#libs/persistence';
import { OrganisationEntity } from './organisation.entity.js';

/** One field is not as it should be, said beside it. */
export function wrongField(path: string, vi: string, en: string): AppError {
  return new AppError('VALIDATION_FAILED', { text: { vi, en }, fields: [{ path, text: { vi, en } }] });
}

/** Throws VALIDATION_FAILED for an organisation the province does not have. */
export async function requireOrganisation(
  tx: Tx,
  given: { provinceId: string; organisationId: string; path: string },
): Promise<void> {
  const { provinceId, organisationId, path } = given;
  if (!(await tx.existsBy(OrganisationEntity, { id: organisationId, provinceId })))
    throw wrongField(path, 'Tỉnh không có cơ quan này.', 'The province has no such organisation.');
}

/**
 * A province without an administrator could never get one again. Called after a change, under the lock of the province. Throws
 * VALIDATION_FAILED.
 */
export async function requireAdministratorLeft(tx: Tx, provinceId: string): Promise<void> {
  const [row]: { left: number }[] = await tx.query(
    `select count(*)::int as left from role_assignments r
       join people p on p.id = r.person_id and p.active
     where p.province_id = $1 and r.role = 'administrator' and r.valid_to is null`,
    [provinceId],
  );
  if (row === undefined || row.left === 0) {
    throw wrongField(
      'role',
      'Tỉnh phải còn ít nhất một quản trị hệ thống.',
      'The province must keep at least one administrator.',
    );
  }
}
