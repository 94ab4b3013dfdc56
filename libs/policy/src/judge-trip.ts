import { type BusinessCalendar, dayOf, formatDay } from '#libs/calendar';
import { classifiedMarkings, classifiedNumbers } from './classified-markings.js';
import { absolute, type Finding, isJustified, judged } from './finding.js';
import { dossierLeadTime } from './judge-lead-time.js';
import { judgeLimits, overlapping, personIdsOf } from './judge-limits.js';
import { eligibility, unfinishedDuties } from './judge-people.js';
import { duplicate, moratorium, studyOnBudget } from './judge-purpose.js';
import type { ProvinceProfile } from './profile.js';
import type { OtherTrip, PastTrip, Restriction, Trip } from './trip.js';

const outside = {
  vi: 'Nội dung xử lý ngoài hệ thống, không lưu ở đây.',
  en: 'The content is handled outside the system and not kept here.',
};
const secretsLaw = 'Luật Bảo vệ bí mật nhà nước 117/2025/QH15 (hiệu lực 01/03/2026)';

/**
 * What the rules of the province say of a trip, one finding a rule, in a fixed order. `history`: other trips of the members and of the
 * key leaders, `others`: delegations to the same countries, both without the case that is judged. `now`: when it would be submitted.
 */
export function judgeTrip({
  trip,
  profile,
  calendar,
  history,
  restrictions = [],
  others = [],
  now,
}: {
  trip: Trip;
  profile: ProvinceProfile;
  calendar: BusinessCalendar;
  history: readonly PastTrip[];
  restrictions?: readonly Restriction[];
  others?: readonly OtherTrip[];
  now: Date;
}): readonly Finding[] {
  return [
    dates(trip, now),
    destination(trip),
    delegationLeader(trip),
    ...judgeLimits({ trip, profile, history }),
    overlap({ trip, profile, history }),
    dossierLeadTime({ trip, profile, calendar, now }),
    outOfPlan(trip, profile),
    planPeriod(trip, profile),
    funding(trip, profile),
    studyOnBudget(trip, profile),
    eligibility({ trip, profile, restrictions }),
    unfinishedDuties({ trip, profile, history }),
    duplicate({ trip, profile, others }),
    moratorium({ trip, profile, today: dayOf(now) }),
    classifiedContent(trip),
    classifiedReference(trip),
    noSecretsDeclared(trip),
  ];
}

function dates(trip: Trip, now: Date): Finding {
  const { departureDate, returnDate } = trip;
  if (departureDate === null || returnDate === null) {
    return absolute({
      rule: 'dates',
      broken: true,
      text: { vi: 'Chưa có ngày đi và ngày về.', en: 'The departure and return days are missing.' },
    });
  }
  const values = { departureDate, returnDate, today: dayOf(now) };
  if (returnDate < departureDate) {
    const [back, out] = [formatDay(returnDate), formatDay(departureDate)];
    return absolute({
      rule: 'dates',
      broken: true,
      values,
      text: {
        vi: `Ngày về ${back} trước ngày đi ${out}.`,
        en: `The return on ${back} is before the departure on ${out}.`,
      },
    });
  }
  const past = departureDate <= values.today;
  const out = formatDay(departureDate);
  return absolute({
    rule: 'dates',
    broken: past,
    values,
    text: past
      ? { vi: `Ngày đi ${out} không còn ở phía trước.`, en: `The departure on ${out} is no longer ahead.` }
      : { vi: `Đi ${out}, về ${formatDay(returnDate)}.`, en: `Out ${out}, back ${formatDay(returnDate)}.` },
  });
}

function destination(trip: Trip): Finding {
  const broken = trip.countries.length === 0 && !trip.handledOutside;
  return absolute({
    rule: 'destination',
    broken,
    values: { countries: trip.countries.map(({ code, name }) => code ?? name) },
    text: trip.handledOutside
      ? outside
      : broken
        ? { vi: 'Chưa ghi nước đến.', en: 'No country is given.' }
        : { vi: 'Đã ghi nước đến theo hành trình.', en: 'The countries are given in itinerary order.' },
  });
}

function delegationLeader(trip: Trip): Finding {
  const leaders = trip.members.filter(({ role }) => role === 'leader').length;
  return absolute({
    rule: 'delegationLeader',
    broken: leaders !== 1 && !trip.handledOutside,
    values: { leaders },
    text: trip.handledOutside
      ? outside
      : leaders === 1
        ? { vi: 'Đoàn có một trưởng đoàn.', en: 'The delegation has one leader.' }
        : {
            vi: `Đoàn phải có đúng một trưởng đoàn, đang có ${leaders}.`,
            en: `Exactly one leader is needed; found ${leaders}.`,
          },
  });
}

function overlap(given: { trip: Trip; profile: ProvinceProfile; history: readonly PastTrip[] }): Finding {
  const { trip, profile, history } = given;
  const own = new Set(personIdsOf(trip.members));
  const same = overlapping(trip, history).filter(({ personId }) => own.has(personId));
  const personIds = [...new Set(same.map(({ personId }) => personId))];
  return judged({
    rule: 'overlap',
    broken: personIds.length > 0,
    justified: isJustified(trip, 'overlap'),
    hard: profile.overlap,
    values: { personIds, caseIds: [...new Set(same.map(({ caseId }) => caseId))] },
    text:
      personIds.length > 0
        ? {
            vi: `${personIds.length} thành viên đã có chuyến đi khác trùng thời gian.`,
            en: `${personIds.length} member(s) have another trip at the same time.`,
          }
        : { vi: 'Không thành viên nào trùng chuyến đi khác.', en: 'No member has another trip at that time.' },
  });
}

function outOfPlan(trip: Trip, profile: ProvinceProfile): Finding {
  const broken = trip.planLine === 'outOfPlan';
  const justified = trip.outOfPlanJustification.trim() !== '' || trip.handledOutside;
  return judged({
    rule: 'outOfPlan',
    broken,
    justified,
    hard: profile.outOfPlan,
    values: { planLine: trip.planLine },
    text: !broken
      ? { vi: 'Có trong kế hoạch năm.', en: 'In the annual plan.' }
      : justified
        ? { vi: 'Ngoài kế hoạch năm, đã nêu lý do.', en: 'Outside the annual plan; a reason is given.' }
        : {
            vi: 'Ngoài kế hoạch năm: phải nêu lý do vì sao không thể chờ.',
            en: 'Outside the annual plan: say why it cannot wait.',
          },
  });
}

/** The plan of a year is approved with the month or quarter of each trip (Mẫu 04); another time is another matter to approve. */
function planPeriod(trip: Trip, profile: ProvinceProfile): Finding {
  const { departureDate, planPeriods } = trip;
  const compared = departureDate !== null && planPeriods.length > 0;
  const broken = compared && !planPeriods.some(({ from, to }) => from <= departureDate && departureDate <= to);
  const labels = planPeriods.map(({ label }) => label).join('; ');
  return judged({
    rule: 'planPeriod',
    broken,
    justified: isJustified(trip, 'planPeriod'),
    hard: profile.planPeriod,
    values: { departureDate: departureDate ?? '', periods: planPeriods.map(({ label }) => label) },
    text: !compared
      ? {
          vi: 'Chưa có gì để đối chiếu với thời gian của kế hoạch.',
          en: 'Nothing to compare with the period of the plan.',
        }
      : broken
        ? {
            vi: `Ngày đi ${formatDay(departureDate)} ngoài thời gian của kế hoạch (${labels}).`,
            en: `The departure on ${formatDay(departureDate)} is outside the period of the plan (${labels}).`,
          }
        : { vi: `Đi trong thời gian của kế hoạch (${labels}).`, en: `Within the period of the plan (${labels}).` },
  });
}

const enterprise = /(?<!\p{L})(doanh\s+nghiệp|công\s+ty|tập\s+đoàn|hiệp\s+hội\s+doanh\s+nghiệp)(?!\p{L})/iu;

function funding(trip: Trip, profile: ProvinceProfile): Finding {
  const lines = trip.funding.filter(({ label }) => enterprise.test(label.normalize('NFC'))).length;
  return judged({
    rule: 'funding',
    broken: lines > 0,
    justified: isJustified(trip, 'funding'),
    hard: profile.enterprisePaid,
    values: { lines },
    text:
      lines > 0
        ? {
            vi: `Có ${lines} nguồn kinh phí do doanh nghiệp chi trả.`,
            en: `${lines} funding line(s) are paid by enterprises.`,
          }
        : { vi: 'Không có nguồn kinh phí của doanh nghiệp.', en: 'No funding by enterprises.' },
  });
}

function classifiedContent(trip: Trip): Finding {
  const markings = classifiedMarkings(trip.texts);
  return absolute({
    rule: 'classifiedContent',
    broken: markings.length > 0,
    source: secretsLaw,
    values: { markings },
    text:
      markings.length > 0
        ? {
            vi: `Nội dung mang dấu ${markings.join(', ')}: hệ thống không nhận nội dung bí mật nhà nước. Xử lý ngoài hệ thống.`,
            en: `The text is marked ${markings.join(', ')}: the system takes no state secrets. Handle it outside the system.`,
          }
        : { vi: 'Không thấy dấu độ mật.', en: 'No marking of secrecy found.' },
  });
}

function classifiedReference(trip: Trip): Finding {
  const numbers = classifiedNumbers(trip.documentNumbers);
  return judged({
    rule: 'classifiedReference',
    broken: numbers.length > 0,
    justified: false,
    hard: { severity: 'warning', whenJustified: 'warning', source: null },
    values: { count: numbers.length },
    text:
      numbers.length > 0
        ? {
            vi: `${numbers.length} số văn bản có đuôi "-m", có thể là văn bản mật: chỉ ghi số, không tải tệp lên.`,
            en: `${numbers.length} document number(s) end in "-m", likely classified: keep the number only, no file.`,
          }
        : { vi: 'Không có số văn bản nghi là mật.', en: 'No document number looks classified.' },
  });
}

function noSecretsDeclared(trip: Trip): Finding {
  return absolute({
    rule: 'noSecretsDeclared',
    broken: !trip.noStateSecrets && !trip.handledOutside,
    source: secretsLaw,
    text: trip.handledOutside
      ? outside
      : trip.noStateSecrets
        ? { vi: 'Đã cam kết không chứa bí mật nhà nước.', en: 'Declared free of state secrets.' }
        : {
            vi: 'Chưa đánh dấu cam kết "không chứa bí mật nhà nước".',
            en: 'The declaration "contains no state secrets" is not ticked.',
          },
  });
}
