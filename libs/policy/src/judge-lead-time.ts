import { type BusinessCalendar, formatDay, formatInstant } from '#libs/calendar';
import { ruleUnder } from './clock-rules.js';
import { type Finding, type Hardness, isJustified, judged } from './finding.js';
import type { LeadTime, ProvinceProfile, Severity } from './profile.js';
import type { Trip } from './trip.js';

/** What a unit may ask of a trip that is decided, each with a lead time of its own in the profile. */
export type TripRequest = 'amendment' | 'extension';

interface Judging {
  readonly profile: ProvinceProfile;
  readonly calendar: BusinessCalendar;
  readonly now: Date;
}

/** Whether what is asked now comes early enough before a day of the trip. */
function inTime({ leadTime, profile, day, calendar, now }: Judging & { leadTime: LeadTime; day: string }) {
  const { dueAt, explanation } = calendar.due({ rule: ruleUnder(profile, leadTime.rule), from: day });
  return { isInTime: now.getTime() <= dueAt.getTime(), latest: dueAt, explanation };
}

function hardnessOf({ severity, whenJustified, reference, rule }: LeadTime): Hardness {
  return { severity, whenJustified, reference, source: rule.source };
}

/** How early the dossier comes before the departure. */
export function dossierLeadTime({ trip, ...judging }: Judging & { trip: Trip }): Finding {
  const leadTime = judging.profile.leadTimes.dossierBeforeDeparture;
  const hard = hardnessOf(leadTime);
  if (trip.departureDate === null) {
    return judged({
      rule: 'leadTime',
      broken: false,
      justified: false,
      hard,
      values: {},
      text: { vi: 'Chưa có ngày đi để xét thời gian nộp.', en: 'No departure day yet to judge the lead time.' },
    });
  }
  const { isInTime, latest, explanation } = inTime({ ...judging, leadTime, day: trip.departureDate });
  const at = formatInstant(latest);
  return judged({
    rule: 'leadTime',
    broken: !isInTime,
    justified: isJustified(trip, 'leadTime') || trip.urgentReason.trim() !== '',
    hard,
    values: { latest: latest.toISOString(), departureDate: trip.departureDate },
    text: isInTime
      ? { vi: `Nộp trước hạn ${at} (${explanation.vi}).`, en: `Submitted before ${at} (${explanation.en}).` }
      : {
          vi: `Nộp muộn: lẽ ra trước ${at} (${explanation.vi}).`,
          en: `Late: it was due before ${at} (${explanation.en}).`,
        },
  });
}

const requests = {
  amendment: {
    rule: 'amendmentLeadTime',
    leadTime: 'amendmentBeforeDeparture',
    name: { vi: 'Đề nghị điều chỉnh', en: 'The amendment' },
    day: { vi: 'ngày đi', en: 'the departure on' },
  },
  extension: {
    rule: 'extensionLeadTime',
    leadTime: 'extensionBeforeReturn',
    name: { vi: 'Đề nghị gia hạn', en: 'The extension' },
    day: { vi: 'ngày về', en: 'the return on' },
  },
} as const;

/** What a reason for the urgency makes of a late request. */
const withReason: Readonly<Record<Severity, Finding['text']>> = {
  note: { vi: 'Nêu lý do gấp thì chỉ ghi chú.', en: 'With a reason for the urgency it is only noted.' },
  warning: { vi: 'Nêu lý do gấp thì vẫn cảnh báo.', en: 'With a reason for the urgency it is still warned of.' },
  block: { vi: 'Nêu lý do gấp cũng không được nhận.', en: 'No reason for the urgency lifts that.' },
};

/**
 * How early an amendment is asked before the departure the decision names, or an extension before the planned return. `day`: null when
 * there is nothing to count back from: no such day, or, for an amendment, the delegation has left. `now`: when it is or was asked.
 * `isUrgent`: a reason for the urgency is given.
 */
export function judgeRequest(
  given: Judging & { readonly request: TripRequest; readonly day: string | null; readonly isUrgent: boolean },
): Finding {
  const { request, day, isUrgent, ...judging } = given;
  const { rule, name, ...words } = requests[request];
  const leadTime = judging.profile.leadTimes[words.leadTime];
  const hard = hardnessOf(leadTime);
  if (day === null) {
    const text = {
      vi: `${name.vi}: không có ngày nào ở phía trước để xét thời gian đề nghị.`,
      en: `${name.en}: no day ahead to judge the lead time by.`,
    };
    return judged({ rule, broken: false, justified: false, hard, values: {}, text });
  }
  const { isInTime, latest, explanation } = inTime({ ...judging, leadTime, day });
  const at = formatInstant(latest);
  const before = { vi: `${words.day.vi} ${formatDay(day)}`, en: `${words.day.en} ${formatDay(day)}` };
  const whatIf = isUrgent ? { vi: 'Đã nêu lý do gấp.', en: 'A reason is given.' } : withReason[hard.whenJustified];
  return judged({
    rule,
    broken: !isInTime,
    justified: isUrgent,
    hard,
    values: { latest: latest.toISOString(), day, ...(!isInTime && { whenJustified: hard.whenJustified }) },
    text: isInTime
      ? {
          vi: `${name.vi} trước ${before.vi}: còn trong hạn, muộn nhất ${at} (${explanation.vi}).`,
          en: `${name.en} before ${before.en} is in time, at the latest ${at} (${explanation.en}).`,
        }
      : {
          vi: `${name.vi} muộn trước ${before.vi}: lẽ ra trước ${at} (${explanation.vi}). ${whatIf.vi}`,
          en: `${name.en} comes late before ${before.en}: it was due before ${at} (${explanation.en}). ${whatIf.en}`,
        },
  });
}
