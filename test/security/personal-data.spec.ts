import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createBackup } from '#apps/cli/src/backup.js';
import { createManualClock, dayOf, instantAt } from '#libs/calendar';
import type { SealingKey } from '#libs/organisation';
import { createUnitOfWork, dumpTables, loadTables } from '#libs/persistence';
import { applyDailyRetention, applyRetention, keyAges, retentionReport, rotateKeys } from '#libs/privacy';
import { createSigner, sealCheckpoint, verifyCheckpoints } from '#libs/runtime';
import { createDiskStore } from '#libs/storage';
import { startApi } from '../integration/api-under-test.js';
import { DelegationHouse } from '../integration/delegation-house.js';
import { newKey } from './audit-house.js';

const keyOf = (id: string): SealingKey => ({ id, key: randomBytes(32) });
const [first, second] = [keyOf('k1'), keyOf('k2')];
const ring = (...keys: readonly SealingKey[]) => keys.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',');

const passport = 'B7654321';
const birthDate = '1971-04-30';

describe('what is kept about people', () => {
  const clock = createManualClock(instantAt('2023-01-09', '08:00'));
  const folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-privacy-'));
  let house: DelegationHouse;
  let caseId: string;
  beforeAll(async () => {
    const env = { STORAGE_DIR: path.join(folder, 'files'), DATA_KEYS: ring(first) };
    house = DelegationHouse.on(await startApi({ clock, env }), clock);
    caseId = await house.open({
      members: [
        { fullName: 'Nguyễn Thị Mẫu', position: 'Giám đốc', organisation: 'Sở', role: 'leader' },
        {
          ...{ fullName: 'Chuyên viên', position: 'Chuyên viên', organisation: 'Sở', role: 'member' },
          personId: await house.personId('chuyenvien.skhdt'),
        },
      ],
    });
    for (const [position, passportNumber] of [
      [1, passport],
      [2, 'C1112223'],
    ] as const)
      await record(position, { passportNumber, birthDate, passportExpiresOn: '2031-01-01' });
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true });
  });

  const unitOfWork = () => createUnitOfWork(house.api.database.dataSource);
  const papers = (part = '') => `/cases/${caseId}/${part}identity-papers`;
  const record = async (position: number, body: object) => {
    const { revision } = (await house.as('chuyenvien.skhdt', papers())).body;
    const headers = { 'if-match': `"${revision}"` };
    const answer = await house.as('chuyenvien.skhdt', papers(`members/${position}/`), { method: 'PUT', body, headers });
    if (answer.status !== 204) throw new Error(JSON.stringify(answer.body));
  };
  const view = (mailbox: string, position = 1) =>
    house.as(mailbox, `${papers(`members/${position}/`)}/view`, { body: { reason: 'visa' } });
  const everything = async (): Promise<string> => {
    const dump = mkdtempSync(path.join(folder, 'backup-'));
    await createBackup(
      {
        ...{ unitOfWork: unitOfWork(), dumpTables, loadTables, now: () => clock.now(), migrate: async () => [] },
        files: createDiskStore({ directory: path.join(folder, 'files'), maxBytes: 1_000_000 }),
        auditDir: path.join(folder, 'audit'),
      },
      path.join(dump, 'whole'),
    );
    const files = readdirSync(dump, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    const bytesOf = (name: string) => (name.endsWith('.gz') ? gunzipSync(readFileSync(name)) : readFileSync(name));
    return files
      .map((one) => `${one.name}\n${bytesOf(path.join(one.parentPath, one.name)).toString('latin1')}`)
      .join('\n');
  };

  it('is listed masked to whoever reads the case, and the list opens nothing', async () => {
    const { body, status } = await house.as('giamdoc.sngv', papers());
    expect(status).toBe(200);
    expect(body.items[0]).toMatchObject({ passportNumber: '••••••••', birthDate: '••/••/••••', mayView: false });
    expect(JSON.stringify(body)).not.toContain(passport);
    expect(JSON.stringify((await house.as('chuyenvien.skhdt', `/cases/${caseId}`)).body)).not.toContain(passport);
  });

  it('is shown for a reason, and who looked at whose papers and why is on record', async () => {
    expect((await house.as('thamdinh.sngv', `${papers('members/1/')}/view`, { body: {} })).status).toBe(400);
    expect((await view('giamdoc.sngv')).status).toBe(403);
    const shown = await view('thamdinh.sngv', 2);
    expect(shown.body).toMatchObject({ passportNumber: 'C1112223', birthDate, passportExpiresOn: '2031-01-01' });
    const [record] = await house.query<Record<string, unknown>>(
      `select kind, principal_id, subject_id, details from audit_records where action = 'identityPapers.shown' order by at desc`,
    );
    expect(record).toEqual({
      kind: 'personalData',
      principal_id: await house.personId('thamdinh.sngv'),
      subject_id: await house.personId('chuyenvien.skhdt'),
      details: { position: 2, reason: 'visa' },
    });
  });

  it('lies in no table and no backup in the clear', async () => {
    const forms = [passport, Buffer.from(passport).toString('hex'), Buffer.from(passport).toString('base64')];
    const kept = await everything();
    expect(kept.includes('identity_papers')).toBe(true);
    expect(forms.filter((form) => kept.includes(form))).toEqual([]);
    // The same search finds what is not sealed.
    await house.query(`update people set search_name = $1 where email like 'vanthu.vpubnd@%'`, [passport]);
    expect((await everything()).includes(passport)).toBe(true);
    await house.query(`update people set search_name = '' where email like 'vanthu.vpubnd@%'`);
  });

  it('opens for nobody who moves a sealed value to another person', async () => {
    await house.query(
      `update identity_papers set sealed_birth_date = (select sealed_birth_date from identity_papers where member_key like 'person:%')
       where member_key like 'name:%'`,
    );
    expect((await view('thamdinh.sngv')).status).toBe(500);
    await record(1, { birthDate });
    expect((await view('thamdinh.sngv')).body.birthDate).toBe(birthDate);
  });

  it('is found again by the number, before, during and after a change of keys', async () => {
    const find = async () =>
      (
        await house.as('thamdinh.sngv', '/identity-papers/search', {
          body: { passportNumber: 'b765 4321', reason: 'visa' },
        })
      ).body.items;
    expect(await find()).toMatchObject([{ caseId, fullName: 'Nguyễn Thị Mẫu' }]);
    const given = { unitOfWork: unitOfWork(), now: () => clock.now() };
    // Sealed with the new key by a command that reads the old one, then back: the API under test knows the first key only.
    expect(await rotateKeys({ ...given, keys: [second, first] })).toMatchObject({ resealed: 4, inUse: ['k2'] });
    expect((await view('thamdinh.sngv')).status).toBe(500);
    expect(await rotateKeys({ ...given, keys: [second] })).toMatchObject({ resealed: 0 });
    await expect(rotateKeys({ ...given, keys: [keyOf('k3')] })).rejects.toThrow('No data key "k2"');
    expect(await rotateKeys({ ...given, keys: [first, second] })).toMatchObject({ resealed: 4, inUse: ['k1'] });
    expect(await find()).toHaveLength(1);
    expect((await view('thamdinh.sngv')).body.passportNumber).toBe(passport);
  });

  it('is handed to the person themselves, whole and on record, without passwords and tokens', async () => {
    const { body, headers } = await house.as('chuyenvien.skhdt', '/me/data');
    expect(headers.get('content-disposition')).toContain('attachment');
    expect(body.person).toMatchObject({ email: 'chuyenvien.skhdt@tuyenquang.example' });
    expect(body.trips).toMatchObject([{ fullName: 'Chuyên viên' }]);
    expect(body.identityPapers).toMatchObject([{ passportNumber: 'C1112223', birthDate }]);
    expect(body.sessions.length).toBeGreaterThan(0);
    expect(body.records.map((one: { action: string }) => one.action)).toContain('identityPapers.shown');
    expect(JSON.stringify(body)).not.toMatch(/\$argon2|token_?hash|Nguyễn Thị Mẫu/i);
    expect((await house.as('chuyenvien.skhdt', '/me/data')).body.records).toContainEqual(
      expect.objectContaining({ action: 'person.ownDataExported' }),
    );
  });

  it('goes when its time is over: counted first, erased then, and the chains stay whole', async () => {
    const { provinceId } = house.api;
    const privacy = { unitOfWork: unitOfWork(), clock };
    const due = async () => {
      const { rules } = await retentionReport(privacy, provinceId);
      return Object.fromEntries(rules.filter((rule) => rule.due > 0).map((rule) => [rule.dataClass, rule.due]));
    };
    await house.must('chuyenvien.skhdt', caseId, { type: 'WITHDRAW', reason: 'Đối tác hoãn đoàn' });
    expect(await due()).toEqual({});
    clock.set(instantAt('2023-06-01', '08:00'));
    expect(await due()).toMatchObject({ identityPapers: 2 });
    expect(await due()).toMatchObject({ identityPapers: 2 });
    const run = await applyRetention(privacy, { provinceId, personId: null, requestId: null });
    expect(run.erased).toMatchObject({ identityPapers: 2 });
    expect(await house.query('select 1 from identity_papers')).toEqual([]);
    expect(await due()).toEqual({});

    const administrator = await house.personId('thamdinh.sngv');
    await house.query(
      `insert into retention_rules (province_id, data_class, keep_days, changed_at, changed_by_id)
       values ($1, 'freeText', 30, now(), $2)`,
      [provinceId, administrator],
    );
    expect(await due()).toEqual({ freeText: 1 });
    clock.set(instantAt('2023-06-03', '08:00'));
    expect(await applyDailyRetention(privacy)).toMatchObject([{ erased: { freeText: 1 } }]);
    expect(await applyDailyRetention(privacy)).toEqual([]);
    expect(await house.query('select 1 from events where private is not null')).toEqual([]);
    for (const report of await house.replayAll()) expect(report).toMatchObject({ matches: true });
    const verdict = await house.as('quantri.sngv', '/operations/audit/verify', { body: {} });
    expect(verdict.body).toMatchObject({ faults: [] });
    expect(
      await house.query(`select count(*)::int as runs from audit_records where action = 'retention.applied'`),
    ).toEqual([{ runs: 2 }]);
  });

  it('of a member who left the delegation goes the day after', async () => {
    const other = await house.open();
    const headers = { 'if-match': '"1"' };
    const at = `/cases/${other}/members/1/identity-papers`;
    await house.as('chuyenvien.skhdt', at, { method: 'PUT', body: { passportNumber: passport }, headers });
    await house.edit(other, { members: [{ fullName: 'Người khác', role: 'leader' }] });
    const privacy = { unitOfWork: unitOfWork(), clock };
    const { provinceId } = house.api;
    const apply = () => applyRetention(privacy, { provinceId, personId: null, requestId: null });
    expect((await apply()).erased).not.toHaveProperty('formerMembersPapers');
    clock.set(instantAt('2023-06-05', '08:00'));
    expect((await apply()).erased).toMatchObject({ formerMembersPapers: 1 });
  });

  it('says of each key since when it is used, and when another takes its place; what an old one signed stays valid', async () => {
    const [old, fresh] = [createSigner(newKey()), createSigner(newKey())];
    const work = unitOfWork();
    const seal = (signer: typeof old, at: Date) => work.run((tx) => sealCheckpoint(tx, { at, signer }));
    const ages = (now: Date) =>
      work.run((tx) => keyAges(tx, { keys: [first, second], signingKeyId: fresh.keyId, now }));
    const begun = clock.now();
    await seal(old, begun);
    const later = instantAt('2024-03-01', '08:00');
    expect((await ages(later)).find(({ id }) => id === fresh.keyId)).toMatchObject({ since: null, isDue: false });
    await house.as('quantri.sngv', '/operations/retention/runs', { body: {} });
    await seal(fresh, later);
    const of = async (now: Date) => Object.fromEntries((await ages(now)).map((age) => [age.id, age]));
    expect(await of(later)).toMatchObject({
      [old.keyId]: { kind: 'signing', since: dayOf(begun), inUse: false, changeBy: null },
      [fresh.keyId]: { kind: 'signing', since: '2024-03-01', inUse: true, changeBy: '2026-03-01', isDue: false },
      k1: { kind: 'data', since: '2023-01-09', inUse: true, isDue: false },
      k2: { kind: 'data', inUse: false, changeBy: null },
    });
    const due = await of(instantAt('2026-03-01', '08:00'));
    expect([due[fresh.keyId]!.isDue, due.k1!.isDue, due[old.keyId]!.isDue]).toEqual([true, true, false]);
    const report = await work.run((tx) => verifyCheckpoints(tx, { keyIds: [old.keyId, fresh.keyId] }));
    expect(report).toMatchObject({ faults: [], keyIds: [old.keyId, fresh.keyId] });
    const without = await work.run((tx) => verifyCheckpoints(tx, { keyIds: [fresh.keyId] }));
    expect(without.faults).toContainEqual(expect.objectContaining({ kind: 'key' }));
  });
});
