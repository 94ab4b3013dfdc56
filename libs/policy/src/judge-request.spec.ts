import { describe, expect, test } from '@jest/globals';
import { requestRules } from '#contracts/request-rules.js';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import { judgeRequest, type ProvinceProfile, type Severity, shippedProfiles, type TripRequest } from '#libs/policy';

const calendar = createBusinessCalendar(vietnamHolidays);
const shipped = shippedProfiles.find(({ id }) => id === 'tuyen-quang')!;
const names = { amendment: 'amendmentBeforeDeparture', extension: 'extensionBeforeReturn' } as const;

const hard = (request: TripRequest, severity: Severity, whenJustified: Severity): ProvinceProfile => {
  const name = names[request];
  const row = { ...shipped.leadTimes[name], severity, whenJustified };
  return { ...shipped, leadTimes: { ...shipped.leadTimes, [name]: row } };
};

function judge(request: TripRequest, at: readonly [string, string], profile = shipped, isUrgent = false) {
  return judgeRequest({ request, day: '2026-04-06', isUrgent, profile, calendar, now: instantAt(...at) });
}

// Back from Monday 06/04/2026: five working days end on 30/03, three on 01/04.
const edges = {
  amendment: { last: ['2026-03-30', '17:00'], late: ['2026-03-30', '17:01'] },
  extension: { last: ['2026-04-01', '17:00'], late: ['2026-04-01', '17:01'] },
} as const;

describe.each(['amendment', 'extension'] as const)('%s', (request) => {
  const { last, late } = edges[request];

  test('is in time until 17:00 of the last day of the profile, and late a minute after', () => {
    expect(judge(request, last).severity).toBe('pass');
    expect(judge(request, late)).toMatchObject({ severity: 'warning', justified: false });
  });

  test.each<[Severity, Severity, Severity, Severity]>([
    ['note', 'note', 'note', 'note'],
    ['warning', 'note', 'warning', 'note'],
    ['block', 'warning', 'block', 'warning'],
    ['block', 'block', 'block', 'block'],
  ])('with %s, and %s with a reason, is %s without and %s with one', (severity, whenJustified, without, withOne) => {
    const profile = hard(request, severity, whenJustified);
    expect(judge(request, late, profile).severity).toBe(without);
    expect(judge(request, late, profile, true)).toMatchObject({ severity: withOne, justified: true });
    expect(judge(request, last, profile).severity).toBe('pass');
  });

  test('says until when it should have come, what a reason helps, and that the number is an assumption', () => {
    const { text, source, values } = judge(request, late);
    expect(text.vi).toContain(`17:00 ${request === 'amendment' ? '30/03/2026' : '01/04/2026'}`);
    expect(text.vi).toContain('Nêu lý do gấp thì chỉ ghi chú.');
    expect(text.en).toContain('only noted');
    expect(judge(request, late, hard(request, 'block', 'block')).text.vi).toContain('cũng không được nhận');
    expect(source).toBeNull();
    expect(values).toMatchObject({ day: '2026-04-06' });
  });

  test('has nothing to be late for without a day ahead', () => {
    const profile = hard(request, 'block', 'block');
    const given = { request, day: null, isUrgent: false, profile, calendar, now: instantAt(late[0], late[1]) };
    expect(judgeRequest(given).severity).toBe('pass');
  });
});

test('each rule of requests is judged by one of them', () => {
  const judged = (['amendment', 'extension'] as const).map((request) => judge(request, edges[request].last).rule);
  expect(judged).toEqual([...requestRules]);
});
