import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { xlsxFile } from '#test/support/office-files.js';
import { type Answer, type ApiUnderTest, send, signIn, startApi } from './api-under-test.js';

const plan = readFileSync(new URL('../../libs/plan/plans/tuyen-quang-2023-doan-ra.xlsx', import.meta.url));

describe('an import that is broken off', () => {
  let api: ApiUnderTest;
  let reviewer: string;
  const query = <T>(sql: string): Promise<T[]> => api.database.dataSource.query(sql);
  beforeAll(async () => {
    api = await startApi();
    reviewer = await signIn(api, 'thamdinh.sngv');
  });
  afterEach(() => query('drop trigger if exists fault on plan_items; drop function if exists fault'));
  afterAll(() => api.stop());

  const upload = async (name: string, bytes: Buffer): Promise<Answer> => {
    const form = new FormData();
    form.set('noStateSecrets', 'true');
    form.set('file', new Blob([Buffer.from(bytes)]), name);
    const init = { method: 'POST', body: form, headers: { cookie: reviewer } };
    const response = await fetch(`${api.url}/api/v1/plan-previews`, init);
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const confirm = (id: string, headers: Record<string, string> = {}) =>
    send(api, `/api/v1/plan-previews/${id}/confirm`, { cookie: reviewer, body: {}, headers });
  /** At the fifth line: four are written by then. */
  const plant = (statement: string) =>
    query(`create function fault() returns trigger language plpgsql as $$ begin
        if new.position = 5 then ${statement}; end if; return new; end $$;
      create trigger fault before insert on plan_items for each row execute function fault()`);
  const stored = async () => {
    const [row] = await query<object>(`select (select count(*)::int from plans) as plans,
      (select count(*)::int from plan_items) as lines,
      (select count(*)::int from plan_previews where outcome is not null) as confirmed,
      (select count(*)::int from idempotency_keys where key like 'nhap%') as keys`);
    return row;
  };
  const nothing = { plans: 0, lines: 0, confirmed: 0, keys: 0 };

  it.each([
    ['by a fault of the database', `raise exception 'the disk is full' using errcode = '53100'`, 500],
    ['by a lost connection', 'perform pg_terminate_backend(pg_backend_pid())', 503],
  ])('%s leaves no line, no plan and no answer behind, and is done whole the next time', async (_, fault, status) => {
    const { body } = await upload('ke-hoach.xlsx', plan);
    expect(body).toMatchObject({ errorCount: 0, rows: expect.any(Array) });
    await plant(fault);
    const broken = await confirm(body.id, { 'idempotency-key': 'nhap-ke-hoach-2023' });
    expect(broken.status).toBe(status);
    expect(await stored()).toEqual(nothing);
    await query('drop trigger fault on plan_items');
    const done = await confirm(body.id, { 'idempotency-key': 'nhap-ke-hoach-2023' });
    expect(done).toMatchObject({ status: 200, body: { added: 7 } });
    expect(await stored()).toEqual({ plans: 1, lines: 7, confirmed: 1, keys: 1 });
    await query('truncate plan_previews, idempotency_keys; delete from plan_items; delete from plans');
  });

  it('by nobody, but asked for eight times at once, is done once and answers all eight alike', async () => {
    const { body } = await upload('ke-hoach.xlsx', plan);
    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(body.id)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200));
    for (const answer of answers) expect(answer.body).toEqual(answers[0]!.body);
    expect(answers[0]!.body).toMatchObject({ added: 7, alreadyThere: 0 });
    expect(await stored()).toMatchObject({ plans: 1, lines: 7, confirmed: 1 });
    await query('truncate plan_previews; delete from plan_items; delete from plans');
  });

  it.each([
    [
      'a workbook of 100,000 rows',
      'ke-hoach.xlsx',
      () =>
        xlsxFile(
          `<sheetData>${Array.from({ length: 100_000 }, (_, at) => `<row r="${at + 1}"><c r="A${at + 1}"><v>${at}</v></c></row>`).join('')}</sheetData>`,
        ),
    ],
    ['a workbook cut in the middle', 'ke-hoach.xlsx', () => plan.subarray(0, plan.length >> 1)],
    ['a picture called a plan', 'ke-hoach.docx', () => Buffer.from('\x89PNG\r\n\x1a\n hình', 'latin1')],
  ])('before it begins, by %s, keeps nothing of it', async (_, name, bytes) => {
    const refused = await upload(name, bytes());
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    expect(refused.body.code).toMatch(/^FILE_/);
    const [previews] = await query('select count(*)::int as n from plan_previews');
    expect(previews).toEqual({ n: 0 });
    expect(await stored()).toEqual(nothing);
  });
});
