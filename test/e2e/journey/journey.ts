import type { CaseView, TimerView } from '#contracts/case.js';
import { deadlineTexts } from '#contracts/deadline-names.js';
import type { StepDocumentType } from '#contracts/rule-profile-kinds.js';
import { formatDay, instantAt } from '#libs/calendar';
import type { ReceivedMail } from './running-system.js';
import { type Answer, RunningSystem, type SystemAddress } from './running-system.js';
import type { Teller } from './teller.js';

/** What a journey leaves behind, for a test to judge. */
export interface JourneyOutcome {
  readonly caseCode: string;
  readonly finalView: CaseView;
  /** The state after each accepted event, in order. */
  readonly states: readonly { type: string; state: string }[];
  readonly refusals: readonly { type: string; status: number; rules: readonly string[] }[];
  readonly mails: readonly ReceivedMail[];
  readonly auditFaults: number;
}

/** Quarter I of 2023; Tết Quý Mão: days off 20–26 January. */
const days = { opened: '2023-01-13', departure: '2023-03-06', back: '2023-03-10' } as const;

/** One case of the demo province, told as it happens. */
class Journey {
  caseId = '';
  readonly states: { type: string; state: string }[] = [];
  readonly refusals: { type: string; status: number; rules: readonly string[] }[] = [];
  readonly mails: ReceivedMail[] = [];
  readonly #toldDeadlines = new Set<string>();
  #number = 0;

  constructor(
    readonly system: RunningSystem,
    readonly teller: Teller,
  ) {}

  view(mailbox = 'thamdinh.sngv'): Promise<CaseView> {
    return this.system.ask(mailbox, `/cases/${this.caseId}`);
  }

  readonly tellMails = (mails: readonly ReceivedMail[]): void => {
    this.mails.push(...mails);
    this.teller.mails(mails);
  };

  until(day: string, time: string): Promise<void> {
    return this.system.advanceTo(instantAt(day, time), this.tellMails);
  }

  /** An event that must be accepted; tells the new state, the deadlines it brought and the mails it caused. */
  async does(mailbox: string, what: string, event: { type: string; [field: string]: unknown }): Promise<void> {
    const at = await this.system.now();
    await this.system.ask(mailbox, `/cases/${this.caseId}/events`, { body: event });
    await this.tell({ at, who: mailbox, what, type: event.type });
  }

  async tell({ at, who, what, type }: { at: Date; who: string; what: string; type: string }): Promise<void> {
    const view = await this.view();
    const state = leaves(view);
    this.states.push({ type, state });
    this.teller.step({ at, who, what, state });
    for (const timer of view.deadlines) this.tellDeadline(timer);
    await this.system.settle();
    this.tellMails(await this.system.newMails());
  }

  private tellDeadline(timer: TimerView): void {
    if (timer.kind !== 'deadline' || this.#toldDeadlines.has(timer.id)) return;
    this.#toldDeadlines.add(timer.id);
    if (timer.cancelledAt !== null) return;
    const name = (deadlineTexts as Record<string, { vi: string }>)[timer.name]?.vi ?? timer.name;
    this.teller.deadline({ name, dueAt: new Date(timer.dueAt), explanation: timer.explanation.vi });
  }

  /** An event that must be refused with 409. */
  async isRefused(mailbox: string, what: string, event: { type: string; [field: string]: unknown }): Promise<void> {
    const at = await this.system.now();
    const answer: Answer = await this.system.as(mailbox, `/cases/${this.caseId}/events`, { body: event });
    if (answer.status !== 409) throw new Error(`${what}: 409 expected, ${answer.status} came.`);
    const rules = (answer.body.rules ?? []).map((rule: { name: string }) => rule.name);
    this.refusals.push({ type: event.type, status: answer.status, rules });
    this.teller.refusal({ at, who: mailbox, what, answer });
  }

  /** A document with the next number of an office, dated by the clock. */
  async document(office: string): Promise<{ number: string; date: string }> {
    this.#number += 1;
    const date = (await this.system.now()).toISOString().slice(0, 10);
    return { number: `${this.#number}/${office}`, date };
  }

  async attach(mailbox: string, kinds: readonly string[]): Promise<void> {
    for (const kind of kinds) {
      const form = new FormData();
      form.set('kind', kind);
      form.set('noStateSecrets', 'true');
      form.set('file', new Blob([`%PDF-1.4\n% ${kind}\n%%EOF\n`], { type: 'application/pdf' }), `${kind}.pdf`);
      await this.system.ask(mailbox, `/cases/${this.caseId}/documents`, { form });
    }
  }

  async edit(mailbox: string, patch: object): Promise<void> {
    const { proposal } = await this.view(mailbox);
    const headers = { 'if-match': `"${proposal.revision}"` };
    await this.system.ask(mailbox, `/cases/${this.caseId}/proposal`, { method: 'PATCH', body: patch, headers });
  }

  async personId(fullName: string): Promise<string> {
    const { items } = await this.system.ask('thamdinh.sngv', `/people?search=${encodeURIComponent(fullName)}`);
    if (items.length !== 1) throw new Error(`${items.length} people are called ${fullName}; one was expected.`);
    return items[0].id;
  }

  async organisationIds(codes: readonly string[]): Promise<string[]> {
    const { items } = await this.system.ask('thamdinh.sngv', '/organisations');
    return codes.map((code) => items.find((item: { code: string }) => item.code === code).id);
  }
}

/** The most exact named states, as one line. */
function leaves(view: CaseView): string {
  const { states } = view;
  const asked = view.tasks.find((task) => task.kind === 'approveStep' && task.closedAt === null);
  if (asked) return asked.text.vi;
  const exact = states.filter(({ id }) => !states.some((other) => other.id.startsWith(`${id}.`)));
  return exact
    .filter(({ id }) => !/\.(none|waiting|notNeeded)$/.test(id))
    .map(({ text }) => text.vi)
    .join(' · ');
}

/**
 * Line 1 of the Tuyên Quang 2023 plan (Nhật Bản, Quý I/2023) from the draft to completion, with a report that comes late. Throws
 * when something is not as it should be.
 */
export async function playJourney(address: SystemAddress, teller: Teller): Promise<JourneyOutcome> {
  const system = new RunningSystem(address);
  const journey = new Journey(system, teller);
  await system.setClock(instantAt(days.opened, '08:00'));
  await system.newMails();
  await proposes(journey);
  await appraises(journey);
  await approves(journey);
  await prepares(journey);
  await travels(journey);
  await reportsLate(journey);
  const finalView = await journey.view();
  if (finalView.status !== 'done') throw new Error(`The case is not completed: ${leaves(finalView)}.`);
  const audit = await system.ask('thanhtra.sngv', '/operations/audit/verify', { method: 'POST' });
  teller.note(
    `\n✓ ${finalView.caseCode} hoàn thành: ${journey.states.length} việc, ${journey.refusals.length} lần bị từ chối có nêu lý do, ` +
      `${journey.mails.length} thư; chuỗi nhật ký ${audit.events} sự kiện, ${audit.faults.length} sai lệch.`,
  );
  const { states, refusals, mails } = journey;
  const { caseCode } = finalView;
  return { caseCode, finalView, states, refusals, mails, auditFaults: audit.faults.length };
}

async function proposes(journey: Journey): Promise<void> {
  const { system, teller } = journey;
  teller.chapter('1. Đề xuất');
  const { items: plans } = await system.ask('chuyenvien.skhdt', '/plans?year=2023&direction=outbound');
  const { items } = await system.ask('chuyenvien.skhdt', `/plans/${plans[0].id}/items?limit=5`);
  const line = items.find((item: { number: string }) => item.number === '1');
  const countries = line.countries.map((country: { name: string }) => country.name).join(', ');
  teller.note(`Kế hoạch đoàn ra 2023, dòng 1: ${line.name}, ${line.head}, ${countries}, ${line.period.label}.`);
  const at = await system.now();
  const opened = await system.ask('chuyenvien.skhdt', '/proposals', { body: { planItemId: line.id } });
  journey.caseId = opened.id;
  await journey.tell({
    at,
    who: 'chuyenvien.skhdt',
    what: `Lập hồ sơ ${opened.caseCode} từ dòng kế hoạch`,
    type: 'START',
  });
  await journey.edit('chuyenvien.skhdt', await particulars(journey));
  await journey.isRefused('chuyenvien.skhdt', 'Trình khi chưa có tài liệu', { type: 'SUBMIT' });
  await journey.attach('chuyenvien.skhdt', dossier);
  await journey.does('chuyenvien.skhdt', 'Trình thủ trưởng đơn vị', { type: 'SUBMIT' });
  await journey.until('2023-01-13', '10:30');
  const document = await journey.document('TTr-SKHĐT');
  await journey.does('giamdoc.skhdt', 'Ký trình Sở Ngoại vụ', { type: 'SIGN_SUBMIT', document });
}

const dossier = ['proposalLetter', 'programme', 'memberList', 'costEstimate', 'invitation', 'invitationTranslation'];

async function particulars(journey: Journey): Promise<object> {
  const person = async (fullName: string, position: string, organisation: string, role: string) => ({
    personId: await journey.personId(fullName),
    fullName,
    position,
    organisation,
    role,
  });
  return {
    purpose: 'Xúc tiến hợp tác đầu tư, du lịch, lao động với tỉnh Gunma và các doanh nghiệp Nhật Bản',
    purposeKind: 'promotion',
    members: [
      await person('Hoàng Minh Quang (mẫu)', 'Chủ tịch UBND tỉnh', 'UBND tỉnh', 'leader'),
      await person('Âu Thế Hùng (mẫu)', 'Giám đốc', 'Sở Văn hóa, Thể thao và Du lịch', 'member'),
      await person('Hà Thị Nhung (mẫu)', 'Chuyên viên', 'Sở Tài chính', 'secretary'),
      { fullName: 'Trịnh Thu Mẫu', position: 'Phiên dịch', organisation: 'Cộng tác viên', role: 'interpreter' },
    ],
    departureDate: days.departure,
    returnDate: days.back,
    funding: [{ source: 'stateBudget', label: 'Ngân sách tỉnh', amount: 920_000_000 }],
    noStateSecrets: true,
  };
}

async function appraises(journey: Journey): Promise<void> {
  journey.teller.chapter('2. Thẩm định');
  await journey.until('2023-01-13', '14:00');
  await journey.does('thamdinh.sngv', 'Tiếp nhận hồ sơ', { type: 'RECEIVE' });
  await journey.until('2023-01-16', '09:00');
  await journey.does('thamdinh.sngv', 'Yêu cầu bổ sung (một lần, đủ danh mục)', {
    type: 'REQUEST_SUPPLEMENT',
    items: ['Chương trình làm việc theo từng ngày', 'Văn bản xác nhận lịch tiếp của tỉnh Gunma'],
  });
  await journey.until('2023-01-18', '10:00');
  await journey.attach('chuyenvien.skhdt', ['programme', 'invitation']);
  await journey.edit('chuyenvien.skhdt', { capacity: 'Đoàn đại biểu tỉnh Tuyên Quang' });
  await journey.does('chuyenvien.skhdt', 'Nộp hồ sơ đã bổ sung', { type: 'RESUBMIT' });
  const asked = ['STC', 'BTCTU', 'CAT'];
  const ids = await journey.organisationIds(asked);
  await journey.does('thamdinh.sngv', 'Lấy ý kiến Sở Tài chính, Ban Tổ chức Tỉnh ủy, Công an tỉnh', {
    type: 'REQUEST_OPINION',
    organisationIds: ids,
  });
  await journey.until('2023-01-19', '09:00');
  await journey.isRefused('thamdinh.sngv', 'Trình phê duyệt khi chưa đủ ý kiến', { type: 'FORWARD' });
  for (const [index, code] of asked.entries()) {
    const document = await journey.document(`CV-${code}`);
    await journey.does(`thamdinh.${code.toLowerCase()}`, `${code} trả lời: đồng ý`, {
      type: 'OPINION_RECEIVED',
      organisationId: ids[index],
      opinion: 'agree',
      document,
    });
  }
  await journey.does('thamdinh.sngv', 'Xác nhận hồ sơ đầy đủ', { type: 'ACCEPT_DOSSIER' });
  await journey.does('thamdinh.sngv', 'Trình phê duyệt', {
    type: 'FORWARD',
    document: await journey.document('BC-SNgV'),
  });
}

async function approves(journey: Journey): Promise<void> {
  journey.teller.chapter('3. Phê duyệt');
  const approve = async (mailbox: string, what: string, office: string, type: StepDocumentType = 'officialLetter') =>
    journey.does(mailbox, what, { type: 'APPROVE', document: { ...(await journey.document(office)), type } });
  await journey.until('2023-01-19', '15:00');
  await approve('giamdoc.sngv', 'Lãnh đạo Sở Ngoại vụ đồng ý', 'TTr-SNgV', 'submission');
  await journey.until('2023-01-27', '08:30');
  const document = await journey.document('UBND-NC');
  await journey.isRefused('chutich.ubnd', 'Chủ tịch UBND tự duyệt chuyến đi của mình', { type: 'APPROVE', document });
  await approve('phochutich.ubnd', 'Phó Chủ tịch UBND tỉnh đồng ý', 'UBND-NC');
  await journey.until('2023-01-30', '09:00');
  await approve('thuongtruc.tinhuy', 'Thường trực Tỉnh ủy đồng ý', 'CV-TU');
  await journey.until('2023-02-06', '09:00');
  await approve('vanthu.vpubnd', 'Ghi ý kiến đồng ý của Trung ương', 'VPCP-QHQT');
}

async function prepares(journey: Journey): Promise<void> {
  journey.teller.chapter('4. Quyết định, thông báo Bộ Ngoại giao và chuẩn bị');
  await journey.until('2023-02-07', '09:00');
  const signerId = await journey.personId('Lương Thị Bích (mẫu)');
  const document = await journey.document('QĐ-UBND');
  await journey.does('vanthu.vpubnd', 'Ban hành quyết định cử đoàn', { type: 'ISSUE_DECISION', document, signerId });
  await journey.until('2023-02-08', '09:00');
  const noted = async (mailbox: string, what: string, type: string, office: string) =>
    journey.does(mailbox, what, { type, document: await journey.document(office) });
  await noted('vanthu.sngv', 'Thông báo Bộ Ngoại giao', 'MOFA_NOTIFIED', 'SNgV-LS');
  await noted('vanthu.sngv', 'Thông báo Đại sứ quán Việt Nam tại Nhật Bản', 'EMBASSY_NOTIFIED', 'SNgV-LS');
  await noted('chuyenvien.skhdt', 'Xác nhận kinh phí', 'FUNDING_CONFIRMED', 'STC-NS');
  await journey.until('2023-02-15', '09:00');
  await noted('thamdinh.sngv', 'Cấp công hàm xin thị thực', 'NOTE_VERBALE_ISSUED', 'CH-SNgV');
  await journey.until('2023-02-24', '09:00');
  await journey.does('thamdinh.sngv', 'Giao hộ chiếu cho đoàn', { type: 'PASSPORT_GIVEN' });
}

async function travels(journey: Journey): Promise<void> {
  journey.teller.chapter(
    `5. Chuyến đi ${formatDay(days.departure)} – ${formatDay(days.back)} và nghĩa vụ sau chuyến đi`,
  );
  await journey.until(days.departure, '07:45');
  await journey.does('chuyenvien.skhdt', 'Xác nhận đoàn xuất cảnh', { type: 'DEPART', departedOn: days.departure });
  await journey.until(days.back, '16:30');
  await journey.does('chuyenvien.skhdt', 'Xác nhận đoàn về nước', { type: 'RETURN_HOME', returnedOn: days.back });
  await journey.until('2023-03-15', '09:00');
  await journey.does('vanthu.sngv', 'Nhận lại hộ chiếu', { type: 'PASSPORT_RETURNED' });
}

async function reportsLate(journey: Journey): Promise<void> {
  await journey.until('2023-03-22', '09:00');
  const overdue = await journey.view();
  if (!overdue.states.some(({ id }) => id === 'trip.closing.report.due.overdue'))
    throw new Error(`The report is not marked overdue: ${leaves(overdue)}.`);
  const at = await journey.system.now();
  journey.teller.step({ at, who: 'hệ thống', what: 'Hạn báo cáo đã qua', state: leaves(overdue) });
  await journey.does('chuyenvien.skhdt', 'Nộp báo cáo kết quả (muộn)', {
    type: 'SUBMIT_REPORT',
    document: await journey.document('BC-SKHĐT'),
    summary: 'Đoàn đã làm việc với chính quyền tỉnh Gunma và JICA; thống nhất ba nội dung hợp tác.',
    report: { actual: { people: 4, days: 5 } },
  });
  await journey.until('2023-03-23', '09:00');
  await journey.does('thamdinh.sngv', 'Nghiệm thu báo cáo', { type: 'ACCEPT_REPORT' });
  await journey.until('2023-03-24', '09:00');
  await journey.does('chuyenvien.skhdt', 'Hoàn tất quyết toán', { type: 'SETTLEMENT_DONE' });
  await journey.until('2023-03-24', '10:00');
}
