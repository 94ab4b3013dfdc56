import type { AffectedCase, ProfileDraft, ProfilePreview } from '#contracts/regulation.js';
import type { Text } from '#contracts/text.js';
import { dayOf } from '#libs/calendar';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { type Finding, judgementDifferences, outcomeOf, type ProvinceProfile, profileDifferences } from '#libs/policy';
import { readForProvince } from '#libs/regulation';
import type { CaseDependencies } from './case-dependencies.js';
import { judgeProposal } from './case-facts.js';
import { type AskedOf, requestNow } from './request-lead.js';
import { findWithSurroundings } from './surroundings.js';

/**
 * What a changed profile would do: its problems, the fields that differ from the rules in force, and each running case the two judge
 * differently, in the order of their codes, `limit` of them at once from the one after `after` on. What a case keeps from its beginning
 * (its deadlines, who decides on changes) is no difference of a running case: each changed field says whom it reaches. Throws FORBIDDEN.
 */
export function previewProfile(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  { profile: value, after, limit }: ProfileDraft,
): Promise<ProfilePreview> {
  requireRole(principal, { role: ['administrator', 'inspector'] });
  return dependencies.unitOfWork.run(async (tx) => {
    const { provinceId } = principal;
    const at = dependencies.clock.now();
    const day = dayOf(at);
    const { profile, problems } = await readForProvince(tx, { value, provinceId, day });
    const before = await dependencies.profiles.inForce(tx, { provinceId, day, at });
    const changes = profile && before ? profileDifferences(before, profile) : [];
    const nothing = { judged: 0, notJudged: 0, next: null, affected: [] };
    if (profile === null || before === null || changes.length === 0) {
      return { problems: [...problems], changes: [...changes], ...nothing };
    }
    const judged = await runningCases(tx, { provinceId, after, limit });
    const affected: AffectedCase[] = [];
    for (const one of judged) {
      const differences = await differencesOf(tx, { running: one, provinceId, before, after: profile, dependencies });
      const { id, caseCode, delegationName } = one;
      if (differences.length > 0) affected.push({ id, caseCode, delegationName, differences: [...differences] });
    }
    const notJudged = (judged[0]?.running ?? 0) - judged.length;
    const next = notJudged === 0 ? null : judged.at(-1)!.caseCode;
    return { problems: [], changes: [...changes], judged: judged.length, notJudged, next, affected };
  });
}

/** Of a trip that is decided the rules are asked again when it leaves, or its decision is made anew. */
const askedBeforeDeparture: readonly Finding['rule'][] = ['eligibility', 'moratorium'];
const stillAsked = (findings: readonly Finding[]) => findings.filter(({ rule }) => askedBeforeDeparture.includes(rule));

interface RunningCase extends Omit<AffectedCase, 'differences'> {
  /** undecided: judged whole; decided: by what is asked before it leaves; preparing, abroad: by what the unit may ask for as well. */
  readonly stage: 'undecided' | 'decided' | 'preparing' | 'abroad';
  readonly context: AskedOf;
  /** How many there are from the place asked for on. */
  readonly running: number;
}

/** By year and number of the code. */
function runningCases(
  tx: Tx,
  { provinceId, after, limit }: { provinceId: string; after: string | undefined; limit: number },
): Promise<RunningCase[]> {
  const place = (code: string) => `split_part(${code}, '-', 2)::int, split_part(${code}, '-', 3)::bigint`;
  return tx.query(
    `select p.instance_id as id, p.case_code as "caseCode", p.delegation_name as "delegationName", count(*) over ()::int as running,
       jsonb_build_object('trip', i.snapshot->'context'->'trip', 'departedOn', i.snapshot->'context'->'departedOn') as context,
       case when 'trip' = any(i.states) then 'abroad'
         when 'notification.preparing' = any(i.states) then 'preparing'
         when 'notification' = any(i.states) or i.snapshot->'context'->'freeze'->>'phase' = 'notification' then 'decided'
         else 'undecided' end as stage
     from proposals p join instances i on i.id = p.instance_id
     where p.province_id = $1 and i.status = 'active'
       and i.states && array['proposal', 'appraisal', 'approval', 'notification', 'frozen', 'trip.abroad']
       and ($2::text is null or (${place('p.case_code')}) > (${place('$2::text')}))
     order by ${place('p.case_code')} limit $3`,
    [provinceId, after ?? null, limit],
  );
}

async function differencesOf(
  tx: Tx,
  given: {
    running: RunningCase;
    provinceId: string;
    before: ProvinceProfile;
    after: ProvinceProfile;
    dependencies: CaseDependencies;
  },
): Promise<readonly Text[]> {
  const { running, provinceId, before, after, dependencies } = given;
  const { id: caseId, stage, context } = running;
  const now = dependencies.clock.now();
  const calendar = dependencies.calendarFor(provinceId);
  const nothingElse = { steps: [], opinions: [], missingDocuments: [] };
  const asked = (profile: ProvinceProfile) => requestNow({ context, profile, calendar, now });
  if (stage === 'abroad') {
    const by = (profile: ProvinceProfile) => ({ ...nothingElse, findings: asked(profile) });
    return judgementDifferences(by(before), by(after));
  }
  const found = await findWithSurroundings(tx, { caseId, provinceId, day: dayOf(now), withOtherTrips: true });
  if (!found) return [];
  const by = (profile: ProvinceProfile) => {
    const whole = outcomeOf(judgeProposal({ ...found, profile, calendar, now }));
    if (stage === 'undecided') return whole;
    const own = stage === 'preparing' ? asked(profile) : [];
    return { ...nothingElse, findings: [...stillAsked(whole.findings), ...own] };
  };
  return judgementDifferences(by(before), by(after));
}
