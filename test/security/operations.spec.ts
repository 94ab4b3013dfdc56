import { afterEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { type ApiUnderTest, send, signIn, startApi } from '../integration/api-under-test.js';

describe('the numbers for the operator', () => {
  let api: ApiUnderTest;
  afterEach(() => api.stop());

  it('count requests by the pattern of their route and the work that waits, without an id of anything', async () => {
    api = await startApi();
    const cookie = await signIn(api, 'giamdoc.sngv');
    const id = '11111111-2222-4333-8444-555555555555';
    await send(api, `/api/v1/cases/${id}`, { cookie });
    const { status, body, headers } = await send(api, '/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(body).toMatch(
      /thong_hanh_http_request_seconds_count\{method="GET",route="\/api\/v1\/cases\/:id",status="404"\} 1/,
    );
    for (const kind of ['timers_due', 'mails_uncertain', 'audit_unsealed']) expect(body).toContain(`kind="${kind}"`);
    expect(body).toContain('thong_hanh_process_resident_memory_bytes');
    expect(body).not.toContain(id);
    expect(body).not.toContain('giamdoc');
  });

  it('are there for who has the token only', async () => {
    const token = 'a-token-of-the-scraper';
    api = await startApi({ env: { METRICS_TOKEN: token } });
    expect((await send(api, '/metrics')).status).toBe(404);
    expect((await send(api, '/metrics', { headers: { authorization: 'Bearer a-token-of-nobody-else' } })).status).toBe(
      404,
    );
    expect((await send(api, '/metrics', { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });
});

describe('the limits of requests', () => {
  let api: ApiUnderTest;
  afterEach(() => api.stop());

  it('stop an account that asks too much, and nobody else, with the seconds to wait', async () => {
    api = await startApi({ env: { RATE_LIMIT_ACCOUNT: '5' } });
    const [cookie, other] = [await signIn(api, 'giamdoc.sngv'), await signIn(api, 'thamdinh.sngv')];
    const statuses: number[] = [];
    for (let count = 0; count < 7; count += 1) statuses.push((await send(api, '/api/v1/me', { cookie })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const refused = await send(api, '/api/v1/me', { cookie });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.body.code).toBe('TOO_MANY_REQUESTS');
    expect(refused.headers.get('retry-after')).toMatch(/^([1-9]|1[0-2])$/);
    expect(refused.headers.get('retry-after')).toBe(String(refused.body.retryAfterSeconds));
    expect((await send(api, '/api/v1/me', { cookie: other })).status).toBe(200);
  });

  it('stop an address before anything is read, and leave the health checks alone', async () => {
    api = await startApi({ env: { RATE_LIMIT_ADDRESS: '3' } });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1)
      statuses.push((await send(api, '/api/v1/session', { body: '{"email":' })).status);
    expect(statuses).toEqual([400, 400, 400, 429]);
    expect((await send(api, '/api/health/live')).status).toBe(200);
  });
});

describe('the log', () => {
  it('names the case a request was about, and a request without one none', async () => {
    const lines: Record<string, unknown>[] = [];
    const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
    const api = await startApi({ logger });
    const cookie = await signIn(api, 'giamdoc.sngv');
    const id = '11111111-2222-4333-8444-555555555555';
    await send(api, `/api/v1/cases/${id}/events?limit=5`, { cookie });
    await send(api, '/api/v1/me', { cookie });
    await api.stop();
    const found = lines.filter((line) => line.msg === 'request').map((line) => line.caseId);
    expect(found).toEqual([null, id, null]);
  });
});
