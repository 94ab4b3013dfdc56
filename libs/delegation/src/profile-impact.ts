import type { AffectedCase, ProfilePreview } from '#contracts/regulation.js';
import type { Text } from '#contracts/text.js';
import { dayOf } from '#libs/calendar';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { type Finding, judgementDifferences, outcomeOf, type ProvinceProfile, profileDifferences } from '#libs/policy';
import { readForProvince } from '#libs/regulation';
import type { CaseDependencies } from './case-dependencies.js';
import { judgeProposal } from './case-facts.js';
import { findWithSurroundings } from './surroundings.js';

/** Judged at once; with more running the answer says how many were left out. */
const mostCases = 300;

/**
 * What a changed profile would do: its problems, the fields that differ from the rules in force, and each running case the two judge
 * differently. What a case keeps from its beginning (its deadlines, who decides on changes) is no difference of a running case: each
 * changed field says whom it reaches. Throws FORBIDDEN.
 */
export function previewProfile(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  value: unknown,
): Promise<ProfilePreview> {
  requireRole(principal, { role: ['administrator', 'inspector'] });
  return dependencies.unitOfWork.run(async (tx) => {
    const { provinceId } = principal;
    const at = dependencies.clock.now();
    const day = dayOf(at);
    const { profile, problems } = await readForProvince(tx, { value, provinceId, day });
    const before = await dependencies.profiles.inForce(tx, { provinceId, day, at });
    const changes = profile && before ? profileDifferences(before, profile) : [];
    const nothing = { judged: 0, notJudged: 0, affected: [] };
    if (profile === null || before === null || changes.length === 0) {
      return { problems: [...problems], changes: [...changes], ...nothing };
    }
    const running = await runningCases(tx, provinceId);
    const judged = running.slice(0, mostCases);
    const affected: AffectedCase[] = [];
    for (const { isDecided, ...one } of judged) {
      const given = { caseId: one.id, isDecided, provinceId, before, after: profile, dependencies };
      const differences = await differencesOf(tx, given);
      if (differences.length > 0) affected.push({ ...one, differences: [...differences] });
    }
    const notJudged = running.length - judged.length;
    return { problems: [], changes: [...changes], judged: judged.length, notJudged, affected };
  });
}

/** Of a trip that is decided the rules are asked again when it leaves, or its decision is made anew. */
const askedBeforeDeparture: readonly Finding['rule'][] = ['eligibility', 'moratorium'];
const stillAsked = (findings: readonly Finding[]) => findings.filter(({ rule }) => askedBeforeDeparture.includes(rule));

interface RunningCase extends Omit<AffectedCase, 'differences'> {
  readonly isDecided: boolean;
}

/** Newest first: cases that are still to be judged, whole or, once decided, before they leave. */
function runningCases(tx: Tx, provinceId: string): Promise<RunningCase[]> {
  return tx.query(
    `select p.instance_id as id, p.case_code as "caseCode", p.delegation_name as "delegationName",
       'notification' = any(i.states) or coalesce(i.snapshot->'context'->'freeze'->>'phase' = 'notification', false) as "isDecided"
     from proposals p join instances i on i.id = p.instance_id
     where p.province_id = $1 and i.status = 'active' and i.states && array['proposal', 'appraisal', 'approval', 'notification', 'frozen']
     order by p.created_at desc, p.instance_id desc`,
    [provinceId],
  );
}

async function differencesOf(
  tx: Tx,
  given: {
    caseId: string;
    isDecided: boolean;
    provinceId: string;
    before: ProvinceProfile;
    after: ProvinceProfile;
    dependencies: CaseDependencies;
  },
): Promise<readonly Text[]> {
  const { caseId, isDecided, provinceId, before, after, dependencies } = given;
  const now = dependencies.clock.now();
  const found = await findWithSurroundings(tx, { caseId, provinceId, day: dayOf(now), withOtherTrips: true });
  if (!found) return [];
  const calendar = dependencies.calendarFor(provinceId);
  const by = (profile: ProvinceProfile) => {
    const whole = outcomeOf(judgeProposal({ ...found, profile, calendar, now }));
    const nothingElse = { steps: [], opinions: [], missingDocuments: [] };
    return isDecided ? { ...nothingElse, findings: stillAsked(whole.findings) } : whole;
  };
  return judgementDifferences(by(before), by(after));
}
