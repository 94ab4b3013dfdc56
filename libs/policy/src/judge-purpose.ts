import { type CalendarDay, formatDay } from '#libs/calendar';
import { type Finding, isJustified, judged } from './finding.js';
import type { Moratorium, ProvinceProfile } from './profile.js';
import { commonWordingPercent } from './similarity.js';
import { conditionHolds, type OtherTrip, type Trip } from './trip.js';

const studies: readonly Trip['purposeKind'][] = ['study', 'exchange'];

/** Study and exchange without a practical result may not be paid by the budget, so the result has to be shown. */
export function studyOnBudget(trip: Trip, profile: ProvinceProfile): Finding {
  const paid = trip.funding.some(({ source }) => source === 'stateBudget' || source === 'partyBudget');
  const broken = paid && studies.includes(trip.purposeKind);
  return judged({
    rule: 'studyOnBudget',
    broken,
    justified: isJustified(trip, 'studyOnBudget'),
    hard: profile.studyOnBudget,
    values: { purposeKind: trip.purposeKind },
    text: broken
      ? {
          vi: 'Học tập, giao lưu bằng ngân sách: phải nêu kết quả thiết thực của chuyến đi.',
          en: 'Study or exchange on the budget: the practical result must be shown.',
        }
      : {
          vi: 'Không phải học tập, giao lưu bằng ngân sách.',
          en: 'Not a study or exchange trip on the budget.',
        },
  });
}

const standing: readonly OtherTrip['outcome'][] = ['planned', 'abroad', 'travelled', 'cancelledAfter'];

/** Another delegation to the same country, within the months of the profile, with much the same purpose and programme. */
export function duplicate(given: { trip: Trip; profile: ProvinceProfile; others: readonly OtherTrip[] }): Finding {
  const { trip, profile, others } = given;
  const { months, similarityPercent } = profile.duplicates;
  const places = new Set(trip.countries.flatMap(({ code, name }) => [code ?? '', nameKey(name)]));
  const same = others.filter(
    (other) =>
      standing.includes(other.outcome) &&
      other.countries.some((country) => places.has(country) || places.has(nameKey(country))) &&
      trip.departureDate !== null &&
      isWithinMonths(trip.departureDate, other.departureDate, months) &&
      commonWordingPercent(trip.subject, other.subject) >= similarityPercent,
  );
  const caseCodes = same.map(({ caseCode }) => caseCode);
  return judged({
    rule: 'duplicate',
    broken: same.length > 0,
    justified: isJustified(trip, 'duplicate'),
    hard: profile.duplicates,
    values: { months, similarityPercent, caseIds: same.map(({ caseId }) => caseId), caseCodes },
    text:
      same.length > 0
        ? {
            vi: `Trùng nước đến và nội dung với ${same.length} đoàn khác trong ${months} tháng (${caseCodes.slice(0, 3).join(', ')}).`,
            en: `Same country and content as ${same.length} other delegation(s) within ${months} months (${caseCodes.slice(0, 3).join(', ')}).`,
          }
        : {
            vi: `Không trùng nước đến và nội dung với đoàn nào trong ${months} tháng.`,
            en: `No other delegation within ${months} months has the same country and content.`,
          },
  });
}

const nameKey = (name: string) => name.normalize('NFC').trim().toLocaleLowerCase('vi');

/** Month by month, as people count: 15/01 and 15/07 are six months apart, 15/01 and 16/07 are more. */
function isWithinMonths(a: CalendarDay, b: CalendarDay, months: number): boolean {
  const [first, last] = a < b ? [a, b] : [b, a];
  const number = (day: CalendarDay) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const apart = number(last) - number(first);
  return apart < months || (apart === months && last.slice(8) <= first.slice(8));
}

/**
 * A pause by directive covers trips with a day inside it; a trip without dates as long as the pause lasts. The cases excepted are
 * named in the profile with the document that excepts them; a leader's exception on the case itself is the workflow's matter.
 */
export function moratorium(given: { trip: Trip; profile: ProvinceProfile; today: CalendarDay }): Finding {
  const { trip, profile, today } = given;
  const pauses = pausesFor(trip, profile, today);
  const covering = pauses.filter(({ exceptions }) => !exceptions.some(({ caseCode }) => caseCode === trip.caseCode));
  const hardest = covering.find(({ severity }) => severity === 'block') ?? covering[0];
  const shown = hardest ?? pauses[0];
  const { source = null, reference, severity = 'block' } = shown ?? {};
  const until = shown && (shown.to === null ? null : formatDay(shown.to));
  return judged({
    rule: 'moratorium',
    broken: hardest !== undefined,
    justified: false,
    hard: { severity, whenJustified: severity, source, reference },
    values: { pauses: covering.map(({ id }) => id) },
    text:
      hardest !== undefined
        ? {
            vi: `${hardest.name.vi}: tạm dừng từ ${formatDay(hardest.from)} ${until ? `đến hết ${until}` : 'cho đến khi có chỉ đạo mới'}; hồ sơ này chưa được xét ngoại lệ.`,
            en: `${hardest.name.en}: suspended from ${formatDay(hardest.from)} ${until ? `to ${until}` : 'until further notice'}; this case has no exception.`,
          }
        : pauses.length > 0
          ? {
              vi: 'Thuộc thời gian tạm dừng nhưng hồ sơ đã được xét ngoại lệ.',
              en: 'Inside a suspension, but this case has an exception.',
            }
          : { vi: 'Không thuộc thời gian tạm dừng theo chỉ đạo.', en: 'Not inside a suspension.' },
  });
}

function pausesFor(trip: Trip, { moratoria }: ProvinceProfile, today: CalendarDay): readonly Moratorium[] {
  const first = trip.departureDate ?? today;
  const last = trip.returnDate ?? trip.departureDate ?? today;
  return moratoria.filter(
    ({ from, to, when }) => from <= last && (to === null || first <= to) && conditionHolds(trip, when),
  );
}
