import { randomUUID } from 'node:crypto';
import { officialDocumentTypes } from '#contracts/official-document-kinds.js';
import { restrictionKinds } from '#contracts/restriction-kinds.js';
import type { Role } from '#contracts/roles.js';
import type { MatrixHouse, Subject } from './matrix-house.js';

/** What the requests are about: one case in each state that matters, and one of everything else, all of the first province. */
export interface Things {
  readonly house: MatrixHouse;
  readonly cases: Readonly<Record<CaseState, string>>;
  readonly fileId: string;
  readonly planId: string;
  readonly planItemId: string;
  readonly previewId: string;
  /** A plan whose registration is open, and a draft of the unit in it. */
  readonly openPlanId: string;
  readonly draftLineId: string;
  readonly organisationId: string;
  /** Notifications of the focal agency in the case that prepares: to the embassy, to the Ministry, and one that was taken back. */
  readonly documents: Readonly<Record<'draft' | 'numbered' | 'voided', string>>;
  readonly viewId: string;
  readonly sessionId: string;
}
export type CaseState = 'draft' | 'approval' | 'preparing' | 'withdrawn';
export const caseStates: readonly CaseState[] = ['draft', 'approval', 'preparing', 'withdrawn'];

export interface Request {
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly form?: FormData;
  /** A session of its own, because the request ends it. */
  readonly cookie?: string;
}

export interface Line {
  /** As the router has it. */
  readonly route: string;
  /** Which of several lines of one route. */
  readonly about?: string;
  readonly ask: (things: Things, subject: Subject) => Request | Promise<Request>;
  /** The status each subject must get. Anything from 400 on must leave no trace. */
  readonly expect: (subject: Subject) => number;
}

const supervisor = ({ role }: Subject) => role === 'administrator' || role === 'inspector';
const isOne = ({ role, place }: Subject, at: Subject['place'], wanted: readonly Role[]) =>
  place === at && role !== null && wanted.includes(role);

/** Open to everybody. */
const open = (status: number) => () => status;
/** For whoever is signed in; what they see is their own, or their province's. */
const signedIn = (status: number) => (subject: Subject) => (subject.role === null ? 401 : status);
/** Something of the first province: to the other one it does not exist. */
const ofProvince = (status: number) => (subject: Subject) =>
  subject.role === null ? 401 : subject.place === 'otherProvince' ? 404 : status;
const supervisors = (subject: Subject) => (subject.role === null ? 401 : supervisor(subject) ? 200 : 403);
/** The focal agency's reviewer, leader and administrator; the other province has no profile in force and so no importer. */
const importers = (status: number) => (subject: Subject) =>
  subject.role === null ? 401 : isOne(subject, 'focal', ['reviewer', 'leader', 'administrator']) ? status : 403;
/** Who may know of the case at all; `then` says what those get. */
const readers = (then: (subject: Subject) => number) => (subject: Subject) => {
  if (subject.role === null) return 401;
  if (subject.place === 'otherProvince') return 404;
  return subject.place !== 'elsewhere' || supervisor(subject) ? then(subject) : 404;
};
const yes = () => 200;

const csv = '\uFEFFSTT,Tên đoàn,Trưởng đoàn,Nước đến,Thời gian,Số ngày\n1,Đoàn thử,Nguyễn Văn A,Lào,Quý I,3\n';
const upload = (name: string, content: string | Buffer<ArrayBuffer>, fields: Record<string, string> = {}): FormData => {
  const form = new FormData();
  form.set('noStateSecrets', 'true');
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set('file', new Blob([content]), name);
  return form;
};
const pdf = Buffer.from('%PDF-1.4\n% tài liệu\n%%EOF\n');
const document = { number: '12/TTr-SKHĐT', date: '2023-01-09' };
/** No case is at this version: whoever may send the event hears 412 and nothing happens. */
const stale = { 'if-match': '"9999"' };

const noSuchChange = {
  kind: 'withdraw',
  version: 9999,
  document: { number: '1/TB', date: '2023-01-09' },
  reason: 'Thu hồi thử',
};

const plain = (route: string, expect: Line['expect']): Line => ({
  route,
  expect,
  ask: () => ({ path: route.split(' ')[1] ?? '' }),
});

const public_: readonly Line[] = [
  ...['live', 'ready'].map((name) => plain(`GET /api/health/${name}`, open(200))),
  ...['', '/', '/index.html', '/swagger-ui-init.js', '/reference/swagger-ui-init.js'].map((rest) =>
    plain(`GET /api/reference${rest}`, open(200)),
  ),
  // The package of the page withholds its own licence file.
  plain('GET /api/reference/LICENSE', open(404)),
  plain('GET /api/v1/openapi.json', open(200)),
  // Open only outside production and without a token; test/security/operations.spec.ts has the rest.
  plain('GET /metrics', open(200)),
  {
    route: 'GET /api/v1/calendar-feeds/:file',
    about: 'with a secret that opens nothing',
    ask: () => ({ path: `/api/v1/calendar-feeds/${'x'.repeat(43)}.ics` }),
    expect: open(404),
  },
  {
    route: 'POST /api/v1/session',
    ask: () => ({
      path: '/api/v1/session',
      body: { email: `${randomUUID()}@matrix.example`, password: 'không đúng đâu' },
    }),
    expect: open(401),
  },
];

const own: readonly Line[] = [
  ...[
    'me',
    'session',
    'session/list',
    'me/mail-settings',
    'me/substitutions',
    'me/substitution-offers',
    'me/second-factor',
    'me/calendar-feed',
  ].map((name) => plain(`GET /api/v1/${name}`, signedIn(200))),
  ...['inbox', 'inbox/views', 'inbox/stream', 'cases', 'people', 'organisations', 'plans'].map((name) =>
    plain(`GET /api/v1/${name}`, signedIn(200)),
  ),
  ...['reports/periodic', 'reports/periodic/trips', 'reports/periodic/file.:format'].map(
    (name): Line => ({
      route: `GET /api/v1/${name}`,
      ask: () => ({ path: `/api/v1/${name.replace(':format', 'xlsx')}?from=2023-01-01&to=2023-12-31` }),
      expect: signedIn(200),
    }),
  ),
  {
    route: 'POST /api/v1/me/calendar-feed',
    ask: () => ({ path: '/api/v1/me/calendar-feed', body: {} }),
    expect: signedIn(201),
  },
  {
    route: 'DELETE /api/v1/me/calendar-feed',
    ask: () => ({ path: '/api/v1/me/calendar-feed' }),
    expect: signedIn(204),
  },
  {
    route: 'DELETE /api/v1/session',
    ask: async ({ house }, subject) => ({
      path: '/api/v1/session',
      ...(subject.role !== null && { cookie: await house.freshCookie(subject) }),
    }),
    expect: signedIn(204),
  },
  {
    route: 'POST /api/v1/sessions/:id/end',
    about: 'without the password',
    ask: ({ sessionId }) => ({ path: `/api/v1/sessions/${sessionId}/end`, body: { currentPassword: 'không phải' } }),
    expect: open(401),
  },
  {
    route: 'POST /api/v1/session/second-factor',
    about: 'of a session that waits for none',
    ask: () => ({ path: '/api/v1/session/second-factor', body: { code: '123456' } }),
    expect: signedIn(404),
  },
  {
    route: 'DELETE /api/v1/people/:id/sessions',
    ask: async ({ house }) => {
      const email = 'chuyenvien.skhdt@tuyenquang.example';
      const [person] = await house.query<{ id: string }>('select id from people where email = $1', [email]);
      return { path: `/api/v1/people/${person?.id}/sessions` };
    },
    expect: ({ role, place }) => {
      if (role === null) return 401;
      if (role !== 'administrator') return 403;
      return place === 'otherProvince' ? 404 : 204;
    },
  },
  {
    route: 'POST /api/v1/sign-in/back-channel-logout',
    about: 'without a provider',
    ask: () => ({ path: '/api/v1/sign-in/back-channel-logout', body: { logout_token: 'x.y.z' } }),
    expect: open(404),
  },
  {
    route: 'POST /api/v1/session/password',
    about: 'without the present one',
    ask: () => ({
      path: '/api/v1/session/password',
      body: { currentPassword: 'không phải mật khẩu', newPassword: 'một mật khẩu mới dài' },
    }),
    expect: open(401),
  },
  ...['me/second-factor', 'me/second-factor/remove', 'me/second-factor/recovery-codes'].map((name) => ({
    route: `POST /api/v1/${name}`,
    about: 'without the password',
    ask: () => ({
      path: `/api/v1/${name}`,
      body: { currentPassword: 'không phải mật khẩu', ...(name !== 'me/second-factor' && { code: '123456' }) },
    }),
    expect: open(401),
  })),
  {
    route: 'POST /api/v1/me/second-factor/confirm',
    about: 'of one that was not begun',
    ask: () => ({ path: '/api/v1/me/second-factor/confirm', body: { code: '123456' } }),
    expect: signedIn(404),
  },
  {
    route: 'POST /api/v1/account-link',
    about: 'that was never issued',
    ask: () => ({ path: '/api/v1/account-link', body: { token: 'a'.repeat(43), newPassword: 'ngắn' } }),
    expect: open(400),
  },
  {
    route: 'POST /api/v1/people/:id/account-link',
    about: 'of nobody',
    ask: () => ({ path: `/api/v1/people/${randomUUID()}/account-link`, body: {} }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      return subject.role === 'administrator' ? 404 : 403;
    },
  },
  {
    route: 'POST /api/v1/people/:id/account-link/mail',
    about: 'of nobody',
    ask: () => ({ path: `/api/v1/people/${randomUUID()}/account-link/mail`, body: {} }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      return subject.role === 'administrator' ? 404 : 403;
    },
  },
  plain('GET /api/v1/sign-in/ways', open(200)),
  // No provider here; test/integration/identity-provider.spec.ts has one.
  {
    route: 'POST /api/v1/sign-in/provider',
    ask: () => ({ path: '/api/v1/sign-in/provider', body: { to: '/' } }),
    expect: open(404),
  },
  plain('GET /api/v1/sign-in/callback', open(404)),
  plain('GET /api/v1/sign-in/sign-out', open(404)),
  {
    route: 'DELETE /api/v1/people/:id/provider-account',
    about: 'of nobody',
    ask: () => ({ path: `/api/v1/people/${randomUUID()}/provider-account` }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      return subject.role === 'administrator' ? 404 : 403;
    },
  },
  plain('GET /api/v1/organisation-successions', (subject) => supervisors(subject)),
  ...['succession', 'succession/preview'].map((part) => ({
    route: `POST /api/v1/organisations/:id/${part}`,
    about: 'by nobody the province knows',
    ask: ({ organisationId }: Things) => {
      const basis = { number: '01/NQ-HĐND', date: '2023-01-05' };
      const plan = { successorId: randomUUID(), from: '2023-01-09', ends: true, basis };
      const body = part === 'succession' ? { plan, digest: '0'.repeat(64) } : plan;
      return { path: `/api/v1/organisations/${organisationId}/${part}`, body };
    },
    expect: (subject: Subject) => {
      if (subject.role === null) return 401;
      const isAllowed = part === 'succession' ? subject.role === 'administrator' : supervisor(subject);
      if (!isAllowed) return 403;
      return subject.place === 'otherProvince' ? 404 : 400;
    },
  })),
  {
    route: 'DELETE /api/v1/organisation-successions/:id',
    about: 'that nobody entered',
    ask: () => ({ path: `/api/v1/organisation-successions/${randomUUID()}` }),
    expect: (subject) => (subject.role === null ? 401 : subject.role === 'administrator' ? 404 : 403),
  },
  { ...plain('GET /api/v1/api-tokens', (subject) => supervisors(subject)) },
  {
    route: 'POST /api/v1/api-tokens',
    ask: () => ({ path: '/api/v1/api-tokens', body: { name: 'Trục liên thông', scopes: ['cases:read'], days: 30 } }),
    expect: (subject) => (subject.role === null ? 401 : subject.role === 'administrator' ? 201 : 403),
  },
  {
    route: 'DELETE /api/v1/api-tokens/:id',
    about: 'of no token',
    ask: () => ({ path: `/api/v1/api-tokens/${randomUUID()}` }),
    expect: (subject) => (subject.role === null ? 401 : subject.role === 'administrator' ? 404 : 403),
  },
  {
    route: 'POST /api/v1/password-reset',
    about: 'of an address nobody has',
    ask: () => ({ path: '/api/v1/password-reset', body: { email: 'khong.co.ai@matrix.example' } }),
    // The thirty-first of one address in a quarter of an hour is stopped; test/integration/account-mail.spec.ts has it.
    expect: open(202),
  },
  {
    route: 'DELETE /api/v1/people/:id/second-factor',
    about: 'of somebody who has none',
    ask: ({ house }) => ({ path: `/api/v1/people/${house.subjects[0]?.personId ?? randomUUID()}/second-factor` }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      return subject.role === 'administrator' ? 404 : 403;
    },
  },
  {
    route: 'PATCH /api/v1/me/mail-settings',
    ask: () => ({ path: '/api/v1/me/mail-settings', body: {} }),
    expect: signedIn(200),
  },
  {
    route: 'POST /api/v1/inbox/views',
    ask: () => ({ path: '/api/v1/inbox/views', body: { name: 'Của tôi', filter: {} } }),
    expect: signedIn(200),
  },
  {
    route: 'DELETE /api/v1/inbox/views/:id',
    about: "somebody else's",
    ask: ({ viewId }) => ({ path: `/api/v1/inbox/views/${viewId}` }),
    expect: signedIn(404),
  },
  {
    route: 'POST /api/v1/me/substitutions',
    about: 'by somebody of the other province',
    ask: ({ house }, subject) => ({
      path: '/api/v1/me/substitutions',
      body: {
        substituteId:
          subject.place === 'otherProvince'
            ? house.subjects.find((one) => one.place === 'unit')?.personId
            : house.otherProvince.personId,
        firstDay: '2023-02-01',
        lastDay: '2023-02-03',
      },
    }),
    expect: signedIn(400),
  },
  {
    route: 'DELETE /api/v1/substitutions/:id',
    about: 'of the reviewer and the clerk of the focal agency',
    ask: async ({ house }) => ({ path: `/api/v1/substitutions/${await insertSubstitution(house)}` }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      const isParty = isOne(subject, 'focal', ['reviewer', 'clerk']);
      return isParty || (subject.role === 'administrator' && subject.place !== 'otherProvince') ? 204 : 404;
    },
  },
];

const plans: readonly Line[] = [
  {
    route: 'POST /api/v1/plan-previews',
    ask: () => ({
      path: '/api/v1/plan-previews',
      form: upload('ke-hoach.csv', csv, { year: '2023' }),
    }),
    expect: importers(201),
  },
  {
    route: 'GET /api/v1/plan-previews/:id',
    ask: ({ previewId }) => ({ path: `/api/v1/plan-previews/${previewId}` }),
    expect: importers(200),
  },
  {
    route: 'POST /api/v1/plan-previews/:id/confirm',
    ask: ({ previewId }) => ({ path: `/api/v1/plan-previews/${previewId}/confirm`, body: {} }),
    expect: importers(200),
  },
  {
    route: 'GET /api/v1/plans/:id/items',
    ask: ({ planId }) => ({ path: `/api/v1/plans/${planId}/items` }),
    expect: ofProvince(200),
  },
  {
    route: 'GET /api/v1/plan-items/:id',
    ask: ({ planItemId }) => ({ path: `/api/v1/plan-items/${planItemId}` }),
    expect: ofProvince(200),
  },
  {
    route: 'GET /api/v1/organisations/:id',
    ask: ({ organisationId }) => ({ path: `/api/v1/organisations/${organisationId}` }),
    expect: ofProvince(200),
  },
];

const drafters = ({ role }: Subject) => role === 'unitOfficer' || role === 'unitHead';
const focalHeads = (subject: Subject) => isOne(subject, 'focal', ['reviewer', 'leader']);
/** The annual plan as it is made. A draft is seen by its unit, the focal agency and who supervises. */
const planMaking: readonly Line[] = [
  {
    route: 'POST /api/v1/plans',
    ask: () => ({ path: '/api/v1/plans', body: { year: 2024 } }),
    // The other province has no rules in force.
    expect: (subject) => {
      if (subject.role === null) return 401;
      if (subject.place === 'otherProvince') return 400;
      return focalHeads(subject) ? 200 : 403;
    },
  },
  {
    route: 'GET /api/v1/plans/:id/cycle',
    ask: ({ openPlanId }) => ({ path: `/api/v1/plans/${openPlanId}/cycle` }),
    expect: ofProvince(200),
  },
  {
    route: 'POST /api/v1/plans/:id/events',
    about: 'of a version that is not the present one',
    ask: ({ openPlanId }) => ({
      path: `/api/v1/plans/${openPlanId}/events`,
      headers: stale,
      body: { type: 'CLOSE_REGISTRATION' },
    }),
    expect: (subject) => (focalHeads(subject) ? 412 : ofProvince(403)(subject)),
  },
  {
    route: 'POST /api/v1/plans/:id/items',
    ask: ({ openPlanId }) => ({
      path: `/api/v1/plans/${openPlanId}/items`,
      body: { name: 'Đoàn thử', noStateSecrets: true },
    }),
    expect: (subject) => ofProvince(drafters(subject) ? 201 : 403)(subject),
  },
  {
    route: 'PATCH /api/v1/plan-items/:id',
    about: 'of a revision that is not the present one',
    ask: ({ draftLineId }) => ({
      path: `/api/v1/plan-items/${draftLineId}`,
      headers: stale,
      body: { note: 'Sửa' },
    }),
    expect: readers((subject) => (subject.place === 'unit' && drafters(subject) ? 412 : 403)),
  },
  {
    route: 'GET /api/v1/plan-items/:id/progress',
    ask: ({ draftLineId }) => ({ path: `/api/v1/plan-items/${draftLineId}/progress` }),
    expect: readers(yes),
  },
  {
    route: 'POST /api/v1/plan-items/:id/events',
    about: 'of a version that is not the present one',
    ask: ({ draftLineId }) => ({
      path: `/api/v1/plan-items/${draftLineId}/events`,
      headers: stale,
      body: { type: 'WITHDRAW', reason: 'Không đi nữa' },
    }),
    expect: readers((subject) => (subject.place === 'unit' && drafters(subject) ? 412 : 403)),
  },
];

/** Reports and what follows from them: of nobody yet, so that each answers what it answers to everybody of the province. */
const afterTrips: readonly Line[] = [
  plain('GET /api/v1/trip-reports', signedIn(200)),
  plain('GET /api/v1/follow-ups', signedIn(200)),
  {
    route: 'GET /api/v1/trip-reports/:id',
    about: 'of a case that has filed none',
    ask: ({ cases: { draft } }) => ({ path: `/api/v1/trip-reports/${draft}` }),
    expect: signedIn(404),
  },
  {
    route: 'POST /api/v1/follow-ups/:id/events',
    about: 'of nobody; by role it is tried in test/integration',
    ask: () => ({
      path: `/api/v1/follow-ups/${randomUUID()}/events`,
      body: { type: 'CANCEL_FOLLOW_UP', reason: 'Không còn cần' },
    }),
    expect: signedIn(404),
  },
];

/** Periodic reports asked of units: of nobody here; by role they are tried in test/integration/report-rounds.spec.ts. */
const reportRounds: readonly Line[] = [
  plain('GET /api/v1/report-rounds', signedIn(200)),
  {
    route: 'POST /api/v1/report-rounds',
    about: 'without a day, which only who may ask is told',
    ask: () => ({
      path: '/api/v1/report-rounds',
      body: { kind: 'adHoc', from: '2023-01-01', to: '2023-03-31' },
    }),
    expect: (subject) => (subject.role === null ? 401 : isOne(subject, 'focal', ['reviewer', 'leader']) ? 400 : 403),
  },
  ...[
    'report-rounds/:id',
    'report-rounds/:id/document',
    'report-rounds/:id/document/signed-copy',
    'unit-reports/:id',
  ].map(
    (name): Line => ({
      route: `GET /api/v1/${name}`,
      about: 'of nobody',
      ask: () => ({ path: `/api/v1/${name.replace(':id', randomUUID())}` }),
      expect: signedIn(404),
    }),
  ),
  ...[
    ['report-rounds/:id/events', { type: 'CANCEL_ROUND', reason: 'Không còn cần' }] as const,
    ['report-rounds/:id/document/void', { reason: 'Ghi nhầm số' }] as const,
    ['report-rounds/:id/document/number', {}] as const,
    ['unit-reports/:id/events', { type: 'ACCEPT_UNIT_REPORT' }] as const,
  ].map(
    ([name, body]): Line => ({
      route: `POST /api/v1/${name}`,
      about: 'of nobody',
      ask: () => ({ path: `/api/v1/${name.replace(':id', randomUUID())}`, body }),
      expect: signedIn(404),
    }),
  ),
  {
    route: 'POST /api/v1/report-rounds/:id/document/signed-copy',
    about: 'of nobody',
    ask: () => ({ path: `/api/v1/report-rounds/${randomUUID()}/document/signed-copy`, form: upload('ky.pdf', pdf) }),
    expect: signedIn(404),
  },
  {
    route: 'PUT /api/v1/unit-reports/:id/remarks',
    about: 'of nobody',
    ask: () => ({
      path: `/api/v1/unit-reports/${randomUUID()}/remarks`,
      method: 'PUT',
      body: { remarks: {}, revision: 0 },
    }),
    expect: signedIn(404),
  },
];

const operations: readonly Line[] = [
  ...['mails', 'mails/trouble', 'mail-templates', 'timers', 'audit/records'].map((name) =>
    plain(`GET /api/v1/operations/${name}`, supervisors),
  ),
  { ...plain('POST /api/v1/operations/audit/verify', supervisors) },
  {
    route: 'GET /api/v1/operations/mail-previews',
    ask: () => ({ path: '/api/v1/operations/mail-previews?template=passwordChanged' }),
    expect: supervisors,
  },
  {
    route: 'POST /api/v1/operations/mails/:id/resend',
    about: 'of a mail that does not exist',
    ask: () => ({ path: `/api/v1/operations/mails/${randomUUID()}/resend`, body: {} }),
    expect: ({ role }) => (role === null ? 401 : role === 'administrator' ? 404 : 403),
  },
];

/** Each line once for each state of the case. */
const inEachState = (make: (state: CaseState) => Line): readonly Line[] =>
  caseStates.map((state) => {
    const line = make(state);
    return { ...line, about: [line.about, state].filter(Boolean).join(', ') };
  });

const cases: readonly Line[] = [
  ...['', '/events', '/timers'].flatMap((part) =>
    inEachState((state) => ({
      route: `GET /api/v1/cases/:id${part}`,
      ask: (things) => ({ path: `/api/v1/cases/${things.cases[state]}${part}` }),
      expect: readers(yes),
    })),
  ),
  ...inEachState((state) => ({
    route: 'GET /api/v1/cases/:id/bundle',
    ask: (things) => ({ path: `/api/v1/cases/${things.cases[state]}/bundle` }),
    expect: readers((subject) => (supervisor(subject) ? 200 : 403)),
  })),
  {
    route: 'GET /api/v1/files/:id',
    ask: ({ fileId }) => ({ path: `/api/v1/files/${fileId}` }),
    expect: readers(yes),
  },
  {
    route: 'POST /api/v1/proposals',
    ask: () => ({ path: '/api/v1/proposals', body: { proposal: { delegationName: 'Đoàn thử' } } }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      if (subject.role !== 'unitOfficer') return 403;
      // The other province has none of the offices a case goes through, so its officer is told what is missing.
      return subject.place === 'otherProvince' ? 400 : 201;
    },
  },
  {
    route: 'POST /api/v1/proposals',
    about: 'from a plan line of the first province',
    ask: ({ planItemId }) => ({ path: '/api/v1/proposals', body: { planItemId } }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      if (subject.role !== 'unitOfficer') return 403;
      return subject.place === 'otherProvince' ? 404 : 201;
    },
  },
  ...inEachState((state) => ({
    route: 'PATCH /api/v1/cases/:id/proposal',
    about: 'of a revision that is not the present one',
    ask: (things) => ({
      path: `/api/v1/cases/${things.cases[state]}/proposal`,
      headers: stale,
      body: { capacity: 'x' },
    }),
    expect: readers((subject) => {
      if (!isOne(subject, 'unit', ['unitOfficer'])) return 403;
      return state === 'draft' ? 412 : 409;
    }),
  })),
  ...inEachState((state) => ({
    route: 'POST /api/v1/cases/:id/documents',
    ask: (things) => ({
      path: `/api/v1/cases/${things.cases[state]}/documents`,
      form: upload('van-ban.pdf', pdf, { kind: 'other' }),
    }),
    // Who supervises or keeps the system running reads; the others of the two organisations have a part in it.
    expect: readers((subject) => (supervisor(subject) ? 403 : state === 'withdrawn' ? 409 : 201)),
  })),
];

/** The focal agency's reviewer, clerk and leader keep the register of bars to travel; the other province names no such agency. */
const keepers = (status: number) => (subject: Subject) =>
  subject.role === null ? 401 : isOne(subject, 'focal', ['reviewer', 'clerk', 'leader']) ? status : 403;
const administrators = (status: number) => (subject: Subject) =>
  subject.role === null ? 401 : subject.role === 'administrator' ? status : 403;
const made = (route: string, line: Omit<Line, 'route'>): Line => ({ route, ...line });
const nothing = '0b7c9a52-4f0e-4c55-8c3a-2d1f5a8b9c0d';

const overviews: readonly Line[] = [
  ...['story', 'revisions', 'revisions/1', 'amendment', 'backward-plan', 'judging', 'official-documents'].flatMap(
    (part) =>
      inEachState((state) => ({
        route: `GET /api/v1/cases/:id/${part.replace('/1', '/:revision')}`,
        ask: (things) => ({ path: `/api/v1/cases/${things.cases[state]}/${part}` }),
        expect: readers(yes),
      })),
  ),
  ...inEachState((state) => ({
    route: 'POST /api/v1/cases/:id/documents/outside',
    ask: (things) => ({
      path: `/api/v1/cases/${things.cases[state]}/documents/outside`,
      body: { kind: 'other', date: '2023-01-09' },
    }),
    expect: readers((subject) => (supervisor(subject) ? 403 : state === 'withdrawn' ? 409 : 201)),
  })),
  ...['travellers', 'statistics'].map((name) =>
    made(`GET /api/v1/${name}`, { ask: () => ({ path: `/api/v1/${name}?year=2023` }), expect: signedIn(200) }),
  ),
  made('GET /api/v1/abroad', {
    ask: () => ({ path: '/api/v1/abroad?from=2023-01-01&to=2023-06-01' }),
    expect: signedIn(200),
  }),
  plain('GET /api/v1/operations/house', supervisors),
  ...['actuals', 'export'].map((part) =>
    made(`GET /api/v1/plans/:id/${part}`, {
      ask: ({ planId }) => ({ path: `/api/v1/plans/${planId}/${part}` }),
      expect: ofProvince(200),
    }),
  ),
];

const derived = { allowed: true, line: null };
const letterhead = {
  ...{ superior: null, issuer: 'Sở Ngoại vụ', place: 'Tuyên Quang', symbol: 'SNgV', letterSymbol: 'SNgV-VP' },
  ...{ collective: null, headTitle: 'Giám đốc' },
  signatures: { KT: derived, TL: derived, TUQ: derived, Q: derived },
};

/** Changes nobody could make, so that the rows of the province stay as they are: what counts is who is told so, and who is turned away. */
const directory: readonly Line[] = [
  made('GET /api/v1/organisations/:id/versions', {
    ask: ({ organisationId }) => ({ path: `/api/v1/organisations/${organisationId}/versions` }),
    expect: ofProvince(200),
  }),
  made('GET /api/v1/organisations/:id/letterheads', {
    ask: ({ organisationId }) => ({ path: `/api/v1/organisations/${organisationId}/letterheads` }),
    expect: ofProvince(200),
  }),
  ...(['', '/preview'] as const).map((part) =>
    made(`POST /api/v1/organisations/:id/letterheads${part}`, {
      ask: () => ({
        path: `/api/v1/organisations/${nothing}/letterheads${part}`,
        body: { body: 'own', content: letterhead, ...(part === '' && { from: '2023-01-09' }) },
      }),
      expect: administrators(404),
    }),
  ),
  made('POST /api/v1/organisations', {
    ask: () => ({
      path: '/api/v1/organisations',
      body: { code: 'XX', kind: 'other', name: 'Cơ quan', shortName: 'Cơ quan', parentId: nothing, from: '2023-01-09' },
    }),
    expect: administrators(400),
  }),
  made('POST /api/v1/organisations/:id/changes', {
    ask: () => ({
      path: `/api/v1/organisations/${nothing}/changes`,
      body: { name: 'Tên khác', shortName: 'Khác', parentId: null, from: '2023-01-09' },
    }),
    expect: administrators(404),
  }),
  made('POST /api/v1/people', {
    ask: () => ({ path: '/api/v1/people', body: { fullName: 'Ai Đó', email: 'không phải thư' } }),
    expect: administrators(400),
  }),
  made('GET /api/v1/people/:id', {
    ask: () => ({ path: `/api/v1/people/${nothing}` }),
    expect: administrators(404),
  }),
  made('PATCH /api/v1/people/:id', {
    ask: () => ({ path: `/api/v1/people/${nothing}`, method: 'PATCH', body: { fullName: 'Ai Đó' } }),
    expect: administrators(404),
  }),
  made('POST /api/v1/people/:id/positions', {
    ask: ({ organisationId }) => ({
      path: `/api/v1/people/${nothing}/positions`,
      body: { organisationId, title: 'Giám đốc', rank: 'unitManaged', from: '2023-01-09' },
    }),
    expect: administrators(404),
  }),
  made('POST /api/v1/people/:id/roles', {
    ask: ({ organisationId }) => ({
      path: `/api/v1/people/${nothing}/roles`,
      body: { organisationId, role: 'reviewer', from: '2023-01-09' },
    }),
    expect: administrators(404),
  }),
  ...['organisations', 'positions', 'role-assignments'].map((what) =>
    made(`POST /api/v1/${what}/:id/end`, {
      ask: () => ({ path: `/api/v1/${what}/${nothing}/end`, body: { from: '2023-01-09' } }),
      expect: administrators(404),
    }),
  ),
];

/** Documents with an id nobody gave. */
const officialDocuments: readonly Line[] = [
  made('GET /api/v1/official-documents/:id/file', {
    ask: () => ({ path: `/api/v1/official-documents/${nothing}/file` }),
    expect: signedIn(404),
  }),
  made('POST /api/v1/official-documents/:id/number', {
    ask: () => ({ path: `/api/v1/official-documents/${nothing}/number`, body: {} }),
    expect: signedIn(404),
  }),
  made('POST /api/v1/official-documents/:id/void', {
    ask: () => ({ path: `/api/v1/official-documents/${nothing}/void`, body: { reason: 'Ghi nhầm số' } }),
    expect: signedIn(404),
  }),
  made('POST /api/v1/official-documents/:id/signed-copy', {
    ask: () => ({
      path: `/api/v1/official-documents/${nothing}/signed-copy`,
      form: upload('ky.pdf', pdf),
    }),
    expect: signedIn(404),
  }),
  made('POST /api/v1/cases/:id/official-documents', {
    about: 'of a case nobody opened',
    ask: () => ({ path: `/api/v1/cases/${nothing}/official-documents`, body: { type: officialDocumentTypes[0] } }),
    expect: signedIn(404),
  }),
  made('GET /api/v1/number-register', {
    ask: () => ({ path: '/api/v1/number-register?year=2023' }),
    // Whoever has a part in an office sees its book, but who only reviews there.
    expect: (subject) => (subject.role === null ? 401 : subject.role === 'reviewer' ? 403 : 200),
  }),
];

/** The clerk of the issuing office alone handles what is to be numbered; whoever may know of the case is told so, and nobody else of it. */
const issuingClerk = (then: number) => readers((subject) => (isOne(subject, 'focal', ['clerk']) ? then : 403));

/** Real documents in each of their states, in the order in which one request spoils no other. */
const issuedDocuments: readonly Line[] = [
  ...(['draft', 'numbered', 'voided'] as const).map((state) =>
    made('GET /api/v1/official-documents/:id/file', {
      about: state,
      ask: ({ documents }) => ({ path: `/api/v1/official-documents/${documents[state]}/file` }),
      expect: readers(yes),
    }),
  ),
  ...(['voided', 'draft'] as const).map((state) =>
    made('POST /api/v1/official-documents/:id/signed-copy', {
      about: state,
      ask: ({ documents }) => ({
        path: `/api/v1/official-documents/${documents[state]}/signed-copy`,
        form: upload('ky.pdf', pdf),
      }),
      expect: issuingClerk(409),
    }),
  ),
  made('POST /api/v1/official-documents/:id/signed-copy', {
    about: 'numbered',
    ask: ({ documents }) => ({
      path: `/api/v1/official-documents/${documents.numbered}/signed-copy`,
      form: upload('ky.pdf', pdf),
    }),
    expect: issuingClerk(201),
  }),
  ...(['voided', 'numbered'] as const).map((state) =>
    made('POST /api/v1/official-documents/:id/void', {
      about: state,
      ask: ({ documents }) => ({
        path: `/api/v1/official-documents/${documents[state]}/void`,
        body: { reason: 'Ghi nhầm số' },
      }),
      expect: issuingClerk(state === 'voided' ? 409 : 200),
    }),
  ),
  ...(['voided', 'draft'] as const).map((state) =>
    made('POST /api/v1/official-documents/:id/number', {
      about: state,
      ask: ({ documents }) => ({ path: `/api/v1/official-documents/${documents[state]}/number`, body: {} }),
      // A number is kept: who asks again hears it, also of a document that was taken back.
      expect: issuingClerk(200),
    }),
  ),
  ...inEachState((state) =>
    made('POST /api/v1/cases/:id/official-documents', {
      about: 'the letter of the unit',
      ask: ({ cases }) => ({
        path: `/api/v1/cases/${cases[state]}/official-documents`,
        body: { type: 'proposalLetter' },
      }),
      expect: readers((subject) => {
        if (!isOne(subject, 'unit', ['unitOfficer', 'unitHead'])) return 403;
        return state === 'withdrawn' ? 409 : 201;
      }),
    }),
  ),
  ...inEachState((state) =>
    made('POST /api/v1/cases/:id/official-documents', {
      about: 'the notification of the focal agency',
      ask: ({ cases }) => ({
        path: `/api/v1/cases/${cases[state]}/official-documents`,
        body: { type: 'embassyNotification' },
      }),
      expect: readers((subject) => {
        if (!isOne(subject, 'focal', ['reviewer', 'leader', 'clerk'])) return 403;
        return state === 'preparing' ? 201 : 409;
      }),
    }),
  ),
];

const regulation: readonly Line[] = [
  plain('GET /api/v1/rules', signedIn(200)),
  made('GET /api/v1/rules/:version', { ask: () => ({ path: '/api/v1/rules/9999' }), expect: signedIn(404) }),
  made('POST /api/v1/rules', {
    about: 'after a version that is not the newest',
    ask: () => ({
      path: '/api/v1/rules',
      headers: stale,
      body: { profile: {}, validFrom: '2023-06-01', note: 'Quy chế mới của tỉnh' },
    }),
    expect: administrators(412),
  }),
  made('POST /api/v1/rules/preview', {
    ask: () => ({ path: '/api/v1/rules/preview', body: { profile: {} } }),
    expect: supervisors,
  }),
  plain('GET /api/v1/calendar', signedIn(200)),
  made('POST /api/v1/calendar/preview', {
    about: 'of a change that never was',
    ask: () => ({ path: '/api/v1/calendar/preview', body: noSuchChange }),
    expect: supervisors,
  }),
  made('POST /api/v1/calendar/changes', {
    about: 'after a version that is not the newest',
    ask: () => ({
      path: '/api/v1/calendar/changes',
      headers: stale,
      body: { change: noSuchChange, digest: '0'.repeat(64) },
    }),
    expect: administrators(412),
  }),
  plain('GET /api/v1/restrictions', keepers(200)),
  made('POST /api/v1/restrictions', {
    about: 'for somebody nobody knows',
    ask: () => ({ path: '/api/v1/restrictions', body: { personId: nothing, kind: restrictionKinds[0] } }),
    expect: keepers(400),
  }),
  made('POST /api/v1/restrictions/:id/lift', {
    ask: () => ({ path: `/api/v1/restrictions/${nothing}/lift`, body: {} }),
    expect: keepers(404),
  }),
];

/** Passport numbers: the unit that proposes and the desk of the focal agency; the inspector reads. None of the subjects travels. */
const paperDesk = (subject: Subject) =>
  isOne(subject, 'unit', ['unitOfficer', 'unitHead']) || isOne(subject, 'focal', ['reviewer', 'clerk']);

const privacy: readonly Line[] = [
  plain('GET /api/v1/me/data', signedIn(200)),
  ...inEachState((state) => ({
    route: 'GET /api/v1/cases/:id/identity-papers',
    ask: (things) => ({ path: `/api/v1/cases/${things.cases[state]}/identity-papers` }),
    expect: readers(yes),
  })),
  ...inEachState((state) => ({
    route: 'PUT /api/v1/cases/:id/members/:position/identity-papers',
    about: 'for a revision that is not the present one',
    ask: (things) => ({
      path: `/api/v1/cases/${things.cases[state]}/members/1/identity-papers`,
      headers: stale,
      body: { passportNumber: 'B1234567' },
    }),
    expect: readers((subject) => (paperDesk(subject) ? 412 : 403)),
  })),
  ...inEachState((state) => ({
    route: 'POST /api/v1/cases/:id/members/:position/identity-papers/view',
    ask: (things) => ({
      path: `/api/v1/cases/${things.cases[state]}/members/1/identity-papers/view`,
      body: { reason: 'inspection' },
    }),
    expect: readers((subject) => (paperDesk(subject) || subject.role === 'inspector' ? 200 : 403)),
  })),
  made('POST /api/v1/identity-papers/search', {
    ask: () => ({ path: '/api/v1/identity-papers/search', body: { passportNumber: 'B1234567', reason: 'visa' } }),
    expect: (subject) => {
      if (subject.role === null) return 401;
      return ['reviewer', 'clerk', 'inspector'].includes(subject.role) ? 200 : 403;
    },
  }),
  plain('GET /api/v1/operations/retention', supervisors),
  made('PUT /api/v1/operations/retention/:dataClass', {
    ask: () => ({ path: '/api/v1/operations/retention/freeText', body: { keepDays: 3650 } }),
    expect: administrators(204),
  }),
  made('POST /api/v1/operations/retention/runs', {
    ask: () => ({ path: '/api/v1/operations/retention/runs', body: {} }),
    expect: administrators(200),
  }),
];

/** Events with their senders, by hand and not out of the table of permissions, in the state in which each is right. */
const events: readonly { state: CaseState; body: object; may: (subject: Subject) => boolean }[] = [
  {
    state: 'draft',
    body: { type: 'SUBMIT' },
    may: (subject) => isOne(subject, 'unit', ['unitOfficer', 'unitHead']),
  },
  {
    state: 'draft',
    body: { type: 'WITHDRAW', reason: 'Đối tác hoãn' },
    may: (subject) => isOne(subject, 'unit', ['unitOfficer', 'unitHead']),
  },
  { state: 'approval', body: { type: 'APPROVE', document }, may: (subject) => isOne(subject, 'focal', ['leader']) },
  {
    state: 'approval',
    body: { type: 'REJECT', reason: 'Không cần thiết' },
    may: (subject) => isOne(subject, 'focal', ['leader']),
  },
  {
    state: 'preparing',
    body: { type: 'FUNDING_CONFIRMED' },
    may: (subject) => isOne(subject, 'unit', ['unitOfficer', 'unitHead']),
  },
  {
    state: 'preparing',
    body: { type: 'MOFA_NOTIFIED', document },
    may: (subject) => isOne(subject, 'focal', ['reviewer', 'clerk']),
  },
  {
    state: 'preparing',
    body: {
      type: 'RECORD_STEP_DOCUMENT',
      stepId: 'focalAgency',
      document: { ...document, number: '13/TTr-SNgV', type: 'submission' },
    },
    may: (subject) => isOne(subject, 'focal', ['reviewer', 'clerk', 'leader']),
  },
  // The authority's and the office's alone, and nobody here is of either.
  { state: 'preparing', body: { type: 'CANCEL', document, reason: 'Theo chỉ đạo' }, may: () => false },
  { state: 'approval', body: { type: 'GRANT_EXCEPTION', document, reason: 'Theo chỉ đạo' }, may: () => false },
];

const eventLines: readonly Line[] = events.map(({ state, body, may }) => ({
  route: 'POST /api/v1/cases/:id/events',
  about: `${(body as { type: string }).type} of a version that is not the present one, ${state}`,
  ask: (things) => ({ path: `/api/v1/cases/${things.cases[state]}/events`, headers: stale, body }),
  expect: readers((subject) => (may(subject) ? 412 : 403)),
}));

/** Whoever may decide may look at what it would do, and nobody else; the right is judged by the same code for each event. */
const lookedAt = ['SUBMIT', 'APPROVE', 'POSTPONE'];
const previewLines: readonly Line[] = events
  .filter(({ body }) => lookedAt.includes((body as { type: string }).type))
  .map(({ state, body, may }) => ({
    route: 'POST /api/v1/cases/:id/events/preview',
    about: `${(body as { type: string }).type}, ${state}`,
    ask: (things) => ({ path: `/api/v1/cases/${things.cases[state]}/events/preview`, body }),
    expect: readers((subject) => (may(subject) ? 200 : 403)),
  }));

export const matrix: readonly Line[] = [
  ...public_,
  ...own,
  ...plans,
  ...planMaking,
  ...afterTrips,
  ...reportRounds,
  ...operations,
  ...cases,
  ...overviews,
  ...directory,
  ...officialDocuments,
  ...issuedDocuments,
  ...regulation,
  ...privacy,
  ...eventLines,
  ...previewLines,
];

async function insertSubstitution(house: MatrixHouse): Promise<string> {
  const id = randomUUID();
  const of = (role: Role) => house.subjects.find((one) => isOne(one, 'focal', [role]))?.personId;
  await house.query(
    `insert into substitutions (id, province_id, person_id, substitute_id, first_day, last_day, created_at, created_by_id)
      values ($1, $2, $3, $4, '2030-01-01', '2030-01-02', $5, $3)`,
    [id, house.api.provinceId, of('reviewer'), of('clerk'), house.clock.now()],
  );
  return id;
}
