import { afterEach, describe, expect, it } from '@jest/globals';
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
