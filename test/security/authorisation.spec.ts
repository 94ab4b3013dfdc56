import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type DelegationEventType, delegationEventTypes } from '#contracts/delegation-events.js';
import { DelegationHouse } from '../integration/delegation-house.js';
import { sampleEvent } from './event-samples.js';
import { senders } from './event-senders.js';
import { type CaseState, caseStates, type Line, matrix, type Things } from './matrix.js';
import { MatrixHouse, places, routesOf, type Subject } from './matrix-house.js';

describe('every route for everybody', () => {
  let house: MatrixHouse;
  let things: Things;
  /** Ids of the first province: none may turn up in an answer to the other one. */
  let secrets: readonly string[];
  beforeAll(async () => {
    house = await MatrixHouse.open();
    things = await prepare(house);
    const rows = await house.query<{ id: string }>(
      `select id from instances where province_id = $1 union select id from people where province_id = $1
       union select id from organisations where province_id = $1 union select id from plans where province_id = $1
       union select id from plan_items where province_id = $1 union select id from stored_files where province_id = $1`,
      [house.api.provinceId],
    );
    secrets = rows.map((row) => row.id);
    expect(secrets.length).toBeGreaterThan(60);
  });
  afterAll(() => house.close());

  it('has a line, and no line is about a route that is not there', () => {
    const lines = [...new Set(matrix.map((line) => line.route))].sort();
    expect(lines).toEqual(routesOf(house.api));
  });

  it('goes red when a route comes without a line', () => {
    const routes = [...routesOf(house.api), 'GET /api/v1/everything'];
    expect(routes.filter((route) => !matrix.some((line) => line.route === route))).toEqual(['GET /api/v1/everything']);
  });

  it('is asked by somebody for each role in each place', () => {
    expect(house.subjects).toHaveLength(1 + 7 * places.length);
  });

  it.each(matrix.map((line) => [`${line.route}${line.about === undefined ? '' : `: ${line.about}`}`, line] as const))(
    '%s',
    async (_, line) => {
      const wanted = house.subjects.map((subject) => ({ subject, status: line.expect(subject) }));
      const refused = wanted.filter(({ status }) => status >= 400);
      const requests = await Promise.all(refused.map(({ subject }) => line.ask(things, subject)));
      const before = await house.fingerprint();
      const answers = await Promise.all(
        refused.map(({ subject }, index) => askOne(house, { line, subject, request: requests[index] ?? { path: '' } })),
      );
      expect(await house.fingerprint()).toBe(before);
      for (const { subject, status } of wanted.filter((one) => one.status < 400)) {
        const request = await line.ask(things, subject);
        const answer = await askOne(house, { line, subject, request });
        answers.push(answer);
        expect(leaks(answer, subject)).toEqual([]);
        refused.push({ subject, status });
      }
      const got = answers.map((answer) => `${answer.subject.name}: ${answer.status}`);
      expect(got.sort()).toEqual(refused.map(({ subject, status }) => `${subject.name}: ${status}`).sort());
    },
  );

  const leaks = (answer: { text: string }, subject: Subject): string[] =>
    subject.place === 'otherProvince' ? secrets.filter((id) => answer.text.includes(id)) : [];

  it('sees ids in what it reads, so that the search for foreign ones can find something', async () => {
    const own = house.subjects.find((subject) => subject.name === 'inspector unit')!;
    const answer = await house.ask(own, { method: 'GET', path: '/api/v1/organisations' });
    expect(secrets.filter((id) => JSON.stringify(answer.body).includes(id)).length).toBeGreaterThan(5);
  });

  /** As it was before the first event, and has to be after each: looking costs more than asking. */
  let before: string | undefined;
  it.each(delegationEventTypes)(
    'takes %s in each state of a case from whom it belongs to and from nobody else, and leaves no trace of a refusal',
    async (type) => {
      before ??= await house.fingerprint();
      const body = sampleEvent(type, things.organisationId);
      // No case is at this version: who may send it is stopped there, after the right has been looked at.
      const headers = { 'if-match': '"9999"' };
      for (const state of caseStates) {
        const path = `/api/v1/cases/${things.cases[state]}/events`;
        const answers = await Promise.all(
          house.subjects.map((subject) => house.ask(subject, { method: 'POST', path, body, headers })),
        );
        const got = house.subjects.map((subject, at) => {
          const wanted = answerTo(subject, { type, state });
          const { status } = answers[at]!;
          return wanted.includes(status)
            ? null
            : `${state}, ${subject.name}: ${status} instead of ${wanted.join(' or ')}`;
        });
        expect(got.filter((one) => one !== null)).toEqual([]);
      }
      expect(await house.fingerprint()).toBe(before);
    },
  );
});

/** What an event that comes too late answers to somebody who may send it: no such version, or a reference there is not. */
const stopped = [400, 409, 412];

function answerTo(subject: Subject, { type, state }: { type: DelegationEventType; state: CaseState }): number[] {
  const { role, place, name } = subject;
  if (role === null) return [401];
  if (place === 'otherProvince') return [404];
  if (place === 'elsewhere' && role !== 'inspector' && role !== 'administrator') return [404];
  if (senders[type] !== 'whose turn it is') return senders[type].includes(name) ? stopped : [403];
  if (name !== 'leader focal') return [403];
  // The focal agency's leader is the first level of the route, and has decided where the trip is prepared.
  return state === 'preparing' ? [409] : stopped;
}

async function askOne(
  house: MatrixHouse,
  given: { line: Line; subject: Subject; request: Awaited<ReturnType<Line['ask']>> },
): Promise<{ subject: Subject; status: number; text: string }> {
  const { subject } = given;
  const { cookie, ...request } = given.request;
  const method = given.line.route.split(' ', 1)[0] ?? '';
  const who = cookie === undefined ? subject : { ...subject, cookie };
  const answer = await house.ask(who, { method, ...request });
  return { subject, status: answer.status, text: JSON.stringify(answer.body) };
}

/** One case in each state and one of everything else. */
async function prepare(house: MatrixHouse): Promise<Things> {
  const delegations = DelegationHouse.on(house.api, house.clock);
  const draft = await delegations.openWithDossier();
  const approval = await delegations.openInApproval();
  const preparing = await delegations.openDecided();
  const withdrawn = await delegations.open();
  await delegations.must('chuyenvien.skhdt', withdrawn, { type: 'WITHDRAW', reason: 'Đối tác hoãn' });
  const cases: Record<CaseState, string> = { draft, approval, preparing, withdrawn };
  const [file] = await house.query<{ id: string }>(
    'select file_id as id from dossier_documents where instance_id = $1',
    [draft],
  );
  const view = await delegations.as('chuyenvien.skhdt', '/inbox/views', { body: { name: 'Riêng', filter: {} } });
  const [session] = await house.query<{ id: string }>(
    `select s.id from sessions s join people p on p.id = s.person_id where p.email like 'chuyenvien.skhdt%'`,
  );
  const previewId = await importPlan(house);
  const made = await openPlan(delegations);
  const [item] = await house.query<{ id: string; planId: string }>(
    'select id, plan_id as "planId" from plan_items where preview_id is not null limit 1',
  );
  return {
    house,
    cases,
    fileId: file!.id,
    planId: item!.planId,
    planItemId: item!.id,
    previewId,
    ...made,
    organisationId: await delegations.organisationId('STC'),
    documents: await issueDocuments(delegations, preparing),
    viewId: view.body.id,
    sessionId: session!.id,
  };
}

async function openPlan(delegations: DelegationHouse): Promise<{ openPlanId: string; draftLineId: string }> {
  const opened = await delegations.as('thamdinh.sngv', '/plans', { body: { year: 2024 } });
  const openPlanId: string = opened.body.id;
  await delegations.as('thamdinh.sngv', `/plans/${openPlanId}/events`, { body: { type: 'OPEN_REGISTRATION' } });
  const body = { name: 'Đoàn dự kiến', noStateSecrets: true };
  const draft = await delegations.as('chuyenvien.skhdt', `/plans/${openPlanId}/items`, { body });
  if (draft.status !== 201) throw new Error(JSON.stringify(draft.body));
  return { openPlanId, draftLineId: draft.body.id };
}

async function issueDocuments(delegations: DelegationHouse, caseId: string): Promise<Things['documents']> {
  const clerk = 'vanthu.sngv';
  const must = async (at: string, body: object): Promise<string> => {
    const answer = await delegations.as(clerk, at, { body });
    if (answer.status >= 300) throw new Error(`${at}: ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  };
  const draft = (type: string) => must(`/cases/${caseId}/official-documents`, { type });
  const voided = await draft('mofaNotification');
  await must(`/official-documents/${voided}/number`, { startAt: 1 });
  await must(`/official-documents/${voided}/void`, { reason: 'Ghi nhầm số' });
  const numbered = await draft('mofaNotification');
  await must(`/official-documents/${numbered}/number`, {});
  return { voided, numbered, draft: await draft('embassyNotification') };
}

async function importPlan(house: MatrixHouse): Promise<string> {
  const importer = house.subjects.find((subject) => subject.name === 'reviewer focal')!;
  const { readFile } = await import('node:fs/promises');
  const form = new FormData();
  form.set('noStateSecrets', 'true');
  form.set('file', new Blob([await readFile('libs/plan/plans/tuyen-quang-2023-doan-ra.csv')]), 'ke-hoach-2023.csv');
  const preview = await house.ask(importer, { method: 'POST', path: '/api/v1/plan-previews', form });
  if (preview.status !== 201) throw new Error(JSON.stringify(preview.body));
  const skipRows = preview.body.rows.flatMap((row: { row: number; problems: { severity: string }[] }) =>
    row.problems.some((problem) => problem.severity === 'error') ? [row.row] : [],
  );
  const path = `/api/v1/plan-previews/${preview.body.id}/confirm`;
  const confirmed = await house.ask(importer, { method: 'POST', path, body: { skipRows } });
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body));
  return preview.body.id;
}
