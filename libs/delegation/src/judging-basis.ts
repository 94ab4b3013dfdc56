import type { JudgingBasis } from '#contracts/judging.js';
import { addDays, type BusinessCalendar, type CalendarDay, dayOf } from '#libs/calendar';
import type { SessionPrincipal } from '#libs/organisation';
import { requireCase } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { judgeCase } from './case-facts.js';

/** Days ahead that can matter to a proposal: a trip is planned a year ahead, its report is due weeks after it. */
const daysAhead = 900;
const daysBehind = 60;

/** Throws NOT_FOUND for a case the reader may not see, VALIDATION_FAILED where no rules hold. */
export function getJudgingBasis(
  dependencies: CaseDependencies,
  given: { principal: SessionPrincipal; caseId: string },
): Promise<JudgingBasis> {
  const { caseId } = given;
  return dependencies.unitOfWork.run(async (tx) => {
    const { provinceId } = await requireCase(tx, { dependencies, ...given });
    const judged = await judgeCase(tx, { caseId, provinceId, dependencies });
    if (!judged) throw new Error(`Case ${caseId} was readable and has no proposal.`);
    const now = dependencies.clock.now();
    const { ranks, documents, planPeriods } = judged.around;
    return {
      profile: judged.judgement.profile as JudgingBasis['profile'],
      calendar: tableAround(dependencies.calendarFor(provinceId), dayOf(now)),
      ranks: ranks.map((row) => ({ ...row })),
      documentNumbers: documents.flatMap(({ number }) => number ?? []),
      planPeriods: planPeriods.map((period) => ({ ...period })),
      now: now.toISOString(),
    };
  });
}

/** The days that are not as their weekday says, whatever table or setting made them so. */
function tableAround(calendar: BusinessCalendar, today: CalendarDay): JudgingBasis['calendar'] {
  const all = Array.from({ length: daysBehind + daysAhead }, (_, at) => {
    const day = addDays(today, at - daysBehind);
    return { day, ...calendar.dayStatus(day) };
  });
  const covered = all.filter((row) => row.covered).map(({ day }) => Number(day.slice(0, 4)));
  return {
    country: 'VN',
    version: calendar.version,
    firstYear: Math.min(...covered),
    lastYear: Math.max(...covered),
    days: all.flatMap(({ holiday }) => {
      if (holiday === null) return [];
      const { day, kind, name, verified, source } = holiday;
      return [{ day, kind, name, verified, source }];
    }),
  };
}
