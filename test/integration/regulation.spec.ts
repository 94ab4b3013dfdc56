import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instantAt } from '#libs/calendar';
import { type ProvinceProfile, readProfile, shippedProfiles } from '#libs/policy';
import { RolesThatSteeredNothing1763700045000 } from '../../migrations/1763700045000-roles-that-steered-nothing.js';
import { DelegationHouse, document } from './delegation-house.js';

const shipped = shippedProfiles[0]!;
const pause = (change: Partial<ProvinceProfile['moratoria'][number]> = {}): ProvinceProfile['moratoria'][number] => ({
  id: 'pause2023',
  name: { vi: 'Tạm dừng theo chỉ đạo', en: 'Suspended by directive' },
  from: '2023-03-01',
  to: '2023-04-30',
  when: {},
  severity: 'block',
  exceptions: [],
  source: 'Công văn mẫu của bản thử',
  ...change,
});

describe('the rules of a province', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const publish = (profile: object, given: { by?: string; seen?: number; from?: string } = {}) =>
    house.as(given.by ?? 'quantri.sngv', '/rules', {
      body: { profile, validFrom: given.from ?? '2023-01-09', note: 'Sửa đổi của bản thử' },
      headers: { 'if-match': `"${given.seen ?? 1}"` },
    });
  const findingOf = async (caseId: string, rule: string) => {
    const { body } = await house.as('chuyenvien.skhdt', `/cases/${caseId}`);
    return body.findings.find((finding: { rule: string }) => finding.rule === rule);
  };

  it('start from the shipped profile, and everybody may read them', async () => {
    const { body } = await house.as('chuyenvien.skhdt', '/rules');
    expect(body.items).toMatchObject([{ version: 1, inForce: true, createdBy: null, validFrom: '2019-01-01' }]);
    expect(body.items[0].assumed).toBeGreaterThan(body.items[0].sourced);
    const one = await house.as('chuyenvien.skhdt', '/rules/1');
    expect(one.body.profile).toEqual(JSON.parse(JSON.stringify(shipped)));
    expect((await house.as('chuyenvien.skhdt', '/rules/9')).status).toBe(404);
  });

  it('are changed by an administrator only, with what is wrong said in words', async () => {
    expect((await publish(shipped, { by: 'thamdinh.sngv' })).status).toBe(403);
    const wrong = await publish({ ...shipped, outOfPlan: { ...shipped.outOfPlan, severity: 'stop' } });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'VALIDATION_FAILED' } });
    expect(wrong.body.errors[0]).toMatchObject({
      path: 'outOfPlan.severity',
      detail: expect.stringContaining('Đoàn ngoài kế hoạch › Mức độ: chỉ nhận một trong'),
    });
    const foreign = await publish({ ...shippedProfiles[4], provinceCode: 'TQ' });
    expect(foreign.body.errors.map((one: { detail: string }) => one.detail)).toContain(
      'Tỉnh chưa khai báo cơ quan mã SNV. Khai báo cơ quan trước, hoặc sửa mã.',
    );
    expect((await publish(shipped, { seen: 7 })).status).toBe(412);
    expect((await publish(shipped, { from: '2023-01-08' })).body.errors[0].path).toBe('validFrom');
    const { body } = await house.as('quantri.sngv', '/rules');
    expect(body.items).toHaveLength(1);
  });

  it('show which running trips a change would treat differently, and change nothing by showing it', async () => {
    const hit = await house.openWithDossier();
    const spared = await house.openWithDossier({ returnDate: '2023-03-07' });
    const decided = await house.openDecided();
    const [row] = shipped.limits.daysMax;
    const changed = { ...shipped, limits: { ...shipped.limits, daysMax: [{ ...row!, value: 4, severity: 'block' }] } };
    const answer = await house.as('quantri.sngv', '/rules/preview', { body: { profile: changed } });
    expect(answer.status).toBe(200);
    expect(answer.body.changes).toEqual([
      expect.objectContaining({ path: 'limits.daysMax.0.value', before: '10', after: '4', reach: 'running' }),
      expect.objectContaining({ path: 'limits.daysMax.0.severity', before: 'warning', after: 'block' }),
    ]);
    expect(answer.body).toMatchObject({ judged: 3, notJudged: 0 });
    expect(answer.body.affected).toMatchObject([
      { id: hit, differences: [{ vi: 'Đoàn có 5 ngày, quá mức 4 ngày. Trước: đạt; mới: bị chặn.' }] },
    ]);
    expect(JSON.stringify(answer.body.affected)).not.toContain(spared);
    expect(JSON.stringify(answer.body.affected)).not.toContain(decided);
    expect(await findingOf(hit, 'dayCount')).toMatchObject({ outcome: 'pass' });
    expect((await house.as('chuyenvien.skhdt', '/rules/preview', { body: { profile: changed } })).status).toBe(403);

    // A pause reaches the trip that is decided and has not left; another period of the report reaches none that runs.
    const { reportDeadline } = shipped.deadlines;
    const later = { ...reportDeadline!, rule: { ...reportDeadline!.rule, amount: 3 } };
    const paused = { ...shipped, moratoria: [pause({})], deadlines: { ...shipped.deadlines, reportDeadline: later } };
    const { body } = await house.as('quantri.sngv', '/rules/preview', { body: { profile: paused } });
    const changedField = (path: string) => body.changes.find((one: { path: string }) => one.path === path);
    expect(changedField('deadlines.reportDeadline.rule.amount')).toMatchObject({ after: '3', reach: 'newCases' });
    expect(body.affected.map(({ id }: { id: string }) => id).toSorted()).toEqual([decided, hit, spared].toSorted());
    for (const { differences } of body.affected) {
      expect(differences).toHaveLength(1);
      expect(differences[0].vi).toContain('tạm dừng từ 01/03/2023');
    }

    // Page by page, in the order of the codes; how early a change is asked is compared for the trip that is decided, as of today.
    const lead = { ...shipped.leadTimes.amendmentBeforeDeparture, severity: 'block' };
    const early = { ...lead, rule: { ...lead.rule, amount: 60 } };
    const strict = { ...paused, leadTimes: { ...shipped.leadTimes, amendmentBeforeDeparture: early } };
    const pages: { caseCode: string; differences: { vi: string }[] }[] = [];
    const codes = new Map([
      [hit, 'DR-2023-9999'],
      [spared, 'DR-2023-10000'],
    ]);
    for (const row of codes) await house.query('update proposals set case_code = $2 where instance_id = $1', row);
    for (const [after, left] of [
      [null, 3],
      ['DR-2023-9999', 1],
    ] as const) {
      const page = await house.as('quantri.sngv', '/rules/preview', {
        body: { profile: strict, limit: 2, ...(after && { after }) },
      });
      expect(page.body).toMatchObject({ judged: Math.min(2, left), notJudged: Math.max(0, left - 2) });
      expect(page.body.next).toBe(after === null ? 'DR-2023-9999' : null);
      pages.push(...page.body.affected);
    }
    expect(pages.map(({ caseCode }) => caseCode)).toEqual(['DR-2023-0003', 'DR-2023-9999', 'DR-2023-10000']);
    expect(pages.map(({ differences }) => differences.length)).toEqual([2, 1, 1]);
    expect(pages[0]!.differences[1]!.vi).toMatch(/^Đề nghị điều chỉnh muộn .* Trước: đạt; mới: bị chặn\.$/);
  });

  it('hold from their day on, in every judgement', async () => {
    const caseId = await house.openWithDossier();
    const [row] = shipped.limits.membersMax;
    const later = { ...shipped, limits: { ...shipped.limits, membersMax: [{ ...row!, value: 0 }] } };
    expect(await publish(later, { from: '2023-01-11' })).toMatchObject({ status: 201, body: { version: 2 } });
    expect(await findingOf(caseId, 'memberCount')).toMatchObject({ outcome: 'pass' });
    const { body } = await house.as('quantri.sngv', '/rules');
    expect(body.items.map((one: { version: number; inForce: boolean }) => [one.version, one.inForce])).toEqual([
      [2, false],
      [1, true],
    ]);
    house.clock.set(instantAt('2023-01-11', '08:00'));
    expect(await findingOf(caseId, 'memberCount')).toMatchObject({
      outcome: 'warn',
      text: { vi: 'Đoàn có 1 người, quá mức 0 người.' },
    });
    expect(await publish(shipped, { seen: 2, from: '2023-01-11' })).toMatchObject({ status: 201 });
    expect(await findingOf(caseId, 'memberCount')).toMatchObject({ outcome: 'pass' });
    const [audit] = await house.query<{ n: number }>(
      "select count(*)::int as n from audit_records where action = 'rules.published'",
    );
    expect(audit!.n).toBe(2);
  });

  it('of an earlier form, with a role beside agency and office, are read again after the migration', async () => {
    const roled = { ...shipped, version: 90 } as unknown as { routes: object[]; opinions: object[] };
    const routes = shipped.routes.map((route) => ({ ...route, decision: { ...route.decision, role: 'clerk' } }));
    const opinions = shipped.opinions.map((row) => ({ ...row, role: 'reviewer' }));
    const { dataSource } = house.api.database;
    const tried = dataSource.createQueryRunner();
    await tried.startTransaction();
    await tried.query('update rule_versions set content = $1::jsonb || \'{"version": 1}\' where version = 1', [
      JSON.stringify({ ...roled, routes, opinions }),
    ]);
    const content = async () => (await tried.query('select content from rule_versions where version = 1'))[0].content;
    expect(readProfile(await content()).problems.map(({ path }) => path)).toContain('opinions.0.role');
    await new RolesThatSteeredNothing1763700045000().up(tried);
    expect(readProfile(await content())).toEqual({ problems: [], profile: JSON.parse(JSON.stringify(shipped)) });
    await tried.rollbackTransaction();
    await tried.release();
  });

  it('of two administrators at once let one through', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => publish(shipped, { seen: 3, from: '2023-01-11' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 412, 412]);
  });

  it('suspend trips inside a moratorium, except those named, also for whoever approves', async () => {
    const waiting = await house.openWithDossier();
    const excepted = await house.openWithDossier();
    const inApproval = await house.openInApproval();
    const { body } = await house.as('chuyenvien.skhdt', `/cases/${excepted}`);
    const exceptions = [{ caseCode: body.caseCode, number: '7/UBND-VP', date: '2023-01-10' }];
    await house.publish({ ...shipped, validFrom: '2023-01-11', moratoria: [pause({ exceptions })] });
    const refused = await house.fire('chuyenvien.skhdt', waiting, { type: 'SUBMIT' });
    expect(refused).toMatchObject({ status: 409, body: { rules: [{ name: 'notFrozen' }] } });
    expect((await findingOf(waiting, 'moratorium')).text.vi).toContain('tạm dừng từ 01/03/2023 đến hết 30/04/2023');
    await house.must('chuyenvien.skhdt', excepted, { type: 'SUBMIT' });
    await house.must('giamdoc.sngv', inApproval, { type: 'APPROVE', document }, { refused: 409 });
    await house.publish({ ...shipped, validFrom: '2023-01-11', moratoria: [pause({ from: '2023-05-01', to: null })] });
    await house.must('giamdoc.sngv', inApproval, { type: 'APPROVE', document });
    await house.must('chuyenvien.skhdt', waiting, { type: 'SUBMIT' });
    await house.publish({ ...shipped, validFrom: '2023-01-11' });
  });

  it('see a delegation that repeats another', async () => {
    const plain = {
      content: 'Học kinh nghiệm quản lý rừng bền vững của tỉnh Oita',
      purpose: 'Trao đổi kỹ thuật trồng rừng gỗ lớn',
    };
    const first = await house.openInApproval(plain);
    const second = await house.open({ ...plain, departureDate: '2023-09-04', returnDate: '2023-09-08' });
    const elsewhere = await house.open({ ...plain, countries: [{ code: 'KR', name: 'Hàn Quốc' }] });
    const other = await house.open({ content: 'Hội chợ chè quốc tế tại Shizuoka', purpose: 'Bán chè Shan tuyết' });
    const { body } = await house.as('chuyenvien.skhdt', `/cases/${first}`);
    expect(await findingOf(second, 'duplicate')).toMatchObject({
      outcome: 'warn',
      text: { vi: `Trùng nước đến và nội dung với 1 đoàn khác trong 36 tháng (${body.caseCode}).` },
    });
    for (const caseId of [elsewhere, other])
      expect(await findingOf(caseId, 'duplicate')).toMatchObject({ outcome: 'pass' });
  });
});

describe('the register of bars to travel', () => {
  let house: DelegationHouse;
  let personId: string;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    personId = await house.personId('giamdoc.svhttdl');
  });
  afterAll(() => house.close());

  const withMember = () => ({
    members: [{ personId, fullName: 'Âu Thế Hùng', position: 'Giám đốc', organisation: 'Sở VHTT&DL', role: 'leader' }],
  });
  const record = (body: object, by = 'thamdinh.sngv') => house.as(by, '/restrictions', { body });

  it('is kept by the focal agency and nobody else', async () => {
    expect((await record({ personId, kind: 'disciplinaryReview' }, 'chuyenvien.skhdt')).status).toBe(403);
    expect((await record({ personId, kind: 'disciplinaryReview' }, 'quantri.sngv')).status).toBe(403);
    expect((await house.as('chuyenvien.stc', '/restrictions')).status).toBe(403);
    expect((await record({ personId: house.api.provinceId, kind: 'retiring' })).body.errors[0].path).toBe('personId');
    expect((await record({ personId, kind: 'gossip' })).status).toBe(400);
  });

  it('stops a submission and an approval without telling the unit who and why; lifted, the trip goes on', async () => {
    const caseId = await house.openWithDossier(withMember());
    const inApproval = await house.openInApproval({
      ...withMember(),
      departureDate: '2023-05-08',
      returnDate: '2023-05-12',
    });
    const { body: made, status } = await record({ personId, kind: 'disciplinaryReview' });
    expect(status).toBe(201);
    const refused = await house.fire('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    expect(refused).toMatchObject({ status: 409, body: { rules: [{ name: 'noEligibilityBlock' }] } });
    const { body } = await house.as('chuyenvien.skhdt', `/cases/${caseId}`);
    const finding = body.findings.find((one: { rule: string }) => one.rule === 'eligibility');
    expect(finding).toMatchObject({ outcome: 'block' });
    expect(JSON.stringify(finding)).not.toMatch(/kỷ luật|Hùng|disciplinary/i);
    await house.must('giamdoc.sngv', inApproval, { type: 'APPROVE', document }, { refused: 409 });
    const list = await house.as('thamdinh.sngv', '/restrictions?holdingOnly=true');
    expect(list.body.items).toMatchObject([{ id: made.id, kind: 'disciplinaryReview', person: { id: personId } }]);
    expect((await house.as('thamdinh.sngv', `/restrictions/${made.id}/lift`, { method: 'POST' })).status).toBe(204);
    expect((await house.as('thamdinh.sngv', `/restrictions/${made.id}/lift`, { method: 'POST' })).status).toBe(404);
    expect((await house.as('thamdinh.sngv', '/restrictions?holdingOnly=true')).body.items).toEqual([]);
    await house.must('giamdoc.sngv', inApproval, { type: 'APPROVE', document });
    expect((await house.fire('chuyenvien.skhdt', caseId, { type: 'SUBMIT' })).status).toBe(200);
  });

  it('of a kind the rules only warn of lets the trip pass with a warning', async () => {
    const caseId = await house.openWithDossier({
      ...withMember(),
      departureDate: '2023-07-03',
      returnDate: '2023-07-05',
    });
    await record({ personId, kind: 'retiring' });
    const { body } = await house.as('chuyenvien.skhdt', `/cases/${caseId}`);
    expect(body.findings.find((one: { rule: string }) => one.rule === 'eligibility')).toMatchObject({
      outcome: 'warn',
    });
  });
});
