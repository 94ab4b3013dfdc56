import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { createMailTransport, type MailTransport } from '#libs/mail';

const messageId = '<0b9f6f0e-mail@tuyenquang.example>';
const mail = {
  to: 'an@tuyenquang.example',
  subject: 'Hồ sơ DR-2023-0007: cần bổ sung',
  text: 'Nội dung thuần.',
  html: '<p>Nội dung</p>',
  messageId,
  threadId: '<case-7@tuyenquang.example>',
  language: 'vi',
  date: new Date('2023-01-12T02:00:00Z'),
};
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean();
});

function transportTo(port: number, silenceMs = 5000): MailTransport {
  const from = 'Thông Hành <thong-hanh@tuyenquang.example>';
  const transport = createMailTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, from, silenceMs });
  cleanups.push(() => transport.close());
  return transport;
}

type Answers = Partial<Record<'rcpt' | 'data', number>>;

/** A whole SMTP server that keeps what it took. */
async function smtpServer(answers: Answers = {}): Promise<{ port: number; taken: string[]; senders: string[] }> {
  const taken: string[] = [];
  const senders: string[] = [];
  const fail = (code: number) =>
    Object.assign(new Error(`planned ${code} for an@tuyenquang.example`), { responseCode: code });
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: (_address, _session, done) => done(answers.rcpt ? fail(answers.rcpt) : null),
    onData: (stream, { envelope }, done) => {
      senders.push(envelope.mailFrom === false ? '' : envelope.mailFrom.address);
      let raw = '';
      stream.on('data', (chunk: Buffer) => {
        raw += chunk.toString('utf8');
      });
      stream.on('end', () => {
        if (answers.data) return done(fail(answers.data));
        taken.push(raw);
        return done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  cleanups.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as { port: number }).port, taken, senders };
}

/** A scripted server for the moments a well-behaved one never has. `act` gets each line of the client. */
async function scriptedServer(act: (line: string, socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.write('220 scripted\r\n');
    let rest = '';
    socket.on('data', (chunk) => {
      rest += chunk.toString('latin1');
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) act(line, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

function polite(line: string, socket: Socket): boolean {
  if (/^(EHLO|MAIL|RCPT|RSET)/.test(line)) socket.write('250 fine\r\n');
  else if (line === 'DATA') socket.write('354 go on\r\n');
  else return false;
  return true;
}

describe('sending a mail over a real SMTP conversation', () => {
  it('is accepted with both bodies and the headers of an automatic mail', async () => {
    const { port, taken } = await smtpServer();
    const transport = transportTo(port);
    expect(await transport.isReachable()).toBe(true);
    expect(await transport.send(mail)).toEqual({ outcome: 'accepted', response: expect.stringMatching(/^250/) });
    expect(taken).toHaveLength(1);
    const [raw] = taken;
    for (const header of [
      `Message-ID: ${messageId}`,
      'In-Reply-To: <case-7@tuyenquang.example>',
      'References: <case-7@tuyenquang.example>',
      'Auto-Submitted: auto-generated',
      'List-ID: <thong-hanh.tuyenquang.example>',
      'Content-Language: vi',
      'Date: Thu, 12 Jan 2023 02:00:00 +0000',
      'To: an@tuyenquang.example',
      'Content-Type: multipart/alternative',
    ]) {
      expect(raw).toContain(header);
    }
  });

  it('has delivery reports sent to the address of the setting, and is from the sender all the same', async () => {
    const { port, taken, senders } = await smtpServer();
    const from = 'Thông Hành <thong-hanh@tuyenquang.example>';
    const bounceAddress = 'tra-lai@tuyenquang.example';
    const transport = createMailTransport({ smtpUrl: `smtp://127.0.0.1:${port}`, from, bounceAddress });
    cleanups.push(() => transport.close());
    await transport.send(mail);
    await transportTo(port).send(mail);
    expect(senders).toEqual([bounceAddress, 'thong-hanh@tuyenquang.example']);
    expect(taken[0]).toContain('<thong-hanh@tuyenquang.example>');
    expect(taken[0]).not.toContain(bounceAddress);
  });

  it('carries a calendar file as an attachment beside the two bodies', async () => {
    const { port, taken } = await smtpServer();
    const content = 'BEGIN:VCALENDAR\r\nMETHOD:PUBLISH\r\nEND:VCALENDAR\r\n';
    await transportTo(port).send({ ...mail, calendar: { method: 'publish', fileName: 'DR-1"\r\nX: y.ics', content } });
    const read = await PostalMime.parse(taken[0] ?? '');
    expect(read.text).toContain('Nội dung thuần.');
    expect(read.html).toContain('<p>Nội dung</p>');
    expect(read.attachments).toEqual([
      expect.objectContaining({ mimeType: 'text/calendar', disposition: 'attachment', filename: 'DR-1___X__y.ics' }),
    ]);
    expect(taken[0]).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=PUBLISH/);
    expect(read.headers.find(({ key }) => key === 'x')).toBeUndefined();
  });

  it('reuses a connection for the next mail', async () => {
    const { port, taken } = await smtpServer();
    const transport = transportTo(port);
    for (const number of [1, 2, 3]) await transport.send({ ...mail, messageId: `<${number}@a.vn>` });
    expect(taken).toHaveLength(3);
  });

  it.each([
    ['recipient refused for now', { rcpt: 451 }, 'temporary'],
    ['recipient refused for good', { rcpt: 550 }, 'permanent'],
    ['message refused for now', { data: 452 }, 'temporary'],
    ['message refused for good', { data: 554 }, 'permanent'],
  ] as const)('%s', async (_, answers, outcome) => {
    const { port } = await smtpServer(answers);
    const result = await transportTo(port).send(mail);
    expect(result.outcome).toBe(outcome);
    expect(result.response).toContain('planned');
    expect(result.response).not.toContain('an@tuyenquang.example');
  });

  it('is temporary when nobody listens', async () => {
    const free = await scriptedServer(() => undefined);
    for (const clean of cleanups.splice(0)) await clean();
    expect((await transportTo(free).send(mail)).outcome).toBe('temporary');
  });

  it('is temporary when the connection drops before DATA', async () => {
    const port = await scriptedServer((line, socket) => {
      if (line.startsWith('RCPT')) socket.destroy();
      else polite(line, socket);
    });
    expect((await transportTo(port).send(mail)).outcome).toBe('temporary');
  });

  it('is temporary when the connection drops as an answer to DATA', async () => {
    const port = await scriptedServer((line, socket) => {
      if (line === 'DATA') socket.destroy();
      else polite(line, socket);
    });
    expect((await transportTo(port).send(mail)).outcome).toBe('temporary');
  });

  it('is uncertain when the connection drops after the message and before the 250', async () => {
    let bodies = 0;
    const port = await scriptedServer((line, socket) => {
      if (polite(line, socket)) return;
      if (line === '.') {
        bodies += 1;
        socket.destroy();
      }
    });
    const result = await transportTo(port).send(mail);
    expect(result.outcome).toBe('uncertain');
    expect(result.response).toContain('after the message had begun');
    // The pool must not have tried again by itself.
    expect(bodies).toBe(1);
  });

  it('is uncertain when the server falls silent after the message', async () => {
    const port = await scriptedServer((line, socket) => void polite(line, socket));
    expect((await transportTo(port, 300).send(mail)).outcome).toBe('uncertain');
  });

  it('is temporary when the server is silent from the beginning', async () => {
    const port = await scriptedServer(() => undefined);
    expect((await transportTo(port, 300).send(mail)).outcome).toBe('temporary');
  });

  it.each([
    ['recipient', { to: 'an@a.vn\r\nBcc: b@c.vn' }],
    ['two recipients', { to: 'an@a.vn,b@c.vn' }],
    ['subject', { subject: 'x\r\nBcc: b@c.vn' }],
    ['message id', { messageId: '<a@b>\r\nBcc: b@c.vn' }],
    ['thread id', { threadId: 'a b' }],
  ])('refuses to inject a header through the %s and does not connect', async (_, change) => {
    const { port, taken } = await smtpServer();
    const result = await transportTo(port).send({ ...mail, ...change });
    expect(result.outcome).toBe('permanent');
    expect(taken).toHaveLength(0);
  });

  it('tells that a server is away', async () => {
    expect(await transportTo(9).isReachable()).toBe(false);
  });
});
