import { type Finding, judged } from './finding.js';
import { personIdsOf } from './judge-limits.js';
import type { FlatRule, ProvinceProfile, Severity } from './profile.js';
import type { PastTrip, Restriction, Trip } from './trip.js';

const order: readonly Severity[] = ['note', 'warning', 'block'];

/**
 * Members the register of the focal agency bars from travelling. The sentence names neither the person nor the kind: who drafts a
 * proposal learns only whom to ask (DOMAIN 13, a yes or no and no content).
 */
export function eligibility(given: {
  trip: Trip;
  profile: ProvinceProfile;
  restrictions: readonly Restriction[];
}): Finding {
  const { trip, profile, restrictions } = given;
  const own = new Set(personIdsOf(trip.members));
  const barred = restrictions.filter(({ personId }) => own.has(personId));
  const people = new Set(barred.map(({ personId }) => personId)).size;
  const hardest = barred
    .map(({ kind }): FlatRule => profile.eligibility[kind])
    .toSorted((a, b) => order.indexOf(b.severity) - order.indexOf(a.severity))[0];
  return judged({
    rule: 'eligibility',
    broken: hardest !== undefined,
    justified: false,
    hard: hardest ?? profile.eligibility.exitSuspension,
    values: { people },
    text:
      people > 0
        ? {
            vi: `${people} thành viên đang có tên trong sổ theo dõi điều kiện xuất cảnh của cơ quan đầu mối. Liên hệ cơ quan đầu mối.`,
            en: `${people} member(s) stand in the focal agency's register of bars to travel. Ask the focal agency.`,
          }
        : {
            vi: 'Không thành viên nào có tên trong sổ theo dõi điều kiện xuất cảnh.',
            en: 'No member stands in the register of bars to travel.',
          },
  });
}

const dutyNames = {
  report: { vi: 'báo cáo', en: 'report' },
  passports: { vi: 'hộ chiếu', en: 'passport' },
  settlement: { vi: 'quyết toán', en: 'settlement' },
} as const;

/** Somebody who still owes the report or the passport of an earlier trip; there is no reason to give, only the duty to do. */
export function unfinishedDuties(given: {
  trip: Trip;
  profile: ProvinceProfile;
  history: readonly PastTrip[];
}): Finding {
  const { trip, profile, history } = given;
  const own = new Set(personIdsOf(trip.members));
  const owing = history.filter(({ personId, owes = [] }) => own.has(personId) && owes.length > 0);
  const duties = [...new Set(owing.flatMap(({ owes = [] }) => owes))];
  const people = new Set(owing.map(({ personId }) => personId)).size;
  return judged({
    rule: 'unfinishedDuties',
    broken: people > 0,
    justified: trip.exceptions.some(({ rule }) => rule === 'unfinishedDuties'),
    hard: profile.unfinishedDuties,
    values: { people, duties, caseIds: [...new Set(owing.map(({ caseId }) => caseId))] },
    text:
      people > 0
        ? {
            vi: `${people} thành viên còn nợ của chuyến trước đã quá hạn: ${duties.map((duty) => dutyNames[duty].vi).join(', ')}.`,
            en: `${people} member(s) still owe something overdue from an earlier trip: ${duties.map((duty) => dutyNames[duty].en).join(', ')}.`,
          }
        : {
            vi: 'Không thành viên nào còn nợ báo cáo, hộ chiếu, quyết toán của chuyến trước.',
            en: 'No member owes a report, a passport or a settlement from an earlier trip.',
          },
  });
}
