import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { SubstitutionOffer } from '#contracts/substitution.js';
import { type Clock, dayOf } from '#libs/calendar';
import type { SessionPrincipal } from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { addMessages } from '#libs/runtime';

/** Whoever decides in one of these roles leaves others waiting while abroad. */
const decidingRoles = ['leader', 'unitHead'];

/**
 * Trips that are coming or under way, of a person with a deciding role, for whose remaining days nobody stands in. A draft is not
 * yet a trip; a postponed or returned one is none any more. $1 person or null for every member of the case, $2 today, $3 case or
 * null for all of them, $4 roles.
 */
const offersStatement: PreparedStatement = {
  name: 'delegation_substitution_offers',
  text: `
    select p.instance_id as "caseId", p.case_code as "caseCode", p.delegation_name as "delegationName",
      m.person_id as "personId", greatest(p.departure_date, $2::date)::text as "firstDay", p.return_date::text as "lastDay"
    from proposal_members m join proposals p on p.instance_id = m.instance_id join instances i on i.id = p.instance_id
    where ($1::uuid is null or m.person_id = $1) and ($3::uuid is null or m.instance_id = $3) and m.person_id is not null
      and i.status = 'active' and p.departure_date is not null and p.return_date >= $2::date
      and not i.states && array['proposal.draft', 'notification.postponed', 'trip.closing']
      and not exists (select from unnest(i.states) state where state like 'trip.closing.%')
      and exists (select from role_assignments r where r.person_id = m.person_id and r.role = any($4::text[])
        and r.valid_from <= $2::date and (r.valid_to is null or r.valid_to > $2::date))
      and not exists (select from substitutions x where x.person_id = m.person_id and x.revoked_at is null
        and x.first_day <= greatest(p.departure_date, $2::date) and x.last_day >= p.return_date)
    order by p.departure_date, p.instance_id`,
};

interface OfferRow extends SubstitutionOffer {
  readonly personId: string;
}

/** What the reader is offered: somebody to stand in for exactly the days of a trip they take part in. */
export async function substitutionOffers(
  tx: Tx,
  given: { readonly principal: SessionPrincipal; readonly clock: Clock; readonly caseId?: string },
): Promise<SubstitutionOffer[]> {
  const { principal, clock, caseId } = given;
  const values = [principal.personId, dayOf(clock.now()), caseId ?? null, decidingRoles];
  const rows = await runPrepared<OfferRow>(tx, offersStatement, values);
  return rows.map(({ personId: _, ...offer }) => offer);
}

/** After these the days of the trip are certain, or other ones than before. */
const settlesDays: readonly DelegationEventType[] = [
  'ISSUE_DECISION',
  'RESCHEDULE',
  'AMENDMENT_APPROVED',
  'EXTENSION_GRANTED',
];

/** Tells each member who decides for others, by mail, that somebody should stand in; in the transaction that settled the days. */
export async function announceOffers(
  tx: Tx,
  given: { readonly caseId: string; readonly type: DelegationEventType; readonly clock: Clock },
): Promise<void> {
  const { caseId, type, clock } = given;
  if (!settlesDays.includes(type)) return;
  const now = clock.now();
  const rows = await runPrepared<OfferRow>(tx, offersStatement, [null, dayOf(now), caseId, decidingRoles]);
  const messages = rows.map(({ personId }) => ({
    template: 'substitutionOffered',
    recipient: { personId },
    data: { personId },
  }));
  await addMessages(tx, { instanceId: caseId, messages, at: now });
}
