import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { outsideDocumentNumber } from '#contracts/outside-document.js';
import { docxFile, wordParagraph } from '#test/support/office-files.js';
import { DelegationHouse, document } from './delegation-house.js';

describe('classified matter', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const storedText = async (caseId: string) =>
    JSON.stringify([
      await house.query('select * from proposals where instance_id = $1', [caseId]),
      await house.query('select * from proposal_revisions where instance_id = $1', [caseId]),
      await house.query('select * from proposal_members where instance_id = $1', [caseId]),
      await house.query('select * from proposal_funding where instance_id = $1', [caseId]),
      await house.query('select * from proposal_countries where instance_id = $1', [caseId]),
    ]);

  it('is not uploaded: without the declaration, or with a name, title or number that says so', async () => {
    const caseId = await house.open();
    const put = (fields: Record<string, string>, name?: string) =>
      house.attach('chuyenvien.skhdt', caseId, { kind: 'other', ...fields }, undefined, name);
    expect((await put({ noStateSecrets: 'false' })).status).toBe(400);
    const undeclared = await put({ noStateSecrets: '' });
    expect(undeclared).toMatchObject({ status: 400, body: { errors: [{ path: 'noStateSecrets' }] } });
    expect(undeclared.body.errors[0].detail).toContain('không chứa bí mật nhà nước');
    for (const [fields, name] of [
      [{}, 'Kế hoạch (MẬT).pdf'],
      [{}, '480-BNG-CNV-m.pdf'],
      [{ title: 'Tài liệu TỐI MẬT' }, undefined],
      [{ number: '480/BNG-CNV-m' }, undefined],
      [{ number: '12/BC-MẬT' }, undefined],
    ] as const) {
      const answer = await put({ ...fields }, name);
      expect(answer).toMatchObject({ status: 422, body: { code: 'FILE_REJECTED' } });
      expect(answer.body.detail).toMatch(/bí mật nhà nước|văn bản mật/);
    }
    expect(await house.query('select 1 from dossier_documents where instance_id = $1', [caseId])).toEqual([]);
  });

  it('is not uploaded by what is written inside: a DOCX, the signed copy of a document', async () => {
    const caseId = await house.openWithDossier();
    const marked = docxFile(wordParagraph('Độ mật: Tối mật') + wordParagraph('Gặp đối tác X'));
    const answer = await house.attach(
      'chuyenvien.skhdt',
      caseId,
      { kind: 'other' },
      Buffer.from(marked),
      'kế hoạch.docx',
    );
    expect(answer).toMatchObject({ status: 422, body: { code: 'FILE_REJECTED' } });
    expect(answer.body.detail).toContain('TỐI MẬT');
    const files = () => house.query('select sha256 from stored_files order by 1');
    const before = await files();
    const letter = { type: 'proposalLetter' };
    const drafted = (await house.as('chuyenvien.skhdt', `/cases/${caseId}/official-documents`, { body: letter })).body;
    await house.as('chuyenvien.skhdt', `/official-documents/${drafted.id}/number`, { body: {} });
    const path = `/official-documents/${drafted.id}/signed-copy`;
    const copy = { bytes: Buffer.from(marked), name: 'bản ký.docx' };
    expect((await house.upload('chuyenvien.skhdt', path, {}, copy)).status).toBe(422);
    expect(await files()).toEqual(before);
    // What the product writes itself carries no marking.
    const { bytes } = await house.download('chuyenvien.skhdt', `/official-documents/${drafted.id}/file`);
    const own = { bytes: Buffer.from(bytes), name: 'bản ký.docx' };
    expect((await house.upload('chuyenvien.skhdt', path, {}, own)).status).toBe(201);
  });

  it('is not written down: a marked text is refused by its field and nothing of it is stored', async () => {
    const created = await house.as('chuyenvien.skhdt', '/proposals', {
      body: { proposal: { ...house.complete(), content: 'Độ mật: Tuyệt mật. Gặp đối tác X' } },
    });
    expect(created).toMatchObject({ status: 400, body: { errors: [{ path: 'proposal.content' }] } });
    expect(created.body.errors[0].detail).toContain('TUYỆT MẬT');
    const caseId = await house.open();
    const edited = await house.edit(caseId, { partners: 'TỐI MẬT: đối tác X' });
    expect(edited).toMatchObject({ status: 400, body: { errors: [{ path: 'partners' }] } });
    expect(await storedText(caseId)).not.toContain('đối tác X');
    const noted = await house.fire('chuyenvien.skhdt', caseId, { type: 'SUBMIT', note: 'Xem công văn (Mật) kèm theo' });
    expect(noted).toMatchObject({ status: 400, body: { errors: [{ path: 'note' }] } });
  });

  it('is not named: a number with a secret suffix is refused, its place outside the system is not', async () => {
    const caseId = await house.openInApproval();
    const secret = { type: 'APPROVE', document: { number: '341/BNG-CNV-m', date: '2023-01-09' } };
    const refused = await house.fire('giamdoc.sngv', caseId, secret);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'document.number' }] } });
    const outside = { number: outsideDocumentNumber, date: '2023-01-09' };
    await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document: outside });
    const { body } = await house.as('thamdinh.sngv', `/cases/${caseId}`);
    expect(body.approvals[0].document).toEqual(outside);
  });

  it('may stand in the checklist as kept outside, with nothing of it here', async () => {
    const caseId = await house.open();
    for (const kind of ['proposalLetter', 'programme', 'memberList'])
      await house.attach('chuyenvien.skhdt', caseId, { kind });
    const put = await house.as('chuyenvien.skhdt', `/cases/${caseId}/documents/outside`, {
      body: { kind: 'costEstimate' },
    });
    expect(put).toMatchObject({ status: 201, body: { kind: 'costEstimate', file: null, number: null } });
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    const { body } = await house.as('chuyenvien.skhdt', `/cases/${caseId}`);
    expect(body.proposal.documents.filter((one: { file: unknown }) => one.file === null)).toMatchObject([
      { kind: 'costEstimate' },
    ]);
    const stranger = await house.as('chuyenvien.stc', `/cases/${caseId}/documents/outside`, {
      body: { kind: 'other' },
    });
    expect(stranger.status).toBe(404);
  });

  it('handled outside moves through every step to the decision with no content stored', async () => {
    const caseId = await house.open({ purpose: 'Gặp đối tác X' });
    expect((await house.edit(caseId, { handledOutside: true })).status).toBe(200);
    const stored = await storedText(caseId);
    for (const word of ['đối tác X', 'Gunma', 'Phong', 'Nhật', 'Xã hội hóa', 'chỉ đạo'])
      expect(stored).not.toContain(word);
    expect((await house.edit(caseId, { purpose: 'Gặp đối tác X' })).status).toBe(200);
    expect(await storedText(caseId)).not.toContain('đối tác X');
    const upload = await house.attach('chuyenvien.skhdt', caseId, { kind: 'programme' });
    expect(upload).toMatchObject({ status: 422, body: { code: 'FILE_REJECTED' } });
    const outside = { number: outsideDocumentNumber, date: '2023-01-09' };
    const road: [string, object][] = [
      ['chuyenvien.skhdt', { type: 'SUBMIT' }],
      ['giamdoc.skhdt', { type: 'SIGN_SUBMIT', document: outside }],
      ['thamdinh.sngv', { type: 'RECEIVE' }],
      ['thamdinh.sngv', { type: 'ACCEPT_DOSSIER' }],
      ['thamdinh.sngv', { type: 'FORWARD' }],
      // Who travels is not known here, so the strictest road is taken.
      ['giamdoc.sngv', { type: 'APPROVE', document: outside }],
      ['phochutich.ubnd', { type: 'APPROVE', document: outside }],
      ['thuongtruc.tinhuy', { type: 'APPROVE', document: outside }],
      ['vanthu.vpubnd', { type: 'APPROVE', document: outside }],
    ];
    for (const [who, event] of road) await house.must(who, caseId, event);
    const signerId = await house.personId('phochutich.ubnd');
    await house.must('vanthu.vpubnd', caseId, { type: 'ISSUE_DECISION', document: outside, signerId });
    const { body } = await house.as('thamdinh.sngv', `/cases/${caseId}`);
    expect(body.phase.id).toBe('notification');
    expect(body.deadlines.map((one: { name: string }) => one.name)).toContain('mofaNotificationDeadline');
  });

  it('cannot be declared of a case that has files already', async () => {
    const caseId = await house.openWithDossier();
    expect(await house.edit(caseId, { handledOutside: true })).toMatchObject({
      status: 409,
      body: { code: 'EVENT_REFUSED' },
    });
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
  });
});
