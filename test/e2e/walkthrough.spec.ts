import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayOf, formatInstant } from '#libs/calendar';
import { environmentWithoutServices } from '#test/support/launcher-process.js';
import { type JourneyOutcome, playJourney } from './journey/journey.js';
import type { SystemAddress } from './journey/running-system.js';
import type { Teller } from './journey/teller.js';

const root = path.resolve(import.meta.dirname, '../..');
const startTimeoutMs = 240_000;

const silent: Teller = {
  chapter: () => undefined,
  step: () => undefined,
  deadline: () => undefined,
  refusal: () => undefined,
  mails: () => undefined,
  note: () => undefined,
};

/** The whole product as `npm start` starts it, on a folder of its own, with CLOCK=manual. */
class OwnSystem {
  readonly #dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-e2e-'));
  #launcher: ChildProcess | undefined;
  #output = '';

  async start(): Promise<SystemAddress> {
    // The database server may run as a user of its own, who must be able to enter.
    fs.chmodSync(this.#dataDir, 0o755);
    const launcher = spawn(process.execPath, ['scripts/start.mjs'], {
      cwd: root,
      env: {
        ...environmentWithoutServices(),
        NODE_ENV: 'test',
        DATA_DIR: this.#dataDir,
        PORT: String(await freePort()),
        CLOCK: 'manual',
        LOG_LEVEL: 'warn',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#launcher = launcher;
    for (const stream of [launcher.stdout, launcher.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    const file = path.join(this.#dataDir, 'run.json');
    const patience = AbortSignal.timeout(startTimeoutMs);
    while (!patience.aborted && launcher.exitCode === null) {
      const run = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : null;
      if (run?.api) return { api: run.api, mailbox: run.mailbox, password: run.demoAccounts[0].password };
      await pause(50);
    }
    throw new Error(`The system did not start:\n${this.#output}`);
  }

  async stop(): Promise<void> {
    const launcher = this.#launcher;
    if (launcher && launcher.exitCode === null) {
      const ended = new Promise((resolve) => launcher.once('close', resolve));
      launcher.kill('SIGTERM');
      await ended;
    }
    fs.rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

describe('line 1 of the Tuyên Quang 2023 plan, from proposal to completion', () => {
  const system = new OwnSystem();
  let outcome: JourneyOutcome;

  beforeAll(async () => {
    outcome = await playJourney(await system.start(), silent);
  }, startTimeoutMs + 120_000);
  afterAll(() => system.stop());

  it('goes through the five phases and ends completed, with an unbroken log', () => {
    expect(outcome.finalView).toMatchObject({ status: 'done', phase: { id: 'completed' } });
    expect(outcome.states.map((step) => step.type)).toEqual([
      'START',
      'SUBMIT',
      'SIGN_SUBMIT',
      'RECEIVE',
      'REQUEST_SUPPLEMENT',
      'RESUBMIT',
      'REQUEST_OPINION',
      'OPINION_RECEIVED',
      'OPINION_RECEIVED',
      'OPINION_RECEIVED',
      'ACCEPT_DOSSIER',
      'FORWARD',
      'APPROVE',
      'APPROVE',
      'APPROVE',
      'APPROVE',
      'ISSUE_DECISION',
      'MOFA_NOTIFIED',
      'EMBASSY_NOTIFIED',
      'FUNDING_CONFIRMED',
      'NOTE_VERBALE_ISSUED',
      'PASSPORT_GIVEN',
      'DEPART',
      'RETURN_HOME',
      'PASSPORT_RETURNED',
      'SUBMIT_REPORT',
      'ACCEPT_REPORT',
      'SETTLEMENT_DONE',
    ]);
    expect(outcome.auditFaults).toBe(0);
  });

  it('is filled in from the plan line', () => {
    const { proposal, planItem } = outcome.finalView;
    expect(planItem).toMatchObject({ number: '1', period: 'Quý I/2023' });
    expect(proposal.countries).toEqual([{ code: 'JP', name: 'Nhật Bản' }]);
    expect(proposal).toMatchObject({ dayCount: 5, delegationName: 'Đoàn công tác tỉnh Tuyên Quang' });
  });

  it('refuses, with the rule, a dossier without documents, a case without opinions and an own trip', () => {
    expect(outcome.refusals).toEqual([
      { type: 'SUBMIT', status: 409, rules: ['dossierComplete'] },
      { type: 'FORWARD', status: 409, rules: ['dossierAccepted', 'allOpinionsIn'] },
      { type: 'APPROVE', status: 409, rules: ['notOwnProposal'] },
    ]);
  });

  it('has every level decide with a person, a number and a date, on the content as it is', () => {
    const { approvals } = outcome.finalView;
    expect(approvals.map((approval) => approval.organisation?.code)).toEqual(['SNGV', 'UBND', 'TINHUY', 'VPUBND']);
    for (const approval of approvals) {
      expect(approval.document?.number).toMatch(/^\d+\//);
      expect(approval.decidedBy?.fullName).toMatch(/\(mẫu\)$/);
      expect(approval.matchesProposal).toBe(true);
    }
    expect(approvals[1]?.decidedBy?.fullName).toContain('Lương Thị Bích');
  });

  it('keeps each deadline by the working calendar, over Tết and weekends', () => {
    const due = (name: string) =>
      outcome.finalView.deadlines
        .filter((timer) => timer.kind === 'deadline' && timer.name === name)
        .map((timer) => formatInstant(new Date(timer.dueAt)));
    expect(due('appraisalDeadline')).toEqual(['17:00 18/01/2023', '17:00 30/01/2023']);
    expect(due('approvalDeadline')).toEqual([
      '17:00 27/01/2023',
      '17:00 31/01/2023',
      '17:00 03/02/2023',
      '17:00 20/02/2023',
    ]);
    expect(due('mofaNotificationDeadline')).toEqual(['17:00 20/02/2023']);
    expect(due('passportReturnDeadline')).toEqual(['17:00 17/03/2023']);
    expect(due('reportDeadline')).toEqual(['17:00 20/03/2023']);
    expect(due('settlementDeadline')).toEqual(['17:00 31/03/2023']);
  });

  it('reminds the unit and the head of the delegation of the report at D-5, D-2 and D, and tells the unit head the day after', () => {
    const about = outcome.mails.filter((mail) => /hạn: nộp báo cáo/i.test(mail.subject));
    const lines = about.map(({ at, to, subject }) => [dayOf(new Date(at)), subject.slice(15), to.split('@')[0]]);
    expect(lines.sort()).toEqual(
      [
        ['2023-03-13', 'Sắp đến hạn: nộp báo cáo kết quả chuyến đi', 'chuyenvien.skhdt'],
        ['2023-03-13', 'Sắp đến hạn: nộp báo cáo kết quả chuyến đi', 'chutich.ubnd'],
        ['2023-03-16', 'Sắp đến hạn: nộp báo cáo kết quả chuyến đi', 'chuyenvien.skhdt'],
        ['2023-03-16', 'Sắp đến hạn: nộp báo cáo kết quả chuyến đi', 'chutich.ubnd'],
        ['2023-03-20', 'Đến hạn: nộp báo cáo kết quả chuyến đi', 'chuyenvien.skhdt'],
        ['2023-03-20', 'Đến hạn: nộp báo cáo kết quả chuyến đi', 'chutich.ubnd'],
        ['2023-03-21', 'Quá hạn: nộp báo cáo kết quả chuyến đi', 'chuyenvien.skhdt'],
        ['2023-03-21', 'Quá hạn: nộp báo cáo kết quả chuyến đi', 'giamdoc.skhdt'],
      ].sort(),
    );
  });

  it('sends each mail once, with the case code and without itinerary, name or number of a passport', () => {
    const sent = outcome.mails.map((mail) => `${mail.at} ${mail.to} ${mail.subject}`);
    expect(new Set(sent).size).toBe(sent.length);
    expect(sent.length).toBeGreaterThan(30);
    for (const mail of outcome.mails) {
      expect(mail.text).not.toMatch(/Nhật Bản|Gunma|Hoàng Minh Quang/);
      // About lines of the plan that have no case yet, and the duties of the year.
      if (/KH-2023-|[Mm]ốc trong năm/.test(mail.text) && !mail.text.includes('/cases/')) continue;
      expect(mail.text).toContain(outcome.caseCode);
      // A digest says which morning it is of, and that may be the day of departure.
      if (mail.subject.startsWith('Thông Hành ')) continue;
      expect(mail.subject).toContain(outcome.caseCode);
      expect(mail.text).not.toMatch(/(06|10)\/03\/2023/);
    }
  });
});
