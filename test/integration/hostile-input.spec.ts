import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DelegationHouse, newKey } from './delegation-house.js';

const officer = 'chuyenvien.skhdt';
const operator = 'quantri.sngv';
const nul = String.fromCharCode(0);
const loneSurrogate = String.fromCharCode(0xd800);

/** What somebody sends on purpose or by a broken program must end as a refusal that says what is wrong, never as a fault. */
describe('hostile input', () => {
  let house: DelegationHouse;
  let caseId: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    caseId = await house.open();
  });
  afterAll(() => house.close());

  const refused = (fields?: string) => ({
    status: 400,
    body: {
      code: 'VALIDATION_FAILED',
      ...(fields && { errors: expect.arrayContaining([expect.objectContaining({ path: fields })]) }),
    },
  });
  const patch = (body: object | string) =>
    house.as(officer, `/cases/${caseId}/proposal`, { method: 'PATCH', body, headers: { 'if-match': '"1"' } });

  it.each([
    ['a zero byte', nul],
    ['half a surrogate pair', loneSurrogate],
  ])('is text the database cannot keep: %s', async (_, character) => {
    expect(await patch({ purpose: `a${character}b` })).toMatchObject(refused('purpose'));
    const members = [{ fullName: `Nguyễn${character}` }];
    expect(await patch({ members })).toMatchObject(refused('members.0.fullName'));
    const withdrawal = { type: 'WITHDRAW', reason: `vì${character} thế` };
    expect(await house.fire(officer, caseId, withdrawal)).toMatchObject(refused('reason'));
    const attached = await house.attach(officer, caseId, { kind: 'other', title: `a${nul}b` });
    expect(attached).toMatchObject(refused('title'));
  });

  it.each(['/cases?q=%00', '/cases?state=%00', '/inbox?kind=%00', '/people?search=%00'])(
    'is a zero byte in %s',
    async (path) => {
      expect(await house.as(officer, path)).toMatchObject(refused());
    },
  );

  it('is a zero byte in a sign-in and in a cursor', async () => {
    const body = { email: `a${nul}@tuyenquang.example`, password: 'x' };
    expect(await house.as(officer, '/session', { body })).toMatchObject(refused('email'));
    const cursor = Buffer.from(JSON.stringify({ searchName: nul, id: caseId })).toString('base64url');
    expect(await house.as(officer, `/people?cursor=${cursor}`)).toMatchObject(refused('cursor'));
  });

  it.each(['0000-01-01', '0001-01-01', '1899-12-31', '9999-12-31'])('is the day %s of a trip', async (day) => {
    expect(await patch({ departureDate: day, returnDate: day })).toMatchObject(refused('departureDate'));
    const attached = await house.attach(officer, caseId, { kind: 'other', date: day });
    expect(attached).toMatchObject(refused('date'));
    expect(await house.as(officer, `/organisations?on=${day}`)).toMatchObject(refused('on'));
  });

  it('is a made-up cursor', async () => {
    const cursor = (at: string) => Buffer.from(`${at} ${caseId}`).toString('base64url');
    for (const at of ['2023-99-99T99:99:99.999Z', '2023-02-30T00:00:00.000Z'])
      for (const path of ['/inbox', '/cases'])
        expect(await house.as(officer, `${path}?cursor=${cursor(at)}`)).toMatchObject(refused('cursor'));
    expect(await house.as(officer, `/cases?cursor=${cursor('none')}`)).toMatchObject(refused('cursor'));
    for (const path of ['timers', 'mails'])
      expect(await house.as(operator, `/operations/${path}?cursor=${cursor('none')}`)).toMatchObject(refused('cursor'));
    expect((await house.as(officer, `/inbox?cursor=${cursor('none')}`)).status).toBe(200);
  });

  it('is a number too large for its column', async () => {
    expect(await house.as(officer, `/cases/${caseId}/events?afterSeq=99999999999`)).toMatchObject(refused('afterSeq'));
  });

  it('is JSON nested deeper than anything of ours, with an idempotency key too', async () => {
    const body = `{"type":"SUBMIT","x":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
    const headers = { 'idempotency-key': newKey() };
    expect(await house.as(officer, `/cases/${caseId}/events`, { body, headers })).toMatchObject(refused());
  });

  it('leaves the case as it was', async () => {
    const view = (await house.as(officer, `/cases/${caseId}`)).body;
    expect(view).toMatchObject({ version: 1, proposal: { revision: 1, documents: [] } });
  });
});
