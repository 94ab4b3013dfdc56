import { describe, expect, test } from '@jest/globals';
import { proposalContent } from '#contracts/proposal.js';
import type { MemberRank } from '#contracts/ranks.js';
import {
  type CalendarDay,
  createBusinessCalendar,
  type DeadlineRule,
  formatInstant,
  instantAt,
  vietnamHolidays,
} from '#libs/calendar';
import { type ProvinceProfile, routeFor, ruleUnder, shippedProfiles, tripOf } from '#libs/policy';

/**
 * Ten trips through each shipped profile: the steps and days were written down by hand from the profile's sources and a paper calendar of
 * 2026 (Tết 16–20/02, bù Hùng Vương 27/04, 30/04–01/05, 31/08–02/09; worked Saturday 10/01), each level deciding on its last day. A day
 * alone means 17:00; "12/03 12:00" a half day.
 */
const calendar = createBusinessCalendar(vietnamHolidays);

interface Paper {
  readonly name: string;
  readonly ranks: readonly MemberRank[];
  readonly inPlan: boolean;
  readonly received: CalendarDay;
  readonly departure: CalendarDay;
  readonly back: CalendarDay;
  /** Last day to submit, passports back, report. */
  readonly around: readonly [string, string, string];
}

const trips: readonly Paper[] = [
  paper('1 sở, trong kế hoạch', ['unitManaged'], true, '2026-03-02', '2026-04-06', '2026-04-10', [
    '09/03',
    '17/04',
    '20/04',
  ]),
  paper('2 giám đốc sở', ['standingCommitteeManaged'], true, '2026-03-06', '2026-04-13', '2026-04-15', [
    '16/03',
    '22/04',
    '28/04',
  ]),
  paper('3 lãnh đạo tỉnh, qua Tết', ['centralManaged'], true, '2026-02-12', '2026-03-23', '2026-03-27', [
    '23/02',
    '03/04',
    '06/04',
  ]),
  paper('4 ngoài kế hoạch, qua 30/4', ['unitManaged'], false, '2026-04-23', '2026-06-01', '2026-06-05', [
    '04/05',
    '12/06',
    '15/06',
  ]),
  paper('5 diện Chủ tịch', ['chairmanManaged'], true, '2026-04-28', '2026-06-08', '2026-06-12', [
    '11/05',
    '19/06',
    '22/06',
  ]),
  paper(
    '6 giám đốc sở, ngoài kế hoạch, qua 2/9',
    ['standingCommitteeManaged'],
    false,
    '2026-08-26',
    '2026-10-05',
    '2026-10-09',
    ['07/09', '16/10', '19/10'],
  ),
  paper(
    '7 lãnh đạo tỉnh, ngoài kế hoạch, qua năm mới',
    ['centralManaged'],
    false,
    '2025-12-29',
    '2026-02-09',
    '2026-02-12',
    ['12/01', '26/02', '23/02'],
  ),
  paper(
    '8 đoàn hỗn hợp, tuần làm bù',
    ['unitManaged', 'standingCommitteeManaged'],
    true,
    '2026-01-09',
    '2026-03-02',
    '2026-03-06',
    ['26/01', '13/03', '16/03'],
  ),
  paper('9 Ủy viên Bộ Chính trị', ['politburo', 'unitManaged'], true, '2026-07-06', '2026-08-10', '2026-08-14', [
    '13/07',
    '21/08',
    '24/08',
  ]),
  paper('10 sở, mùa thu', ['unitManaged', 'chairmanManaged'], true, '2026-10-14', '2026-11-23', '2026-11-27', [
    '26/10',
    '04/12',
    '07/12',
  ]),
];

/** Thẩm định, then each step with the day it is due. */
const golden: Readonly<Record<string, readonly string[]>> = {
  'tuyen-quang': [
    '05/03 | SNGV 06/03 | UBND 11/03',
    '11/03 | SNGV 12/03 | UBND 17/03 | TINHUY 24/03',
    '24/02 | SNGV 25/02 | UBND 02/03 | TINHUY 09/03 | VPUBND 30/03',
    '29/04 | SNGV 04/05 | UBND 07/05 | TINHUY 14/05',
    '05/05 | SNGV 06/05 | UBND 11/05',
    '03/09 | SNGV 04/09 | UBND 09/09 | TINHUY 16/09',
    '05/01 | SNGV 06/01 | UBND 09/01 | TINHUY 15/01 | VPUBND 05/02',
    '13/01 | SNGV 14/01 | UBND 19/01 | TINHUY 26/01',
    '09/07 | SNGV 10/07 | UBND 15/07 | TINHUY 22/07 | VPUBND 12/08',
    '19/10 | SNGV 20/10 | UBND 23/10',
  ],
  'thai-nguyen': [
    '05/03 | SNGV 06/03 | UBND 12/03 12:00',
    '11/03 | SNGV 12/03 | UBND 18/03 12:00 | TINHUY 25/03',
    '24/02 | SNGV 25/02 | UBND 03/03 12:00 | TINHUY 10/03 | VPUBND 31/03',
    '29/04 | SNGV 04/05 | UBND 08/05 12:00',
    '05/05 | SNGV 06/05 | UBND 12/05 12:00',
    '03/09 | SNGV 04/09 | UBND 10/09 12:00 | TINHUY 17/09',
    '05/01 | SNGV 06/01 | UBND 10/01 12:00 | TINHUY 16/01 | VPUBND 06/02',
    '13/01 | SNGV 14/01 | UBND 20/01 12:00 | TINHUY 27/01',
    '09/07 | SNGV 10/07 | UBND 16/07 12:00 | TINHUY 23/07 | VPUBND 13/08',
    '19/10 | SNGV 20/10 | UBND 26/10 12:00',
  ],
  'dong-nai': [
    '05/03 | SNGV 06/03 | UBND 11/03',
    '11/03 | SNGV 12/03 | UBND 17/03',
    '24/02 | SNGV 25/02 | TINHUY 04/03 | UBND 09/03 | VPUBND 30/03',
    '29/04 | SNGV 04/05 | TINHUY 11/05 | UBND 14/05',
    '05/05 | SNGV 06/05 | UBND 11/05',
    '03/09 | SNGV 04/09 | TINHUY 11/09 | UBND 16/09',
    '05/01 | SNGV 06/01 | TINHUY 12/01 | UBND 15/01 | VPUBND 05/02',
    '13/01 | SNGV 14/01 | UBND 19/01',
    '09/07 | SNGV 10/07 | TINHUY 17/07 | UBND 22/07 | VPUBND 12/08',
    '19/10 | SNGV 20/10 | UBND 23/10',
  ],
  'ha-noi': [
    '04/03 12:00 | SNGV 05/03 12:00 | UBND 09/03',
    '10/03 12:00 | SNGV 11/03 12:00 | UBND 13/03',
    '23/02 12:00 | SNGV 24/02 12:00 | UBND 26/02 | THANHUY 05/03 | VPUBND 26/03',
    '28/04 12:00 | SNGV 29/04 12:00 | UBND 05/05 | THANHUY 12/05',
    '04/05 12:00 | SNGV 05/05 12:00 | UBND 07/05',
    '28/08 12:00 | SNGV 03/09 12:00 | UBND 07/09 | THANHUY 14/09',
    '31/12 12:00 | SNGV 05/01 12:00 | UBND 07/01 | THANHUY 13/01 | VPUBND 03/02',
    '12/01 12:00 | SNGV 13/01 12:00 | UBND 15/01',
    '08/07 12:00 | SNGV 09/07 12:00 | UBND 13/07 | THANHUY 20/07 | VPUBND 10/08',
    '16/10 12:00 | SNGV 19/10 12:00 | UBND 21/10',
  ],
  'da-nang': [
    '05/03 | SNV 06/03 | UBND 11/03',
    '11/03 | SNV 12/03 | UBND 17/03 | THANHUY 24/03',
    '24/02 | SNV 25/02 | UBND 02/03 | THANHUY 09/03 | VPUBND 30/03',
    '29/04 | SNV 04/05 | UBND 07/05 | THANHUY 14/05',
    '05/05 | SNV 06/05 | UBND 11/05',
    '03/09 | SNV 04/09 | UBND 09/09 | THANHUY 16/09',
    '05/01 | SNV 06/01 | UBND 09/01 | THANHUY 15/01 | VPUBND 05/02',
    '13/01 | SNV 14/01 | UBND 19/01 | THANHUY 26/01',
    '09/07 | SNV 10/07 | UBND 15/07 | THANHUY 22/07 | VPUBND 12/08',
    '19/10 | SNV 20/10 | UBND 23/10',
  ],
};

describe.each(shippedProfiles.map((profile) => [profile.id, profile] as const))('%s', (id, profile) => {
  test.each(trips.map((trip, index) => [trip.name, trip, golden[id]![index]!] as const))('%s', (_, trip, expected) => {
    expect(road(trip, profile)).toBe(expected);
    expect(around(trip, profile)).toEqual(trip.around);
  });
});

test('ten trips for each of the five', () => {
  expect(Object.keys(golden).toSorted()).toEqual(shippedProfiles.map(({ id }) => id).toSorted());
  for (const rows of Object.values(golden)) expect(rows).toHaveLength(10);
});

function road(paperTrip: Paper, profile: ProvinceProfile): string {
  const members = paperTrip.ranks.map(
    (_, at) => ({ position: String(at), role: at === 0 ? 'leader' : 'member' }) as const,
  );
  const trip = tripOf({
    proposal: proposalContent.parse({ delegationName: 'Đoàn', members }),
    planItemId: paperTrip.inPlan ? 'line' : null,
    rankOf: ({ position }) => ({ rank: paperTrip.ranks[Number(position)] ?? null }),
  });
  const due = (rule: DeadlineRule, from: Date) => calendar.due({ rule: ruleUnder(profile, rule), from }).dueAt;
  let at = due(profile.deadlines.appraisalDeadline!.rule, instantAt(paperTrip.received, '09:00'));
  const parts = [short(at)];
  for (const { organisationCode, rule } of routeFor(trip, profile).steps) {
    at = due(rule, at);
    parts.push(`${organisationCode} ${short(at)}`);
  }
  return parts.join(' | ');
}

function around({ departure, back }: Paper, profile: ProvinceProfile): string[] {
  const { leadTimes, deadlines } = profile;
  const due = (rule: DeadlineRule, from: CalendarDay) => calendar.due({ rule: ruleUnder(profile, rule), from }).dueAt;
  return [
    short(due(leadTimes.dossierBeforeDeparture.rule, departure)),
    short(due(deadlines.passportReturnDeadline!.rule, back)),
    short(due(deadlines.reportDeadline!.rule, back)),
  ];
}

/** "17:00 09/03/2026" as "09/03", another hour beside the day. */
function short(at: Date): string {
  const [hour, day = ''] = formatInstant(at).split(' ');
  return hour === '17:00' ? day.slice(0, 5) : `${day.slice(0, 5)} ${hour}`;
}

function paper(
  name: string,
  ranks: readonly MemberRank[],
  inPlan: boolean,
  received: CalendarDay,
  departure: CalendarDay,
  back: CalendarDay,
  days: readonly [string, string, string],
): Paper {
  return { name, ranks, inPlan, received, departure, back, around: days };
}
