import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Role, roles } from '#contracts/roles.js';
import { createManualClock, instantAt, type ManualClock } from '#libs/calendar';
import { createOrganisation, createPerson } from '#libs/organisation';
import { type Answer, type ApiUnderTest, send, startApi } from '../integration/api-under-test.js';
import { newKey } from './audit-house.js';

/**
 * Where the role is held, seen from the case: in the proposing unit, in the focal agency, in an organisation of the province that has no
 * part in it, or in another province.
 */
export const places = ['unit', 'focal', 'elsewhere', 'otherProvince'] as const;
/** Offices that only decide on plans; nobody of them asks for the routes one by one. */
export type Place = (typeof places)[number] | 'authority' | 'party' | 'decisionOffice';

export interface Subject {
  readonly name: string;
  /** Null: not signed in. */
  readonly role: Role | null;
  readonly place: Place | null;
  readonly personId: string | null;
  readonly cookie: string | undefined;
}

const codes: Record<Place, string> = {
  ...{ unit: 'SKHDT', focal: 'SNGV', elsewhere: 'SVHTTDL', otherProvince: 'SKHAC' },
  ...{ authority: 'UBND', party: 'TINHUY', decisionOffice: 'VPUBND' },
};
type Seat = readonly [role: Role, place: Place];
const seats: readonly Seat[] = places.flatMap((place) => roles.map((role): Seat => [role, place]));

/** The API with somebody for each role in each place, and a way to see whether anything changed. */
export class MatrixHouse {
  private constructor(
    readonly api: ApiUnderTest,
    readonly clock: ManualClock,
    readonly subjects: readonly Subject[],
    readonly otherProvince: { readonly provinceId: string; readonly organisationId: string; readonly personId: string },
    private readonly folder: string,
  ) {}

  /** `more`: seats beside each role in each place. */
  static async open(more: readonly Seat[] = []): Promise<MatrixHouse> {
    const clock = createManualClock(instantAt('2023-01-09', '08:00'));
    const folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-matrix-'));
    const signingKey = newKey().export({ format: 'der', type: 'pkcs8' }).toString('base64');
    const env = {
      STORAGE_DIR: folder,
      AUDIT_SIGNING_KEY: signingKey,
      DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    };
    const api = await startApi({ clock, wallClock: clock, env });
    const provinceId = randomUUID();
    const rows = api.database.dataSource;
    await rows.query(`insert into provinces (id, code, name) values ($1, 'XX', 'Tỉnh khác (mẫu)')`, [provinceId]);
    const subjects: Subject[] = [];
    let organisationId = '';
    await rows.transaction(async (tx) => {
      const other = { provinceId, parentId: null, code: 'SKHAC', kind: 'department', from: '2019-01-01' } as const;
      ({ organisationId } = await createOrganisation(tx, { ...other, name: 'Sở của tỉnh khác', shortName: 'Sở khác' }));
      for (const [role, place] of [...seats, ...more]) {
        const person = {
          provinceId: place === 'otherProvince' ? provinceId : api.provinceId,
          fullName: `${role} ${place} (mẫu)`,
          email: `${role}.${place}@matrix.example`,
          password: null,
          roles: [{ organisationCode: codes[place], role }],
          from: '2019-01-01',
        };
        const { personId } = await createPerson(tx, person, clock);
        subjects.push({ name: `${role} ${place}`, role, place, personId, cookie: undefined });
      }
    });
    const signedIn: Subject[] = [];
    for (const subject of subjects)
      signedIn.push({ ...subject, cookie: await openSession(api, subject.personId, clock) });
    const nobody = { name: 'nobody signed in', role: null, place: null, personId: null, cookie: undefined };
    const foreigner = subjects.find((subject) => subject.place === 'otherProvince')?.personId ?? '';
    return new MatrixHouse(
      api,
      clock,
      [nobody, ...signedIn],
      { provinceId, organisationId, personId: foreigner },
      folder,
    );
  }

  async close(): Promise<void> {
    await this.api.stop();
    rmSync(this.folder, { recursive: true });
  }

  freshCookie(subject: Subject): Promise<string> {
    return openSession(this.api, subject.personId, this.clock);
  }

  query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.api.database.dataSource.query(sql, values);
  }

  /**
   * One text for everything that is kept: each row of each table, and each stored file. Left out: when a session was last used, and
   * the count of attempts at a password, which is kept exactly when they fail. Refused
   * events leave a row in `refusals` and nothing else, so that table is named apart.
   */
  async fingerprint(): Promise<string> {
    const tables = await this.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
        and table_name not in ('sessions', 'sign_in_attempts', 'schema_migrations') order by 1`,
    );
    const counted = tables.map(
      ({ name }) =>
        `select '${name}' as name, count(*)::text || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0)::text as rows from "${name}" t`,
    );
    const found = await this.query<{ name: string; rows: string }>(counted.join(' union all '));
    const sessions = await this.query(
      'select count(*)::int, count(revoked_at)::int as revoked from sessions where last_seen_at is not null',
    );
    const files = readdirSync(this.folder, { recursive: true }).length;
    return JSON.stringify({ found, sessions, files });
  }

  async ask(
    subject: Subject,
    request: { method: string; path: string; body?: unknown; headers?: Record<string, string>; form?: FormData },
  ): Promise<Answer> {
    const { method, path: at, body, headers = {}, form } = request;
    const cookie = subject.cookie;
    if (at.endsWith('/stream')) return headOf(this.api, at, cookie);
    if (form !== undefined) return sendForm(this.api, { at, form, cookie, method });
    return send(this.api, at, { method, headers, ...(body !== undefined && { body }), ...(cookie && { cookie }) });
  }
}

/** A row and its token, as signing in makes them; a password of 28 people would take a minute to check. */
export async function openSession(api: ApiUnderTest, personId: string | null, clock: ManualClock): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  await api.database.dataSource.query(
    `insert into sessions (id, token_hash, person_id, created_at, last_seen_at, expires_at)
      values ($1, $2, $3, $4, $4, $4::timestamptz + interval '10 hours')`,
    [randomUUID(), createHash('sha256').update(token).digest(), personId, now],
  );
  return `th_session=${token}`;
}

async function sendForm(
  api: ApiUnderTest,
  given: { at: string; form: FormData; cookie: string | undefined; method: string },
): Promise<Answer> {
  const { method, form, cookie } = given;
  const headers = new Headers(cookie === undefined ? [] : [['cookie', cookie]]);
  const response = await fetch(`${api.url}${given.at}`, { method, body: form, headers });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** A stream has no end; its first line is enough. */
async function headOf(api: ApiUnderTest, at: string, cookie: string | undefined): Promise<Answer> {
  const stop = new AbortController();
  const headers = new Headers(cookie === undefined ? [] : [['cookie', cookie]]);
  const { status, headers: answered } = await fetch(`${api.url}${at}`, { headers, signal: stop.signal });
  stop.abort();
  return { status, headers: answered, body: '' };
}

/** Every route the server answers on, out of its own router: what no document lists is here too. */
export function routesOf(api: ApiUnderTest): string[] {
  const express = api.app.getHttpAdapter().getInstance() as {
    router: { stack: { route?: { path: string | string[]; methods: Record<string, boolean> } }[] };
  };
  const found = express.router.stack.flatMap(({ route }) => {
    if (route === undefined) return [];
    const paths = Array.isArray(route.path) ? route.path : [route.path];
    const methods = Object.keys(route.methods).filter((method) => route.methods[method] && method !== '_all');
    return methods.flatMap((method) => paths.map((at) => `${method.toUpperCase()} ${at}`));
  });
  return [...new Set(found)].sort();
}
