import { describe, expect, test } from '@jest/globals';
import { deadlineNames } from '#contracts/deadline-names.js';
import { type DocumentKind, type ProposalContentInput, proposalContent } from '#contracts/proposal.js';
import type { MemberRank } from '#contracts/ranks.js';
import {
  fieldName,
  highestRank,
  missingDocuments,
  opinionsFor,
  rankFrom,
  readProfile,
  routeFor,
  shippedProfiles,
  type Trip,
  tripOf,
} from '#libs/policy';

const profile = shippedProfiles[0]!;

function trip({
  ranks = ['unitManaged'],
  planItemId = 'line-1',
  change = {},
}: {
  ranks?: readonly (MemberRank | null)[];
  planItemId?: string | null;
  change?: Partial<ProposalContentInput>;
} = {}): Trip {
  const members = ranks.map((_, index) => ({ position: String(index), fullName: `Người ${index}` }));
  return tripOf({
    proposal: proposalContent.parse({ delegationName: 'Đoàn', members, ...change }),
    planItemId,
    rankOf: (member) => ({ rank: ranks[Number(member.position)] ?? null }),
  });
}

describe('the route', () => {
  const steps = (given: Trip): string[] =>
    routeFor(given, profile).steps.map(({ organisationCode }) => organisationCode);

  test.each([
    [['centralManaged'], ['SNGV', 'UBND', 'TINHUY', 'VPUBND']],
    [
      ['standingCommitteeManaged', 'unitManaged'],
      ['SNGV', 'UBND', 'TINHUY'],
    ],
    [
      ['unitManaged', 'chairmanManaged'],
      ['SNGV', 'UBND'],
    ],
    [
      ['unitManaged', 'standingCommitteeManaged'],
      ['SNGV', 'UBND', 'TINHUY'],
    ],
    [[null], ['SNGV', 'UBND']],
  ] as const)('of %j in plan is %j', (ranks, codes) => {
    expect(steps(trip({ ranks }))).toEqual(codes);
  });

  test('out of plan always goes to the Party committee', () => {
    expect(steps(trip({ planItemId: null }))).toEqual(['SNGV', 'UBND', 'TINHUY']);
  });

  test('a trip no route takes is refused, never let through', () => {
    const holed = { ...profile, routes: profile.routes.slice(0, 1) };
    expect(() => routeFor(trip(), holed)).toThrow('VALIDATION_FAILED');
    const empty = { ...profile, routes: [{ ...profile.routes[0]!, when: {}, steps: [] }] };
    expect(() => routeFor(trip(), empty)).toThrow('VALIDATION_FAILED');
  });

  test('takes the highest rank; an unknown one counts as the lowest', () => {
    expect(highestRank(trip({ ranks: ['unitManaged', 'politburo', 'chairmanManaged'] }))).toBe('politburo');
    expect(highestRank(trip({ ranks: [] }))).toBe('unitManaged');
    expect(rankFrom('director')).toBeNull();
    expect(rankFrom('chairmanManaged')).toBe('chairmanManaged');
  });
});

describe('dossier and opinions', () => {
  const always: DocumentKind[] = ['proposalLetter', 'programme', 'memberList'];
  const kinds = (given: Trip, attached: readonly DocumentKind[] = []): DocumentKind[] =>
    missingDocuments(given, attached, profile).map(({ kind }) => kind);

  test.each([
    ['nothing special', {}, always],
    ['an invitation', { partners: 'Đại học Keio' }, [...always, 'invitation', 'invitationTranslation']],
    ['budget money', { funding: [{ source: 'stateBudget' as const }] }, [...always, 'costEstimate']],
    ['a partner who pays', { funding: [{ source: 'partner' as const }] }, always],
    ['signing', { purposeKind: 'signing' as const }, [...always, 'agreementText']],
  ])('with %s', (_, change, expected) => {
    expect(kinds(trip({ change }))).toEqual(expected);
  });

  test('what is attached is no longer missing; the Party opinion may come later', () => {
    const party = trip({ ranks: ['standingCommitteeManaged'] });
    expect(missingDocuments(party, always, profile)).toMatchObject([{ kind: 'partyOpinion', severity: 'note' }]);
    expect(kinds(party, [...always, 'partyOpinion'])).toEqual([]);
  });

  test.each([
    [{}, ['unitManaged'], ['CAT?']],
    [{ funding: [{ source: 'stateBudget' as const }] }, ['unitManaged'], ['CAT?']],
    [{}, ['unitManaged', 'standingCommitteeManaged'], ['BTCTU?', 'CAT?']],
  ] as const)('opinions for %j and %j are %j', (change, ranks, expected) => {
    const rows = opinionsFor(trip({ ranks, change: change as Partial<ProposalContentInput> }), profile);
    expect(rows.map(({ organisationCode, required }) => `${organisationCode}${required ? '' : '?'}`)).toEqual(expected);
  });
});

describe('the shipped profiles', () => {
  test.each(shippedProfiles.map((one) => [one.id, one] as const))('%s has no problem and is plain JSON', (_, one) => {
    expect(readProfile(JSON.parse(JSON.stringify(one)))).toEqual({ profile: one, problems: [] });
  });

  test('are five, of five provinces', () => {
    expect(shippedProfiles.map(({ provinceCode }) => provinceCode)).toEqual(['TQ', 'TN', 'DNA', 'HN', 'DN']);
  });

  test.each(shippedProfiles.map((one) => [one.id, one] as const))(
    '%s never mails a leader of the province',
    (_, one) => {
      for (const name of deadlineNames) {
        for (const { to } of one.deadlines[name]?.ladder ?? []) expect(to).not.toContain('provincialLeader');
      }
      // Steps above the focal agency are decided by leaders of the province, so their reminders go to others.
      for (const { to } of one.deadlines.approvalDeadline!.ladder) expect(to).not.toContain('assignee');
    },
  );

  test.each([
    ['passportReturnDeadline', 5, 'workingDay', 'after', '58/2012', null],
    ['reportDeadline', 10, 'calendarDay', 'after', null, 'Hà Nội'],
    ['appraisalDeadline', 3, 'workingDay', 'after', null, 'Huế'],
    ['mofaNotificationDeadline', 10, 'workingDay', 'before', null, null],
    ['settlementDeadline', 15, 'workingDay', 'after', null, null],
    ['supplementDeadline', 5, 'workingDay', 'after', null, 'Giáo dục'],
  ] as const)('%s of Tuyên Quang is %i %s %s', (name, amount, unit, direction, source, reference) => {
    const row = profile.deadlines[name]!;
    expect(row.rule).toMatchObject({ amount, unit, direction });
    if (source === null) expect(row.rule.source).toBeNull();
    else expect(row.rule.source).toContain(source);
    if (reference === null) expect(row.reference).toBeUndefined();
    else expect(row.reference).toContain(reference);
  });

  test('every field a profile may have has a name in both languages', () => {
    const unnamed = new Set<string>();
    const walk = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [field, inside] of Object.entries(value)) {
        if (!/^\d+$/.test(field) && fieldName(field).vi === field) unnamed.add(field);
        walk(inside);
      }
    };
    for (const one of shippedProfiles) walk(one);
    expect([...unnamed]).toEqual([]);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: a test spoils a profile in ways its type forbids.
type Json = Record<string, any>;

describe('a profile that is wrong is explained', () => {
  const lateStep = (change: object) => ({
    key: 'late',
    at: { kind: 'workingDays', offset: 1 },
    template: 'deadlineOverdue',
    to: ['unitHead'],
    ...change,
  });
  const plain = (): Json => JSON.parse(JSON.stringify(profile));
  const problemsAfter = (change: (given: Json) => void) => {
    const given = plain();
    change(given);
    return readProfile(given).problems.map(({ path, text }) => [path, text.vi]);
  };

  test.each<[string, (given: Json) => void, string, string]>([
    [
      'ends before it begins',
      (given) => {
        given.validTo = '2018-01-01';
      },
      'validTo',
      'Hết hiệu lực từ: ngày hết hiệu lực phải sau ngày có hiệu lực.',
    ],
    [
      'has no last route for everything',
      (given) => given.routes.splice(2),
      'routes',
      'Tuyến phê duyệt: tuyến cuối cùng phải nhận mọi loại đoàn (không ghi điều kiện), nếu không sẽ có đoàn không ai duyệt.',
    ],
    [
      'has a route without steps',
      (given) => {
        given.routes[3].steps = [];
      },
      'routes.3.steps',
      'Tuyến phê duyệt › dòng 4 › Các bước: phải có ít nhất 1 mục, đang ghi [].',
    ],
    [
      'has a step twice',
      (given) => given.routes[3].steps.push(given.routes[3].steps[0]),
      'routes.3.steps',
      'Tuyến phê duyệt › dòng 4 › Các bước: các bước của một tuyến phải có mã khác nhau.',
    ],
    [
      'counts half a day in days',
      (given) => {
        given.deadlines.reportDeadline.rule.amount = 2.5;
      },
      'deadlines.reportDeadline.rule.amount',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Thời hạn › Số lượng: phải là số nguyên, đang ghi 2.5.',
    ],
    [
      'counts back from now',
      (given) => {
        Object.assign(given.deadlines.reportDeadline, { countedFrom: 'now' });
        given.deadlines.reportDeadline.rule.direction = 'before';
      },
      'deadlines.reportDeadline',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi: tính lùi thì phải lùi từ một ngày của chuyến đi.',
    ],
    [
      'repeats a reminder',
      ({ deadlines: { reportDeadline } }) => reportDeadline.ladder.push(reportDeadline.ladder[0]),
      'deadlines.reportDeadline.ladder',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Các lần nhắc: các lần nhắc phải có mã khác nhau.',
    ],
    [
      'reminds nobody',
      (given) => {
        given.deadlines.reportDeadline.ladder[0].to = [];
      },
      'deadlines.reportDeadline.ladder.0.to',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Các lần nhắc › dòng 1 › Đến: phải có ít nhất 1 mục, đang ghi [].',
    ],
    [
      'reminds at twice the term',
      (given) => {
        given.deadlines.reportDeadline.ladder[0].at = { kind: 'fraction', of: 2 };
      },
      'deadlines.reportDeadline.ladder.0.at.of',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Các lần nhắc › dòng 1 › Thời điểm › Phần thời hạn đã qua: phải nhỏ hơn 1, đang ghi 2.',
    ],
    [
      'says "near" after the deadline',
      (given) => {
        given.deadlines.reportDeadline.ladder = [lateStep({ template: 'deadlineApproaching' })];
      },
      'deadlines.reportDeadline.ladder',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Các lần nhắc: thư "sắp đến hạn" phải gửi trước hạn, "đến hạn" trong ngày, "quá hạn" sau hạn.',
    ],
    [
      'goes back in time',
      ({ deadlines: { reportDeadline } }) => reportDeadline.ladder.push(lateStep({ key: 'again' })),
      'deadlines.reportDeadline.ladder',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Các lần nhắc: các lần nhắc phải xếp theo thời gian: trước hạn, trong ngày, sau hạn.',
    ],
    [
      'reminds the holder of what has just been put on the desk',
      (given) => {
        const first = { key: 'start', at: { kind: 'start' }, template: 'deadlineApproaching', to: ['assignee'] };
        given.deadlines.reportDeadline.ladder.unshift(first);
      },
      'deadlines.reportDeadline.ladder',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Các lần nhắc: không nhắc người cầm việc khi bắt đầu tính thời hạn: thư giao việc đã nói hạn.',
    ],
    [
      'mails a leader of the province',
      (given) => {
        given.deadlines.reportDeadline.ladder = [lateStep({ to: ['unitHead', 'provincialLeader'] })];
      },
      'deadlines.reportDeadline.ladder',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi › Các lần nhắc: leo thang không được tới lãnh đạo tỉnh khi quy chế chưa cho phép.',
    ],
    [
      'tells the deciding leader that it is late',
      (given) => {
        given.deadlines.approvalDeadline.ladder = [lateStep({ to: ['assignee'] })];
      },
      'deadlines.approvalDeadline.ladder',
      'Thời hạn › Hạn cấp có thẩm quyền cho ý kiến › Các lần nhắc: leo thang không được tới lãnh đạo tỉnh khi quy chế chưa cho phép.',
    ],
    [
      'has a yearly duty on no day',
      (given) => {
        given.planReminders.yearly[0].on = '13-40';
      },
      'planReminders.yearly.0.on',
      'Nhắc theo kế hoạch năm › Việc hằng năm › dòng 1 › Ngày trong năm: phải là tháng-ngày có trong mọi năm, như 09-30, đang ghi "13-40".',
    ],
    [
      'lacks a deadline',
      (given) => {
        delete given.deadlines.reportDeadline;
      },
      'deadlines.reportDeadline',
      'Thời hạn › Hạn nộp báo cáo kết quả chuyến đi: còn thiếu mục này.',
    ],
    [
      'writes a number in words',
      (given) => {
        given.limits.membersMax[0].value = 'mười';
      },
      'limits.membersMax.0.value',
      'Giới hạn › Số người tối đa › dòng 1 › Mức: phải là số, đang ghi "mười".',
    ],
    [
      'does not say where a number is from',
      (given) => {
        delete given.limits.membersMax[0].source;
      },
      'limits.membersMax.0.source',
      'Giới hạn › Số người tối đa › dòng 1 › Căn cứ: còn thiếu mục này.',
    ],
    [
      'has a field nobody knows',
      (given) => {
        given.limits.memberMax = [];
      },
      'limits.memberMax',
      'Giới hạn › memberMax: quy chế không có mục "memberMax". Kiểm tra chính tả, hoặc bỏ mục này.',
    ],
    [
      'names a severity of its own',
      (given) => {
        given.outOfPlan.severity = 'stop';
      },
      'outOfPlan.severity',
      'Đoàn ngoài kế hoạch › Mức độ: chỉ nhận một trong: "note", "warning", "block", đang ghi "stop".',
    ],
    [
      'is harder once justified',
      (given) => {
        given.outOfPlan = { severity: 'warning', whenJustified: 'block', source: null };
      },
      'outOfPlan.whenJustified',
      'Đoàn ngoài kế hoạch › Mức độ khi đã giải trình: khi đã giải trình thì mức độ không được nặng hơn khi chưa giải trình.',
    ],
    [
      'has a ceiling below its limit',
      (given) => {
        given.limits.daysMax[0].ceiling = { value: 5, severity: 'block' };
      },
      'limits.daysMax.0.ceiling.value',
      'Giới hạn › Số ngày tối đa › dòng 1 › Mức trần › Mức: mức trần không được thấp hơn mức.',
    ],
    [
      'has a row no trip reaches',
      (given) => given.limits.daysMax.push(given.limits.daysMax[0]),
      'limits.daysMax.0.when',
      'Giới hạn › Số ngày tối đa › dòng 1 › Áp dụng khi: dòng này áp dụng cho mọi đoàn nên các dòng sau không bao giờ được dùng.',
    ],
    [
      'pauses backwards',
      (given) =>
        given.moratoria.push({
          id: 'pause',
          name: { vi: 'Tạm dừng', en: 'Pause' },
          from: '2026-07-01',
          to: '2026-06-01',
          when: {},
          severity: 'block',
          exceptions: [],
          source: null,
        }),
      'moratoria.0.to',
      'Tạm dừng theo chỉ đạo › dòng 1 › Đến: ngày kết thúc trước ngày bắt đầu.',
    ],
    [
      'writes a day as people say it',
      (given) => {
        given.validFrom = '01/01/2026';
      },
      'validFrom',
      'Có hiệu lực từ: phải là ngày dạng năm-tháng-ngày, như 2026-01-31, đang ghi "01/01/2026".',
    ],
  ])('one that %s', (_, change, path, sentence) => {
    expect(problemsAfter(change)).toEqual([[path, sentence]]);
  });

  test('a ladder may end at a leader of the province, and a deadline be left out, where the rules say so', () => {
    const found = problemsAfter((given) => {
      given.escalation.provincialLeaders.value = true;
      given.deadlines.reportDeadline.ladder = [lateStep({ to: ['provincialLeader'] })];
      given.deadlines.settlementDeadline = null;
    });
    expect(found).toEqual([]);
  });

  test('in English too, without a word of the library', () => {
    const broken = { ...plain(), routes: [], name: 'Quy chế', extra: 1 };
    const { problems } = readProfile(broken);
    expect(problems.length).toBeGreaterThan(2);
    for (const { text } of problems) {
      expect(text.en).not.toBe(text.vi);
      expect(`${text.vi}${text.en}`).not.toMatch(/invalid|zod|undefined|expected (string|array|int)/i);
    }
  });

  test.each([null, 7, 'quy chế', [], {}])('%j is no profile', (value) => {
    expect(readProfile(value).profile).toBeNull();
    expect(readProfile(value).problems.length).toBeGreaterThan(0);
  });
});
