import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createManualClock } from '#libs/calendar';
import { type ApiUnderTest, send, signIn, startApi } from './api-under-test.js';

const wallClock = createManualClock(new Date('2026-01-12T02:00:00Z'));
const mailbox = 'giamdoc.stc';
const newPassword = 'mật khẩu do chính tôi đặt';
let api: ApiUnderTest;
let administrator: string;
let personId: string;

beforeAll(async () => {
  api = await startApi({ wallClock, env: { PUBLIC_URL: 'https://doan-ra.tuyenquang.example' } });
  administrator = await signIn(api, 'quantri.sngv');
  const rows = await api.database.dataSource.query('select id from people where email = $1', [
    `${mailbox}@tuyenquang.example`,
  ]);
  personId = rows[0].id;
});
afterAll(() => api.stop());

const issue = (cookie = administrator, id = personId) =>
  send(api, `/api/v1/people/${id}/account-link`, { method: 'POST', cookie });
const tokenOf = (url: string) => new URL(url).hash.slice(1);
const redeem = (token: string, password = newPassword) =>
  send(api, '/api/v1/account-link', { body: { token, newPassword: password } });
const invalid = { status: 410, body: { code: 'ACCOUNT_LINK_INVALID' } };

describe('a link to set a password', () => {
  it('is issued by an administrator only, for people of the province, with the token where no log sees it', async () => {
    expect((await issue(await signIn(api, 'giamdoc.sngv'))).status).toBe(403);
    expect((await issue(administrator, '00000000-0000-4000-8000-000000000000')).status).toBe(404);
    const issued = await issue();
    expect(issued).toMatchObject({ status: 201, body: { kind: 'reset', expiresAt: '2026-01-13T02:00:00.000Z' } });
    expect(issued.body.url).toMatch(/^https:\/\/doan-ra\.tuyenquang\.example\/account#[\w-]{43}$/);
    const [row] = await api.database.dataSource.query('select token_hash from account_links');
    expect(row.token_hash).toHaveLength(32);
    expect(row.token_hash.toString('base64url')).not.toBe(tokenOf(issued.body.url));
  });

  it('sets the password once, of two at the same moment too, and ends every session', async () => {
    const session = await signIn(api, mailbox);
    const token = tokenOf((await issue()).body.url);
    expect((await redeem(token, 'ngắn')).status).toBe(400);
    const both = await Promise.all([redeem(token), redeem(token)]);
    expect(both.map((answer) => answer.status).sort()).toEqual([204, 410]);
    expect(await redeem(token)).toMatchObject(invalid);
    expect((await send(api, '/api/v1/me', { cookie: session })).status).toBe(401);
    await expect(signIn(api, mailbox)).rejects.toThrow('401');
    await signIn(api, mailbox, newPassword);
  });

  it('opens nothing when it was replaced, is too old, or the account is closed', async () => {
    const first = tokenOf((await issue()).body.url);
    const second = tokenOf((await issue()).body.url);
    expect(await redeem(first)).toMatchObject(invalid);
    wallClock.set(new Date(wallClock.now().getTime() + 24 * 3_600_000));
    expect(await redeem(second)).toMatchObject(invalid);
    administrator = await signIn(api, 'quantri.sngv');
    const third = tokenOf((await issue()).body.url);
    await api.database.dataSource.query('update people set active = false where id = $1', [personId]);
    expect(await redeem(third)).toMatchObject(invalid);
    expect((await issue()).status).toBe(404);
    await api.database.dataSource.query('update people set active = true, password_hash = null where id = $1', [
      personId,
    ]);
    const invitation = await issue();
    expect(invitation.body).toMatchObject({ kind: 'invitation' });
    expect((await redeem(tokenOf(invitation.body.url))).status).toBe(204);
  });

  it('cannot be guessed for long, and leaves a record of who issued and who used it', async () => {
    wallClock.set(new Date(wallClock.now().getTime() + 20 * 60_000));
    const answers: number[] = [];
    for (let i = 0; i < 11; i += 1) answers.push((await redeem(String(i).repeat(43).slice(0, 43))).status);
    expect(answers).toEqual([...Array(10).fill(410), 429]);
    const rows = await api.database.dataSource.query(
      `select action, count(*)::int as n from audit_records where subject_id = $1 group by action order by action`,
      [personId],
    );
    expect(rows).toEqual([
      { action: 'accountLink.invitation', n: 1 },
      { action: 'accountLink.reset', n: 5 },
      { action: 'accountLink.used', n: 2 },
    ]);
  });
});
