import { AppError } from '#contracts/errors.js';
import type { Role } from '#contracts/roles.js';
import { type Clock, dayOf } from '#libs/calendar';
import { holdingsOf, may, type SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import { focalCodeOn } from '#libs/regulation';
import type { LockedInstance } from '#libs/runtime';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';
import type { CaseDependencies } from './case-dependencies.js';
import { delegationDefinitionId } from './open-case.js';

/** Roles that see every case of the province. */
const supervisors: readonly Role[] = ['inspector', 'administrator'];

/** Of organisations, also those that ended in favour of one of them: whoever takes over reads the files, which keep the name of their day. */
const withPredecessors = (ids: string) => `array(with recursive followed(id) as (
          select unnest(${ids}) union select s.organisation_id from organisation_successions s
            join followed f on f.id = s.successor_id where s.applied_at is not null and (s.plan->>'ends')::boolean
        ) select id from followed)`;
const own = withPredecessors('$2::uuid[]');
/** The organisations an office among them serves: its clerks write and number their letters. */
const served = withPredecessors(`array(select v.parent_id from organisation_versions v
            join organisations o on o.id = v.organisation_id and o.kind = 'office'
            where v.organisation_id = any($2::uuid[]) and v.valid_to is null and v.parent_id is not null)`);

/** Work on a case that nobody has been sent yet. */
const drafting = `array['completeDraft', 'signSubmission']`;

/**
 * Who may read a case, as a condition on proposals `p` of the reader's province: its unit; its focal agency; an organisation or person
 * that has or had a task in it, and the office that serves such an organisation; the deciding authority and its office from the day the
 * case is sent in; a member of the delegation; whoever took over from one of these when it ended; and for the whole province the focal
 * agency the rules of today name, inspector and administrator. A substitute as long as they stand in.
 * $1 province, $2 organisations held, $3 person, $4 whole province: `readerOf`. Everything that is read of cases asks this and nothing else.
 */
export const readableCase = `($4::boolean or p.organisation_id = any(${own}) or p.focal_id = any(${own})
        or exists (select from tasks r where r.instance_id = p.instance_id and (r.organisation_id = any(${own} || ${served})
          or r.person_id = $3 or (r.kind <> all(${drafting}) and p.authority_id = any(${own} || ${served}))))
        or exists (select from proposal_members r where r.instance_id = p.instance_id and r.person_id = $3))`;

/** $1 to $4 of a statement with `readableCase`. */
export async function readerOf(
  { reader, clock }: Pick<CaseDependencies, 'reader' | 'clock'>,
  principal: SessionPrincipal,
): Promise<readonly unknown[]> {
  const ask: Ask = (...asked) => reader.read(...asked);
  return parametersOf(principal, await seesWholeProvince(ask, { principal, clock }));
}

const parametersOf = (principal: SessionPrincipal, whole: boolean) => [
  principal.provinceId,
  holdingsOf(principal).map((held) => held.organisationId),
  principal.personId,
  whole,
];

/** Whose trips the reader counts in a report: null for the whole province, else those of the organisations they work in. */
export async function tripScopeOf(
  { reader, clock }: Pick<CaseDependencies, 'reader' | 'clock'>,
  principal: SessionPrincipal,
): Promise<{ organisationIds: readonly string[] | null }> {
  const whole = await seesWholeProvince((...asked) => reader.read(...asked), { principal, clock });
  return { organisationIds: whole ? null : [...new Set(holdingsOf(principal).map((held) => held.organisationId))] };
}

type Ask = Parameters<typeof focalCodeOn>[0];

async function seesWholeProvince(
  ask: Ask,
  { principal, clock }: { principal: SessionPrincipal; clock: Clock },
): Promise<boolean> {
  if (may(principal, { role: supervisors })) return true;
  const { provinceId } = principal;
  const focalCode = await focalCodeOn(ask, { provinceId, day: dayOf(clock.now()) });
  return holdingsOf(principal).some((held) => held.organisationCode === focalCode);
}

const readableStatement = {
  name: 'delegation_case_readable',
  text: `select 1 from proposals p where p.province_id = $1 and p.instance_id = $5 and ${readableCase}`,
};

/**
 * `readableCase` of one case. What needs no look at the database is judged here first, and says no more than the condition does.
 * Anybody else gets NOT_FOUND, so that the existence of a case is not told either.
 */
export async function requireReadable(
  tx: Tx,
  given: { principal: SessionPrincipal; instance: LockedInstance; clock: Clock },
): Promise<void> {
  const { principal, instance, clock } = given;
  // A plan or a report is no case, whoever asks for it as one.
  if (instance.provinceId !== principal.provinceId || instance.definitionId !== delegationDefinitionId)
    throw new AppError('NOT_FOUND');
  if (worksOn(principal, instance) || may(principal, { role: supervisors })) return;
  const asked = (whole: boolean) =>
    runPrepared(tx, readableStatement, [...parametersOf(principal, whole), instance.id]);
  if ((await asked(false)).length > 0) return;
  if (!(await seesWholeProvince((...one) => runPrepared(tx, ...one), { principal, clock })))
    throw new AppError('NOT_FOUND');
  if ((await asked(true)).length === 0) throw new AppError('NOT_FOUND');
}

/** An office of the unit, of the focal agency or of an organisation that has something to do in it now, or a task of the person's own. */
function worksOn(principal: SessionPrincipal, { snapshot, openTasks }: LockedInstance): boolean {
  const { unitId, focalId } = (snapshot.context as DelegationContext).organisations;
  const ids = [
    unitId,
    focalId,
    ...openTasks.flatMap(({ assignee }) => ('organisationId' in assignee ? [assignee.organisationId] : [])),
  ];
  return (
    holdingsOf(principal).some((held) => ids.includes(held.organisationId)) ||
    openTasks.some(({ assignee }) => 'personId' in assignee && assignee.personId === principal.personId)
  );
}

/** The instance of a case the reader may see. Throws NOT_FOUND. */
export async function requireCase(
  tx: Tx,
  given: { dependencies: CaseDependencies; principal: SessionPrincipal; caseId: string },
): Promise<LockedInstance> {
  const { dependencies, principal, caseId } = given;
  const instance = await dependencies.runtime.read(tx, caseId);
  await requireReadable(tx, { principal, instance, clock: dependencies.clock });
  return instance;
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
    !supervisors.includes(held.role) && involved.includes(held.organisationId);
  if (holdingsOf(principal).some(acts)) return;
  const found = await runPrepared(tx, memberStatement, [id, principal.personId]);
  if (found.length === 0) throw new AppError('FORBIDDEN');
}
