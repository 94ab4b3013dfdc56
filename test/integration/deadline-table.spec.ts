import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeadlineName } from '#contracts/deadline-names.js';
import { createBusinessCalendar, type DeadlineRule, formatInstant, instantAt, vietnamHolidays } from '#libs/calendar';
import {
  absenceReportDeadline,
  type ProvinceProfile,
  partyReportDeadline,
  profileProblems,
  shippedProfiles,
} from '#libs/policy';
import { DelegationHouse, document } from './delegation-house.js';

/**
 * The table of deadlines row by row, on one case that really runs: what is due when, who is told when, how far it goes up.
 * The demonstration province with the two duties of travellers switched on.
 */
const demo = shippedProfiles[0]!;
const profile: ProvinceProfile = {
  ...demo,
  deadlines: { ...demo.deadlines, partyReportDeadline, absenceReportDeadline },
};

interface Row {
  readonly row: string;
  readonly name: DeadlineName;
  /** Of several of the same name, the one with this task. */
  readonly task?: string;
  readonly due: string;
  /** 'HH:MM DD/MM who, who'. */
  readonly reminders: readonly string[];
}

const rows: readonly Row[] = [
  {
    row: 'B.1 1, passports: five working days after Friday 10/03',
    name: 'passportReturnDeadline',
    due: '17:00 17/03/2023',
    reminders: [
      '16:00 10/03 người đi',
      '07:30 15/03 cầm việc, người đi',
      '07:30 17/03 cầm việc, người đi',
      '07:30 20/03 cầm việc, người đi, clerk SNGV, unitHead SKHDT',
      '07:30 24/03 clerk SNGV, unitHead SKHDT, leader SNGV',
    ],
  },
  {
    row: 'B.1 2, report: ten days after the return',
    name: 'reportDeadline',
    due: '17:00 20/03/2023',
    reminders: [
      '07:30 13/03 cầm việc, trưởng đoàn',
      '07:30 16/03 cầm việc, trưởng đoàn',
      '07:30 20/03 cầm việc, trưởng đoàn',
      '07:30 21/03 cầm việc, unitHead SKHDT',
      '07:30 27/03 unitHead SKHDT, reviewer SNGV, leader SNGV',
      '07:30 10/04 clerk VPUBND',
    ],
  },
  {
    row: 'B.1 3, Party cell: seven working days, where it is switched on',
    name: 'partyReportDeadline',
    due: '17:00 21/03/2023',
    reminders: ['07:30 17/03 người đi'],
  },
  // From Monday 09/01 08:00: at 80 % it would be the day itself, so "today" is said instead of "near".
  {
    row: 'B.1 4, appraisal: three working days',
    name: 'appraisalDeadline',
    due: '17:00 12/01/2023',
    reminders: [
      '07:45 11/01 cầm việc',
      '07:30 12/01 cầm việc',
      '07:30 13/01 cầm việc, leader SNGV',
      '07:30 19/01 leader SNGV',
    ],
  },
  {
    row: "B.1 5, People's Committee: three working days",
    name: 'approvalDeadline',
    task: 'approveStep:peoplesCommittee',
    due: '17:00 12/01/2023',
    reminders: [
      '07:30 12/01 clerk VPUBND, reviewer SNGV',
      '07:30 13/01 clerk VPUBND, reviewer SNGV',
      '07:30 19/01 leader VPUBND, leader SNGV',
    ],
  },
  // The fifth day after the 16th is past Tết (20–26/01).
  {
    row: 'B.1 7, supplement: five working days',
    name: 'supplementDeadline',
    due: '17:00 16/01/2023',
    reminders: [
      '07:45 12/01 cầm việc',
      '07:30 13/01 cầm việc',
      '07:30 16/01 cầm việc',
      '07:30 17/01 cầm việc, unitHead SKHDT',
      '07:30 30/01 unitHead SKHDT',
    ],
  },
  {
    row: 'B.1 9, absence of heads: three days before departure, where it is switched on',
    name: 'absenceReportDeadline',
    due: '17:00 03/03/2023',
    reminders: ['07:30 01/03 người đi'],
  },
  {
    row: 'B.2, Party committee: five working days',
    name: 'approvalDeadline',
    task: 'approveStep:partyCommittee',
    due: '17:00 16/01/2023',
    reminders: [
      '15:12 13/01 clerk VPUBND',
      '07:30 16/01 clerk VPUBND, reviewer SNGV',
      '07:30 17/01 clerk VPUBND, reviewer SNGV',
      '07:30 30/01 leader VPUBND, leader SNGV',
    ],
  },
  {
    row: 'B.2, opinions of other agencies: three working days, up at +1',
    name: 'opinionDeadline',
    due: '17:00 12/01/2023',
    reminders: [
      '07:45 11/01 cầm việc',
      '07:30 12/01 cầm việc',
      '07:30 13/01 cầm việc, reviewer SNGV',
      '07:30 19/01 reviewer SNGV',
    ],
  },
  {
    row: 'B.2, Ministry of Foreign Affairs: ten working days before departure',
    name: 'mofaNotificationDeadline',
    due: '17:00 20/02/2023',
    reminders: [
      '07:45 02/02 cầm việc',
      '15:12 13/02 cầm việc',
      '07:30 20/02 cầm việc',
      '07:30 21/02 cầm việc, leader SNGV',
      '07:30 27/02 leader SNGV',
    ],
  },
  {
    row: 'B.2, settlement: fifteen working days after the return',
    name: 'settlementDeadline',
    due: '17:00 31/03/2023',
    reminders: [
      '07:30 24/03 cầm việc',
      '07:30 31/03 cầm việc',
      '07:30 03/04 cầm việc, unitHead SKHDT',
      '07:30 07/04 unitHead SKHDT, leader SNGV',
    ],
  },
  {
    row: 'B.2, draft left untouched: a week, and thirty days',
    name: 'draftInactive',
    due: '17:00 08/02/2023',
    reminders: ['12:37 13/01 cầm việc', '12:22 02/02 cầm việc, unitHead SKHDT'],
  },
];

interface Timer {
  name: string;
  taskKey: string | null;
  dueAt: Date;
  steps: { dueAt: string; to: ('assignee' | { role?: string; organisationId?: string; personId?: string })[] }[] | null;
}

describe('the deadline table', () => {
  let house: DelegationHouse;
  let timers: Timer[];
  let codes: Map<string, string>;
  let memberIds: string[];
  const calendar = createBusinessCalendar(vietnamHolidays);

  beforeAll(async () => {
    house = await DelegationHouse.open();
    await house.publish(profile);
    memberIds = [await house.personId('giamdoc.stc'), await house.personId('chuyenvien.stc')];
    const member = { position: 'Giám đốc', organisation: 'Sở Tài chính', fullName: 'Người đi' };
    const caseId = await house.openWithDossier({
      members: [
        { ...member, personId: memberIds[0], role: 'leader' },
        { ...member, personId: memberIds[1], role: 'member' },
      ],
    });
    await travel(house, caseId);
    codes = new Map(
      (await house.query<{ id: string; code: string }>('select id, code from organisations')).map((row) => [
        row.id,
        row.code,
      ]),
    );
    timers = await house.query<Timer>(
      `select d.name, d.task_key as "taskKey", d.due_at as "dueAt", r.steps from timers d
       left join timers r on r.deadline_id = d.id where d.kind = 'deadline' and d.instance_id = $1 order by d.armed_seq`,
      [caseId],
    );
  });
  afterAll(() => house.close());

  const who = (to: NonNullable<Timer['steps']>[number]['to']) => {
    const people = to.flatMap((one) => (one !== 'assignee' && one.personId ? [one.personId] : []));
    const offices = to.flatMap((one) =>
      one !== 'assignee' && one.role ? [`${one.role} ${codes.get(one.organisationId ?? '')}`] : [],
    );
    const travellers =
      people.length === memberIds.length ? ['người đi'] : people[0] === memberIds[0] ? ['trưởng đoàn'] : [];
    return [...(to.includes('assignee') ? ['cầm việc'] : []), ...travellers, ...offices].join(', ');
  };
  const timerOf = ({ name, task }: Pick<Row, 'name' | 'task'>) =>
    timers.find((timer) => timer.name === name && (task === undefined || timer.taskKey === task));

  it.each(rows)('$row', (expected) => {
    const timer = timerOf(expected);
    expect(timer && formatInstant(timer.dueAt)).toBe(expected.due);
    const reminders = (timer?.steps ?? []).map(
      (step) => `${formatInstant(new Date(step.dueAt)).slice(0, 11)} ${who(step.to)}`,
    );
    expect(reminders).toEqual(expected.reminders);
  });

  it('never reminds in rest time, and no ladder reaches a leader of the province', () => {
    const authorities = ['UBND', 'TINHUY'].map((code) => [...codes].find(([, one]) => one === code)?.[0]);
    const steps = timers.flatMap((timer) => timer.steps ?? []);
    expect(steps.length).toBeGreaterThan(60);
    for (const step of steps) {
      const at = new Date(step.dueAt);
      expect([step.dueAt, calendar.isWorkingTime(at) || calendar.isWorkingTime(new Date(at.getTime() - 1))]).toEqual([
        step.dueAt,
        true,
      ]);
      for (const to of step.to)
        if (to !== 'assignee' && to.role === 'leader') expect(authorities).not.toContain(to.organisationId);
    }
  });

  it('sends to a leader of the province where the rules say so, and such a ladder is refused where they do not', async () => {
    const { rule, countedFrom } = profile.deadlines.draftInactive!;
    const at = { kind: 'fraction', of: 0.5 } as const;
    const ladder = [{ key: 'half', at, template: 'caseUntouched', to: ['assignee', 'provincialLeader'] }] as const;
    const reaching = { ...profile, deadlines: { ...profile.deadlines, draftInactive: { rule, countedFrom, ladder } } };
    expect(profileProblems(reaching).map(({ path }) => path)).toEqual(['deadlines.draftInactive.ladder']);
    await house.publish({ ...reaching, escalation: { provincialLeaders: { value: true, source: null } } });
    const caseId = await house.open();
    const [row] = await house.query<Pick<Timer, 'steps'>>(
      "select steps from timers where instance_id = $1 and kind = 'reminder'",
      [caseId],
    );
    expect(who(row?.steps?.[0]?.to ?? [])).toBe('cầm việc, leader UBND');
  });
});

describe('the numbers of the table', () => {
  const { deadlines, leadTimes, limits, otherPeriods, planReminders } = profile;
  type Evidenced = { rule: DeadlineRule; reference?: string | undefined };
  const step = (id: string) => profile.routes.flatMap((route) => route.steps).find((one) => one.id === id)!;
  const other = (id: string) => otherPeriods.find((period) => period.id === id)!;
  const row = (name: DeadlineName) => deadlines[name]!;

  // B.1: each number is published somewhere, or was an assumption already in the table.
  it.each<[string, Evidenced, string, RegExp | null]>([
    ['1 passports', row('passportReturnDeadline'), '5 workingDay after', /58\/2012/],
    ['2 report', row('reportDeadline'), '10 calendarDay after', /Hà Nội/],
    ['3 Party cell', row('partyReportDeadline'), '7 workingDay after', /chi bộ/],
    ['4 appraisal', row('appraisalDeadline'), '3 workingDay after', /Huế/],
    ["5 People's Committee", step('peoplesCommittee'), '3 workingDay after', /Huế/],
    ['6 whole procedure', other('wholeProcedure'), '7 workingDay after', null],
    ['7 supplement', row('supplementDeadline'), '5 workingDay after', null],
    ['8 dossier before departure', leadTimes.dossierBeforeDeparture, '20 workingDay before', /Bộ Giáo dục/],
    ['9 absence', row('absenceReportDeadline'), '3 calendarDay before', /Quảng Ngãi/],
    ['10 conference, Prime Minister', other('conferencePrimeMinister'), '40 calendarDay before', /06\/2020/],
    ['10 conference, others', other('conference'), '30 calendarDay before', /06\/2020/],
    ['11 opinion on a conference', other('conferenceOpinion'), '15 calendarDay after', /06\/2020/],
    ['12 inbound request', other('inboundRequest'), '5 workingDay before', /Bắc Giang/],
    // B.2: nobody published these, so they must say so.
    ['Party committee', step('partyCommittee'), '5 workingDay after', null],
    ['opinion', row('opinionDeadline'), '3 workingDay after', null],
    ['Ministry', row('mofaNotificationDeadline'), '10 workingDay before', null],
    ['embassy', row('embassyNotificationDeadline'), '10 workingDay before', null],
    ['amendment', leadTimes.amendmentBeforeDeparture, '5 workingDay before', null],
    ['extension', leadTimes.extensionBeforeReturn, '3 workingDay before', null],
    ['settlement', row('settlementDeadline'), '15 workingDay after', null],
    ['issue of the plan', other('planIssue'), '15 workingDay after', null],
    ['draft untouched', row('draftInactive'), '30 calendarDay after', null],
    ['supplement untouched', row('supplementInactive'), '30 calendarDay after', null],
  ])('%s', (_, { rule: { amount, unit, direction, source }, reference }, expected, published) => {
    expect(`${amount} ${unit} ${direction}`).toBe(expected);
    // Shown as "giả định" unless a document that binds the province says it; another province's number is a reference beside it.
    if (published === null) expect(source).toBeNull();
    else expect(source ?? reference).toMatch(published);
  });

  it('13 trips of a person a year', () => {
    expect(limits.tripsPerPersonPerYear).toMatchObject([{ value: 2, severity: 'block', whenJustified: 'warning' }]);
  });

  it('the year of the plan and the reports are assumptions, each a setting', () => {
    expect(planReminders.yearly.map(({ on, source }) => [on, source])).toEqual(
      ['08-15', '09-30', '10-31', '11-15', '11-30', '05-01', '05-25', '06-15', '11-10', '12-01'].map((on) => [
        on,
        null,
      ]),
    );
    const closes = planReminders.yearly.find(({ id }) => id === 'registrationCloses');
    expect(closes?.remindDays).toEqual([-14, -7, -1, 1]);
    const assumed = { unit: 'workingDay', direction: 'after', source: null };
    expect(profile.periodicReports).toEqual({
      consolidation: { amount: 5, ...assumed },
      revision: { amount: 3, ...assumed },
    });
    expect(planReminders.itemWithoutDossier).toEqual({ daysBefore: [45, 30, 20], source: null });
  });

  it('are computed with a sentence also where no case waits on them', () => {
    const calendar = createBusinessCalendar(vietnamHolidays);
    const conference = calendar.due({ rule: other('conferencePrimeMinister').rule, from: '2026-08-10' });
    expect(formatInstant(conference.dueAt)).toBe('17:00 01/07/2026');
    expect(conference.explanation.vi).toContain('40 ngày trước ngày 10/08/2026');
  });
});

/** Through every state that has a deadline, standing still at 08:00 on Monday 09/01/2023 until the day of departure. */
async function travel(house: DelegationHouse, caseId: string): Promise<void> {
  const reviewer = 'thamdinh.sngv';
  await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
  await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
  await house.must(reviewer, caseId, { type: 'RECEIVE' });
  const organisationIds = [await house.organisationId('CAT')];
  await house.must(reviewer, caseId, { type: 'REQUEST_OPINION', organisationIds });
  await house.must(reviewer, caseId, { type: 'REQUEST_SUPPLEMENT', items: ['Bổ sung chương trình'] });
  await house.must('chuyenvien.skhdt', caseId, { type: 'RESUBMIT' });
  await house.must('thamdinh.cat', caseId, {
    type: 'OPINION_RECEIVED',
    organisationId: organisationIds[0],
    opinion: 'agree',
  });
  await house.must(reviewer, caseId, { type: 'ACCEPT_DOSSIER' });
  await house.must(reviewer, caseId, { type: 'FORWARD' });
  for (const leader of ['giamdoc.sngv', 'phochutich.ubnd', 'thuongtruc.tinhuy'])
    await house.must(leader, caseId, { type: 'APPROVE', document });
  const signerId = await house.personId('phochutich.ubnd');
  await house.must('vanthu.vpubnd', caseId, { type: 'ISSUE_DECISION', document, signerId });
  for (const type of ['MOFA_NOTIFIED', 'EMBASSY_NOTIFIED', 'NOTE_VERBALE_ISSUED'])
    await house.must(reviewer, caseId, { type, document });
  await house.must(reviewer, caseId, { type: 'PASSPORT_GIVEN' });
  await house.must('chuyenvien.skhdt', caseId, { type: 'FUNDING_CONFIRMED' });
  house.clock.set(instantAt('2023-03-06', '08:00'));
  await house.must('chuyenvien.skhdt', caseId, { type: 'DEPART', departedOn: '2023-03-06' });
  house.clock.set(instantAt('2023-03-10', '16:00'));
  await house.must('chuyenvien.skhdt', caseId, { type: 'RETURN_HOME', returnedOn: '2023-03-10' });
}
