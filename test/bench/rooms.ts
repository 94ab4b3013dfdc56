import { parseArgs } from 'node:util';
import { createManualClock } from '#libs/calendar';
import { type OfficialDocument, writeOfficialDocument } from '#libs/documents';
import type { SessionPrincipal } from '#libs/organisation';
import { createPreparedReader, createUnitOfWork } from '#libs/persistence';
import { PlanService } from '#libs/plan';
import { countTrips, ReportingService } from '#libs/reporting';
import { createAppDataSource } from '#migrations/data-source.js';

/**
 * Run by scripts/bench.mjs in a process of its own: what people wait for that is no decision. Each measurement is repeated; the
 * median counts, the first, with nothing warm, is given beside it. Prints one line of JSON.
 */
const { values } = parseArgs({ options: { url: { type: 'string' }, trips: { type: 'string', default: '100000' } } });
const lines = 1000;
const members = 20;
const province = '00000000-0000-4000-8000-000000000001';
const unit = '00000000-0000-4000-8000-000000000002';

async function measure(times: number, work: () => Promise<unknown>): Promise<{ medianMs: number; firstMs: number }> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const from = performance.now();
    await work();
    taken.push(performance.now() - from);
  }
  const sorted = taken.toSorted((a, b) => a - b);
  return { medianMs: Math.round(sorted[times >> 1]!), firstMs: Math.round(taken[0]!) };
}

let turn = 0;
/** Through the use case: the file is read, kept as a preview, and its lines, new each time, are put into a plan. */
async function importPlan(): Promise<void> {
  turn += 1;
  const header = 'TT,Tên đoàn,Trưởng đoàn,Nước đến,Nội dung,Số người,Số ngày,Thời gian thực hiện,Kinh phí';
  const rows = Array.from(
    { length: lines },
    (_, at) =>
      `${at + 1},Đoàn ${turn}.${at},Chủ tịch UBND tỉnh,Nhật Bản,Xúc tiến đầu tư,6,5,Quý ${['I', 'II', 'III'][at % 3]}/2024,NSNN`,
  );
  const bytes = Buffer.from([header, ...rows].join('\n'));
  const operator = { operator: true, provinceId: province, personId: null } as const;
  const preview = await plans().previewPlan(operator, { name: 'ke-hoach-2024.csv', bytes });
  const { added } = await plans().confirmPlan(operator, { previewId: preview.id });
  if (added !== lines) throw new Error(`${added} of ${lines} lines were added.`);
}

function plans(): PlanService {
  const room = { unitOfWork: createUnitOfWork(dataSource), clock: createManualClock(new Date('2024-01-08T01:00:00Z')) };
  // Neither reading nor importing a plan asks for the rest of the room.
  return new PlanService(room as unknown as ConstructorParameters<typeof PlanService>[0]);
}

/**
 * Straight into the tables: what is measured is the reading. A third of the trips are in the year asked for; of a hundred, two are still
 * running and four were cancelled; every twelfth goes to two countries; who has been there has reported.
 */
async function seedTrips(count: number): Promise<void> {
  const run = (sql: string, parameters: unknown[] = []) => dataSource.query(sql, parameters);
  await run(`insert into provinces (id, code, name) values ($1, 'TQ', 'Tuyên Quang')`, [province]);
  await run(`insert into organisations (id, province_id, code, kind) values ($1, $2, 'SNGV', 'department')`, [
    unit,
    province,
  ]);
  await run(
    `insert into organisations (id, province_id, code, kind)
     select gen_random_uuid(), $1, 'DV' || n, 'department' from generate_series(2, 60) n`,
    [province],
  );
  await run(
    `insert into people (id, province_id, full_name, search_name, email, language, active, created_at)
     select gen_random_uuid(), $1, 'Người ' || n, 'nguoi ' || n, n || '@tuyenquang.example', 'vi', true, now()
     from generate_series(1, 20000) n`,
    [province],
  );
  await run(
    `insert into positions (id, person_id, organisation_id, title, rank, valid_from)
     select gen_random_uuid(), id, $1, 'Giám đốc', (array['standingCommitteeManaged', 'chairmanManaged', 'unitManaged'])[1 + n % 3],
       '2000-01-01' from (select id, row_number() over () as n from people) w`,
    [unit],
  );
  await run(
    `insert into instances (id, province_id, definition_id, definition_version, case_code, snapshot, states, status, version,
       last_seq, last_hash, created_at, updated_at)
     select gen_random_uuid(), $1, 'outbound-delegation', 1, 'DR-' || n, '{}',
       case when n % 100 < 4 then array['cancelled'] when n % 100 < 6 then array['trip.closing'] else array['completed'] end,
       case when n % 100 in (4, 5) then 'active' else 'done' end, 1, 1, '', now(), now()
     from generate_series(1, $2::int) n`,
    [province, count],
  );
  await seedProposals();
  await seedWhatFollows();
  await run('analyze');
}

/** Trips by the number in their code, so that each figure is spread over them. */
const numbered = `(select id, case_code, states, substr(case_code, 4)::int as n from instances)`;

async function seedProposals(): Promise<void> {
  await dataSource.query(
    `insert into proposals (instance_id, province_id, organisation_id, focal_id, authority_id, proposer_id, case_code, revision, digest, delegation_name,
       capacity, purpose_kind, purpose, countries, departure_date, return_date, day_count, includes_travel_days, partners, content,
       out_of_plan_justification, urgent_reason, exceptions, no_state_secrets, handled_outside, search_name, created_at, updated_at)
     select i.id, $1, o.id, $2, $2, $2, i.case_code, 1, '', 'Đoàn', '', (array['visit', 'study', 'promotion'])[1 + n % 3], '',
       case when n % 12 = 0 then jsonb_build_array(jsonb_build_object('code', 'JP', 'name', 'Nhật Bản'), jsonb_build_object('code', 'KR', 'name', 'Hàn Quốc'))
         else jsonb_build_array(jsonb_build_object('code', chr(65 + n % 23) || chr(65 + n % 7), 'name', 'Nước ' || n % 161)) end,
       date '2021-01-01' + (n % 1095), date '2021-01-05' + (n % 1095), 5, true, '', '', '', '', '[]', true, false, '', now(), now()
     from ${numbered} i join (select id, row_number() over () as k from organisations) o on o.k = 1 + n % 60`,
    [province, unit],
  );
  await dataSource.query(
    `insert into proposal_members (instance_id, position, person_id, full_name, title, organisation, role)
     select p.id, k, w.id, w.full_name, 'Giám đốc', 'Sở', 'member'
     from ${numbered} p cross join generate_series(1, 4) k
     join (select id, full_name, row_number() over () as n from people) w on w.n = 1 + (p.n * 4 + k) % 20000`,
  );
  await dataSource.query(
    `insert into proposal_funding (instance_id, position, source, label, amount, currency, paid_by)
     select id, 1, (array['stateBudget', 'partyBudget', 'partner'])[1 + n % 3], '', 100000000 + n * 1500, 'VND', 'vietnam' from ${numbered} i`,
  );
}

/** Duties and reports of the trips that took place, and what follows from every third of them. */
async function seedWhatFollows(): Promise<void> {
  await dataSource.query(
    `insert into tasks (id, instance_id, province_id, key, kind, person_id, data, due_at, opened_at, opened_seq, closed_at, closed_seq, outcome)
     select gen_random_uuid(), i.id, $1, k, k, $2, '{}', now(), now(), 1, now() + make_interval(days => i.n % 5 - 3), 2, 'done'
     from ${numbered} i cross join unnest(array['submitReport', 'returnPassports']) k where states = array['completed']`,
    [province, unit],
  );
  await dataSource.query(
    `insert into trip_reports (instance_id, province_id, content, summary, search_text, submitted_at, submitted_by_id, accepted_at)
     select id, $1, jsonb_build_object('meetings', '[{}, {}]'::jsonb, 'agreements', case n % 4 when 0 then '[{}]' else '[]' end::jsonb,
       'actual', '{"costs": [{"source": "stateBudget", "currency": "VND", "amount": 410000000}]}'::jsonb), '', '', now(), $2, now()
     from ${numbered} i where states = array['completed']`,
    [province, unit],
  );
  await dataSource.query(
    `insert into trip_follow_ups (id, instance_id, province_id, position, task, organisation_id, due_date, state)
     select gen_random_uuid(), id, $1, 1, '', $2, '2023-12-31', case n % 30 when 0 then 'open' else 'done' end
     from ${numbered} i where states = array['completed'] and n % 3 = 0`,
    [province, unit],
  );
}

/** What the worker does from minute to minute. */
async function countAllTrips(): Promise<number> {
  const from = performance.now();
  const unitOfWork = createUnitOfWork(dataSource);
  while ((await countTrips(unitOfWork)) === 'more');
  await dataSource.query('vacuum analyze trip_figures');
  return Math.round(performance.now() - from);
}

function reporting(): ReportingService {
  return new ReportingService({ reader: createPreparedReader(dataSource), clock: createManualClock(new Date(0)) });
}

const year = { from: '2022-01-01', to: '2022-12-31' };
/** All the trips there are; longer than a report may be asked for over HTTP. */
const everyTrip = { from: '2021-01-01', to: '2023-12-31' };
const reviewer: SessionPrincipal = {
  sessionId: unit,
  personId: unit,
  provinceId: province,
  language: 'vi',
  roles: [{ role: 'inspector', organisationId: unit, organisationCode: 'SNGV', organisationVersionId: null }],
  substituting: [],
} as unknown as SessionPrincipal;

const decision: OfficialDocument = {
  form: 'state',
  letterhead: { superior: null, issuer: 'Ủy ban nhân dân tỉnh Tuyên Quang', place: 'Tuyên Quang' },
  reference: { number: 7, symbol: 'QĐ-UBND' },
  date: '2023-02-05',
  draftedOn: '2023-02-03',
  title: 'QUYẾT ĐỊNH',
  subject: 'Về việc cử Đoàn công tác đi Nhật Bản',
  authorityLine: 'Chủ tịch Ủy ban nhân dân tỉnh Tuyên Quang',
  addressees: [],
  body: [{ kind: 'article', label: 'Điều 1.', text: 'Cử Đoàn công tác của tỉnh đi Nhật Bản.' }],
  signature: { lines: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Lương Thị Bích' },
  recipients: ['Như Điều 1', 'Lưu: VT'],
  annexes: [
    {
      title: 'DANH SÁCH ĐOÀN',
      subtitle: '(Kèm theo Quyết định {reference})',
      body: [
        {
          kind: 'table',
          columns: [
            { header: 'TT', share: 1 },
            { header: 'Họ và tên', share: 4 },
          ],
          rows: Array.from({ length: members }, (_, at) => [String(at + 1), 'Nguyễn Thị Minh Khai']),
        },
      ],
    },
  ],
};

// Last, because it uses the constants above at once.
const dataSource = await createAppDataSource({ url: values.url!, poolSize: 2, applicationName: 'bench' }).initialize();
try {
  const trips = Number(values.trips);
  await seedTrips(trips);
  const result = {
    planLines: { lines, ...(await measure(7, importPlan)) },
    officialDocument: { members, ...(await measure(15, () => writeOfficialDocument(decision))) },
    countingOfAllMs: await countAllTrips(),
    periodicReport: { trips, ...(await measure(15, () => reporting().periodic(reviewer, year))) },
    periodicReportOfAll: { trips, ...(await measure(15, () => reporting().periodic(reviewer, everyTrip))) },
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  await dataSource.destroy();
}
