// The mailbox of a machine that sends no real mail: an SMTP server that keeps what it gets, and a page to read it.
// Loopback only, no sign-in; never a part of a production set-up.
import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { parseArgs } from 'node:util';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { wholeNumber } from './flags.mjs';
import { mailboxPage, pagePolicy } from './mailbox-page.mjs';

const largestMailBytes = 20 * 1024 * 1024;

/**
 * Opens both servers. Port 0 takes a free one. With `dir`, mails are kept there as .eml files and read again at start;
 * beyond `max` the oldest are forgotten, files included.
 */
export async function startMailSink({ smtpPort = 1025, webPort = 1080, host = '127.0.0.1', dir, max = 500 } = {}) {
  const box = await openBox({ dir, max });
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: largestMailBytes,
    logger: false,
    onData: (stream, session, done) => {
      receive({ stream, session, box }).then(() => done(), done);
    },
  });
  // A client that drops its connection is its own affair.
  smtp.on('error', () => undefined);
  const web = http.createServer((request, response) => answer({ request, response, box }));
  await new Promise((resolve, reject) => {
    smtp.server.once('error', reject);
    smtp.listen(smtpPort, host, resolve);
  });
  await new Promise((resolve, reject) => web.once('error', reject).listen(webPort, host, resolve));
  return {
    smtpPort: smtp.server.address().port,
    webPort: web.address().port,
    /** Newest first. */
    mails: box.mails,
    close: async () => {
      web.closeAllConnections();
      await Promise.all([new Promise((resolve) => smtp.close(resolve)), new Promise((resolve) => web.close(resolve))]);
    },
  };
}

// The box: mails in memory, newest first, and their files

async function openBox({ dir, max }) {
  const box = { mails: [], dir, max, lastId: 0 };
  if (dir === undefined) return box;
  await fs.mkdir(dir, { recursive: true });
  const files = (await fs.readdir(dir)).filter((name) => /^\d+-\d+\.eml$/.test(name)).sort(byArrival);
  for (const name of files) {
    const [at, id] = name.replace('.eml', '').split('-').map(Number);
    box.lastId = Math.max(box.lastId, id);
    await keep(box, { id, at: new Date(at), raw: await fs.readFile(path.join(dir, name)), file: path.join(dir, name) });
  }
  return box;
}

function byArrival(one, other) {
  return (
    Number(one.split('-')[0]) - Number(other.split('-')[0]) ||
    Number.parseInt(one.split('-')[1], 10) - Number.parseInt(other.split('-')[1], 10)
  );
}

async function receive({ stream, session, box }) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  if (stream.sizeExceeded)
    throw Object.assign(new Error('The mail is larger than this mailbox takes.'), { responseCode: 552 });
  box.lastId += 1;
  const id = box.lastId;
  const at = new Date();
  const envelope = {
    from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
    to: session.envelope.rcptTo.map((recipient) => recipient.address),
  };
  // The envelope is not part of the mail; headers of our own let the file tell it again.
  const raw = Buffer.concat([
    Buffer.from(
      `X-Envelope-From: ${headerSafe(envelope.from)}\r\nX-Envelope-To: ${headerSafe(envelope.to.join(', '))}\r\n`,
    ),
    ...chunks,
  ]);
  const file = box.dir === undefined ? undefined : path.join(box.dir, `${at.getTime()}-${id}.eml`);
  // Before the 250: what was acknowledged is on disk.
  if (file !== undefined) await fs.writeFile(file, raw, { mode: 0o600 });
  await keep(box, { id, at, raw, file });
}

const headerSafe = (text) => text.replace(/[\r\n]/g, ' ');

async function keep(box, { id, at, raw, file }) {
  const mail = await PostalMime.parse(raw);
  const header = (name) => mail.headers.find((entry) => entry.key === name)?.value ?? '';
  box.mails.unshift({
    id: String(id),
    at: at.toISOString(),
    envelope: {
      from: header('x-envelope-from'),
      to: header('x-envelope-to')
        .split(',')
        .map((address) => address.trim())
        .filter(Boolean),
    },
    from: mail.from?.address ?? '',
    subject: mail.subject ?? '',
    messageId: mail.messageId ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: Object.fromEntries(mail.headers.map((entry) => [entry.key, entry.value])),
    attachments: mail.attachments.map((part) => ({
      filename: part.filename ?? '',
      mimeType: part.mimeType,
      size: part.content.byteLength ?? part.content.length,
    })),
    file,
  });
  for (const old of box.mails.splice(box.max)) await removeFile(old);
}

async function removeFile(mail) {
  if (mail.file !== undefined) await fs.rm(mail.file, { force: true });
}

// The page and its JSON

async function answer({ request, response, box }) {
  try {
    // A page of another site must not read this box through the reader's browser (DNS rebinding).
    if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '') && !isOwnAddress(request))
      return json(response, { error: 'unknown host' }, 403);
    const url = new URL(request.url, 'http://mailbox');
    const one = /^\/api\/mails\/(\d+)$/.exec(url.pathname);
    const part = /^\/mails\/(\d+)\/(html|source)$/.exec(url.pathname);
    if (url.pathname === '/api/mails') await answerList({ request, response, box, to: url.searchParams.get('to') });
    else if (one !== null) answerOne(response, find(box, one[1]));
    else if (part !== null) await answerPart(response, find(box, part[1]), part[2]);
    else if (url.pathname === '/') page(response, mailboxPage(), pagePolicy);
    else json(response, { error: 'not found' }, 404);
  } catch (error) {
    json(response, { error: String(error.message) }, 500);
  }
}

/** In a container the box is reached by the name of its service; there it listens on every address. */
function isOwnAddress(request) {
  return request.socket.localAddress !== '127.0.0.1' && request.socket.localAddress !== '::1';
}

async function answerList({ request, response, box, to }) {
  const wanted = (mail) =>
    to === null || to === '' || mail.envelope.to.some((address) => address.toLowerCase() === to.toLowerCase());
  if (request.method === 'GET') return json(response, box.mails.filter(wanted).map(withoutFile));
  if (request.method !== 'DELETE') return json(response, { error: 'GET or DELETE' }, 405);
  // A form on another site can send no DELETE, but a script there can: browsers name the origin then.
  const { origin, host } = request.headers;
  if (origin !== undefined && new URL(origin).host !== host) return json(response, { error: 'another origin' }, 403);
  const gone = box.mails.filter(wanted);
  box.mails.splice(0, box.mails.length, ...box.mails.filter((mail) => !wanted(mail)));
  for (const mail of gone) await removeFile(mail);
  json(response, { removed: gone.length });
}

function answerOne(response, mail) {
  if (mail === undefined) json(response, { error: 'not found' }, 404);
  else json(response, withoutFile(mail));
}

async function answerPart(response, mail, part) {
  if (mail === undefined) return json(response, { error: 'not found' }, 404);
  if (part === 'html') return page(response, mail.html || '<p>(không có phần HTML)</p>', mailPolicy);
  const source = mail.file === undefined ? mail.text : await fs.readFile(mail.file);
  response.writeHead(200, { ...safeHeaders, 'content-type': 'text/plain; charset=utf-8' }).end(source);
}

const find = (box, id) => box.mails.find((mail) => mail.id === id);
const withoutFile = ({ file, ...mail }) => mail;

const safeHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
/** A mail is somebody else's page: no script, no network, no form, an origin of its own. Links open outside the frame. */
const mailPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

function page(response, html, policy) {
  response
    .writeHead(200, { ...safeHeaders, 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
    .end(html);
}

function json(response, body, status = 200) {
  response
    .writeHead(status, { ...safeHeaders, 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(body));
}

// On its own, as the mail sink of docker-compose.yml.
if (process.argv[1] === import.meta.filename) {
  const { values } = parseArgs({
    options: {
      host: { type: 'string', default: '127.0.0.1' },
      'smtp-port': { type: 'string', default: '1025' },
      'web-port': { type: 'string', default: '1080' },
      dir: { type: 'string' },
    },
  });
  const aPort = { from: 0, to: 65_535 };
  const box = await startMailSink({
    host: values.host,
    smtpPort: wholeNumber('--smtp-port', values['smtp-port'], aPort),
    webPort: wholeNumber('--web-port', values['web-port'], aPort),
    dir: values.dir,
  });
  console.log(`SMTP ${box.smtpPort}, trang (page) ${box.webPort}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => box.close().then(() => process.exit(0)));
}
