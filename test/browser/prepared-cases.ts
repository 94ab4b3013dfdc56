import { instantAt } from '#libs/calendar';
import type { RunningSystem } from '#test/e2e/journey/running-system.js';

const dossier = ['proposalLetter', 'programme', 'memberList', 'costEstimate', 'invitation', 'invitationTranslation'];
const dated = (number: string) => ({ number, date: '2023-01-13' });
const submission = (number: string) => ({ ...dated(number), type: 'submission' });

/** Cases of the demo province at several steps on 13/01/2023, so that a picture of a screen has something on it. */
export async function prepareCases(
  system: RunningSystem,
): Promise<{ readonly atProvince: string; readonly draft: string }> {
  const { send, open } = await desk(system);
  const submit = async (id: string, number: string) => {
    await send('chuyenvien.skhdt', id, { type: 'SUBMIT' });
    await send('giamdoc.skhdt', id, { type: 'SIGN_SUBMIT', document: dated(number) });
  };
  const toProvince = async (id: string, number: string) => {
    await submit(id, `${number}/TTr-SKHĐT`);
    await send('thamdinh.sngv', id, { type: 'RECEIVE' });
    await send('thamdinh.sngv', id, { type: 'ACCEPT_DOSSIER' });
    await send('thamdinh.sngv', id, { type: 'FORWARD', document: dated(`${number}/BC-SNgV`) });
    await send('giamdoc.sngv', id, { type: 'APPROVE', document: submission(`${number}/TTr-SNgV`) });
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

/** The unit's desk: a case from a line of the plan of 2023 with its whole dossier, and events sent to cases. */
async function desk(system: RunningSystem) {
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
  return { send, open };
}

/** A delegation that went on 10/04/2023 and is back since 14/04: passports and report are owed. The clock then stands on 17/04. */
export async function bringHome(system: RunningSystem): Promise<string> {
  const { send, open } = await desk(system);
  const trip = withOthers(['Ma Văn Mẫu', 'Triệu Thị Mẫu'], '2023-04-10', '2023-04-14');
  const id = await open(5, { ...trip, dayCount: 5 });
  const steps: readonly (readonly [string, object])[] = [
    ['chuyenvien.skhdt', { type: 'SUBMIT' }],
    ['giamdoc.skhdt', { type: 'SIGN_SUBMIT', document: dated('31/TTr-SKHĐT') }],
    ['thamdinh.sngv', { type: 'RECEIVE' }],
    ['thamdinh.sngv', { type: 'ACCEPT_DOSSIER' }],
    ['thamdinh.sngv', { type: 'FORWARD', document: dated('31/BC-SNgV') }],
    ['giamdoc.sngv', { type: 'APPROVE', document: submission('31/TTr-SNgV') }],
  ];
  for (const [who, event] of steps) await send(who, id, event);
  // As many levels as the rules of the province ask for.
  for (const who of ['phochutich.ubnd', 'thuongtruc.tinhuy', 'vanthu.vpubnd'])
    await system.as(who, `/cases/${id}/events`, {
      body: { type: 'APPROVE', document: { ...dated('31/VB'), type: 'officialLetter' } },
    });
  const { items } = await system.ask('vanthu.vpubnd', `/people?search=${encodeURIComponent('Lương Thị Bích')}`);
  await send('vanthu.vpubnd', id, { type: 'ISSUE_DECISION', document: dated('31/QĐ-UBND'), signerId: items[0].id });
  await send('vanthu.sngv', id, { type: 'MOFA_NOTIFIED', document: dated('32/SNgV-LS') });
  await send('vanthu.sngv', id, { type: 'EMBASSY_NOTIFIED', document: dated('33/SNgV-LS') });
  await send('chuyenvien.skhdt', id, { type: 'FUNDING_CONFIRMED', document: dated('34/STC-NS') });
  await send('thamdinh.sngv', id, { type: 'NOTE_VERBALE_ISSUED', document: dated('35/CH-SNgV') });
  await send('thamdinh.sngv', id, { type: 'PASSPORT_GIVEN' });
  await system.setClock(instantAt('2023-04-10', '08:00'));
  await send('chuyenvien.skhdt', id, { type: 'DEPART', departedOn: '2023-04-10' });
  await system.setClock(instantAt('2023-04-17', '08:00'));
  await send('chuyenvien.skhdt', id, { type: 'RETURN_HOME', returnedOn: '2023-04-14' });
  return id;
}

/** The report of the delegation that came home, accepted: it stands in the library and leaves a task until 31/05/2023. */
export async function tellTrip(system: RunningSystem, id: string): Promise<void> {
  const { send } = await desk(system);
  const { items } = await system.ask('thamdinh.sngv', '/organisations');
  const owner = items.find((one: { code: string }) => one.code === 'SKHDT');
  const report = {
    actual: { people: 2, days: 5, costs: [{ source: 'stateBudget', amount: 395_000_000 }] },
    deviations: 'Rút ngắn một buổi làm việc tại Niu Di-lân theo lịch của bạn.',
    meetings: [
      {
        date: '2023-04-11',
        place: 'Melbourne',
        partner: 'Phòng Thương mại Ô-xtrây-li-a',
        content: 'Giới thiệu khu công nghiệp Long Bình An, trao đổi về đào tạo nghề.',
      },
      {
        date: '2023-04-13',
        place: 'Wellington',
        partner: 'Bộ Công nghiệp cơ bản Niu Di-lân',
        content: 'Kinh nghiệm chăn nuôi bò sữa, quản lý rừng trồng.',
      },
    ],
    agreements: [
      { title: 'Bản ghi nhớ hợp tác đào tạo nghề', partner: 'Học viện Kangan', signedOn: '2023-04-12', term: '03 năm' },
    ],
    followUps: [
      {
        task: 'Trình UBND tỉnh kế hoạch đào tạo nghề theo bản ghi nhớ',
        organisationId: owner.id,
        dueDate: '2023-05-31',
      },
    ],
    lessons: 'Gửi tài liệu bằng tiếng Anh trước ít nhất hai tuần.',
  };
  const document = { number: '41/BC-SKHĐT', date: '2023-04-17' };
  const summary = 'Hai bên thống nhất hợp tác đào tạo nghề và trao đổi kinh nghiệm quản lý rừng trồng.';
  await send('chuyenvien.skhdt', id, { type: 'SUBMIT_REPORT', document, summary, report });
  await send('thamdinh.sngv', id, { type: 'ACCEPT_REPORT' });
}

/** The plan of 2024, its registration open, and a line that a unit proposed. */
export async function beginPlan(system: RunningSystem): Promise<{ readonly plan: string; readonly line: string }> {
  const { id: plan } = await system.ask('thamdinh.sngv', '/plans', { body: { year: 2024 } });
  await system.ask('thamdinh.sngv', `/plans/${plan}/events`, { body: { type: 'OPEN_REGISTRATION' } });
  const fields = {
    name: 'Đoàn xúc tiến đầu tư tại Nhật Bản',
    head: 'Giám đốc Sở',
    partners: 'JETRO, tỉnh Oita',
    content: 'Gặp gỡ doanh nghiệp, giới thiệu dự án khu công nghiệp.',
    countries: 'Nhật Bản (tỉnh Oita)',
    peopleCount: 6,
    days: 6,
    period: 'Quý II',
    funding: 'Ngân sách tỉnh',
    noStateSecrets: true,
  };
  const { id: line } = await system.ask('chuyenvien.skhdt', `/plans/${plan}/items`, { body: fields });
  return { plan, line };
}

/** The half-year's reports are asked for; one unit has handed its own in. */
export async function askReports(
  system: RunningSystem,
): Promise<{ readonly round: string; readonly unitReport: string }> {
  const body = { kind: 'halfYear', from: '2023-01-01', to: '2023-06-30' };
  const { id: round } = await system.ask('thamdinh.sngv', '/report-rounds', { body });
  const { units } = await system.ask('thamdinh.sngv', `/report-rounds/${round}`);
  const own = units.find((unit: { organisation: { name: string } }) => unit.organisation.name.includes('Kế hoạch'));
  const remarks = {
    achievements: 'Ký bản ghi nhớ với tỉnh Gunma về đào tạo nghề.',
    difficulties: 'Thị thực cho đoàn doanh nghiệp cấp chậm.',
    proposals: 'Bố trí phiên dịch chung cho các đoàn cùng thời gian.',
  };
  const handIn = { body: { type: 'SUBMIT_UNIT_REPORT', remarks } };
  await system.ask('chuyenvien.skhdt', `/unit-reports/${own.id}/events`, handIn);
  return { round, unitReport: own.id };
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
