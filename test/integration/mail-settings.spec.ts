import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ApiUnderTest, send, signIn, startApi } from './api-under-test.js';

let api: ApiUnderTest;
let cookie: string;
beforeAll(async () => {
  api = await startApi();
  cookie = await signIn(api, 'chuyenvien.skhdt');
});
afterAll(() => api.stop());

const address = '/api/v1/me/mail-settings';
const change = (body: unknown) => send(api, address, { method: 'PATCH', body, cookie });

describe('how a person is written to', () => {
  it('is news at once and deadlines in the morning, in Vietnamese, until they choose', async () => {
    expect((await send(api, address, { cookie })).body).toEqual({ delivery: 'both', language: 'vi' });
  });

  it('changes what was sent along and leaves the rest', async () => {
    expect((await change({ delivery: 'digest' })).body).toEqual({ delivery: 'digest', language: 'vi' });
    expect((await change({ language: 'en' })).body).toEqual({ delivery: 'digest', language: 'en' });
    expect((await send(api, address, { cookie })).body).toEqual({ delivery: 'digest', language: 'en' });
  });

  it('is the own affair of each person', async () => {
    const other = await signIn(api, 'giamdoc.skhdt');
    expect((await send(api, address, { cookie: other })).body).toEqual({ delivery: 'both', language: 'vi' });
    expect((await send(api, address)).status).toBe(401);
  });

  it.each([{ delivery: 'never' }, { language: 'fr' }, { delivery: 'single', personId: 'x' }])(
    'refuses %j',
    async (body) => {
      expect((await change(body)).status).toBe(400);
    },
  );
});
