import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import { takeNumber } from '#libs/correspondence';
import { findOffice, type Pdf, renderDocx } from '#test/support/office-to-pdf.js';
import type { Answer } from './api-under-test.js';
import { DelegationHouse, document, pdf } from './delegation-house.js';

const office = findOffice();
/** Where to leave the documents when somebody wants to look at them; null else. */
const keepIn: string | null = null;

describe('official documents', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const draft = (mailbox: string, caseId: string, body: object) =>
    house.as(mailbox, `/cases/${caseId}/official-documents`, { body });
  const take = (mailbox: string, id: string, body: object = {}) =>
    house.as(mailbox, `/official-documents/${id}/number`, { body });
  const bytesOf = (mailbox: string, id: string) => house.download(mailbox, `/official-documents/${id}/file`);
  const must = (answer: Answer, status = 201) => {
    if (answer.status !== status) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };

  const signed = async (mailbox: string, id: string, bytes = pdf, name = 'bản ký.pdf') =>
    house.upload(mailbox, `/official-documents/${id}/signed-copy`, {}, { bytes, name });

  describe('are drafted', () => {
    it('by who may, when the case is so far, and say why not otherwise', async () => {
      const caseId = await house.openWithDossier();
      const early = await draft('thamdinh.sngv', caseId, { type: 'submission' });
      expect(early).toMatchObject({ status: 409, body: { code: 'EVENT_REFUSED' } });
      expect(early.body.detail).toContain('chưa được thủ trưởng đơn vị ký trình');
      expect((await draft('thamdinh.sngv', caseId, { type: 'proposalLetter' })).status).toBe(403);
      expect((await draft('chuyenvien.skhdt', caseId, { type: 'decision' })).status).toBe(403);
      expect((await draft('chuyenvien.svhttdl', caseId, { type: 'proposalLetter' })).status).toBe(404);
      const letter = must(await draft('chuyenvien.skhdt', caseId, { type: 'proposalLetter' }));
      expect(letter).toMatchObject({
        state: 'draft',
        number: null,
        issuer: { name: 'Sở Kế hoạch và Đầu tư' },
        signature: { lines: ['GIÁM ĐỐC'], name: 'Lê Hồng Phong (mẫu)' },
        fileName: expect.stringMatching(/^Công văn đề nghị cử đoàn DR-2023-\d{4} \(dự thảo\)\.docx$/),
        may: { number: true, attachSigned: false },
      });
      const list = (await house.as('chuyenvien.skhdt', `/cases/${caseId}/official-documents`)).body;
      expect(list.offers.map((offer: { type: string }) => offer.type)).toEqual(['proposalLetter', 'tripReport']);
      expect(list.offers[1]).toMatchObject({ allowed: false, reason: { vi: 'Đoàn chưa về nước.' } });
    });

    it('anew in the place of the earlier draft', async () => {
      const caseId = await house.openWithDossier();
      await draft('chuyenvien.skhdt', caseId, { type: 'proposalLetter' });
      const second = must(await draft('chuyenvien.skhdt', caseId, { type: 'proposalLetter' }));
      const { items } = (await house.as('chuyenvien.skhdt', `/cases/${caseId}/official-documents`)).body;
      expect(items.map((item: { id: string }) => item.id)).toEqual([second.id]);
    });

    it('with the authority that fits the position of the signer', async () => {
      const caseId = await house.openInApproval();
      await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document });
      const deputy = await house.personId('phochutich.ubnd');
      const byDeputy = must(await draft('vanthu.vpubnd', caseId, { type: 'decision', signerId: deputy }));
      expect(byDeputy.signature).toEqual({ lines: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Lương Thị Bích (mẫu)' });
      const authorised = { type: 'decision', signerId: await house.personId('giamdoc.sngv'), authority: 'TUQ' };
      expect(must(await draft('vanthu.vpubnd', caseId, authorised)).signature.lines).toEqual([
        'TUQ. CHỦ TỊCH',
        'GIÁM ĐỐC',
      ]);
      const wrong = await draft('vanthu.vpubnd', caseId, { type: 'decision', signerId: deputy, authority: 'head' });
      expect(wrong).toMatchObject({ status: 400, body: { errors: [{ path: 'authority' }] } });
    });

    it('never signed by somebody who travels', async () => {
      const chairman = await house.personId('chutich.ubnd');
      const members = [
        { personId: chairman, fullName: 'Hoàng Minh Quang (mẫu)', position: 'Chủ tịch', role: 'leader' },
      ];
      const caseId = await house.openInApproval({ members });
      const made = must(await draft('thamdinh.sngv', caseId, { type: 'decision' }));
      expect(made.signature.lines).toEqual(['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']);
      const own = await draft('thamdinh.sngv', caseId, { type: 'decision', signerId: chairman });
      expect(own).toMatchObject({ status: 400, body: { errors: [{ path: 'signerId' }] } });
    });
  });

  describe('get numbers', () => {
    it('without gap or double when many clerks take at once', async () => {
      const cases = await Promise.all(Array.from({ length: 8 }, () => house.openWithDossier()));
      const letters = await Promise.all(
        cases.map(async (caseId) => must(await draft('chuyenvien.skhdt', caseId, { type: 'proposalLetter' }))),
      );
      // Every letter is asked for twice at the same time: the second answer has the number of the first.
      const taken = await Promise.all(
        letters.flatMap(({ id }) => [take('giamdoc.skhdt', id), take('chuyenvien.skhdt', id)]),
      );
      const numbers = taken.map((answer) => must(answer, 200).number as string);
      const distinct = [...new Set(numbers)].map((text) => Number(text.split('/')[0])).toSorted((a, b) => a - b);
      expect(distinct).toHaveLength(8);
      expect(distinct.at(-1)! - distinct[0]!).toBe(7);
      for (let at = 0; at < numbers.length; at += 2) expect(numbers[at]).toBe(numbers[at + 1]);
      expect(numbers[0]).toMatch(/^\d\d\/SKHDT-VP$|^\d\d\/SKHĐT-VP$/);
    });

    it('from the book itself: a hundred takers, half of whom roll back, leave no gap', async () => {
      const organisationId = await house.organisationId('STC');
      const source = house.api.database.dataSource;
      const outcomes = await Promise.allSettled(
        Array.from({ length: 100 }, (_, at) =>
          source.transaction(async (tx) => {
            const { number } = await takeNumber(tx, { organisationId, series: 'QĐ', day: '2023-03-01' });
            if (at % 2 === 1) throw new Error('roll back');
            return number;
          }),
        ),
      );
      const kept = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(kept.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, at) => at + 1));
    });

    it('of the year of their day, in the order of days, beginning where the paper book stood', async () => {
      const organisationId = await house.organisationId('CAT');
      const source = house.api.database.dataSource;
      const number = (day: string, startAt?: number) =>
        source.transaction((tx) =>
          takeNumber(tx, { organisationId, series: 'CV', day, ...(startAt !== undefined && { startAt }) }),
        );
      expect(await number('2023-03-01', 41)).toEqual({ year: 2023, number: 41 });
      expect(await number('2023-03-02')).toEqual({ year: 2023, number: 42 });
      expect(await number('2024-01-02')).toEqual({ year: 2024, number: 1 });
      await expect(number('2023-03-01')).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      await expect(number('2023-03-02', 60)).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
      expect(await number('2023-03-02')).toEqual({ year: 2023, number: 43 });
    });

    it('only when every level has approved, and not after an edit', async () => {
      const caseId = await house.openInApproval();
      const early = must(await draft('thamdinh.sngv', caseId, { type: 'decision' }));
      // The office of the authority knows of the case since it was sent in; a number waits for every level.
      expect((await take('vanthu.vpubnd', early.id)).status).toBe(409);
      await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document });
      expect(await take('vanthu.vpubnd', early.id)).toMatchObject({ status: 409, body: { code: 'EVENT_REFUSED' } });
      expect((await take('thamdinh.sngv', early.id)).status).toBe(403);
      const open = await house.openWithDossier();
      const letter = must(await draft('chuyenvien.skhdt', open, { type: 'proposalLetter' }));
      await house.edit(open, { capacity: 'Đoàn cấp tỉnh' });
      const stale = await take('giamdoc.skhdt', letter.id);
      expect(stale.body.detail).toContain('soạn lại');
      expect(
        (await house.query('select 1 from official_documents where id = $1 and number is not null', [letter.id]))
          .length,
      ).toBe(0);
    });
  });

  it('keep the bytes of the day of the number, are signed once, and a void number stays taken', async () => {
    const caseId = await house.openWithDossier();
    const { id } = must(await draft('chuyenvien.skhdt', caseId, { type: 'proposalLetter' }));
    expect((await signed('giamdoc.skhdt', id)).status).toBe(409);
    const numbered = must(await take('giamdoc.skhdt', id), 200);
    expect(numbered).toMatchObject({
      state: 'numbered',
      date: '2023-01-09',
      may: { number: false, attachSigned: true },
    });
    const first = await bytesOf('chuyenvien.skhdt', id);
    const again = await bytesOf('thamdinh.sngv', id);
    expect(again.bytes.equals(first.bytes)).toBe(true);
    expect(decodeURIComponent(first.headers.get('content-disposition') ?? '')).toContain(
      `Công văn đề nghị cử đoàn ${numbered.fileName.split(' ')[6]} số ${numbered.number.replace('/', '-')}.docx`,
    );
    expect((await house.as('chuyenvien.svhttdl', `/official-documents/${id}/file`)).status).toBe(404);
    expect(await signed('giamdoc.skhdt', id, Buffer.from('<html>'))).toMatchObject({ body: { code: 'FILE_REJECTED' } });
    const copy = must(await signed('giamdoc.skhdt', id));
    expect(copy).toMatchObject({ state: 'signed', signedFile: { name: 'bản ký.pdf' } });
    const view = (await house.as('chuyenvien.skhdt', `/cases/${caseId}`)).body;
    expect(view.proposal.documents.find((one: { number: string | null }) => one.number !== null)).toMatchObject({
      kind: 'proposalLetter',
      number: numbered.number,
      date: '2023-01-09',
    });
    expect((await signed('giamdoc.skhdt', id)).status).toBe(409);
    const voided = await house.as('giamdoc.skhdt', `/official-documents/${id}/void`, {
      body: { reason: 'In sai tên đoàn' },
    });
    expect(voided.body).toMatchObject({ state: 'void', number: numbered.number, voidReason: 'In sai tên đoàn' });
    const register = (await house.as('giamdoc.skhdt', '/number-register?year=2023')).body;
    const book = register.books.find((one: { series: string }) => one.series === 'CV');
    expect(book.entries.map((one: { number: string }) => Number(one.number.split('/')[0]))).toEqual(
      Array.from({ length: book.lastNumber }, (_, at) => at + 1),
    );
    expect(book.entries.find((one: { documentId: string }) => one.documentId === id)).toMatchObject({ state: 'void' });
    const audited = await house.query('select action from audit_records where subject_id = $1 order by at, action', [
      id,
    ]);
    expect(audited).toEqual([{ action: 'officialDocument.numbered' }, { action: 'officialDocument.voided' }]);
  });

  it('confirm one changed item in place and need a new decision for two', async () => {
    const caseId = await house.openDecided();
    const amendment = async () => (await house.as('chuyenvien.skhdt', `/cases/${caseId}/amendment`)).body;
    expect(await amendment()).toMatchObject({ count: 0, route: 'none', differences: [] });
    await house.must('chuyenvien.skhdt', caseId, {
      type: 'REQUEST_AMENDMENT',
      changedFields: ['dates'],
      reason: 'Đổi lịch',
    });
    await house.edit(caseId, { departureDate: '2023-03-13', returnDate: '2023-03-17' });
    expect(await amendment()).toMatchObject({
      count: 1,
      route: 'onTheSpot',
      differences: [
        {
          field: 'dates',
          before: { vi: 'Từ 06/03/2023 đến 10/03/2023' },
          after: { vi: 'Từ 13/03/2023 đến 17/03/2023' },
        },
      ],
    });
    expect((await draft('vanthu.vpubnd', caseId, { type: 'amendmentDecision' })).body.detail).toContain('một nội dung');
    const page = must(await draft('vanthu.vpubnd', caseId, { type: 'amendmentConfirmation' }));
    expect(page.may).toMatchObject({ number: false, attachSigned: true });
    expect((await take('vanthu.vpubnd', page.id)).body.detail).toContain('không cấp số riêng');
    expect(must(await signed('vanthu.vpubnd', page.id)).state).toBe('signed');
    const { signedFile } = (await house.as('vanthu.vpubnd', `/cases/${caseId}/official-documents`)).body.items[0];
    await house.must('phochutich.ubnd', caseId, {
      type: 'AMENDMENT_APPROVED',
      document: { ...document, fileId: signedFile.id },
    });

    // A second item since the decision: two in all.
    await house.must('chuyenvien.skhdt', caseId, {
      type: 'REQUEST_AMENDMENT',
      changedFields: ['partners'],
      reason: 'Đổi đối tác',
    });
    await house.edit(caseId, { partners: 'Chính quyền tỉnh Oita' });
    expect(await amendment()).toMatchObject({
      ...{ count: 2, route: 'newDecision' },
      // What was confirmed on the first decision is written into the new one.
      differences: [{ field: 'dates', before: { vi: 'Từ 06/03/2023 đến 10/03/2023' } }, { field: 'partners' }],
    });
    expect((await draft('vanthu.vpubnd', caseId, { type: 'amendmentConfirmation' })).body.detail).toContain(
      '2 nội dung',
    );
    const decision = must(await draft('vanthu.vpubnd', caseId, { type: 'amendmentDecision' }));
    expect(must(await take('vanthu.vpubnd', decision.id), 200).number).toMatch(/^\d\d\/QĐ-UBND$/);
  });

  describe('of every kind', () => {
    const made: Record<string, { id: string; bytes: Buffer; number: string | null }> = {};

    beforeAll(async () => {
      const keep = async (name: string, mailbox: string, caseId: string, body: object, clerk?: string) => {
        const { id } = must(await draft(mailbox, caseId, body));
        const number = clerk === undefined ? null : must(await take(clerk, id), 200).number;
        made[name] = { id, number, bytes: (await bytesOf(mailbox, id)).bytes };
      };
      const members = ['Nông Văn Đức', 'Trần Thị Hoài Thương', 'Nguyễn Đình Khôi', 'Ma Văn Huy', 'Lê Thị Kim Oanh'].map(
        (fullName, at) => ({
          fullName,
          position: at === 0 ? 'Giám đốc' : 'Chuyên viên',
          organisation: 'Sở Kế hoạch và Đầu tư',
          role: at === 0 ? 'leader' : 'member',
        }),
      );
      const trip = {
        members,
        countries: [
          { code: 'JP', name: 'Nhật Bản' },
          { code: 'KR', name: 'Hàn Quốc' },
        ],
        partners: 'Chính quyền tỉnh Gunma; Cơ quan Hợp tác quốc tế Nhật Bản (JICA)',
      };
      const caseId = await house.openWithDossier(trip);
      for (const kind of ['invitation', 'invitationTranslation'])
        await house.attach('chuyenvien.skhdt', caseId, { kind });
      await keep('proposalLetter', 'chuyenvien.skhdt', caseId, { type: 'proposalLetter' }, 'giamdoc.skhdt');
      await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
      await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
      await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
      const items = ['Bổ sung bản dịch thư mời có xác nhận của đơn vị', 'Bổ sung dự trù kinh phí chi tiết'];
      await house.must('thamdinh.sngv', caseId, { type: 'REQUEST_SUPPLEMENT', items });
      await keep('supplementRequest', 'thamdinh.sngv', caseId, { type: 'supplementRequest' }, 'vanthu.sngv');
      await house.must('chuyenvien.skhdt', caseId, { type: 'RESUBMIT' });
      const subject = await house.organisationId('STC');
      await keep('opinionRequest', 'thamdinh.sngv', caseId, { type: 'opinionRequest', subject }, 'vanthu.sngv');
      await house.must('thamdinh.sngv', caseId, { type: 'REQUEST_OPINION', organisationIds: [subject] });
      await house.must('thamdinh.stc', caseId, {
        type: 'OPINION_RECEIVED',
        organisationId: subject,
        opinion: 'agree',
        document,
      });
      await house.must('thamdinh.sngv', caseId, { type: 'ACCEPT_DOSSIER' });
      await keep('submission', 'thamdinh.sngv', caseId, { type: 'submission' }, 'vanthu.sngv');
      await house.must('thamdinh.sngv', caseId, { type: 'FORWARD' });
      await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document });
      await keep('partySubmission', 'thamdinh.sngv', caseId, { type: 'partySubmission' }, 'vanthu.vpubnd');
      await keep('partyLetter', 'vanthu.vpubnd', caseId, { type: 'partyLetter' }, 'vanthu.vpubnd');
      for (const mailbox of ['phochutich.ubnd', 'thuongtruc.tinhuy'])
        await house.must(mailbox, caseId, { type: 'APPROVE', document });
      const signerId = await house.personId('phochutich.ubnd');
      await keep('decision', 'vanthu.vpubnd', caseId, { type: 'decision', signerId }, 'vanthu.vpubnd');
      const issued = { number: made.decision!.number!, date: '2023-01-09' };
      await house.must('vanthu.vpubnd', caseId, { type: 'ISSUE_DECISION', document: issued, signerId });
      await keep('mofaNotification', 'thamdinh.sngv', caseId, { type: 'mofaNotification' }, 'vanthu.sngv');
      await keep(
        'embassyNotification',
        'thamdinh.sngv',
        caseId,
        { type: 'embassyNotification', subject: 'JP' },
        'vanthu.sngv',
      );
      await house.must('chuyenvien.skhdt', caseId, {
        type: 'REQUEST_AMENDMENT',
        changedFields: ['partners'],
        reason: 'Đổi đối tác',
      });
      await house.edit(caseId, { partners: 'Chính quyền tỉnh Oita' });
      await keep('amendmentConfirmation', 'vanthu.vpubnd', caseId, { type: 'amendmentConfirmation' });
      await house.must('phochutich.ubnd', caseId, { type: 'AMENDMENT_REJECTED', reason: 'Nhập lại' });
      await house.must('chuyenvien.skhdt', caseId, {
        type: 'REQUEST_AMENDMENT',
        changedFields: ['dates', 'members'],
        reason: 'Đổi',
      });
      await house.edit(caseId, { members: members.slice(0, 4), departureDate: '2023-03-13', returnDate: '2023-03-17' });
      await keep(
        'amendmentDecision',
        'vanthu.vpubnd',
        caseId,
        { type: 'amendmentDecision', signerId },
        'vanthu.vpubnd',
      );
      const cancel = { type: 'cancellationDecision', reason: 'Phía đối tác hoãn đón đoàn', signerId };
      await keep('cancellationDecision', 'vanthu.vpubnd', caseId, cancel, 'vanthu.vpubnd');
      const rejected = await house.openInApproval();
      await house.must('giamdoc.sngv', rejected, { type: 'REJECT', reason: 'Trùng nội dung với đoàn đã đi năm 2022' });
      await keep('refusal', 'thamdinh.sngv', rejected, { type: 'refusal' }, 'vanthu.sngv');
      const back = await house.openAbroad();
      house.clock.set(instantAt('2023-03-13', '08:00'));
      await house.must('chuyenvien.skhdt', back, { type: 'RETURN_HOME', returnedOn: '2023-03-10' });
      await keep('tripReport', 'chuyenvien.skhdt', back, { type: 'tripReport' }, 'giamdoc.skhdt');
      if (keepIn) {
        mkdirSync(keepIn, { recursive: true });
        for (const [name, { bytes }] of Object.entries(made)) writeFileSync(join(keepIn, `${name}.docx`), bytes);
      }
    });

    it('has a number of its own book', () => {
      const numbers = Object.fromEntries(
        Object.entries(made).map(([name, one]) => [name, one.number?.replace(/\d+/, '#') ?? null]),
      );
      expect(numbers).toEqual({
        proposalLetter: '#/SKHĐT-VP',
        supplementRequest: '#/PYC-SNgV',
        opinionRequest: '#/SNgV-VP',
        submission: '#/TTr-SNgV',
        partySubmission: '#-TTr/ĐU',
        partyLetter: '#-CV/ĐU',
        decision: '#/QĐ-UBND',
        mofaNotification: '#/SNgV-VP',
        embassyNotification: '#/SNgV-VP',
        amendmentConfirmation: null,
        amendmentDecision: '#/QĐ-UBND',
        cancellationDecision: '#/QĐ-UBND',
        refusal: '#/SNgV-VP',
        tripReport: '#/BC-SKHĐT',
      });
    });

    (office ? it : it.skip)(
      'looks on paper as Nghị định 30/2020/NĐ-CP asks',
      async () => {
        const pages = await renderDocx(
          office!,
          Object.fromEntries(Object.entries(made).map(([name, one]) => [name, one.bytes])),
        );
        for (const [name, rendered] of Object.entries(pages)) checkPages(name, rendered);
        const text = (name: string) =>
          pages[name]!.pages.map((page) => page.words.map((word) => word.text).join(' ')).join(' ');
        expect(text('decision')).toContain('QUYẾT ĐỊNH');
        expect(text('decision')).toContain(`Số: ${made.decision!.number}`);
        expect(text('decision')).toContain('bốn trăm năm mươi triệu đồng');
        expect(text('decision')).toContain('KT. CHỦ TỊCH PHÓ CHỦ TỊCH');
        expect(text('supplementRequest')).toContain('1. Bổ sung bản dịch thư mời có xác nhận của đơn vị.');
        expect(text('refusal')).toContain('Trùng nội dung với đoàn đã đi năm 2022.');
        expect(text('amendmentDecision')).toContain('Từ 13/03/2023 đến 17/03/2023');
        expect(text('partySubmission')).toContain('ĐẢNG CỘNG SẢN VIỆT NAM');
        expect(text('cancellationDecision')).toContain('Phía đối tác hoãn đón đoàn.');
        expect(text('embassyNotification')).toContain('Đại sứ quán Việt Nam tại Nhật Bản');
      },
      180_000,
    );
  });
});

const millimetre = 72 / 25.4;

/** A4; no word in the margins but the page number; the national title or the Party's on the right of the first lines. */
function checkPages(name: string, { pages, fonts }: Pdf): void {
  const problems: string[] = [];
  for (const [at, page] of pages.entries()) {
    if (Math.abs(page.width - 210 * millimetre) > 1 || Math.abs(page.height - 297 * millimetre) > 1)
      problems.push('paper');
    for (const word of page.words) {
      const isNumber = word.text === String(at + 1) && word.top < 20 * millimetre;
      const [left, right, top] = [word.left, word.right, word.top].map((points) => points / millimetre) as [
        number,
        number,
        number,
      ];
      if (isNumber && (at === 0 || Math.abs((left + right) / 2 - 110) > 3)) problems.push(`number on page ${at + 1}`);
      if (!isNumber && (left < 29.5 || right > 190.8 || top < 19 || top > 277))
        problems.push(`"${word.text}" at ${left},${top}`);
    }
  }
  const [first] = pages;
  const party = name.startsWith('party');
  const heading = first!.words
    .filter((word) => word.top < 27 * millimetre && word.left > 90 * millimetre)
    .map((word) => word.text);
  const expected = party ? 'ĐẢNG CỘNG SẢN VIỆT NAM' : 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
  if (!heading.join(' ').startsWith(expected)) problems.push(`heading "${heading.join(' ')}"`);
  if (fonts.some((font) => !/Liberation ?Serif|Times/i.test(font) && !/Noto/.test(font))) problems.push(fonts.join());
  expect({ name, problems }).toEqual({ name, problems: [] });
}
