import { AppError } from '#contracts/errors.js';
import type { AffectedCase, ProfilePreview } from '#contracts/regulation.js';
import type { Text } from '#contracts/text.js';
import { dayOf } from '#libs/calendar';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { judgementDifferences, type ProvinceProfile, profileDifferences, routeFor } from '#libs/policy';
import { readForProvince } from '#libs/regulation';
import type { CaseDependencies } from './case-dependencies.js';
import { judgeProposal } from './case-facts.js';
import { findWithSurroundings } from './surroundings.js';

/** Judged at once; with more running the answer says how many were left out. */
const mostCases = 300;

/**
 * What a changed profile would do: its problems, the fields that differ from the rules in force, and each running case the two judge
 * differently. Cases past their decision are not judged again by any rules, and deadlines that run keep their numbers. Throws FORBIDDEN.
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
    for (const one of judged) {
      const differences = await differencesOf(tx, { caseId: one.id, provinceId, before, after: profile, dependencies });
      if (differences.length > 0) affected.push({ ...one, differences: [...differences] });
    }
    const notJudged = running.length - judged.length;
    return { problems: [], changes: [...changes], judged: judged.length, notJudged, affected };
  });
}

/** Newest first: cases whose proposal is still to be judged. */
function runningCases(tx: Tx, provinceId: string): Promise<Omit<AffectedCase, 'differences'>[]> {
  return tx.query(
    `select p.instance_id as id, p.case_code as "caseCode", p.delegation_name as "delegationName"
     from proposals p join instances i on i.id = p.instance_id
     where p.province_id = $1 and i.status = 'active' and i.states && array['proposal', 'appraisal', 'approval']
     order by p.created_at desc, p.instance_id desc`,
    [provinceId],
  );
}

async function differencesOf(
  tx: Tx,
  given: {
    caseId: string;
    provinceId: string;
    before: ProvinceProfile;
    after: ProvinceProfile;
    dependencies: CaseDependencies;
  },
): Promise<readonly Text[]> {
  const { caseId, provinceId, before, after, dependencies } = given;
  const now = dependencies.clock.now();
  const found = await findWithSurroundings(tx, { caseId, provinceId, day: dayOf(now), withOtherTrips: true });
  if (!found) return [];
  const calendar = dependencies.calendarFor(provinceId);
  const by = (profile: ProvinceProfile) => outcome(judgeProposal({ ...found, profile, calendar, now }));
  return judgementDifferences(by(before), by(after));
}

type Judged = ReturnType<typeof judgeProposal>;

function outcome({ trip, profile, findings, missingDocuments }: Judged) {
  return { steps: stepsOf(trip, profile), findings, missingDocuments };
}

/** A draft may be of a kind the rules have no route for yet. */
function stepsOf(trip: Judged['trip'], profile: ProvinceProfile) {
  try {
    return routeFor(trip, profile).steps;
  } catch (error) {
    if (error instanceof AppError && error.code === 'VALIDATION_FAILED') return [];
    throw error;
  }
}
