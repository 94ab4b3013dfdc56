import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiUnderTest, send, signIn, startApi } from './api-under-test.js';

let api: ApiUnderTest;

beforeAll(async () => {
  api = await startApi({ env: { CLOCK: 'manual' } });
});
afterAll(() => api.stop());

describe('with a clock set by hand', () => {
  it('moves the day of the province and leaves people signed in', async () => {
    const cookie = await signIn(api, 'quantri.sngv');
    const now = '2031-01-02T00:00:00.000Z';
    const set = await send(api, '/api/v1/test-clock', { cookie, body: { now } });
    expect(set.body).toMatchObject({ now, local: '07:00 02/01/2031' });
    const { status, body } = await send(api, '/api/v1/organisations', { cookie });
    expect([status, body.on]).toEqual([200, '2031-01-02']);
  });

  it('is moved by the administrator only', async () => {
    const cookie = await signIn(api, 'chuyenvien.skhdt');
    const answer = await send(api, '/api/v1/test-clock', { cookie, body: { now: '2032-01-01T00:00:00.000Z' } });
    expect([answer.status, answer.body.code]).toEqual([403, 'FORBIDDEN']);
  });
});

describe('with the clock of the machine', () => {
  it('has no route to move it', async () => {
    const real = await startApi();
    try {
      const cookie = await signIn(real, 'quantri.sngv');
      expect((await send(real, '/api/v1/test-clock', { cookie })).status).toBe(404);
    } finally {
      await real.stop();
    }
  });
});
