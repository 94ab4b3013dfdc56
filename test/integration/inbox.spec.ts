import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createApi } from '#apps/api/src/create-api.js';
import { loadConfig } from '#libs/config';
import { until } from '#test/support/until.js';
import { DelegationHouse, document } from './delegation-house.js';

/** Events of a stream as they come; `close` ends the connection. */
async function listen(url: string, cookie: string) {
  const aborter = new AbortController();
  const response = await fetch(`${url}/api/v1/inbox/stream`, { headers: { cookie }, signal: aborter.signal });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) text += decoder.decode(chunk);
  })().catch(() => undefined);
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    news: () => [...text.matchAll(/event: inbox\n(?:id: .*\n)?data: (.*)/g)].map(([, data]) => JSON.parse(data ?? '')),
    close: async () => {
      aborter.abort();
      await reading;
    },
  };
}

describe('the inbox over HTTP', () => {
  let house: DelegationHouse;
  let first: string;
  let second: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    first = await house.open({ delegationName: 'Đoàn học tập kinh nghiệm tại Nhật Bản' });
    second = await house.open({
      delegationName: 'Đoàn xúc tiến đầu tư tại Hàn Quốc',
      countries: [{ code: 'KR', name: 'Hàn Quốc' }],
    });
  });
  afterAll(() => house.close());

  /** Signed by the unit head: the focal agency is asked to receive it. */
  const submitted = async (): Promise<string> => {
    const caseId = await house.openWithDossier();
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    return caseId;
  };

  const inbox = async (query: string, mailbox = 'chuyenvien.skhdt') =>
    (await house.as(mailbox, `/inbox${query}`)).body.items as { caseId: string; unit: string }[];

  it('is searched without diacritics, in what is asked and in the case', async () => {
    const of = async (q: string) => (await inbox(`?q=${encodeURIComponent(q)}`)).map((item) => item.caseId);
    expect(await of('nhat ban')).toEqual([first]);
    expect(await of('HÀN quốc')).toEqual([second]);
    expect((await of('hoan thien doan')).sort()).toEqual([first, second].sort());
    expect(await of('hoan thien nhat')).toEqual([first]);
    expect(await of('ky trinh nhat')).toEqual([]);
    expect(await of('100%')).toEqual([]);
  });

  it('says which unit asks', async () => {
    expect((await inbox('?q=nhat'))[0]?.unit).toBe('Sở Kế hoạch và Đầu tư');
  });

  it('is narrowed to what is late, due today and due within a week', async () => {
    const caseId = await submitted();
    const due = async (value: string) =>
      (await inbox(`?due=${value}`, 'thamdinh.sngv')).some((item) => item.caseId === caseId);
    expect([await due('overdue'), await due('today'), await due('week')]).toEqual([false, false, true]);
    const noon = house.clock.now();
    house.clock.set(new Date(noon.getTime() + 20 * 86_400_000));
    expect([await due('overdue'), await due('today'), await due('week')]).toEqual([true, true, true]);
    house.clock.set(noon);
    expect((await house.as('thamdinh.sngv', '/inbox?due=yesterday')).status).toBe(400);
  });

  it('keeps views by name for the person alone', async () => {
    const save = (filter: object) => house.as('thamdinh.sngv', '/inbox/views', { body: { name: 'Nhật Bản', filter } });
    const { id } = (await save({ q: 'nhat' })).body;
    expect((await save({ q: 'nhat', due: 'week' })).body.id).toBe(id);
    const views = async (mailbox: string) => (await house.as(mailbox, '/inbox/views')).body.items;
    expect(await views('thamdinh.sngv')).toEqual([{ id, name: 'Nhật Bản', filter: { q: 'nhat', due: 'week' } }]);
    expect(await views('giamdoc.sngv')).toEqual([]);
    const remove = (mailbox: string) => house.as(mailbox, `/inbox/views/${id}`, { method: 'DELETE' });
    expect((await remove('giamdoc.sngv')).status).toBe(404);
    expect((await remove('thamdinh.sngv')).status).toBe(204);
    expect(await views('thamdinh.sngv')).toEqual([]);
  });

  it('tells whoever holds the work of a case, also through another replica, and nobody else', async () => {
    const { database } = house.api;
    const config = loadConfig({ DATABASE_URL: database.url, LOG_LEVEL: 'silent', NODE_ENV: 'test' });
    const { dataSource } = database;
    const replica = await createApi(config, { dataSource, clock: house.clock, logger: pino({ level: 'silent' }) });
    await replica.listen(0, '127.0.0.1');
    const url = `http://127.0.0.1:${(replica.getHttpServer().address() as AddressInfo).port}`;
    expect((await listen(url, '')).status).toBe(401);
    const reviewer = await listen(url, await house.cookieOf('thamdinh.sngv'));
    const stranger = await listen(url, await house.cookieOf('giamdoc.stc'));
    expect(reviewer).toMatchObject({ status: 200, type: expect.stringContaining('text/event-stream') });
    const caseId = await submitted();
    await until(() => reviewer.news().some(({ cases }) => cases.includes(caseId)));
    const heard = reviewer.news().length;
    await house.fire('thamdinh.sngv', caseId, { type: 'RECEIVE' });
    await until(() => reviewer.news().length > heard);
    expect(stranger.news()).toEqual([]);
    // Closing the server ends the streams; without that it would wait for them.
    await replica.close();
    await reviewer.close();
    await stranger.close();
  });

  it('answers what was decided as gone on the next request', async () => {
    const caseId = await submitted();
    await house.fire('thamdinh.sngv', caseId, { type: 'RECEIVE' });
    const kinds = (await house.as('thamdinh.sngv', '/inbox?kind=receive&limit=200')).body.items;
    expect(kinds.some((item: { caseId: string }) => item.caseId === caseId)).toBe(false);
  });
});
