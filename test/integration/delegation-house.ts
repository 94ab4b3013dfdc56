import { randomUUID } from 'node:crypto';
import {
  createBusinessCalendar,
  createManualClock,
  instantAt,
  type ManualClock,
  vietnamHolidays,
} from '#libs/calendar';
import { createUnitOfWork } from '#libs/persistence';
import type { ProvinceProfile } from '#libs/policy';
import { type ReplayReport, Runtime } from '#libs/runtime';
import { workflowDefinitions } from '#workflows/definitions.js';
import { type Answer, type ApiUnderTest, send, signIn, startApi } from './api-under-test.js';

export const pdf: Buffer<ArrayBuffer> = Buffer.from('%PDF-1.4\n% tờ trình của bản thử\n%%EOF\n');

/** The API with a clock set by hand, sessions of the demo people and the few moves the specs share. */
export class DelegationHouse {
  readonly #cookies = new Map<string, Promise<string>>();

  private constructor(
    readonly api: ApiUnderTest,
    readonly clock: ManualClock,
  ) {}

  static async open(at = instantAt('2023-01-09', '08:00')): Promise<DelegationHouse> {
    const clock = createManualClock(at);
    return new DelegationHouse(await startApi({ clock }), clock);
  }

  /** The same moves on an API somebody else started, and stops. */
  static on(api: ApiUnderTest, clock: ManualClock): DelegationHouse {
    return new DelegationHouse(api, clock);
  }

  close(): Promise<void> {
    return this.api.stop();
  }

  query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.api.database.dataSource.query(sql, values);
  }

  /** The log of every case run again, as the operator's `instance replay` does. */
  async replayAll(): Promise<ReplayReport[]> {
    const calendar = createBusinessCalendar(vietnamHolidays);
    const runtime = new Runtime({ clock: this.clock, definitions: workflowDefinitions, calendarFor: () => calendar });
    const unitOfWork = createUnitOfWork(this.api.database.dataSource);
    const reports: ReplayReport[] = [];
    for (const { id } of await this.query<{ id: string }>('select id from instances')) {
      reports.push(await unitOfWork.run((tx) => runtime.replay(tx, id)));
    }
    return reports;
  }

  /** What the sweep of the worker does: every deadline and reminder that is due. */
  async fireDueTimers(): Promise<void> {
    const calendar = createBusinessCalendar(vietnamHolidays);
    const runtime = new Runtime({ clock: this.clock, definitions: workflowDefinitions, calendarFor: () => calendar });
    const unitOfWork = createUnitOfWork(this.api.database.dataSource);
    for (const id of await unitOfWork.run((tx) => runtime.dueTimerIds(tx, { limit: 1000 })))
      await unitOfWork.run((tx) => runtime.fireTimer(tx, id));
  }

  cookieOf(mailbox: string): Promise<string> {
    const cookie = this.#cookies.get(mailbox) ?? signIn(this.api, mailbox);
    this.#cookies.set(mailbox, cookie);
    return cookie;
  }

  /** Another version of the rules, in force at once: straight into the table, as if an administrator had changed them. */
  async publish(profile: ProvinceProfile): Promise<void> {
    const { provinceId } = this.api;
    const [row] = await this.query<{ last: number }>(
      'select coalesce(max(version), 0) as last from rule_versions where province_id = $1',
      [provinceId],
    );
    const version = row!.last + 1;
    const content = JSON.stringify({ ...profile, version });
    await this.query(
      `insert into rule_versions (id, province_id, version, valid_from, valid_to, focal_organisation_code, content, note, created_at)
       values ($1, $2, $3, $4, null, $5, $6, '', $7)`,
      [randomUUID(), provinceId, version, profile.validFrom, profile.focalOrganisationCode, content, this.clock.now()],
    );
  }

  async as(mailbox: string, path: string, given: Parameters<typeof send>[2] = {}): Promise<Answer> {
    return send(this.api, `/api/v1${path}`, { ...given, cookie: await this.cookieOf(mailbox) });
  }

  fire(mailbox: string, caseId: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    return this.as(mailbox, `/cases/${caseId}/events`, { body, headers });
  }

  async personId(mailbox: string): Promise<string> {
    const [row] = await this.query<{ id: string }>('select id from people where email = $1', [
      `${mailbox}@tuyenquang.example`,
    ]);
    return row!.id;
  }

  async organisationId(code: string): Promise<string> {
    const [row] = await this.query<{ id: string }>('select id from organisations where code = $1', [code]);
    return row!.id;
  }

  /** A complete out-of-plan proposal. Its leader has no account, so that cases of one spec do not count against each other. */
  complete(): object {
    return {
      delegationName: 'Đoàn xúc tiến đầu tư tại Nhật Bản',
      purpose: 'Xúc tiến đầu tư vào công nghiệp chế biến',
      members: [
        {
          fullName: 'Lê Hồng Phong (mẫu)',
          position: 'Giám đốc',
          organisation: 'Sở Kế hoạch và Đầu tư',
          role: 'leader',
        },
      ],
      countries: [{ code: 'JP', name: 'Nhật Bản' }],
      departureDate: '2023-03-06',
      returnDate: '2023-03-10',
      content: 'Làm việc với chính quyền tỉnh Gunma',
      funding: [{ source: 'socialised', label: 'Xã hội hóa', amount: 450000000 }],
      outOfPlanJustification: 'Theo chỉ đạo của UBND tỉnh tại cuộc họp tháng 01/2023',
      noStateSecrets: true,
    };
  }

  async open(proposal: object = {}): Promise<string> {
    const answer = await this.as('chuyenvien.skhdt', '/proposals', {
      body: { proposal: { ...this.complete(), ...proposal } },
    });
    if (answer.status !== 201) throw new Error(`POST /proposals answered ${JSON.stringify(answer.body)}`);
    return answer.body.id;
  }

  attach(
    mailbox: string,
    caseId: string,
    fields: Record<string, string>,
    bytes = pdf,
    name = 'tài liệu.pdf',
  ): Promise<Answer> {
    return this.upload(mailbox, `/cases/${caseId}/documents`, fields, { bytes, name });
  }

  async upload(
    mailbox: string,
    path: string,
    fields: Record<string, string>,
    { bytes, name }: { bytes: Buffer<ArrayBuffer>; name: string },
  ): Promise<Answer> {
    const form = new FormData();
    form.set('noStateSecrets', 'true');
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    // An empty value here is a field that is not sent.
    if (fields.noStateSecrets === '') form.delete('noStateSecrets');
    form.set('file', new Blob([bytes]), name);
    const headers = { cookie: await this.cookieOf(mailbox) };
    const response = await fetch(`${this.api.url}/api/v1${path}`, { method: 'POST', body: form, headers });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  async download(mailbox: string, path: string): Promise<{ headers: Headers; bytes: Buffer }> {
    const headers = { cookie: await this.cookieOf(mailbox) };
    const response = await fetch(`${this.api.url}/api/v1${path}`, { headers });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  /** A case put before the focal agency's leader, with everything in order. */
  async openInApproval(proposal: object = {}): Promise<string> {
    const caseId = await this.openWithDossier(proposal);
    await this.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await this.must('giamdoc.stc', caseId, { type: 'SIGN_SUBMIT', document }, { refused: 404 });
    await this.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    await this.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
    await this.must('thamdinh.sngv', caseId, { type: 'ACCEPT_DOSSIER' });
    await this.must('thamdinh.sngv', caseId, { type: 'FORWARD' });
    return caseId;
  }

  async openWithDossier(proposal: object = {}): Promise<string> {
    const caseId = await this.open(proposal);
    for (const kind of ['proposalLetter', 'programme', 'memberList', 'costEstimate'])
      await this.attach('chuyenvien.skhdt', caseId, { kind });
    return caseId;
  }

  async must(mailbox: string, caseId: string, body: object, expected: { refused?: number } = {}): Promise<Answer> {
    const answer = await this.fire(mailbox, caseId, body);
    if (answer.status !== (expected.refused ?? 200))
      throw new Error(`${mailbox} ${JSON.stringify(body)}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** Approved on every level and decided; the delegation prepares to leave. */
  async openDecided(proposal: object = {}): Promise<string> {
    const caseId = await this.openInApproval(proposal);
    for (const mailbox of ['giamdoc.sngv', 'phochutich.ubnd', 'thuongtruc.tinhuy'])
      await this.must(mailbox, caseId, { type: 'APPROVE', document });
    const signerId = await this.personId('phochutich.ubnd');
    await this.must('vanthu.vpubnd', caseId, { type: 'ISSUE_DECISION', document, signerId });
    return caseId;
  }

  /** Ready, and abroad since the sixth of March. */
  async openAbroad(): Promise<string> {
    const caseId = await this.openDecided();
    for (const type of ['MOFA_NOTIFIED', 'EMBASSY_NOTIFIED', 'NOTE_VERBALE_ISSUED'])
      await this.must('thamdinh.sngv', caseId, { type, document });
    await this.must('thamdinh.sngv', caseId, { type: 'PASSPORT_GIVEN' });
    await this.must('chuyenvien.skhdt', caseId, { type: 'FUNDING_CONFIRMED' });
    this.clock.set(instantAt('2023-03-06', '08:00'));
    await this.must('chuyenvien.skhdt', caseId, { type: 'DEPART', departedOn: '2023-03-06' });
    return caseId;
  }

  async edit(caseId: string, patch: object): Promise<Answer> {
    const { proposal } = (await this.as('chuyenvien.skhdt', `/cases/${caseId}`)).body;
    const headers = { 'if-match': `"${proposal.revision}"` };
    return this.as('chuyenvien.skhdt', `/cases/${caseId}/proposal`, { method: 'PATCH', body: patch, headers });
  }

  async openTask(caseId: string, key: string): Promise<string> {
    const [row] = await this.query<{ id: string }>(
      'select id from tasks where instance_id = $1 and key like $2 and closed_at is null',
      [caseId, `${key}%`],
    );
    return row!.id;
  }
}

export const document = { number: '12/TTr-SKHĐT', date: '2023-01-09' };
export const newKey = () => `key-${randomUUID()}`;
