import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createDeliveryReportChore, createReportReader } from '#apps/worker/src/delivery-report-chore.js';
import { openReportFolder, openReportMailbox, type ReportSource } from '#libs/mail';
import type { UnitOfWork } from '#libs/persistence';
import { report } from '#test/support/delivery-report.js';
import { type ImapServer, imapServer, startImapServer } from '#test/support/imap-server.js';
import { createTcpProxy } from '#test/support/tcp-proxy.js';
import { until } from '#test/support/until.js';
import { type MailingHouse, openMailingHouse } from './mailing-house.js';

let mailing: MailingHouse;
beforeAll(async () => {
  mailing = await openMailingHouse();
  await mailing.house.openInApproval();
  await mailing.settle();
});
beforeEach(async () => {
  await mailing.house.query('truncate delivery_report_sources');
  await mailing.house.query(
    `update mails set status = 'sent', bounced_at = null, bounce_digest = null, last_response = '250' where status <> 'suppressed'`,
  );
});
afterAll(() => mailing.close());

const settings = (unitOfWork: UnitOfWork = mailing.unitOfWork, restMs = 0) => ({
  ...{ unitOfWork, clock: mailing.house.clock, domain: 'tuyenquang.example', restMs },
  logger: pino({ level: 'silent' }),
});
const look = (source: ReportSource, unitOfWork?: UnitOfWork, restMs?: number) =>
  createReportReader(source, settings(unitOfWork, restMs))();
/** About a task that is still open, so that it would go again. */
const sent = async () =>
  (
    await mailing.house.query<{ id: string; message_id: string }>(
      `select m.id, m.message_id from mails m join outbox_messages o on o.id = m.outbox_message_id
       join tasks t on t.instance_id = o.instance_id and t.key = o.task_key and t.closed_at is null
       where m.status = 'sent' order by m.id limit 1`,
    )
  )[0]!;
const statusOf = async (id: string) =>
  (await mailing.house.query<{ status: string }>('select status from mails where id = $1', [id]))[0]?.status;
/** As the operator is shown it. */
const shown = async () => (await mailing.house.as('quantri.sngv', '/operations/mails/trouble')).body.reportSources;

describe('a place of delivery reports', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'reports-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('may be away: the operator is shown since when and why, and reports are read when it is back', async () => {
    const source = openReportFolder(folder);
    await look(source);
    expect(await shown()).toEqual([
      {
        ...{ kind: 'folder', lookedAt: null, setAside: 0 },
        fault: expect.stringContaining('ENOENT'),
        faultSince: mailing.house.clock.now().toISOString(),
      },
    ]);
    await mkdir(path.join(folder, 'new'));
    await mkdir(path.join(folder, 'cur'));
    const mail = await sent();
    await writeFile(path.join(folder, 'new', '1'), report({ messageId: mail.message_id }));
    await look(source);
    expect(await statusOf(mail.id)).toBe('failed');
    expect(await shown()).toEqual([
      { ...{ kind: 'folder', fault: null, faultSince: null, setAside: 0 }, lookedAt: expect.any(String) },
    ]);
  });

  it('that cannot be read is asked less and less often, at most every quarter of an hour', async () => {
    const waits: number[] = [];
    for (let times = 0; times < 8; times += 1) {
      await look(openReportFolder(path.join(folder, 'none')), undefined, 30_000);
      const [row] = await mailing.house.query<{ wait: number }>(
        'select round(extract(epoch from next_look_at - clock_timestamp()) / 30)::int as wait from delivery_report_sources',
      );
      waits.push(row!.wait);
      await mailing.house.query('update delivery_report_sources set next_look_at = clock_timestamp()');
    }
    expect(waits).toEqual([2, 4, 8, 16, 30, 30, 30, 30]);
  });

  it('is looked into by one worker at a time', async () => {
    let looks = 0;
    let letGo: () => void = () => undefined;
    const slow: ReportSource = {
      kind: 'mailbox',
      visit: () => {
        looks += 1;
        return new Promise((resolve) => {
          letGo = () => resolve(0);
        });
      },
    };
    const first = look(slow);
    await until(() => looks === 1, 'the first looked');
    await look(slow);
    expect(looks).toBe(1);
    letGo();
    await first;
  });

  it('that is set no more is shown no more', async () => {
    await look(openReportFolder(path.join(folder, 'none')));
    const chore = createDeliveryReportChore({ ...settings(), everyBeats: 1, sources: [] });
    await chore.run();
    expect(await shown()).toEqual([]);
  });

  it('that hangs holds up no beat', async () => {
    let letGo: () => void = () => undefined;
    const visit = () =>
      new Promise<number>((resolve) => {
        letGo = () => resolve(0);
      });
    const chore = createDeliveryReportChore({ ...settings(), everyBeats: 1, sources: [{ kind: 'mailbox', visit }] });
    expect(await chore.run()).toBe(false);
    await until(async () => (await shown()).length === 1, 'the look had begun');
    expect(await chore.run()).toBe(false);
    letGo();
    await chore.stop?.();
  });
});

it('sends nothing to a server elsewhere that offers no TLS', async () => {
  const said: string[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n');
    socket.on('data', (data) => {
      said.push(data.toString());
      socket.write(`${data.toString().split(' ')[0]} BAD no\r\n`);
    });
  });
  // On this machine, yet by an address that is not taken for this machine.
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
  const { port } = server.address() as { port: number };
  await look(openReportMailbox({ url: `imap://reports:geheim@127.0.0.2:${port}` }));
  expect(await shown()).toEqual([expect.objectContaining({ fault: expect.stringMatching(/STARTTLS/i) })]);
  expect(said.join('')).not.toMatch(/geheim|Z2VoZWlt|LOGIN|AUTHENTICATE/);
  await new Promise((resolve) => server.close(resolve));
});

(imapServer === null ? describe.skip : describe)('a mailbox of delivery reports on a mail server', () => {
  let server: ImapServer;
  let source: ReportSource;
  beforeAll(async () => {
    server = await startImapServer();
    source = openReportMailbox({ url: server.urls.tls, ca: server.ca });
  });
  beforeEach(() => server.empty());
  afterAll(() => server.close());

  it.each(['tls', 'startTls'] as const)('is read over %s, and what was read is marked as seen', async (way) => {
    const mail = await sent();
    const name = server.deliver(report({ messageId: mail.message_id }));
    await look(openReportMailbox({ url: server.urls[way], ca: server.ca }));
    expect(await statusOf(mail.id)).toBe('failed');
    expect(server.flagsOf(name)).toBe('S');
    expect(await shown()).toEqual([
      { kind: 'mailbox', lookedAt: expect.any(String), fault: null, faultSince: null, setAside: 0 },
    ]);
  });

  it('keeps what a person has seen as it is', async () => {
    const mail = await sent();
    const name = server.deliver(report({ messageId: mail.message_id }));
    await look(source);
    await mailing.house.query(`update mails set status = 'sent', bounce_digest = null where id = $1`, [mail.id]);
    await look(source);
    expect(await statusOf(mail.id)).toBe('sent');
    expect(server.flagsOf(name)).toBe('S');
  });

  it.each([
    ['about a mail of somebody else', () => report({ messageId: '<1@elsewhere.example>' })],
    ['that is no report', () => 'From: an@tuyenquang.example\r\nSubject: Trả lời\r\n\r\nTôi đã nhận được thư.\r\n'],
    ['that cannot be read', () => '\0\0\0'],
    ['that is far too large', () => `Subject: x\r\n\r\n${'a\r\n'.repeat(1_000_000)}`],
  ])('puts aside a mail %s, and reads on', async (_, content) => {
    const odd = server.deliver(content());
    const mail = await sent();
    server.deliver(report({ messageId: mail.message_id }));
    await look(source);
    expect(server.flagsOf(odd)).toBe('FS');
    expect(await statusOf(mail.id)).toBe('failed');
    expect(await shown()).toEqual([expect.objectContaining({ setAside: 1 })]);
  });

  it('reads more than one batch in one look', async () => {
    const names = Array.from({ length: 130 }, () =>
      server.deliver(report({ messageId: `<${randomUUID()}@tuyenquang.example>` })),
    );
    await look(source);
    expect(names.filter((name) => server.flagsOf(name) !== 'S')).toEqual([]);
  });

  it('loses no report when the database is away at that moment', async () => {
    const mail = await sent();
    const name = server.deliver(report({ messageId: mail.message_id }));
    let runs = 0;
    const breaking: UnitOfWork = {
      run: (work) => {
        runs += 1;
        // The taking of the turn goes through; what is read is not written.
        return runs === 2 ? Promise.reject(new Error('The database is away.')) : mailing.unitOfWork.run(work);
      },
    };
    await look(source, breaking);
    expect([await statusOf(mail.id), server.flagsOf(name)]).toEqual(['sent', null]);
    await look(source);
    expect([await statusOf(mail.id), server.flagsOf(name)]).toEqual(['failed', 'S']);
  });

  it('takes a report once when the line breaks between the record and the mark', async () => {
    const proxy = await createTcpProxy(server.urls.tls);
    const mail = await sent();
    const name = server.deliver(report({ messageId: mail.message_id }));
    const breaking: UnitOfWork = {
      run: async (work) => {
        const done = await mailing.unitOfWork.run(work);
        if ((await statusOf(mail.id)) === 'failed') await proxy.cut();
        return done;
      },
    };
    await look(openReportMailbox({ url: proxy.url, ca: server.ca }), breaking);
    expect([await statusOf(mail.id), server.flagsOf(name)]).toEqual(['failed', null]);
    // Meanwhile the administrator sends it again: the old report says nothing about that.
    await mailing.house.as('quantri.sngv', `/operations/mails/${mail.id}/resend`, { method: 'POST' });
    await mailing.settle();
    expect(await statusOf(mail.id)).toBe('sent');
    await look(source);
    expect([await statusOf(mail.id), server.flagsOf(name)]).toEqual(['sent', 'S']);
    server.deliver(report({ messageId: mail.message_id, id: 'r2' }));
    await look(source);
    expect(await statusOf(mail.id)).toBe('failed');
  });

  it.each([
    [
      'a wrong password',
      (url: string) => url.replace(/:[^:@]+@/, ':wrong@'),
      /AUTHENTICATIONFAILED|Authentication failed/i,
    ],
    ['a folder that is not there', (url: string) => url.replace('INBOX', 'B%C3%A1o%20c%C3%A1o'), /exist/i],
    ['nobody there', () => 'imaps://reports:x@127.0.0.1:1/INBOX', /ECONNREFUSED/],
  ])('says so to the operator: %s', async (_, spoil, words) => {
    await look(openReportMailbox({ url: spoil(server.urls.tls), ca: server.ca }));
    const [state] = await shown();
    expect(state).toMatchObject({ kind: 'mailbox', fault: expect.stringMatching(words), lookedAt: null });
    expect(JSON.stringify(state)).not.toContain('wrong');
  });

  it('does not believe a certificate that nobody vouches for', async () => {
    const mail = await sent();
    server.deliver(report({ messageId: mail.message_id }));
    for (const url of Object.values(server.urls)) await look(openReportMailbox({ url }));
    expect(await statusOf(mail.id)).toBe('sent');
    expect(await shown()).toEqual([expect.objectContaining({ fault: expect.stringMatching(/self.signed/i) })]);
  });

  it('gives a server up that says nothing', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    await look(openReportMailbox({ url: `imap://reports:x@127.0.0.1:${port}`, silenceMs: 300 }));
    expect(await shown()).toEqual([expect.objectContaining({ fault: expect.stringMatching(/TIMEOUT/i) })]);
    silent.close();
  });
});
