import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createAccountLinks } from '#apps/worker/src/account-links.js';
import { Worker } from '#apps/worker/src/worker.js';
import { createBusinessCalendar, createManualClock, vietnamHolidays } from '#libs/calendar';
import { delegationMails } from '#libs/delegation';
import { createMailTransport } from '#libs/mail';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork } from '#libs/persistence';
import { openQueues } from '#libs/queue';
import { Runtime } from '#libs/runtime';
import { until } from '#test/support/until.js';
import { createSmtpSink, type SmtpSink } from '../support/smtp-sink.js';
import { type ApiUnderTest, demoPassword, send, signIn, startApi } from './api-under-test.js';

/** A Saturday night in Viet Nam: none of these mails waits for the office. */
const clock = createManualClock(new Date('2026-01-10T16:00:00Z'));
const publicUrl = 'https://doan-ra.tuyenquang.example';
const address = 'giamdoc.stc@tuyenquang.example';
let api: ApiUnderTest;
let sink: SmtpSink;
let worker: Worker;
const rows = (sql: string, values: unknown[] = []) => api.database.dataSource.query(sql, values);

beforeAll(async () => {
  api = await startApi({ clock, wallClock: clock, env: { PUBLIC_URL: publicUrl, TRUSTED_PROXIES: '1' } });
  sink = await createSmtpSink();
  const unitOfWork = createUnitOfWork(api.database.dataSource);
  const calendarFor = () => createBusinessCalendar(vietnamHolidays);
  const logger = pino({ level: 'silent' });
  const where = { databaseUrl: api.database.url, prefix: `t-${randomUUID()}`, timeoutMs: 1000 };
  worker = new Worker({
    unitOfWork,
    runtime: new Runtime({ clock, definitions: [], calendarFor }),
    ledger: { clock, calendarFor, directory: mailDirectory, templates: delegationMails, domain: 'tuyenquang.example' },
    queues: await openQueues({ names: ['timers', 'mails'], log: logger, ...where }),
    transport: createMailTransport({ smtpUrl: sink.url, from: 'Thông Hành <th@tuyenquang.example>' }),
    accountLink: createAccountLinks({ unitOfWork, clock, publicUrl }),
    ...{ publicUrl, concurrency: 2, mailConnections: 2, intervalMs: 20, chores: [], logger },
    refreshClock: async () => undefined,
  });
  await worker.start();
});
beforeEach(() => {
  sink.mails.length = 0;
  clock.set(new Date(clock.now().getTime() + 20 * 60_000));
});
// What one test asked for would otherwise arrive in the next.
afterEach(() => settled());
afterAll(async () => {
  await worker.stop();
  await sink.close();
  await api.stop();
});

const ask = (email: string, from = '10.9.0.1') =>
  send(api, '/api/v1/password-reset', { body: { email }, headers: { 'x-forwarded-for': from } });
/** Everything asked for by now has been sent, or is on record as not to be sent. */
const settled = () =>
  until(async () => {
    const [row] = await rows(`select (select count(*) from outbox_messages where relayed_at is null)
      + (select count(*) from mails where status in ('planned', 'queued', 'sending')) as open`);
    return Number(row.open) === 0;
  }, 'every mail is sent');
const plain = (raw: string) =>
  raw
    .replace(/=\r?\n/g, '')
    .replace(/((?:=[0-9A-F]{2})+)/g, (hex) => Buffer.from(hex.replaceAll('=', ''), 'hex').toString());
const linkIn = (raw: string) => /account#([\w-]{43})/.exec(plain(raw))?.[1] ?? '';
const redeem = (token: string, newPassword = 'mật khẩu do chính tôi đặt') =>
  send(api, '/api/v1/account-link', { body: { token, newPassword } });

describe('a forgotten password', () => {
  it('brings a link by mail that works once, and a notice that the password was changed', async () => {
    expect((await ask(` ${address.toUpperCase()}`)).status).toBe(202);
    await settled();
    expect(sink.mails.map(({ to }) => to)).toEqual([address]);
    const token = linkIn(sink.mails[0]?.raw ?? '');
    expect((await redeem(token)).status).toBe(204);
    expect((await redeem(token)).status).toBe(410);
    await signIn(api, 'giamdoc.stc', 'mật khẩu do chính tôi đặt');
    await settled();
    expect(
      sink.mails.map(({ raw }) => plain(raw)).filter((raw) => raw.includes('Mật khẩu của bạn vừa được đổi')),
    ).toHaveLength(1);
  });

  it('leaves the link in no row of any table, sent or not', async () => {
    await ask(address);
    await settled();
    const token = linkIn(sink.mails[0]?.raw ?? '');
    expect(token).toHaveLength(43);
    const tables: { name: string }[] = await rows(
      `select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE'
        and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of tables)
      expect([name, await rows(`select 1 from ${name} t where t::text like $1`, [`%${token}%`])]).toEqual([name, []]);
  });

  it('answers the same for an address nobody has, and writes to nobody', async () => {
    const known = await ask(address);
    const unknown = await ask('khong.co.ai@tuyenquang.example');
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body]);
    await settled();
    expect(sink.mails.map(({ to }) => to)).toEqual([address]);
  });

  it('writes three times and no more in a quarter of an hour, with the same answer', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 6; i += 1) answers.push((await ask(address, `10.9.1.${i}`)).status);
    expect(answers).toEqual(Array(6).fill(202));
    await settled();
    expect(sink.mails).toHaveLength(3);
    // Each link opens: whoever asks in somebody's name spoils none of them. After one is used, none does.
    const [first = '', , last = ''] = sink.mails.map(({ raw }) => linkIn(raw));
    expect((await redeem(first)).status).toBe(204);
    expect((await redeem(last)).status).toBe(410);
  });

  it('stops an address that asks for many accounts, and leaves their owners alone', async () => {
    const answers: number[] = [];
    for (let i = 0; i < 31; i += 1) answers.push((await ask(`${i}@tuyenquang.example`, '10.9.2.1')).status);
    expect(answers).toEqual([...Array(30).fill(202), 429]);
    expect((await ask(address, '10.9.2.2')).status).toBe(202);
    const enter = { email: 'giamdoc.skhdt@tuyenquang.example', password: demoPassword };
    const headers = { 'x-forwarded-for': '10.9.2.1' };
    expect((await send(api, '/api/v1/session', { body: enter, headers })).status).toBe(201);
  });

  it('sends nothing to a closed account', async () => {
    await rows('update people set active = false where email = $1', ['thamdinh.cat@tuyenquang.example']);
    expect((await ask('thamdinh.cat@tuyenquang.example')).status).toBe(202);
    await settled();
    expect(sink.mails).toEqual([]);
  });
});

describe('an invitation', () => {
  it('goes from the administrator to the person without passing the administrator', async () => {
    const administrator = await signIn(api, 'quantri.sngv');
    const [person] = await rows(
      `update people set password_hash = null where email like 'thamdinh.stc@%' returning id`,
    );
    const id = person[0].id;
    const answer = await send(api, `/api/v1/people/${id}/account-link/mail`, { cookie: administrator, method: 'POST' });
    expect([answer.status, answer.body]).toEqual([202, { kind: 'invitation' }]);
    await settled();
    const mail = sink.mails.find(({ to }) => to === 'thamdinh.stc@tuyenquang.example');
    expect(plain(mail?.raw ?? '')).toContain('Mời bạn dùng Thông Hành');
    expect((await redeem(linkIn(mail?.raw ?? ''), 'Password123456')).body.errors[0]).toMatchObject({
      path: 'newPassword',
    });
    expect((await redeem(linkIn(mail?.raw ?? ''))).status).toBe(204);
    expect(
      (
        await send(api, `/api/v1/people/${id}/account-link/mail`, {
          cookie: await signIn(api, 'vanthu.sngv'),
          method: 'POST',
        })
      ).status,
    ).toBe(403);
  });
});

describe('a sign-in from somewhere new', () => {
  const enter = (from: string, userAgent: string) =>
    send(api, '/api/v1/session', {
      body: { email: 'chuyenvien.stc@tuyenquang.example', password: demoPassword },
      headers: { 'x-forwarded-for': from, 'user-agent': userAgent },
    });

  it('is told to the owner: another address or another browser, not the first time and not a new version', async () => {
    const told = async () => {
      await settled();
      return sink.mails.splice(0).filter(({ raw }) => plain(raw).includes('chưa dùng trước đây')).length;
    };
    await enter('10.9.3.1', 'Mozilla/5.0 Firefox/140.0');
    expect(await told()).toBe(0);
    await enter('10.9.3.1', 'Mozilla/5.0 Firefox/141.2');
    expect(await told()).toBe(0);
    await enter('10.9.3.2', 'Mozilla/5.0 Firefox/141.2');
    expect(await told()).toBe(1);
    await enter('10.9.3.2', 'Mozilla/5.0 Chrome/141.2');
    const [mail] = await settled().then(() => sink.mails);
    expect(plain(mail?.raw ?? '')).not.toContain('10.9.3.2');
    expect(await told()).toBe(1);
  });
});
