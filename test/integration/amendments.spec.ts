import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { zipPart } from '#test/support/office-files.js';
import { DelegationHouse, document } from './delegation-house.js';

const officer = 'chuyenvien.skhdt';
const leader = 'phochutich.ubnd';
const clerk = 'vanthu.vpubnd';
const person = (fullName: string, role = 'member') => ({
  ...{ fullName, role },
  ...{ position: role === 'leader' ? 'Giám đốc' : 'Chuyên viên', organisation: 'Sở Kế hoạch và Đầu tư' },
});
const [head, first, second, other] = ['Nông Văn Đức', 'Ma Văn Huy', 'Lê Thị Oanh', 'Triệu Thị Mai'] as const;
const members = [person(head, 'leader'), person(first), person(second)];

describe('an amendment by Thông tư 08/2025/TT-BNG', () => {
  let house: DelegationHouse;
  beforeAll(async () => {
    house = await DelegationHouse.open();
  });
  afterAll(() => house.close());

  const amendmentOf = async (caseId: string) => (await house.as(officer, `/cases/${caseId}/amendment`)).body;
  const ask = (caseId: string, changedFields: readonly string[]) =>
    house.must(officer, caseId, { type: 'REQUEST_AMENDMENT', changedFields, reason: 'Đối tác đề nghị' });
  const approve = (caseId: string, expected = {}) =>
    house.must(leader, caseId, { type: 'AMENDMENT_APPROVED', document }, expected);
  const draft = (caseId: string, type: string) =>
    house.as(clerk, `/cases/${caseId}/official-documents`, { body: { type } });
  /** What is printed, one paragraph or cell a line. */
  async function textOf(documentId: string): Promise<string> {
    const { bytes } = await house.download(clerk, `/official-documents/${documentId}/file`);
    return zipPart(bytes, 'word/document.xml')
      .replaceAll('</w:p>', '\n')
      .replaceAll(/<[^>]+>/g, '');
  }

  it('of nothing is nothing to approve, also when an item was changed and changed back', async () => {
    const caseId = await house.openDecided({ members });
    await ask(caseId, ['partners']);
    const untouched = await approve(caseId, { refused: 409 });
    expect(untouched.body.rules).toMatchObject([{ name: 'amendmentChangesContent' }]);
    expect((await draft(caseId, 'amendmentConfirmation')).body.detail).toContain('chưa sửa nội dung');
    await house.edit(caseId, { partners: 'Chính quyền tỉnh Oita' });
    expect(await amendmentOf(caseId)).toMatchObject({
      count: 1,
      differences: [{ before: { vi: 'Không', en: 'None' } }],
    });
    await house.edit(caseId, { partners: '' });
    expect(await amendmentOf(caseId)).toMatchObject({ differences: [], requested: ['partners'] });
    await approve(caseId, { refused: 409 });
    await house.must(leader, caseId, { type: 'AMENDMENT_REJECTED', reason: 'Không còn cần' });
    expect(await amendmentOf(caseId)).toEqual({ differences: [], count: 0, route: 'none', requested: [] });
  });

  it('of one member for another is one item, printed as it was and as it becomes', async () => {
    const caseId = await house.openDecided({ members });
    await ask(caseId, ['members']);
    await house.edit(caseId, { members: [members[0], members[1], person(other)] });
    expect(await amendmentOf(caseId)).toMatchObject({
      count: 1,
      route: 'onTheSpot',
      differences: [{ field: 'members' }],
    });
    expect((await draft(caseId, 'amendmentDecision')).status).toBe(409);
    const made = await draft(caseId, 'amendmentConfirmation');
    const printed = await textOf(made.body.id);
    expect(printed).toContain('XÁC NHẬN ĐIỀU CHỈNH');
    const [was, becomes] = [printed.indexOf(second), printed.indexOf(other)];
    expect(was).toBeGreaterThan(printed.indexOf('Thành viên đoàn'));
    expect(becomes).toBeGreaterThan(was);
    expect(printed).not.toContain(head);
    await approve(caseId);
    expect((await amendmentOf(caseId)).route).toBe('none');
  });

  it('of the order of the list is none, and says the rest in both languages', async () => {
    const caseId = await house.openDecided({ members, dayCount: 5 });
    await ask(caseId, ['members', 'countries', 'dates']);
    const turned = [person(second), members[0], person(first)];
    await house.edit(caseId, { members: turned });
    expect(await amendmentOf(caseId)).toMatchObject({ differences: [] });
    await house.edit(caseId, { members: [...turned.slice(1), person(other, 'secretary')], returnDate: '2023-03-12' });
    const { differences } = await amendmentOf(caseId);
    expect(differences.map((row: { field: string }) => row.field)).toEqual(['members', 'dates']);
    const [list, days] = differences;
    // In the order of the new list.
    expect(list.after.vi.split('\n')).toEqual([
      expect.stringContaining(first),
      `${other}, Chuyên viên, Sở Kế hoạch và Đầu tư (thư ký)`,
    ]);
    expect(list.after.en).toContain('(secretary)');
    expect(days.after).toEqual({
      vi: 'Từ 06/03/2023 đến 12/03/2023 (5 ngày)',
      en: 'From 06/03/2023 to 12/03/2023 (5 days)',
    });
    // The countries stand in the order of the journey.
    await house.edit(caseId, {
      countries: [
        { code: 'KR', name: 'Hàn Quốc' },
        { code: 'JP', name: 'Nhật Bản' },
      ],
    });
    const [, , itinerary] = (await amendmentOf(caseId)).differences;
    expect(itinerary.after).toEqual({ vi: 'Hàn Quốc, Nhật Bản', en: 'South Korea, Japan' });
  });

  it('that makes a member the leader is two items and needs a new decision with its list', async () => {
    const caseId = await house.openDecided({ members });
    await ask(caseId, ['members', 'leader']);
    await house.edit(caseId, { members: [person(first, 'leader'), person(head), person(second)] });
    expect(await amendmentOf(caseId)).toMatchObject({
      ...{ count: 2, route: 'newDecision' },
      differences: [{ field: 'members' }, { field: 'leader' }],
    });
    await approve(caseId, { refused: 409 });
    expect((await draft(caseId, 'amendmentConfirmation')).body.detail).toContain('2 nội dung');
    const made = await draft(caseId, 'amendmentDecision');
    const printed = await textOf(made.body.id);
    expect(printed).toContain('Sửa đổi, bổ sung 02 nội dung');
    expect(printed).toContain('DANH SÁCH');
    const signerId = await house.personId(leader);
    await house.must(clerk, caseId, { type: 'ISSUE_DECISION', document, signerId });
    expect(await amendmentOf(caseId)).toMatchObject({ count: 0, route: 'none', differences: [] });
  });

  it('after one confirmed in place is the second item; the new decision carries both and begins the count anew', async () => {
    const caseId = await house.openDecided({ members });
    await ask(caseId, ['dates']);
    await house.edit(caseId, { departureDate: '2023-03-13', returnDate: '2023-03-17' });
    await approve(caseId);
    await ask(caseId, ['partners']);
    await house.edit(caseId, { partners: 'Chính quyền tỉnh Oita' });
    const made = await draft(caseId, 'amendmentDecision');
    const printed = await textOf(made.body.id);
    expect(printed).toContain('Sửa đổi, bổ sung 02 nội dung');
    expect(printed).toContain('Từ 06/03/2023 đến 10/03/2023');
    expect(printed).toContain('Chính quyền tỉnh Oita');
    const signerId = await house.personId(leader);
    await house.must(clerk, caseId, { type: 'ISSUE_DECISION', document, signerId });
    await ask(caseId, ['purpose']);
    await house.edit(caseId, { content: 'Làm việc với chính quyền tỉnh Oita' });
    expect(await amendmentOf(caseId)).toMatchObject({
      count: 1,
      route: 'onTheSpot',
      differences: [{ field: 'purpose' }],
    });
    await approve(caseId);
  });

  it('asked twice at once is one request', async () => {
    const caseId = await house.openDecided({ members });
    const fire = (changedFields: readonly string[]) =>
      house.fire(officer, caseId, { type: 'REQUEST_AMENDMENT', changedFields, reason: 'Đối tác đề nghị' });
    const answers = await Promise.all([fire(['partners']), fire(['dates'])]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const { requested } = await amendmentOf(caseId);
    expect(requested).toHaveLength(1);
  });
});
