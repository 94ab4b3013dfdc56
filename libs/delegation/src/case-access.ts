import { AppError } from '#contracts/errors.js';
import type { Role } from '#contracts/roles.js';
import { holdingsOf, may, type SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';

/** Roles that see every case of the province: the focal agency's own, the inspector and the administrator. */
const provinceWide: readonly Role[] = ['inspector', 'administrator'];

interface CasePlace {
  readonly id: string;
  readonly provinceId: string;
  readonly unitId: string;
  readonly focalId: string;
}

export function seesWholeProvince(principal: SessionPrincipal, focalCodes: readonly string[]): boolean {
  return (
    may(principal, { role: provinceWide }) ||
    holdingsOf(principal).some((held) => focalCodes.includes(held.organisationCode))
  );
}

/**
 * $2, the organisations held, with every organisation that ended in favour of one of them: whoever takes over reads the files, too.
 * Those files stay as they are, under the name of their day.
 */
const heldOrSucceeded = `array(with recursive followed(id) as (
          select unnest($2::uuid[])
          union select s.organisation_id from organisation_successions s join followed f on f.id = s.successor_id
            where s.applied_at is not null and (s.plan->>'ends')::boolean
        ) select id from followed)`;

/**
 * The same as a condition on proposals `p` of the reader's province, for lists. $2 organisations held, $3 person, $4 whole province.
 */
export const readableCase = `($4::boolean or p.organisation_id = any(${heldOrSucceeded})
        or exists (select from tasks r where r.instance_id = p.instance_id
          and (r.organisation_id = any(${heldOrSucceeded}) or r.person_id = $3))
        or exists (select from proposal_members r where r.instance_id = p.instance_id and r.person_id = $3))`;

const touchedStatement = {
  name: 'delegation_case_touched',
  text: `
    select 1 where exists (
      select from tasks where instance_id = $1 and (organisation_id = any(${heldOrSucceeded}) or person_id = $3
        or organisation_id in (select v.parent_id from organisation_versions v
          join organisations o on o.id = v.organisation_id and o.kind = 'office'
          where v.organisation_id = any($2::uuid[]) and v.valid_to is null))
    ) or exists (select from proposal_members where instance_id = $1 and person_id = $3)
      or exists (select from proposals where instance_id = $1 and organisation_id = any(${heldOrSucceeded}))`,
};

/**
 * Who may read a case: its unit, the focal agency, an organisation or person that has or had a task in it, the office that serves such
 * an organisation (its clerks write and number its letters), whoever took over from one of these when it ended, a member of the
 * delegation, inspector and administrator; a substitute as long as they stand in. Anybody else gets NOT_FOUND, so that the existence of a case is not told either.
 */
export async function requireReadable(tx: Tx, principal: SessionPrincipal, place: CasePlace): Promise<void> {
  if (place.provinceId !== principal.provinceId) throw new AppError('NOT_FOUND');
  if (holdingsOf(principal).some((held) => [place.unitId, place.focalId].includes(held.organisationId))) return;
  if (may(principal, { role: provinceWide })) return;
  const organisationIds = holdingsOf(principal).map((held) => held.organisationId);
  const found = await runPrepared(tx, touchedStatement, [place.id, organisationIds, principal.personId]);
  if (found.length === 0) throw new AppError('NOT_FOUND');
}

const memberStatement = {
  name: 'delegation_is_member',
  text: 'select 1 from proposal_members where instance_id = $1 and person_id = $2',
};

/**
 * Adding to a dossier takes a part in the case: an office of an organisation that proposes, appraises, decides or was asked, or a
 * seat in the delegation. Who only supervises or keeps the system running reads. Throws FORBIDDEN.
 */
export async function requirePart(
  tx: Tx,
  principal: SessionPrincipal,
  { id, context }: { id: string; context: DelegationContext },
): Promise<void> {
  const { organisations, steps, opinions } = context;
  const involved = [...Object.values(organisations), ...[...steps, ...opinions].map((one) => one.organisationId)];
  const acts = (held: SessionPrincipal['roles'][number]) =>
    !provinceWide.includes(held.role) && involved.includes(held.organisationId);
  if (holdingsOf(principal).some(acts)) return;
  const found = await runPrepared(tx, memberStatement, [id, principal.personId]);
  if (found.length === 0) throw new AppError('FORBIDDEN');
}
