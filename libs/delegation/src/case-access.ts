import { AppError } from '#contracts/errors.js';
import type { Role } from '#contracts/roles.js';
import { may, type SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';

/** Roles that see every case of the province: the focal agency's own, the inspector and the administrator. */
const provinceWide: readonly Role[] = ['inspector', 'administrator'];

interface CasePlace {
  readonly id: string;
  readonly provinceId: string;
  readonly unitId: string;
  readonly focalId: string;
}

export function seesWholeProvince(principal: SessionPrincipal, focalId: string): boolean {
  return may(principal, { role: provinceWide }) || principal.roles.some((held) => held.organisationId === focalId);
}

const touchedStatement = {
  name: 'delegation_case_touched',
  text: `
    select 1 where exists (
      select from tasks where instance_id = $1 and (organisation_id = any($2::uuid[]) or person_id = $3)
    ) or exists (select from proposal_members where instance_id = $1 and person_id = $3)`,
};

/**
 * Who may read a case: its unit, the focal agency, an organisation or person that has or had a task in it, a member of the
 * delegation, inspector and administrator. Anybody else gets NOT_FOUND, so that the existence of a case is not told either.
 */
export async function requireReadable(tx: Tx, principal: SessionPrincipal, place: CasePlace): Promise<void> {
  if (place.provinceId !== principal.provinceId) throw new AppError('NOT_FOUND');
  if (principal.roles.some((held) => held.organisationId === place.unitId)) return;
  if (seesWholeProvince(principal, place.focalId)) return;
  const organisationIds = principal.roles.map((held) => held.organisationId);
  const found = await runPrepared(tx, touchedStatement, [place.id, organisationIds, principal.personId]);
  if (found.length === 0) throw new AppError('NOT_FOUND');
}
