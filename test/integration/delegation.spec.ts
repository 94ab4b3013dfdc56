import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DelegationHouse, document, newKey, pdf } from './delegation-house.js';

describe('a delegation over HTTP', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const writes = () =>
    house.query<{ n: string }>(
      'select (select count(*) from events) + (select count(*) from tasks) + (select count(*) from timers) as n',
    );

  describe('opening a case', () => {
    it('gives it the next number of the year and a task for the unit', async () => {
      const [one, two] = [await house.open(), await house.open()];
      const first = (await house.as('chuyenvien.skhdt', `/cases/${one}`)).body;
      const second = (await house.as('chuyenvien.skhdt', `/cases/${two}`)).body;
      const number = (view: { caseCode: string }) => Number(view.caseCode.replace('DR-2023-', ''));
      expect(number(second)).toBe(number(first) + 1);
      expect(first).toMatchObject({
        phase: { id: 'proposal', text: { vi: 'Đề xuất' } },
        organisation: { code: 'SKHDT' },
        editable: true,
      });
      expect(first.tasks).toMatchObject([{ kind: 'completeDraft', mine: true }]);
    });

    it('is refused to somebody who is no officer of a unit', async () => {
      const body = { proposal: { delegationName: 'Đoàn' } };
      expect((await house.as('thamdinh.sngv', '/proposals', { body })).status).toBe(403);
    });

    it('answers the same request once, and refuses the key for another body', async () => {
      const headers = { 'idempotency-key': newKey() };
      const body = { proposal: { delegationName: 'Đoàn chống lặp' } };
      const first = await house.as('chuyenvien.skhdt', '/proposals', { body, headers });
      const again = await house.as('chuyenvien.skhdt', '/proposals', { body, headers });
      expect(again.body).toEqual(first.body);
      const other = { proposal: { delegationName: 'Đoàn khác' } };
      const refused = await house.as('chuyenvien.skhdt', '/proposals', { body: other, headers });
      expect(refused).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
    });
  });

  describe('editing', () => {
    it('needs the revision, and a stale one is told the present one', async () => {
      const caseId = await house.open();
      const path = `/cases/${caseId}/proposal`;
      const patch = (headers: Record<string, string>, capacity = 'Đoàn cấp tỉnh') =>
        house.as('chuyenvien.skhdt', path, { method: 'PATCH', body: { capacity }, headers });
      expect((await patch({})).status).toBe(428);
      const edited = await patch({ 'if-match': '"1"' });
      expect(edited).toMatchObject({ status: 200, body: { revision: 2, approvalsVoided: false } });
      expect(await patch({ 'if-match': '"1"' }, 'Khác')).toMatchObject({
        status: 412,
        body: { code: 'VERSION_CONFLICT' },
      });
      const view = (await house.as('chuyenvien.skhdt', `/cases/${caseId}`)).body;
      expect(view.proposal).toMatchObject({ capacity: 'Đoàn cấp tỉnh', revision: 2, digest: edited.body.digest });
    });

    it('is refused once somebody is judging the proposal', async () => {
      const caseId = await house.openInApproval();
      const answer = await house.as('chuyenvien.skhdt', `/cases/${caseId}/proposal`, {
        method: 'PATCH',
        body: { capacity: 'x' },
        headers: { 'if-match': '"1"' },
      });
      expect(answer).toMatchObject({ status: 409, body: { code: 'EVENT_REFUSED' } });
    });
  });

  describe('documents', () => {
    it('come back byte for byte, as a download only', async () => {
      const caseId = await house.open();
      const attached = await house.attach('chuyenvien.skhdt', caseId, { kind: 'programme', number: '7/CTr' });
      expect(attached).toMatchObject({
        status: 201,
        body: { kind: 'programme', file: { mediaType: 'application/pdf' } },
      });
      const got = await house.as('thamdinh.sngv', `/files/${attached.body.file.id}`);
      expect(got.status).toBe(200);
      expect(Buffer.from(got.body).equals(pdf)).toBe(true);
      expect(got.headers.get('content-disposition')).toMatch(/^attachment;/);
      expect((await house.as('chuyenvien.stc', `/files/${attached.body.file.id}`)).status).toBe(404);
    });

    it('are refused by content and when they look classified', async () => {
      const caseId = await house.open();
      const html = Buffer.from('<html><script>alert(1)</script>');
      const put = (fields: Record<string, string>, bytes = pdf) =>
        house.attach('chuyenvien.skhdt', caseId, { kind: 'other', ...fields }, bytes);
      expect(await put({}, html)).toMatchObject({ status: 422, body: { code: 'FILE_REJECTED' } });
      expect(await put({ number: '480/BNG-CNV-m' })).toMatchObject({ status: 422, body: { code: 'FILE_REJECTED' } });
      expect((await house.query('select 1 from dossier_documents where instance_id = $1', [caseId])).length).toBe(0);
    });
  });

  describe('events', () => {
    it('refuse a submission with the rule and the missing documents, without side effects', async () => {
      const caseId = await house.open();
      const before = await writes();
      const answer = await house.fire('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
      expect(answer).toMatchObject({ status: 409, body: { code: 'EVENT_REFUSED' } });
      expect(JSON.stringify(answer.body)).toContain('Hồ sơ còn thiếu tài liệu bắt buộc');
      expect(await writes()).toEqual(before);
      const logged = await house.query('select event_type from refusals where instance_id = $1', [caseId]);
      expect(logged).toEqual([{ event_type: 'SUBMIT' }]);
    });

    it('name the limit behind a refusal: a member with another trip on the same days', async () => {
      const members = [
        {
          personId: await house.personId('giamdoc.svhttdl'),
          fullName: 'Âu Thế Hùng (mẫu)',
          position: 'Giám đốc',
          role: 'leader',
        },
      ];
      await house.openInApproval({ members });
      const second = await house.openWithDossier({ members });
      const answer = await house.fire('chuyenvien.skhdt', second, { type: 'SUBMIT' });
      expect(answer).toMatchObject({ status: 409, body: { rules: [{ name: 'limitsOkOrJustified' }] } });
      expect(answer.body.findings).toMatchObject([{ rule: 'overlap' }]);
      const exceptions = [{ rule: 'overlap', justification: 'Hai đoàn đi chung, cùng lịch trình' }];
      await house.as('chuyenvien.skhdt', `/cases/${second}/proposal`, {
        method: 'PATCH',
        body: { exceptions },
        headers: { 'if-match': '"1"' },
      });
      await house.must('chuyenvien.skhdt', second, { type: 'SUBMIT' });
    });

    it('hide a case of another unit and of another province, and change nothing', async () => {
      const caseId = await house.open();
      const before = await writes();
      expect((await house.fire('chuyenvien.stc', caseId, { type: 'WITHDRAW', reason: 'thử' })).status).toBe(404);
      expect((await house.as('chuyenvien.stc', `/cases/${caseId}`)).status).toBe(404);
      expect((await house.fire('thamdinh.sngv', caseId, { type: 'WITHDRAW', reason: 'thử' })).status).toBe(403);
      const foreign = await house.query<{ id: string }>('select gen_random_uuid() as id');
      await house.query('update instances set province_id = $2 where id = $1', [caseId, foreign[0]!.id]);
      expect((await house.fire('chuyenvien.skhdt', caseId, { type: 'WITHDRAW', reason: 'thử' })).status).toBe(404);
      expect((await house.as('quantri.sngv', `/cases/${caseId}`)).status).toBe(404);
      await house.query('update instances set province_id = $2 where id = $1', [caseId, house.api.provinceId]);
      expect(await writes()).toEqual(before);
    });

    it('answer the same key once, also after the state has moved on', async () => {
      const caseId = await house.openInApproval();
      const headers = { 'idempotency-key': newKey() };
      const body = { type: 'APPROVE', document };
      const first = await house.fire('giamdoc.sngv', caseId, body, headers);
      expect(first.status).toBe(200);
      await house.must('phochutich.ubnd', caseId, body);
      const again = await house.fire('giamdoc.sngv', caseId, body, headers);
      expect(again).toMatchObject({ status: 200, body: first.body });
    });

    it('tell a late decision that the task is decided, with the present state', async () => {
      const caseId = await house.openInApproval();
      const taskId = await house.openTask(caseId, 'approveStep');
      await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document, taskId });
      const late = await house.fire('giamdoc.sngv', caseId, { type: 'APPROVE', document, taskId });
      expect(late).toMatchObject({ status: 409, body: { code: 'TASK_ALREADY_DECIDED' } });
      expect(JSON.stringify(late.body)).toContain('approval.step');
      const outOfTurn = await house.fire('giamdoc.sngv', caseId, { type: 'APPROVE', document });
      expect(outOfTurn).toMatchObject({ status: 409, body: { code: 'EVENT_REFUSED' } });
    });

    it('refuse a stale If-Match', async () => {
      const caseId = await house.openInApproval();
      const answer = await house.fire('giamdoc.sngv', caseId, { type: 'APPROVE', document }, { 'if-match': '"1"' });
      expect(answer).toMatchObject({ status: 412, body: { code: 'VERSION_CONFLICT' } });
    });

    it('let nobody approve the trip they travel on', async () => {
      const caseId = await house.openInApproval({
        members: [
          {
            personId: await house.personId('chutich.ubnd'),
            fullName: 'Hoàng Minh Quang (mẫu)',
            position: 'Chủ tịch UBND tỉnh',
            role: 'leader',
          },
        ],
      });
      await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document });
      const own = await house.must('chutich.ubnd', caseId, { type: 'APPROVE', document }, { refused: 409 });
      expect(JSON.stringify(own.body)).toContain('notOwnProposal');
      const seen = (await house.as('chutich.ubnd', `/cases/${caseId}`)).body.availableEvents;
      expect(seen.find((event: { type: string }) => event.type === 'APPROVE')).toMatchObject({ allowed: false });
      await house.must('phochutich.ubnd', caseId, { type: 'APPROVE', document });
    });

    it('void an approval when the content is edited after it', async () => {
      const caseId = await house.openInApproval();
      await house.must('giamdoc.sngv', caseId, { type: 'APPROVE', document });
      await house.must('phochutich.ubnd', caseId, { type: 'RETURN', reason: 'Làm rõ kinh phí' });
      const edited = await house.as('chuyenvien.skhdt', `/cases/${caseId}/proposal`, {
        method: 'PATCH',
        body: { purpose: 'Mục đích đã đổi' },
        headers: { 'if-match': '"1"' },
      });
      expect(edited).toMatchObject({ status: 200, body: { approvalsVoided: true } });
      const shown = (await house.as('thamdinh.sngv', `/cases/${caseId}`)).body;
      expect(shown.approvals).toMatchObject([{ matchesProposal: false }]);
      await house.must('thamdinh.sngv', caseId, { type: 'CLARIFY' });
      expect(await house.openTask(caseId, 'approveStep:focalAgency')).toBeDefined();
    });

    it('keep what people wrote out of the hashed payload', async () => {
      const caseId = await house.open();
      await house.must('chuyenvien.skhdt', caseId, { type: 'WITHDRAW', reason: 'Đối tác hoãn gặp' });
      const [row] = await house.query<{ payload: object; private: object }>(
        `select payload, private from events where instance_id = $1 and type = 'WITHDRAW'`,
        [caseId],
      );
      expect(JSON.stringify(row!.payload)).not.toContain('Đối tác');
      expect(row!.private).toMatchObject({ reason: 'Đối tác hoãn gặp' });
    });
  });

  it('lets exactly one of 200 simultaneous approvals of one task win', async () => {
    const caseId = await house.openInApproval();
    const taskId = await house.openTask(caseId, 'approveStep');
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => house.fire('giamdoc.sngv', caseId, { type: 'APPROVE', document, taskId })),
    );
    const withStatus = (status: number) => answers.filter((answer) => answer.status === status);
    expect(withStatus(200).length).toBe(1);
    expect(withStatus(409).length).toBe(199);
    for (const answer of withStatus(409)) {
      expect(answer.body.code).toBe('TASK_ALREADY_DECIDED');
      expect(JSON.stringify(answer.body)).toContain('approval.step');
    }
    const approvals = await house.query(`select 1 from events where instance_id = $1 and type = 'APPROVE'`, [caseId]);
    expect(approvals.length).toBe(1);
  });

  describe('lists', () => {
    it('show a reader the open tasks of own roles by due date, page by page', async () => {
      for (let index = 0; index < 3; index += 1) await house.openInApproval();
      const first = (await house.as('giamdoc.sngv', '/inbox?limit=2&kind=approveStep')).body;
      expect(first.items).toHaveLength(2);
      expect(first.counts.find((row: { kind: string }) => row.kind === 'approveStep').open).toBeGreaterThanOrEqual(3);
      const second = (await house.as('giamdoc.sngv', `/inbox?limit=2&kind=approveStep&cursor=${first.nextCursor}`))
        .body;
      const ids = [...first.items, ...second.items].map((item: { taskId: string }) => item.taskId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(second.items.length).toBeGreaterThan(0);
      const due = [...first.items, ...second.items].map((item: { dueAt: string }) => item.dueAt);
      expect(due).toEqual([...due].sort());
      expect((await house.as('giamdoc.stc', '/inbox')).body.items).toEqual([]);
      expect((await house.as('giamdoc.stc', '/inbox?cursor=bịa')).status).toBe(400);
    });

    it('find a case without diacritics, and only where it may be seen', async () => {
      const caseId = await house.open({ delegationName: 'Đoàn nghiên cứu dược liệu Ốt-xtrây-li-a' });
      const found = async (mailbox: string, query: string) =>
        (await house.as(mailbox, `/cases?${query}`)).body.items.map((item: { id: string }) => item.id);
      expect(await found('chuyenvien.skhdt', 'q=duoc%20lieu%20ot-xtray')).toEqual([caseId]);
      expect(await found('thamdinh.sngv', 'q=D%C6%B0%E1%BB%A3c%20LI%E1%BB%86U')).toEqual([caseId]);
      expect(await found('chuyenvien.stc', 'q=duoc%20lieu')).toEqual([]);
      expect(await found('thamdinh.sngv', 'q=duoc%20lieu&state=proposal.draft')).toEqual([caseId]);
      expect(await found('thamdinh.sngv', 'q=duoc%20lieu&state=trip')).toEqual([]);
      expect(await found('thamdinh.sngv', 'q=%25')).toEqual([]);
    });

    it('page through all cases without a gap', async () => {
      const all = (await house.as('thanhtra.sngv', '/cases?limit=100')).body.items.map(
        (item: { id: string }) => item.id,
      );
      const paged: string[] = [];
      let cursor = '';
      do {
        const page = (await house.as('thanhtra.sngv', `/cases?limit=4${cursor}`)).body;
        paged.push(...page.items.map((item: { id: string }) => item.id));
        cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
      } while (cursor !== '');
      expect(paged).toEqual(all);
    });

    it('give operators timers, mails and an audit without faults, and nobody else', async () => {
      const timers = await house.as('quantri.sngv', '/operations/timers?limit=5');
      expect(timers.body.items[0]).toMatchObject({ explanation: { vi: expect.any(String) } });
      expect((await house.as('quantri.sngv', '/operations/mails')).status).toBe(200);
      const audit = await house.as('thanhtra.sngv', '/operations/audit/verify', { method: 'POST' });
      expect(audit).toMatchObject({ status: 200, body: { faults: [] } });
      expect(audit.body.instances).toBeGreaterThan(5);
      for (const path of ['timers', 'mails'])
        expect((await house.as('chuyenvien.skhdt', `/operations/${path}`)).status).toBe(403);
    });
  });
});
