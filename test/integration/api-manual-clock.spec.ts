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

describe('with the clock of a trial', () => {
  let trial: ApiUnderTest;
  const day = 86_400_000;

  beforeAll(async () => {
    trial = await startApi({ env: { CLOCK: 'trial' } });
  });
  afterAll(() => trial.stop());

  const hands = async (cookie: string) => (await send(trial, '/api/v1/test-clock', { cookie })).body;

  it('runs by itself, and whoever is signed in moves it on', async () => {
    const cookie = await signIn(trial, 'chuyenvien.skhdt');
    expect((await send(trial, '/api/v1/me', { cookie })).body).toMatchObject({ trial: true });
    const before = new Date((await hands(cookie)).now).getTime();
    const now = new Date(before + 30 * day).toISOString();
    expect((await send(trial, '/api/v1/test-clock', { cookie, body: { now } })).status).toBe(200);
    const after = new Date((await hands(cookie)).now).getTime();
    expect(after).toBeGreaterThan(before + 30 * day);
    expect(after).toBeLessThan(before + 31 * day);
  });

  it('never goes back, not even before the first event', async () => {
    const cookie = await signIn(trial, 'chuyenvien.skhdt');
    const at = new Date((await hands(cookie)).now).getTime();
    const body = { now: new Date(at - 1000).toISOString() };
    const answer = await send(trial, '/api/v1/test-clock', { cookie, body });
    expect([answer.status, answer.body.code]).toEqual([400, 'VALIDATION_FAILED']);
    expect(new Date((await hands(cookie)).now).getTime()).toBeGreaterThanOrEqual(at);
  });

  it('names the next morning on which people work', async () => {
    const cookie = await signIn(trial, 'chuyenvien.skhdt');
    // Saturday in the afternoon; the Monday after it is worked.
    const body = { now: '2031-03-01T08:00:00.000Z' };
    const answer = await send(trial, '/api/v1/test-clock', { cookie, body });
    expect(answer.body).toMatchObject({ isWorkingTime: false, nextMorning: '2031-03-03T00:30:00.000Z' });
  });
});

describe('with the clock of the machine', () => {
  it('has no route to move it', async () => {
    const real = await startApi();
    try {
      const cookie = await signIn(real, 'quantri.sngv');
      expect((await send(real, '/api/v1/test-clock', { cookie })).status).toBe(404);
      expect((await send(real, '/api/v1/me', { cookie })).body).toMatchObject({ trial: false });
    } finally {
      await real.stop();
    }
  });
});
