import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LetterheadContent } from '#contracts/letterhead.js';
import { instantAt } from '#libs/calendar';
import { DelegationHouse } from './delegation-house.js';

describe('the letterhead of an office', () => {
  let house: DelegationHouse;
  let department: string;
  let committee: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    department = await house.organisationId('SKHDT');
    committee = await house.organisationId('UBND');
  });
  afterAll(() => house.close());

  const show = async (id: string, body = 'own') => {
    const { bodies } = (await house.as('quantri.sngv', `/organisations/${id}/letterheads`)).body;
    return bodies.find((one: { body: string }) => one.body === body);
  };
  const save = (id: string, content: object, from: string, by = 'quantri.sngv', body = 'own') =>
    house.as(by, `/organisations/${id}/letterheads`, { body: { body, from, content } });
  const draft = async (caseId: string, more: object = {}) =>
    house.as('chuyenvien.skhdt', `/cases/${caseId}/official-documents`, { body: { type: 'proposalLetter', ...more } });
  const printedOf = async (id: string) => {
    const [row] = await house.query<{
      content: { letterhead: object; reference: { symbol: string }; signature: object };
    }>('select content from official_documents where id = $1', [id]);
    return row!.content;
  };
  const changed = (today: LetterheadContent): LetterheadContent => ({
    ...today,
    issuer: 'Sở Kế hoạch và Đầu tư tỉnh',
    symbol: 'SKHDT',
    letterSymbol: 'SKHDT-TH',
    signatures: {
      ...today.signatures,
      KT: { allowed: true, line: 'KT. GIÁM ĐỐC SỞ' },
      TUQ: { allowed: false, line: null },
    },
  });

  it('is made from the organisation until somebody says how it writes', async () => {
    const own = await show(department);
    expect(own).toMatchObject({
      versions: [],
      today: { issuer: 'Sở Kế hoạch và Đầu tư', place: 'Tuyên Quang', symbol: 'SKHĐT', letterSymbol: 'SKHĐT-VP' },
    });
    expect(await show(committee, 'party')).toMatchObject({ today: { issuer: 'Đảng ủy UBND tỉnh', symbol: 'ĐU' } });
    expect(await show(department, 'party')).toBeUndefined();
  });

  it('is changed by an administrator only, from today on, with what is wrong said field by field', async () => {
    const { today } = await show(department);
    expect((await save(department, today, '2023-01-09', 'giamdoc.skhdt')).status).toBe(403);
    const early = await save(department, today, '2023-01-08');
    expect(early).toMatchObject({ status: 400, body: { errors: [{ path: 'from' }] } });
    const wrong = {
      ...today,
      symbol: '12/SKHĐT',
      letterSymbol: null,
      superior: today.issuer,
      collective: 'TM. Ban Giám đốc',
      signatures: { ...today.signatures, KT: { allowed: true, line: 'PHÓ GIÁM ĐỐC' } },
    };
    const refused = await save(department, wrong, '2023-01-09');
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'content.symbol',
      'content.letterSymbol',
      'content.superior',
      'content.collective',
      'content.signatures.KT.line',
    ]);
    expect(refused.body.errors[4].detail).toContain('phải bắt đầu bằng "KT. "');
    const party = await save(department, { ...today, letterSymbol: null }, '2023-01-09', 'quantri.sngv', 'party');
    expect(party).toMatchObject({ status: 400, body: { errors: [{ path: 'body' }] } });
    expect((await show(department)).versions).toEqual([]);
  });

  it('is looked at before it is used, and nothing is written by looking', async () => {
    const { today } = await show(department);
    const path = `/organisations/${department}/letterheads/preview`;
    const looked = await house.as('quantri.sngv', path, { body: { body: 'own', content: changed(today) } });
    expect(looked.body).toMatchObject({
      form: 'state',
      head: ['ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG', 'SỞ KẾ HOẠCH VÀ ĐẦU TƯ TỈNH'],
      decisionNumber: '01/QĐ-SKHDT',
      letterNumber: '01/SKHDT-TH',
      placeAndDate: 'Tuyên Quang, ngày 09 tháng 01 năm 2023',
    });
    expect(looked.body.blocks.map(({ lines }: { lines: string[] }) => lines)).toEqual([
      ['GIÁM ĐỐC'],
      ['KT. GIÁM ĐỐC SỞ', 'PHÓ GIÁM ĐỐC'],
      ['TL. GIÁM ĐỐC', 'TRƯỞNG PHÒNG'],
      ['Q. GIÁM ĐỐC'],
    ]);
    const { today: party } = await show(committee, 'party');
    const partyPath = `/organisations/${committee}/letterheads/preview`;
    const ofParty = await house.as('quantri.sngv', partyPath, { body: { body: 'party', content: party } });
    expect(ofParty.body).toMatchObject({ form: 'party', decisionNumber: '01-TTr/ĐU', letterNumber: '01-CV/ĐU' });
    expect(ofParty.body.blocks[0].lines[0]).toBe('T/M BAN THƯỜNG VỤ');
    expect((await show(department)).versions).toEqual([]);
  });

  it('prints what is drafted from its day on; a document of an earlier day keeps the old one', async () => {
    const caseId = await house.openWithDossier();
    const { today } = await show(department);
    const first = (await draft(caseId)).body;
    const numbered = await house.as('chuyenvien.skhdt', `/official-documents/${first.id}/number`, { body: {} });
    expect(numbered.body.number).toBe('01/SKHĐT-VP');

    const saved = await save(department, changed(today), '2023-01-11');
    expect(saved.status).toBe(201);
    // Not yet: it is used from Wednesday on.
    expect((await show(department)).today.issuer).toBe('Sở Kế hoạch và Đầu tư');
    const second = (await draft(caseId)).body;
    expect(await printedOf(second.id)).toMatchObject({ letterhead: { issuer: 'Sở Kế hoạch và Đầu tư' } });

    house.clock.set(instantAt('2023-01-11', '08:00'));
    expect(await show(department)).toMatchObject({
      today: { issuer: 'Sở Kế hoạch và Đầu tư tỉnh' },
      versions: [{ from: '2023-01-11', inForce: true, createdBy: { fullName: expect.any(String) } }],
    });
    // A draft of the day before may not get a number of today.
    const stale = await house.as('chuyenvien.skhdt', `/official-documents/${second.id}/number`, { body: {} });
    expect(stale).toMatchObject({ status: 409, body: { detail: expect.stringContaining('mẫu tiêu đề') } });
    const third = (await draft(caseId)).body;
    expect(await printedOf(third.id)).toMatchObject({
      letterhead: { issuer: 'Sở Kế hoạch và Đầu tư tỉnh', superior: 'Ủy ban nhân dân tỉnh Tuyên Quang' },
      reference: { symbol: 'SKHDT-TH' },
    });
    const next = await house.as('chuyenvien.skhdt', `/official-documents/${third.id}/number`, { body: {} });
    expect(next.body.number).toBe('02/SKHDT-TH');
    expect(await printedOf(first.id)).toMatchObject({
      letterhead: { issuer: 'Sở Kế hoạch và Đầu tư' },
      reference: { symbol: 'SKHĐT-VP' },
    });
    const [audit] = await house.query(
      `select count(*)::int as n from audit_records where action = 'letterhead.changed'`,
    );
    expect(audit).toEqual({ n: 1 });
  });

  it('lets nobody sign by an authority its signature blocks do not have', async () => {
    const caseId = await house.openWithDossier();
    const signerId = await house.personId('chutich.ubnd');
    const refused = await draft(caseId, { signerId, authority: 'TUQ' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'authority' }] } });
    expect(refused.body.errors[0].detail).toContain('không ký văn bản theo quyền hạn TUQ.');
  });
});
