import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DelegationHouse, document } from './delegation-house.js';

const officer = 'chuyenvien.skhdt';

/** Ids that come from a request must name something of this case and this province. */
describe('what an event or an edit may name', () => {
  let house: DelegationHouse;
  let foreignOrganisation: string;
  let foreignPerson: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    [foreignOrganisation, foreignPerson] = await anotherProvince(house);
  });
  afterAll(() => house.close());

  const refusedField = (path: string) => ({
    status: 400,
    body: { code: 'VALIDATION_FAILED', errors: [expect.objectContaining({ path })] },
  });

  it('asks only organisations of the province for an opinion, so that no other province learns of the case', async () => {
    const caseId = await openInReview(house);
    const ask = (organisationIds: string[]) =>
      house.fire('thamdinh.sngv', caseId, { type: 'REQUEST_OPINION', organisationIds });
    const known = await house.organisationId('STC');
    expect(await ask([known, foreignOrganisation])).toMatchObject(refusedField('organisationIds.1'));
    expect(await ask([randomUUID()])).toMatchObject(refusedField('organisationIds.0'));
    const asked = await house.query(`select 1 from tasks where instance_id = $1 and kind = 'giveOpinion'`, [caseId]);
    expect(asked).toEqual([]);
    expect((await ask([known])).status).toBe(200);
  });

  it('refers to a file of its own dossier only', async () => {
    const other = await house.openWithDossier();
    const attached = await house.attach(officer, other, { kind: 'decision' });
    const caseId = await house.openInApproval();
    const approve = (fileId: string) =>
      house.fire('giamdoc.sngv', caseId, { type: 'APPROVE', document: { ...document, fileId } });
    for (const fileId of [attached.body.file.id, randomUUID()])
      expect(await approve(fileId)).toMatchObject(refusedField('document.fileId'));
    const own = await house.attach('giamdoc.sngv', caseId, { kind: 'decision' });
    expect((await approve(own.body.file.id)).status).toBe(200);
  });

  it('counts only people of the province as members', async () => {
    const members = [
      { personId: await house.personId('giamdoc.skhdt'), fullName: 'Một (mẫu)', position: 'Giám đốc', role: 'leader' },
      { personId: foreignPerson, fullName: 'Hai (mẫu)', position: 'Chuyên viên' },
    ];
    const body = { proposal: { delegationName: 'Đoàn có người tỉnh khác', members } };
    expect(await house.as(officer, '/proposals', { body })).toMatchObject(refusedField('proposal.members.1.personId'));
    const caseId = await house.open();
    const edited = await house.as(officer, `/cases/${caseId}/proposal`, {
      method: 'PATCH',
      body: { members },
      headers: { 'if-match': '"1"' },
    });
    expect(edited).toMatchObject(refusedField('members.1.personId'));
  });
});

describe('who may add a document', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  it('is whoever takes part in the case, not who only looks on', async () => {
    const caseId = await openInReview(house);
    const attach = async (mailbox: string) => (await house.attach(mailbox, caseId, { kind: 'other' })).status;
    for (const takesPart of [officer, 'giamdoc.skhdt', 'thamdinh.sngv']) expect(await attach(takesPart)).toBe(201);
    for (const looksOn of ['thanhtra.sngv', 'quantri.sngv']) expect(await attach(looksOn)).toBe(403);
    for (const stranger of ['chuyenvien.stc', 'thamdinh.stc']) expect(await attach(stranger)).toBe(404);
    const organisationIds = [await house.organisationId('STC')];
    await house.must('thamdinh.sngv', caseId, { type: 'REQUEST_OPINION', organisationIds });
    expect(await attach('thamdinh.stc')).toBe(201);
  });

  it('is a traveller without an office in the case, too', async () => {
    const personId = await house.personId('giamdoc.svhttdl');
    const members = [{ personId, fullName: 'Âu Thế Hùng (mẫu)', position: 'Giám đốc', role: 'leader' }];
    const caseId = await house.open({ members });
    expect((await house.attach('giamdoc.svhttdl', caseId, { kind: 'report' })).status).toBe(201);
  });
});

describe('an amendment', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const edit = async (caseId: string, body: object) => {
    const { revision } = (await house.as(officer, `/cases/${caseId}`)).body.proposal;
    const headers = { 'if-match': `"${revision}"` };
    const answer = await house.as(officer, `/cases/${caseId}/proposal`, { method: 'PATCH', body, headers });
    expect(answer.status).toBe(200);
  };
  const contentOf = async (caseId: string) => (await house.as(officer, `/cases/${caseId}`)).body.proposal;

  it.each([
    ['partners', { partners: 'Đối tác khác' }],
    ['programme', { content: 'Chương trình khác hẳn' }],
  ])('asked for the members carries no other %s along', async (_, other) => {
    const caseId = await openPrepared(house);
    await house.must(officer, caseId, { type: 'REQUEST_AMENDMENT', changedFields: ['members'], reason: 'thêm người' });
    await edit(caseId, other);
    const body = { type: 'AMENDMENT_APPROVED', document };
    const refused = await house.must('chutich.ubnd', caseId, body, { refused: 409 });
    expect(refused.body.rules).toMatchObject([{ name: 'amendmentNamesChanges' }]);
    await house.must('chutich.ubnd', caseId, { type: 'AMENDMENT_REJECTED', reason: 'đề nghị lại' });
    expect(await contentOf(caseId)).toMatchObject({ partners: '', content: 'Làm việc với chính quyền tỉnh Gunma' });
  });

  it('edited after the leader read it is not approved unread', async () => {
    const caseId = await openPrepared(house);
    await house.must(officer, caseId, {
      type: 'REQUEST_AMENDMENT',
      changedFields: ['partners'],
      reason: 'đổi đối tác',
    });
    await edit(caseId, { partners: 'Đối tác đã đọc' });
    const { version } = (await house.as('chutich.ubnd', `/cases/${caseId}`)).body;
    await edit(caseId, { partners: 'Đối tác chưa đọc' });
    const approve = (read: number) =>
      house.fire('chutich.ubnd', caseId, { type: 'AMENDMENT_APPROVED', document }, { 'if-match': `"${read}"` });
    expect(await approve(version)).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    expect((await approve(version + 1)).status).toBe(200);
  });

  it('left undecided lapses with the return: what was decided is what stays', async () => {
    const caseId = await openPrepared(house);
    await house.must('thamdinh.sngv', caseId, { type: 'DEPART', departedOn: '2023-01-09' });
    await house.must(officer, caseId, {
      type: 'REQUEST_AMENDMENT',
      changedFields: ['partners'],
      reason: 'đổi đối tác',
    });
    await edit(caseId, { partners: 'Đối tác chưa ai đồng ý' });
    await house.must(officer, caseId, { type: 'RETURN_HOME', returnedOn: '2023-01-09' });
    expect(await contentOf(caseId)).toMatchObject({ partners: '' });
  });
});

/** Decided, with every preparation done. */
async function openPrepared(house: DelegationHouse): Promise<string> {
  const caseId = await house.openInApproval();
  await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document });
  await house.must('chutich.ubnd', caseId, { type: 'APPROVE', document });
  await house.must('thuongtruc.tinhuy', caseId, { type: 'APPROVE', document });
  const signerId = await house.personId('chutich.ubnd');
  await house.must('vanthu.vpubnd', caseId, { type: 'ISSUE_DECISION', document, signerId });
  await house.must('thamdinh.sngv', caseId, { type: 'PASSPORT_GIVEN' });
  for (const type of ['NOTE_VERBALE_ISSUED', 'MOFA_NOTIFIED', 'EMBASSY_NOTIFIED'])
    await house.must('thamdinh.sngv', caseId, { type, document });
  await house.must(officer, caseId, { type: 'FUNDING_CONFIRMED' });
  return caseId;
}

async function openInReview(house: DelegationHouse): Promise<string> {
  const caseId = await house.openWithDossier();
  await house.must(officer, caseId, { type: 'SUBMIT' });
  await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
  await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
  return caseId;
}

/** An organisation and a person of a province next door, in the same database. */
async function anotherProvince(house: DelegationHouse): Promise<[organisationId: string, personId: string]> {
  const [provinceId, organisationId, versionId, personId] = Array.from({ length: 4 }, () => randomUUID());
  await house.query(`insert into provinces (id, code, name) values ($1, 'HG', 'Hà Giang')`, [provinceId]);
  await house.query(`insert into organisations (id, province_id, code, kind) values ($1, $2, 'HGSTC', 'department')`, [
    organisationId,
    provinceId,
  ]);
  await house.query(
    `insert into organisation_versions (id, organisation_id, name, short_name, valid_from)
     values ($1, $2, 'Sở Tài chính Hà Giang', 'STC', '2019-01-01')`,
    [versionId, organisationId],
  );
  await house.query(
    `insert into people (id, province_id, full_name, search_name, email, language, password_hash, active, created_at)
     select $1, $2, full_name, search_name, 'nguoi@hagiang.example', language, password_hash, active, created_at
     from people limit 1`,
    [personId, provinceId],
  );
  return [organisationId!, personId!];
}
