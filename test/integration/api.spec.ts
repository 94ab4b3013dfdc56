import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { pino } from 'pino';
import { createApi } from '#apps/api/src/create-api.js';
import { problem } from '#contracts/problem.js';
import { loadConfig } from '#libs/config';
import { createTestDatabase } from '#test/support/index.js';
import { createTcpProxy } from '#test/support/tcp-proxy.js';
import { until } from '#test/support/until.js';
import { type Answer, type ApiUnderTest, demoPassword, send, signIn, startApi } from './api-under-test.js';

const logged: string[] = [];
let api: ApiUnderTest;
let cookie: string;

beforeAll(async () => {
  const logger = pino({ level: 'info' }, { write: (line: string) => logged.push(line) });
  api = await startApi({ logger, env: { WEB_DIR: '/nowhere' } });
  cookie = await signIn(api, 'giamdoc.sngv');
});
afterAll(() => api.stop());

function expectProblem(answer: Answer, expected: { status: number; code: string }): void {
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(problem.safeParse(answer.body).error).toBeUndefined();
  expect({ status: answer.status, code: answer.body.code }).toEqual(expected);
  expect(answer.body.status).toBe(answer.status);
  expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
  expect(answer.body.detail).not.toBe('');
  expect(answer.body.detailEn).not.toBe(answer.body.detail);
}

describe('a problem', () => {
  it('names every wrong field in both languages', async () => {
    const answer = await send(api, '/api/v1/session', { body: { email: 'x' } });
    expectProblem(answer, { status: 400, code: 'VALIDATION_FAILED' });
    expect(answer.body.errors).toEqual([
      { path: 'email', detail: 'Ít nhất 3 ký tự.', detailEn: 'At least 3 characters.' },
      { path: 'password', detail: 'Thiếu, hoặc sai kiểu dữ liệu.', detailEn: expect.stringContaining('string') },
    ]);
  });

  it.each(['/api', '/api/v1/nothing', '/api/v2/me', '/api/v1/me/more', '/favicon.ico'])(
    'answers the unknown address %s',
    async (address) => {
      const answer = await send(api, address);
      expectProblem(answer, { status: 404, code: 'NOT_FOUND' });
      expect(answer.body.instance).toBe(address);
    },
  );

  it('says that broken JSON is broken JSON', async () => {
    const answer = await send(api, '/api/v1/session', { body: '{"email": ' });
    expectProblem(answer, { status: 400, code: 'VALIDATION_FAILED' });
    expect(answer.body.detail).toContain('JSON');
  });

  it('says that a body is too large', async () => {
    const answer = await send(api, '/api/v1/session', { body: { email: 'a'.repeat(1_100_000) } });
    expectProblem(answer, { status: 413, code: 'REQUEST_TOO_LARGE' });
  });

  it('refuses a body in an encoding it does not know', async () => {
    const answer = await send(api, '/api/v1/session', { body: '{}', headers: { 'content-encoding': 'zip' } });
    expectProblem(answer, { status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
  });

  it('refuses an id that is none', async () => {
    const answer = await send(api, '/api/v1/organisations/1', { cookie });
    expectProblem(answer, { status: 400, code: 'VALIDATION_FAILED' });
    expect(answer.body.errors[0].detail).toContain('uuid');
  });

  it('of a fault tells nothing of the inside, and the log says where it broke without the values', async () => {
    const lines: string[] = [];
    const broken = await startApi({ logger: pino({ level: 'error' }, { write: (line: string) => lines.push(line) }) });
    try {
      const signedIn = await signIn(broken, 'giamdoc.sngv');
      await broken.database.dataSource.query('alter table positions rename to hidden_positions');
      const answer = await send(broken, '/api/v1/people?search=Ngoc%20Lan', { cookie: signedIn });
      expectProblem(answer, { status: 500, code: 'INTERNAL' });
      expect(JSON.stringify(answer.body)).not.toMatch(/positions|select|\.ts|\bat /);
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        requestId: answer.body.requestId,
        fault: { message: null, code: '42P01' },
      });
      expect(lines.join('')).not.toMatch(/ngoc lan/i);
    } finally {
      await broken.stop();
    }
  });

  it('of a database that is away asks to try again, and is gone once it is back', async () => {
    const database = await createTestDatabase();
    const proxy = await createTcpProxy(database.url);
    const config = loadConfig({ DATABASE_URL: proxy.url, LOG_LEVEL: 'silent', NODE_ENV: 'test' });
    const app = await createApi(config);
    await app.listen(0, '127.0.0.1');
    const away = { url: `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}` };
    const body = { email: 'ai.do@tuyenquang.example', password: 'mật khẩu nào đó' };
    try {
      expect((await send(away, '/api/health/ready')).status).toBe(200);
      await proxy.cut();
      expectProblem(await send(away, '/api/v1/session', { body }), { status: 503, code: 'UNAVAILABLE' });
      expectProblem(await send(away, '/api/health/ready'), { status: 503, code: 'UNAVAILABLE' });
      expect((await send(away, '/api/health/live')).body).toEqual({ status: 'ok' });
      await proxy.restore();
      expect((await send(away, '/api/health/ready')).status).toBe(200);
      expectProblem(await send(away, '/api/v1/session', { body }), { status: 401, code: 'SIGN_IN_FAILED' });
    } finally {
      await app.close();
      await proxy.close();
      await database.drop();
    }
  });
});

describe('the request id', () => {
  it("is the caller's own when it is harmless, and a new one otherwise", async () => {
    const kept = await send(api, '/api/health/live', { headers: { 'x-request-id': 'walkthrough-0001' } });
    expect(kept.headers.get('x-request-id')).toBe('walkthrough-0001');
    const replaced = await send(api, '/api/health/live', { headers: { 'x-request-id': '{"a":1} injected' } });
    expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('the log', () => {
  it('has ids only: no name, no address, no query, no token, no password', async () => {
    logged.length = 0;
    await send(api, '/api/v1/people?search=Nguy%E1%BB%85n', { cookie });
    await send(api, '/api/v1/session', { body: { email: 'ai.do@tuyenquang.example', password: demoPassword } });
    await send(api, '/ho-so-mat/Nguyen-Van-A.pdf');
    await until(() => logged.length >= 3);
    const text = logged.join('');
    expect(text).toContain('"path":"/api/v1/people"');
    expect(text).toMatch(/"personId":"[0-9a-f-]{36}"/);
    for (const secret of ['Nguy', 'search', 'ai.do', '127.0.0.1', cookie.slice(11), demoPassword]) {
      expect(text).not.toContain(secret);
    }
  });
});

describe('security headers', () => {
  it('allow no inline script and no other site', async () => {
    const { headers } = await send(api, '/api/v1/me', { cookie });
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});

describe('pages of a list', () => {
  it('follow one another without a gap or a double', async () => {
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const answer: Answer = await send(api, `/api/v1/people?limit=5${next && `&cursor=${next}`}`, { cookie });
      seen.push(...answer.body.items.map((person: { id: string }) => person.id));
      next = answer.body.nextCursor;
    }
    const all = await send(api, '/api/v1/people?limit=200', { cookie });
    expect(all.body.nextCursor).toBeNull();
    expect(seen).toEqual(all.body.items.map((person: { id: string }) => person.id));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each([
    'x',
    Buffer.from('{}').toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
    Buffer.from(JSON.stringify({ searchName: "'; drop table people", id: 'x' })).toString('base64url'),
    Buffer.from(JSON.stringify({ searchName: {}, id: crypto.randomUUID() })).toString('base64url'),
    Buffer.from(JSON.stringify({ searchName: 'a', id: crypto.randomUUID(), provinceId: 'b' })).toString('base64url'),
  ])('refuse a cursor nobody was given: %s', async (cursor) => {
    const answer = await send(api, `/api/v1/people?cursor=${cursor}`, { cookie });
    expectProblem(answer, { status: 400, code: 'VALIDATION_FAILED' });
    expect(answer.body.errors[0].path).toBe('cursor');
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'limit=1&limit=2'])('refuse %s', async (query) => {
    expectProblem(await send(api, `/api/v1/people?${query}`, { cookie }), { status: 400, code: 'VALIDATION_FAILED' });
  });
});

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { body } = await send(api, '/api/v1/openapi.json');
    expect(body.openapi).toMatch(/^3\.1\./);
    const result = await new Validator().validate(body);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it('gives every route an answer with a schema, a problem, and every body a shape', async () => {
    const { body } = await send(api, '/api/v1/openapi.json');
    const operations = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(
      ([at, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${at}`, ...operation })),
    );
    expect(operations.length).toBeGreaterThan(8);
    const flaws = operations.flatMap((operation) => flawsOf(operation));
    expect(flaws).toEqual([]);
  });

  it('refers to nothing that is missing', async () => {
    const { body } = await send(api, '/api/v1/openapi.json');
    const refs = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map((m) => m[1]);
    expect(refs.length).toBeGreaterThan(0);
    expect(refs.filter((ref) => body.components.schemas[ref ?? ''] === undefined)).toEqual([]);
    expect(body.components.schemas.Problem.required).toEqual(expect.arrayContaining(['code', 'detail', 'requestId']));
  });

  it('says which routes are open', async () => {
    const { body } = await send(api, '/api/v1/openapi.json');
    const open = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([at, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => operation.security?.some((scheme) => Object.keys(scheme).length === 0))
        .map(([method]) => `${method} ${at}`),
    );
    expect(open.sort()).toEqual([
      'get /api/health/live',
      'get /api/health/ready',
      'get /api/v1/calendar-feeds/{file}',
      'get /api/v1/sign-in/callback',
      'get /api/v1/sign-in/sign-out',
      'get /api/v1/sign-in/ways',
      'post /api/v1/account-link',
      'post /api/v1/password-reset',
      'post /api/v1/session',
      'post /api/v1/sign-in/back-channel-logout',
      'post /api/v1/sign-in/provider',
    ]);
  });
});

describe('every route of the document', () => {
  it('refuses somebody who is not signed in, but for the open ones', async () => {
    const { body } = await send(api, '/api/v1/openapi.json');
    const routes = Object.entries(body.paths as Record<string, Record<string, Operation>>).flatMap(([at, methods]) =>
      Object.entries(methods)
        .filter(([, operation]) => !operation.security?.some((scheme) => Object.keys(scheme).length === 0))
        .map(([method]) => ({ method: method.toUpperCase(), at })),
    );
    for (const { method, at } of routes) {
      const address = at.replace(/\{\w+\}/g, crypto.randomUUID());
      const answer = await send(api, address, { method, ...(method === 'GET' ? {} : { body: {} }) });
      expect([method, at, answer.status, answer.body.code]).toEqual([method, at, 401, 'UNAUTHENTICATED']);
    }
  });
});

interface Operation {
  readonly security?: readonly object[];
  readonly requestBody?: { readonly content?: Record<string, { readonly schema?: object }> };
  readonly responses?: Record<string, { readonly content?: Record<string, { readonly schema?: object }> }>;
}

function flawsOf({ name, requestBody, responses = {} }: Operation & { name: string }): string[] {
  const shapeless = (content: Record<string, { readonly schema?: object }> | undefined) =>
    Object.values(content ?? {}).some(({ schema }) => schema === undefined || Object.keys(schema).length === 0);
  const flaws: string[] = [];
  if (requestBody !== undefined && (!requestBody.content || shapeless(requestBody.content)))
    flaws.push('shapeless body');
  const good = Object.entries(responses).filter(([status]) => /^[23]/.test(status));
  if (good.length === 0) flaws.push('no good answer');
  // An answer with nothing in it: no content, sent on elsewhere, accepted without a word about whom it concerns, or the one that
  // OpenID Connect Back-Channel Logout asks for (2.8).
  const isBare = (status: string) =>
    status.startsWith('3') || ['202', '204'].includes(status) || name.endsWith('/back-channel-logout');
  for (const [status, { content }] of good) {
    if (content === undefined ? !isBare(status) : shapeless(content)) flaws.push(`no schema for ${status}`);
  }
  if (responses.default?.content?.['application/problem+json'] === undefined) flaws.push('no problem');
  return flaws.map((flaw) => `${name}: ${flaw}`);
}

describe('the reference page', () => {
  it('loads everything from this server', async () => {
    const page = await send(api, '/api/reference');
    expect(page.status).toBe(200);
    const sources = [...String(page.body).matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(sources.length).toBeGreaterThan(3);
    expect(sources.filter((source) => /^(https?:)?\/\//.test(source))).toEqual([]);
    expect(String(page.body)).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    for (const source of sources) {
      const asset = await send(api, new URL(source, `${api.url}/api/reference`).pathname);
      expect([source, asset.status]).toEqual([source, 200]);
    }
  });
});

describe('pages', () => {
  it('say where the reference is when there is no web build', async () => {
    const page = await send(api, '/');
    expect(page.status).toBe(200);
    expect(page.body).toContain('/api/reference');
  });

  it('come from the web build when there is one, and any path is a page of it', async () => {
    const webDir = mkdtempSync(path.join(tmpdir(), 'thong-hanh-web-'));
    mkdirSync(path.join(webDir, 'assets'));
    writeFileSync(path.join(webDir, 'index.html'), '<!doctype html><title>Bản dựng</title>');
    writeFileSync(path.join(webDir, 'assets', 'app-1a2b.js'), 'export {};');
    const web = await startApi({ env: { WEB_DIR: webDir } });
    try {
      for (const address of ['/', '/ho-so/123', '/index.html']) {
        const page = await send(web, address);
        expect([address, page.status, page.headers.get('cache-control')]).toEqual([address, 200, 'no-cache']);
        expect(page.body).toContain('Bản dựng');
      }
      const tag = (await send(web, '/index.html')).headers.get('etag');
      const asset = await send(web, '/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } });
      expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect([asset.headers.get('content-encoding'), asset.body]).toEqual(['br', 'export {};']);
      const plain = await send(web, '/assets/app-1a2b.js', { headers: { 'accept-encoding': 'identity' } });
      expect([plain.headers.get('content-encoding'), plain.body]).toEqual([null, 'export {};']);
      expectProblem(await send(web, '/assets/gone-1a2b.js'), { status: 404, code: 'NOT_FOUND' });
      expect(await rawStatus(web.url, '/index.html', `If-None-Match: ${tag}`)).toBe(304);
      expect((await send(web, '/api/v1/nothing')).body.code).toBe('NOT_FOUND');
      writeFileSync(path.join(path.dirname(webDir), 'outside-1a2b.txt'), 'x');
      writeFileSync(path.join(webDir, '.secret.txt'), 'x');
      for (const target of [
        '/..%2foutside-1a2b.txt',
        '/../outside-1a2b.txt',
        '/%2e%2e/outside-1a2b.txt',
        '/.secret.txt',
      ]) {
        expect([target, await rawStatus(web.url, target)]).not.toEqual([target, 200]);
      }
    } finally {
      await web.stop();
      rmSync(webDir, { recursive: true });
    }
  });
});

describe('health', () => {
  it('is ready with every migration and not ready with one missing', async () => {
    expect((await send(api, '/api/health/ready')).status).toBe(200);
    const behind = await startApi();
    try {
      await behind.database.dataSource.query(`delete from schema_migrations where name like 'Organisation%'`);
      expectProblem(await send(behind, '/api/health/ready'), { status: 503, code: 'UNAVAILABLE' });
    } finally {
      await behind.stop();
    }
  });
});

/** fetch would tidy the path up and forbid caching. */
function rawStatus(url: string, target: string, header = 'X-None: 1'): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\n${header}\r\nConnection: close\r\n\r\n`),
    );
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8');
    });
    socket.on('end', () => resolve(Number(text.split(' ')[1])));
    socket.on('error', reject);
  });
}
