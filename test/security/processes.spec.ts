import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { planCycleEventTypes, planItemPersonEventTypes } from '#contracts/plan-events.js';
import { planItemStates } from '#contracts/plan-states.js';
import { roundEvents, roundStates, unitReportEvents, unitReportStates } from '#contracts/report-round.js';
import { shippedProfiles } from '#libs/policy';
import type { Answer } from '../integration/api-under-test.js';
import { DelegationHouse } from '../integration/delegation-house.js';
import { Crossing, page } from './crossing.js';
import { MatrixHouse, type Subject } from './matrix-house.js';
import {
  deciders,
  lineSenders,
  lineWriters,
  planSenders,
  planStates,
  publicLineStates,
  returnsPlan,
  roundSenders,
  unitReportSenders,
} from './process-tables.js';

/** What somebody who may is told when the version is not the present one, or the content names what is not there. */
const stopped = [400, 409, 412];
const document = { number: '45/SNgV-VP', date: '2023-01-09' };
const reason = 'Lý do của bản thử';
const typeOf = (body: object) => (body as { type: string }).type;
const supervises = ({ role }: Subject) => role === 'administrator' || role === 'inspector';

let house: MatrixHouse;
let people: DelegationHouse;
let crossing: Crossing;
let unitId: string;
beforeAll(async () => {
  house = await MatrixHouse.open(deciders);
  people = DelegationHouse.on(house.api, house.clock);
  crossing = new Crossing(house);
  unitId = await people.organisationId('SKHDT');
});
afterAll(() => house.close());

async function must(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

/** Each event of each process in each state, sent by everybody: who may is stopped before it is done, and the others leave no trace. */
describe('the annual plan in each of its states', () => {
  const seen = new Set<string>();
  const seenLines = new Set<string>();
  const lines: Record<string, string> = {};
  let planId: string;

  const planBody = (type: string) => ({
    type,
    ...(['UNIT_REGISTERED', 'OPINION_RECEIVED'].includes(type) && { organisationId: unitId }),
    ...(type === 'REQUEST_OPINION' && { organisationIds: [unitId] }),
    ...(type === 'OPINION_RECEIVED' && { opinion: 'agree' }),
    ...(['SUBMIT_PLAN', 'FORWARD_PLAN', 'APPROVE_PLAN', 'MINISTRY_NOTIFIED', 'ISSUE_PLAN'].includes(type) && {
      document,
    }),
    ...(['REOPEN_REGISTRATION', 'RETURN_PLAN', 'ABANDON_ADJUSTMENT'].includes(type) && { reason }),
  });
  const lineBody = (type: string) => ({
    type,
    ...(['RETURN_TO_DRAFT', 'REJECT', 'DEFER', 'WITHDRAW', 'CHANGE', 'DROP'].includes(type) && { reason }),
    ...(type === 'REQUEST_SUPPLEMENT' && { items: ['Nêu rõ đối tác'] }),
    ...(type === 'MERGE' && { intoItemId: lines.through ?? planId }),
    ...(type === 'CONDITION_CLEARED' && { document }),
  });
  const sendPlan = (mailbox: string, type: string, more: object = {}) =>
    must(people.as(mailbox, `/plans/${planId}/events`, { body: { ...planBody(type), ...more } }));
  const sendLine = (mailbox: string, name: string, type: string, more: object = {}) =>
    must(people.as(mailbox, `/plan-items/${lines[name]}/events`, { body: { ...lineBody(type), ...more } }));
  const draft = async (name: string, more: object = {}) => {
    const body = {
      ...{ name: `Đoàn ${name}`, head: 'Giám đốc Sở', leaderRank: 'standingCommitteeManaged', countries: 'Nhật Bản' },
      ...{ content: 'Làm việc với địa phương', peopleCount: 6, days: 7, includesTravel: true, period: 'Quý IV' },
      ...{ funding: 'Ngân sách tỉnh', noStateSecrets: true, ...more },
    };
    lines[name] = (await must(people.as('chuyenvien.skhdt', `/plans/${planId}/items`, { body }))).id;
  };

  const ofProvince = (subject: Subject, then: readonly number[]) =>
    subject.role === null ? [401] : subject.place === 'otherProvince' ? [404] : then;
  /** `name`: as the machine has it, without the parallel question of opinions. */
  async function crossPlan(name: string): Promise<void> {
    const { states } = await must(people.as('thamdinh.sngv', `/plans/${planId}/cycle`));
    const ids: string[] = states.map(({ id }: { id: string }) => id);
    expect(ids).toContain(name);
    for (const id of ids) seen.add(id);
    await crossing.try(`plan, ${name}`, {
      path: `/api/v1/plans/${planId}/events`,
      bodies: planCycleEventTypes.map(planBody),
      wanted: (subject, body) => {
        const type = typeOf(body) as keyof typeof planSenders;
        const may = planSenders[type] === 'whoever has it' ? returnsPlan(ids) : planSenders[type];
        return ofProvince(subject, may.includes(subject.name) ? stopped : [403]);
      },
    });
  }

  /** Before a line is in the plan it is the matter of its unit, of the focal agency and of who supervises. */
  const ofLine = (subject: Subject, state: string, then: readonly number[]) => {
    const isKnown =
      supervises(subject) || ['unit', 'focal'].includes(subject.place ?? '') || publicLineStates.includes(state);
    return ofProvince(subject, isKnown ? then : [404]);
  };
  /** `isOfUnit`: an imported line names no unit of the province, so that nobody writes it or takes it back. */
  async function crossLine(name: string, state: string, { isOfUnit = true } = {}): Promise<void> {
    const may = (names: readonly string[], subject: Subject) =>
      names.includes(subject.name) && (isOfUnit || subject.place !== 'unit');
    const at = `/plan-items/${lines[name]}`;
    expect((await must(people.as('thamdinh.sngv', `${at}/progress`))).state.id).toBe(state);
    seenLines.add(state);
    const known = (subject: Subject) => ofLine(subject, state, [200])[0]!;
    await crossing.try(
      `line, ${state}`,
      page(`/api/v1${at}`, known),
      page(`/api/v1${at}/progress`, known),
      {
        path: `/api/v1${at}`,
        method: 'PATCH',
        bodies: [{ note: 'Sửa' }],
        wanted: (subject) => ofLine(subject, state, may(lineWriters(state), subject) ? stopped : [403]),
      },
      {
        path: `/api/v1${at}/events`,
        bodies: planItemPersonEventTypes.map(lineBody),
        wanted: (subject, body) => {
          const senders = lineSenders[typeOf(body) as keyof typeof lineSenders];
          return ofLine(subject, state, may(senders, subject) ? stopped : [403]);
        },
      },
    );
  }

  /** Whether and when the Ministry's letter is waited for is a rule of the province, and decides which states there are. */
  async function openPlan(year: number, ministryLetter: 'beforeIssue' | 'beforeApproval'): Promise<void> {
    const profile = shippedProfiles[0]!;
    await people.publish({ ...profile, annualPlan: { ministryLetter: { value: ministryLetter, source: null } } });
    planId = (await must(people.as('thamdinh.sngv', '/plans', { body: { year } }))).id;
  }

  it('while units register', async () => {
    await openPlan(2024, 'beforeIssue');
    await crossPlan('notOpened');
    await sendPlan('thamdinh.sngv', 'OPEN_REGISTRATION');
    for (const name of ['through', 'merged', 'deferred', 'notIncluded', 'condition', 'dropped']) await draft(name);
    await draft('central', { leaderRank: 'centralManaged' });
    await draft('withdrawn');
    await crossPlan('open');
    await crossLine('through', 'draft');
    await sendLine('chuyenvien.skhdt', 'withdrawn', 'WITHDRAW');
    await crossLine('withdrawn', 'withdrawn');
    for (const name of Object.keys(lines).filter((one) => one !== 'withdrawn'))
      await sendLine('chuyenvien.skhdt', name, 'SUBMIT');
    await crossLine('through', 'awaitingReceipt');
    await sendPlan('thamdinh.sngv', 'CLOSE_REGISTRATION');
    await crossPlan('locked');
    await sendPlan('giamdoc.sngv', 'REOPEN_REGISTRATION');
    await crossPlan('reopened');
  }, 180_000);

  it('while the focal agency puts it together', async () => {
    await sendPlan('thamdinh.sngv', 'CLOSE_REGISTRATION');
    await sendPlan('thamdinh.sngv', 'START_CONSOLIDATION');
    await crossPlan('consolidating.opinions.notAsked');
    await sendPlan('thamdinh.sngv', 'REQUEST_OPINION');
    await crossPlan('consolidating.opinions.asking');
    await sendPlan('thamdinh.sngv', 'OPINION_RECEIVED');
    await crossPlan('consolidating.opinions.complete');
    const kept = ['through', 'condition', 'dropped', 'central'];
    for (const name of [...kept, 'merged', 'deferred', 'notIncluded']) await sendLine('thamdinh.sngv', name, 'RECEIVE');
    await crossLine('through', 'consolidating');
    await sendLine('thamdinh.sngv', 'through', 'REQUEST_SUPPLEMENT');
    await crossLine('through', 'supplementRequested');
    await sendLine('chuyenvien.skhdt', 'through', 'RESUBMIT');
    for (const [name, type] of [
      ['merged', 'MERGE'],
      ['deferred', 'DEFER'],
      ['notIncluded', 'REJECT'],
    ] as const) {
      await sendLine('thamdinh.sngv', name, type);
      await crossLine(name, name);
    }
    for (const name of kept) await sendLine('thamdinh.sngv', name, 'INCLUDE');
    await crossLine('through', 'committee');
  }, 180_000);

  it('while the levels decide', async () => {
    await sendPlan('giamdoc.sngv', 'SUBMIT_PLAN');
    await crossPlan('submitted.committee');
    await sendPlan('phochutich.ubnd', 'FORWARD_PLAN');
    await crossPlan('submitted.party');
    await crossLine('through', 'party');
    const conditions = [{ planItemId: lines.condition, condition: 'Báo cáo đối tác trước khi đi' }];
    await sendPlan('thuongtruc.tinhuy', 'APPROVE_PLAN', { conditions });
    await crossPlan('approved.awaitingMinistry');
    await crossLine('central', 'central');
    await crossLine('condition', 'approvedWithCondition');
    await crossLine('through', 'approved');
    await sendPlan('thamdinh.sngv', 'MINISTRY_NOTIFIED');
    await crossPlan('approved.awaitingIssue');
  }, 180_000);

  it('while it runs, and is adjusted', async () => {
    await sendPlan('vanthu.vpubnd', 'ISSUE_PLAN');
    await crossPlan('issued.running');
    await sendPlan('thamdinh.sngv', 'BEGIN_ADJUSTMENT');
    await crossPlan('adjusting.collecting');
    await sendLine('thamdinh.sngv', 'dropped', 'DROP');
    await crossLine('dropped', 'dropped');
    await sendPlan('giamdoc.sngv', 'SUBMIT_PLAN');
    await crossPlan('adjusting.committee');
    await sendPlan('phochutich.ubnd', 'FORWARD_PLAN');
    await crossPlan('adjusting.party');
    await sendPlan('thuongtruc.tinhuy', 'APPROVE_PLAN');
    await crossPlan('adjusting.awaitingMinistry');
    await sendPlan('thamdinh.sngv', 'MINISTRY_NOTIFIED');
    await crossPlan('adjusting.awaitingIssue');
  }, 180_000);

  it('while the letter of the Ministry is waited for, where the rules want it first', async () => {
    await openPlan(2025, 'beforeApproval');
    await sendPlan('thamdinh.sngv', 'OPEN_REGISTRATION');
    await draft('first');
    await sendLine('chuyenvien.skhdt', 'first', 'SUBMIT');
    for (const type of ['CLOSE_REGISTRATION', 'START_CONSOLIDATION']) await sendPlan('thamdinh.sngv', type);
    for (const type of ['RECEIVE', 'INCLUDE']) await sendLine('thamdinh.sngv', 'first', type);
    await sendPlan('giamdoc.sngv', 'SUBMIT_PLAN');
    await sendPlan('phochutich.ubnd', 'FORWARD_PLAN');
    await crossPlan('submitted.ministryFirst');
    await sendPlan('thamdinh.sngv', 'MINISTRY_NOTIFIED');
    await sendPlan('thuongtruc.tinhuy', 'APPROVE_PLAN');
    await sendPlan('vanthu.vpubnd', 'ISSUE_PLAN');
    await sendPlan('thamdinh.sngv', 'BEGIN_ADJUSTMENT');
    await sendPlan('giamdoc.sngv', 'SUBMIT_PLAN');
    await sendPlan('phochutich.ubnd', 'FORWARD_PLAN');
    await crossPlan('adjusting.ministryFirst');
  }, 180_000);

  it('when its year is over, which an imported one of last year is', async () => {
    const csv = '\uFEFFSTT,Tên đoàn,Trưởng đoàn,Nước đến,Thời gian,Số ngày\n1,Đoàn cũ,Giám đốc Sở,Lào,Quý I,3\n';
    const file = { bytes: Buffer.from(csv), name: 'ke-hoach.csv' };
    const { id } = await must(
      people.upload('thamdinh.sngv', '/plan-previews', { year: '2022', direction: 'outbound' }, file),
    );
    const confirmed = await must(people.as('thamdinh.sngv', `/plan-previews/${id}/confirm`, { body: {} }));
    [planId] = confirmed.planIds;
    const { items } = await must(people.as('thamdinh.sngv', `/plans/${planId}/items`));
    lines.imported = items[0].id;
    // Nothing was ever decided on it here, so it has no log yet; refusing must not begin one.
    await crossLine('imported', 'approved', { isOfUnit: false });
    await must(people.as('thamdinh.sngv', '/plans', { body: { year: 2022 } }));
    await people.fireDueTimers();
    await crossPlan('issued.yearOver');
    await sendPlan('thamdinh.sngv', 'CLOSE_YEAR');
    await crossPlan('closed');
    await crossLine('imported', 'closed', { isOfUnit: false });
  }, 180_000);

  it('was crossed in every state there is', () => {
    expect([...seen].filter((id) => !planStates.parents.includes(id)).sort()).toEqual([...planStates.leaves].sort());
    expect([...seenLines].sort()).toEqual([...planItemStates].sort());
  });
});

describe('the periodic reports in each of their states', () => {
  const seen = { unit: new Set<string>(), round: new Set<string>() };
  const offered = new Set<string>();
  const remarks = { achievements: 'Ký bản ghi nhớ', difficulties: '', proposals: '' };
  const unitBodies = [
    { type: 'SUBMIT_UNIT_REPORT', remarks },
    { type: 'RETURN_UNIT_REPORT', reason },
    { type: 'ACCEPT_UNIT_REPORT' },
  ];
  const roundBodies = [{ type: 'CONSOLIDATE_REPORTS' }, { type: 'CANCEL_ROUND', reason }, { type: 'ISSUE_REPORT' }];

  async function ask(from: string, to: string): Promise<{ roundId: string; reportId: string }> {
    const body = { kind: 'adHoc', from, to, dueOn: '2023-02-09' };
    const { id: roundId } = await must(people.as('thamdinh.sngv', '/report-rounds', { body }));
    const [row] = await house.query<{ id: string }>(
      'select id from unit_reports where round_id = $1 and organisation_id = $2',
      [roundId, unitId],
    );
    return { roundId, reportId: row!.id };
  }
  const send = (mailbox: string, at: string, body: object) => must(people.as(mailbox, `/${at}/events`, { body }));

  /** An event here asks for no version, so who may does not send it: the page offers it to them, in one state or another, and to nobody else. */
  async function cross(
    about: string,
    given: {
      at: string;
      bodies: readonly { type: string }[];
      senders: Readonly<Record<string, readonly string[]>>;
      known: (subject: Subject) => boolean;
    },
  ): Promise<void> {
    const { at, bodies, senders, known } = given;
    const of = (subject: Subject, then: number) => (subject.role === null ? 401 : known(subject) ? then : 404);
    await crossing.try(
      about,
      page(`/api/v1/${at}`, (subject) => of(subject, 200)),
      {
        path: `/api/v1/${at}/events`,
        bodies,
        wanted: (subject, body) => (senders[typeOf(body)]!.includes(subject.name) ? null : [of(subject, 403)]),
      },
    );
    for (const subject of house.subjects.filter(known)) {
      const { body } = await house.ask(subject, { method: 'GET', path: `/api/v1/${at}` });
      for (const { type } of body.offers as { type: string }[]) offered.add(`${type}: ${subject.name}`);
    }
  }
  const inProvince = (subject: Subject) => subject.role !== null && subject.place !== 'otherProvince';
  const crossUnit = (state: string, { reportId }: { reportId: string }) => {
    seen.unit.add(state);
    const known = (subject: Subject) =>
      inProvince(subject) && (supervises(subject) || ['unit', 'focal'].includes(subject.place!));
    return cross(`unit, ${state}`, {
      at: `unit-reports/${reportId}`,
      bodies: unitBodies,
      senders: unitReportSenders,
      known,
    });
  };
  const crossRound = (state: string, { roundId }: { roundId: string }) => {
    seen.round.add(state);
    const known = (subject: Subject) => inProvince(subject) && (supervises(subject) || subject.place === 'focal');
    return cross(`round, ${state}`, {
      at: `report-rounds/${roundId}`,
      bodies: roundBodies,
      senders: roundSenders,
      known,
    });
  };

  it('while units report and are examined', async () => {
    const asked = await ask('2022-01-01', '2022-03-31');
    const unit = `unit-reports/${asked.reportId}`;
    await crossRound('collecting', asked);
    await crossUnit('requested', asked);
    await send('chuyenvien.skhdt', unit, unitBodies[0]!);
    await crossUnit('submitted', asked);
    await send('thamdinh.sngv', unit, unitBodies[1]!);
    await crossUnit('returned', asked);
    await send('chuyenvien.skhdt', unit, unitBodies[0]!);
    await send('thamdinh.sngv', unit, unitBodies[2]!);
    await crossUnit('accepted', asked);
    await send('thamdinh.sngv', `report-rounds/${asked.roundId}`, roundBodies[0]!);
    await crossUnit('consolidated', asked);
    await crossRound('consolidated', asked);
    await send('vanthu.sngv', `report-rounds/${asked.roundId}`, { type: 'ISSUE_REPORT', startAt: 1 });
    await crossRound('issued', asked);
  }, 180_000);

  it('when one is left out or the request is cancelled', async () => {
    const left = await ask('2022-04-01', '2022-06-30');
    await send('thamdinh.sngv', `report-rounds/${left.roundId}`, roundBodies[0]!);
    await crossUnit('leftOut', left);
    const cancelled = await ask('2022-07-01', '2022-09-30');
    await send('giamdoc.sngv', `report-rounds/${cancelled.roundId}`, roundBodies[1]!);
    await crossUnit('cancelled', cancelled);
    await crossRound('cancelled', cancelled);
  }, 180_000);

  it('offered what may be sent to whom it belongs to, and to nobody else', () => {
    const table = Object.entries({ ...unitReportSenders, ...roundSenders });
    expect([...offered].sort()).toEqual(
      table.flatMap(([type, names]) => names.map((name) => `${type}: ${name}`)).sort(),
    );
  });

  it('were crossed in every state and with every event there is', () => {
    expect([...seen.unit].sort()).toEqual([...unitReportStates].sort());
    expect([...seen.round].sort()).toEqual([...roundStates].sort());
    expect(unitBodies.map(typeOf)).toEqual(Object.keys(unitReportEvents));
    expect(roundBodies.map(typeOf)).toEqual(Object.keys(roundEvents));
  });
});
