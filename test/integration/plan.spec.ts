import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type ApiUnderTest, send, signIn, startApi } from './api-under-test.js';

const plans = new URL('../../libs/plan/plans/', import.meta.url);
let api: ApiUnderTest;
let reviewer: string;
let officer: string;

beforeAll(async () => {
  api = await startApi();
  reviewer = await signIn(api, 'thamdinh.sngv');
  officer = await signIn(api, 'chuyenvien.skhdt');
});
afterAll(() => api.stop());

const nobody = { sessionId: '', personId: '', language: 'vi', roles: [], substituting: [] } as const;

describe('importing an annual plan', () => {
  let previewId: string;

  it('previews the file with every line and imports nothing', async () => {
    const answer = await upload('tuyen-quang-2023-doan-ra.docx');
    expect(answer.status).toBe(201);
    previewId = answer.body.id;
    expect(answer.body).toMatchObject({
      fileName: 'tuyen-quang-2023-doan-ra.docx',
      kind: 'docx',
      year: 2023,
      directions: ['outbound'],
      errorCount: 0,
      importedBefore: false,
      imported: null,
      document: { number: '02/CTr-UBND', date: '2023-01-12', issuer: 'Ủy ban nhân dân tỉnh Tuyên Quang' },
    });
    expect(answer.body.rows).toHaveLength(7);
    expect(answer.body.rows.every((row: { known: boolean }) => row.known === false)).toBe(true);
    expect(await listPlans()).toEqual([]);
    expect(await countItems()).toBe(0);
  });

  it('imports on confirmation, and the same confirmation again adds nothing', async () => {
    const first = await confirm(previewId);
    expect(first).toMatchObject({ status: 200, body: { added: 7, alreadyThere: 0, skipped: 0 } });
    const second = await confirm(previewId);
    expect(second.body).toEqual(first.body);
    expect(await countItems()).toBe(7);
    const [plan] = await listPlans();
    expect(plan).toMatchObject({ year: 2023, direction: 'outbound', itemCount: 7, id: first.body.planIds[0] });
    const shown = await send(api, `/api/v1/plan-previews/${previewId}`, { cookie: reviewer });
    expect(shown.body).toMatchObject({ imported: { added: 7 } });
    expect(shown.body.rows.every((row: { known: boolean }) => row.known)).toBe(true);
  });

  it('adds nothing for the same file, nor for the same lines in another format, and says so', async () => {
    for (const name of [
      'tuyen-quang-2023-doan-ra.docx',
      'tuyen-quang-2023-doan-ra.xlsx',
      'tuyen-quang-2023-doan-ra.csv',
    ]) {
      const preview = await upload(name);
      expect(preview.body.importedBefore).toBe(name.endsWith('.docx'));
      expect(preview.body.rows.every((row: { known: boolean }) => row.known)).toBe(true);
      const done = await confirm(preview.body.id);
      expect(done.body).toMatchObject({ added: 0, alreadyThere: 7 });
      expect(done.body.text.vi).toContain('Không thêm dòng nào');
    }
    expect(await countItems()).toBe(7);
  });

  it('exports it in the national form and that of a province; both import again and every line is known', async () => {
    const [plan] = await listPlans();
    for (const query of ['', '?format=docx', '?columns=thaiNguyen2019', '?columns=tuyenQuang2023&format=docx']) {
      const response = await fetch(`${api.url}/api/v1/plans/${plan?.id}/export${query}`, {
        headers: { cookie: officer },
      });
      expect(response.status).toBe(200);
      const format = query.includes('docx') ? 'docx' : 'xlsx';
      const named = decodeURIComponent(response.headers.get('content-disposition') ?? '');
      expect(named).toContain(`Kế hoạch đoàn ra năm 2023.${format}`);
      const preview = await uploadBytes(`ke-hoach.${format}`, Buffer.from(await response.arrayBuffer()));
      expect(preview.body).toMatchObject({ errorCount: 0, year: 2023, document: { number: '02/CTr-UBND' } });
      expect(preview.body.rows.map((row: { known: boolean }) => row.known)).toEqual(Array(7).fill(true));
    }
    const strange = `/api/v1/plans/${previewId}/export`;
    expect((await send(api, strange, { cookie: officer })).status).toBe(404);
    expect((await send(api, `${strange}?columns=none`, { cookie: officer })).status).toBe(400);
    const audited = await api.database.dataSource.query(
      "select count(*)::int as n from audit_records where kind = 'export'",
    );
    expect(audited).toEqual([{ n: 4 }]);
  });

  it('lets two simultaneous confirmations of two previews add each line once', async () => {
    const previews = await Promise.all([
      upload('tuyen-quang-2020-doan-ra.xlsx'),
      upload('tuyen-quang-2020-doan-ra.csv'),
    ]);
    const done = await Promise.all(previews.map((preview) => confirm(preview.body.id)));
    expect(done.map((answer) => answer.status)).toEqual([200, 200]);
    expect(done.map((answer) => answer.body.added).sort()).toEqual([0, 6]);
  });

  it('gives the stored answer for the same idempotency key and refuses another body under it', async () => {
    const preview = await upload('tuyen-quang-2021-doan-vao.csv');
    const key = { 'idempotency-key': 'nhap-ke-hoach-2021' };
    const first = await confirm(preview.body.id, { skipRows: [4] }, key);
    expect(first.body).toMatchObject({ added: 4, skipped: 1 });
    expect((await confirm(preview.body.id, { skipRows: [4] }, key)).body).toEqual(first.body);
    const other = await confirm(preview.body.id, { skipRows: [] }, key);
    expect(other).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } });
  });

  it('blocks a row with an error until it is left out on purpose', async () => {
    const text =
      'TT,Tên đoàn,Nước đi,Số người,Thời gian thực hiện\n1,Đoàn A,Lào,7,Quý I/2024\n2,,Lào,bảy,Quý II/2024\n';
    const preview = await uploadBytes('ke-hoach-2024.csv', Buffer.from(text));
    expect(preview.body).toMatchObject({ errorCount: 2, year: 2024 });
    const refused = await confirm(preview.body.id);
    expect(refused).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(JSON.stringify(refused.body)).toContain('Dòng 3, Số người: Không hiểu số người');
    expect((await confirm(preview.body.id, { skipRows: [9] })).status).toBe(400);
    expect((await confirm(preview.body.id, { skipRows: [1] })).body).toMatchObject({ added: 1, skipped: 1 });
  });
});

describe('who may do it', () => {
  it('refuses import to a unit officer and shows the plan to everybody of the province', async () => {
    expect(await upload('tuyen-quang-2023-doan-vao.csv', officer)).toMatchObject({ status: 403 });
    expect((await send(api, '/api/v1/plans', { cookie: officer })).body.items.length).toBeGreaterThan(0);
    expect((await send(api, '/api/v1/plans')).status).toBe(401);
  });

  it('refuses a reviewer of another agency', async () => {
    expect(await upload('tuyen-quang-2023-doan-vao.csv', await signIn(api, 'thamdinh.stc'))).toMatchObject({
      status: 403,
    });
  });

  it('hides plans, items and previews of another province', async () => {
    const other = { operator: true as const, provinceId: '00000000-0000-4000-8000-000000000001', personId: null };
    const { PlanService } = await import('#libs/plan');
    const plansOf = api.app.get(PlanService);
    const planId = (await listPlans())[0]?.id ?? '';
    const [item] = (await items(planId)).body.items;
    expect(await plansOf.listPlans(other)).toEqual([]);
    await expect(plansOf.listItems(other, { planId, limit: 5 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(plansOf.getItem({ ...other, ...nobody }, item.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const [row] = await api.database.dataSource.query('select id from plan_previews limit 1');
    await expect(plansOf.getPreview(other, row.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(plansOf.confirmPlan(other, { previewId: row.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('reading a plan', () => {
  it('pages through the lines in the order of the plan', async () => {
    const plan = (await listPlans()).find((one) => one.year === 2023);
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Answer = await items(plan?.id, `?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.body.items.map((item: { position: number }) => item.position));
      cursor = page.body.nextCursor;
    } while (cursor);
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('finds lines without diacritics, by words in any order, and nothing by a wildcard', async () => {
    const plan = (await listPlans()).find((one) => one.year === 2023);
    const found = async (search: string) =>
      (await items(plan?.id, `?search=${encodeURIComponent(search)}`)).body.items.map(
        (item: { number: string }) => item.number,
      );
    expect(await found('ot-xtray')).toEqual(['6']);
    expect(await found('Nhật Gunma')).toEqual(['1']);
    expect(await found('gunma nhat')).toEqual(['1']);
    expect(await found('%')).toEqual([]);
    expect(await found('khong co dau')).toEqual([]);
  });

  it('shows one line with its countries, period and document', async () => {
    const plan = (await listPlans()).find((one) => one.year === 2023);
    const [, , , fourth] = (await items(plan?.id)).body.items;
    const answer = await send(api, `/api/v1/plan-items/${fourth.id}`, { cookie: officer });
    expect(answer.body).toMatchObject({
      number: '4',
      state: 'approved',
      countries: [
        { code: 'DE', name: 'Đức', detail: null },
        { code: 'FR', name: 'Pháp', detail: null },
      ],
      period: { from: '2023-04-01', to: '2023-06-30', label: 'Quý II/2023' },
      peopleCount: 10,
      days: 8,
      document: { number: '02/CTr-UBND', date: '2023-01-12' },
    });
    expect(
      (await send(api, '/api/v1/plan-items/00000000-0000-4000-8000-000000000000', { cookie: officer })).status,
    ).toBe(404);
  });
});

describe('a file that is no plan', () => {
  it.each([
    ['trang.xlsx', Buffer.from('<html><body>x</body></html>'), 422, 'MISLABELLED'],
    ['cu.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 422, 'LEGACY_OFFICE'],
    ['rong.csv', Buffer.alloc(0), 422, 'EMPTY'],
    ['lon.csv', Buffer.alloc(21 * 1024 * 1024, 0x61), 413, 'TOO_LARGE'],
  ])('%s is refused with its reason', async (name, bytes, status, reason) => {
    const answer = await uploadBytes(name, bytes);
    expect(answer).toMatchObject({ status, body: { reason } });
    expect(answer.body.detail.length).toBeGreaterThan(10);
  });

  it('takes no file without the declaration, and keeps nothing of one that carries a marking of secrecy', async () => {
    const kept = async () => (await api.database.dataSource.query('select count(*)::int as n from plan_previews'))[0].n;
    const before = await kept();
    const undeclared = new FormData();
    undeclared.append('file', new Blob(['STT,Tên đoàn']), 'ke-hoach.csv');
    expect(await sendForm(undeclared, reviewer)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'noStateSecrets' }] },
    });
    const line = (name: string) =>
      Buffer.from(`STT,Tên đoàn,Trưởng đoàn,Nước đến,Thời gian,Số ngày\n1,${name},Giám đốc Sở,Lào,Quý I,3\n`);
    const marked = await uploadBytes('ke-hoach-2025.csv', line('Đoàn công tác (MẬT)'));
    expect(marked).toMatchObject({ status: 400, body: { detail: expect.stringContaining('bí mật nhà nước') } });
    const named = await uploadBytes('Kế hoạch TỐI MẬT 2025.csv', line('Đoàn công tác'));
    expect(named).toMatchObject({ status: 422, body: { code: 'FILE_REJECTED' } });
    expect(await kept()).toBe(before);
  });

  it('asks for the file when there is none', async () => {
    const answer = await sendForm(new FormData(), reviewer);
    expect(answer).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
  });
});

function upload(name: string, cookie = reviewer): Promise<Answer> {
  return uploadBytes(name, readFileSync(new URL(name, plans)), cookie);
}

function uploadBytes(name: string, bytes: Buffer, cookie = reviewer): Promise<Answer> {
  const form = new FormData();
  form.append('noStateSecrets', 'true');
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return sendForm(form, cookie);
}

async function sendForm(form: FormData, cookie: string): Promise<Answer> {
  const response = await fetch(`${api.url}/api/v1/plan-previews`, { method: 'POST', body: form, headers: { cookie } });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

function confirm(previewId: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
  return send(api, `/api/v1/plan-previews/${previewId}/confirm`, { body, headers, cookie: reviewer });
}

async function listPlans(): Promise<{ id: string; year: number }[]> {
  return (await send(api, '/api/v1/plans', { cookie: reviewer })).body.items;
}

function items(planId: string | undefined, query = ''): Promise<Answer> {
  return send(api, `/api/v1/plans/${planId}/items${query}`, { cookie: reviewer });
}

async function countItems(): Promise<number> {
  const [row] = await api.database.dataSource.query('select count(*)::int as count from plan_items');
  return row.count;
}
