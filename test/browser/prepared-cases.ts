import type { RunningSystem } from '#test/e2e/journey/running-system.js';

const dossier = ['proposalLetter', 'programme', 'memberList', 'costEstimate', 'invitation', 'invitationTranslation'];
const dated = (number: string) => ({ number, date: '2023-01-13' });

/** Cases of the demo province at several steps on 13/01/2023, so that a picture of a screen has something on it. */
export async function prepareCases(
  system: RunningSystem,
): Promise<{ readonly atProvince: string; readonly draft: string }> {
  const send = (who: string, id: string, event: object) => system.ask(who, `/cases/${id}/events`, { body: event });
  const { items: plans } = await system.ask('chuyenvien.skhdt', '/plans?year=2023&direction=outbound');
  const { items: lines } = await system.ask('chuyenvien.skhdt', `/plans/${plans[0].id}/items?limit=10`);
  const open = async (line: number, patch: object | null): Promise<string> => {
    const { id } = await system.ask('chuyenvien.skhdt', '/proposals', { body: { planItemId: lines[line].id } });
    if (patch === null) return id;
    const { proposal } = await system.ask('chuyenvien.skhdt', `/cases/${id}`);
    const headers = { 'if-match': `"${proposal.revision}"` };
    await system.ask('chuyenvien.skhdt', `/cases/${id}/proposal`, { method: 'PATCH', body: patch, headers });
    for (const kind of dossier) {
      const form = new FormData();
      form.set('kind', kind);
      form.set('noStateSecrets', 'true');
      form.set('file', new Blob([`%PDF-1.4\n% ${kind}\n%%EOF\n`], { type: 'application/pdf' }), `${kind}.pdf`);
      await system.ask('chuyenvien.skhdt', `/cases/${id}/documents`, { form });
    }
    return id;
  };
  const submit = async (id: string, number: string) => {
    await send('chuyenvien.skhdt', id, { type: 'SUBMIT' });
    await send('giamdoc.skhdt', id, { type: 'SIGN_SUBMIT', document: dated(number) });
  };
  const toProvince = async (id: string, number: string) => {
    await submit(id, `${number}/TTr-SKHĐT`);
    await send('thamdinh.sngv', id, { type: 'RECEIVE' });
    await send('thamdinh.sngv', id, { type: 'ACCEPT_DOSSIER' });
    await send('thamdinh.sngv', id, { type: 'FORWARD', document: dated(`${number}/BC-SNgV`) });
    await send('giamdoc.sngv', id, { type: 'APPROVE', document: dated(`${number}/TTr-SNgV`) });
  };
  const atProvince = await open(0, await withChairman(system));
  await toProvince(atProvince, '12');
  await toProvince(await open(6, withOthers(['Phùng Văn Mẫu', 'Đàm Thị Mẫu'], '2023-10-09', '2023-10-16')), '13');
  await submit(await open(1, withOthers(['Lưu Văn Mẫu', 'Tạ Thị Mẫu'], '2023-04-10', '2023-04-14')), '14/TTr-SKHĐT');
  await submit(await open(2, withOthers(['Vi Văn Mẫu', 'Nông Thị Mẫu'], '2023-05-15', '2023-05-19')), '15/TTr-SKHĐT');
  const received = await open(3, withOthers(['Cao Văn Mẫu', 'Lục Thị Mẫu'], '2023-06-05', '2023-06-12'));
  await submit(received, '16/TTr-SKHĐT');
  await send('thamdinh.sngv', received, { type: 'RECEIVE' });
  return { atProvince, draft: await open(4, null) };
}

async function withChairman(system: RunningSystem): Promise<object> {
  const person = async (fullName: string, position: string, organisation: string, role: string) => {
    const { items } = await system.ask('thamdinh.sngv', `/people?search=${encodeURIComponent(fullName)}`);
    return { personId: items[0].id, fullName, position, organisation, role };
  };
  return {
    purpose: 'Xúc tiến hợp tác đầu tư, du lịch, lao động với tỉnh Gunma và các doanh nghiệp Nhật Bản',
    purposeKind: 'promotion',
    capacity: 'Đoàn đại biểu tỉnh Tuyên Quang',
    members: [
      await person('Hoàng Minh Quang (mẫu)', 'Chủ tịch UBND tỉnh', 'UBND tỉnh', 'leader'),
      await person('Âu Thế Hùng (mẫu)', 'Giám đốc', 'Sở Văn hóa, Thể thao và Du lịch', 'member'),
      await person('Hà Thị Nhung (mẫu)', 'Chuyên viên', 'Sở Tài chính', 'secretary'),
    ],
    departureDate: '2023-03-06',
    returnDate: '2023-03-10',
    funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh', amount: 920_000_000 }],
    noStateSecrets: true,
  };
}

function withOthers(names: readonly [string, string], departureDate: string, returnDate: string): object {
  const organisation = 'Sở Kế hoạch và Đầu tư';
  return {
    purpose: 'Gặp gỡ nhà đầu tư và học tập kinh nghiệm quản lý khu công nghiệp',
    purposeKind: 'promotion',
    members: [
      { fullName: names[0], position: 'Giám đốc', organisation, role: 'leader' },
      { fullName: names[1], position: 'Chuyên viên', organisation, role: 'secretary' },
    ],
    departureDate,
    returnDate,
    funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh', amount: 410_000_000 }],
    noStateSecrets: true,
  };
}
