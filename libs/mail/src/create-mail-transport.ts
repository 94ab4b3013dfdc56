import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { isMailAddress, isMessageId, parseSender } from './address.js';
import { judgeFault } from './judge-fault.js';
import type { MailResult, MailTransport, MailTransportSettings, OutgoingMail } from './types.js';

/** What the plug-in below leaves on the message so that a fault can be judged. */
interface Watched {
  bodyStarted(): boolean;
}

/** Pooled SMTP. Retrying is the ledger's business, not the pool's. */
export function createMailTransport(settings: MailTransportSettings): MailTransport {
  const sender = parseSender(settings.from);
  const returnPath = settings.bounceAddress ?? sender.address;
  const silenceMs = settings.silenceMs ?? 30_000;
  const transport = createTransport({
    ...serverOf(settings.smtpUrl),
    requireTLS: settings.needsTls ?? false,
    pool: true,
    maxConnections: settings.maxConnections ?? 5,
    maxMessages: 200,
    // The pool would send a message again by itself when a connection drops; only the ledger may decide that.
    maxRequeues: 0,
    connectionTimeout: Math.min(silenceMs, 10_000),
    greetingTimeout: Math.min(silenceMs, 10_000),
    socketTimeout: silenceMs,
    dnsTimeout: Math.min(silenceMs, 10_000),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const watched = new Map<string, Watched>();
  // Written whole before the conversation begins: many small pieces cost more than the message. Whether it has begun to leave decides
  // between "not taken" and "uncertain".
  transport.use('stream', (mail, done) => {
    const { message } = mail;
    message.build((fault, whole) => {
      if (fault) return done(Object.assign(fault, { code: 'EMESSAGE' }));
      message.createReadStream = () => {
        const body = Readable.from([whole], { objectMode: false });
        watched.set(message.messageId(), { bodyStarted: () => body.readableDidRead });
        return body as unknown as ReturnType<typeof message.createReadStream>;
      };
      done();
    });
  });
  return {
    sender: sender.address,
    async send(mail) {
      const refusal = refusalOf(mail);
      if (refusal) return { outcome: 'permanent', response: refusal };
      try {
        const info = await transport.sendMail(toMessage(mail, { ...sender, returnPath }));
        return { outcome: 'accepted', response: oneLine(info.response, mail.to) };
      } catch (fault) {
        const bodyStarted = watched.get(mail.messageId)?.bodyStarted() ?? false;
        const { outcome, response } = judgeFault(fault, { bodyStarted });
        return { outcome, response: oneLine(response, mail.to) } satisfies MailResult;
      } finally {
        watched.delete(mail.messageId);
      }
    },
    isReachable: () =>
      transport.verify().then(
        () => true,
        () => false,
      ),
    close: async () => transport.close(),
  };
}

function serverOf(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const auth = url.username
    ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
    : {};
  return { host: url.hostname, port: Number(url.port) || (secure ? 465 : 587), secure, ...auth };
}

/** A line break in any of these would let a value write headers of its own. */
function refusalOf(mail: OutgoingMail): string | null {
  if (!isMailAddress(mail.to)) return 'The recipient is not a mail address; nothing was sent.';
  if (!isMessageId(mail.messageId)) return 'The Message-ID is not of the form <id@domain>; nothing was sent.';
  if (mail.threadId !== undefined && !isMessageId(mail.threadId))
    return 'The thread id is not of the form <id@domain>; nothing was sent.';
  if (/[\r\n]/.test(mail.subject)) return 'The subject has a line break; nothing was sent.';
  return null;
}

function toMessage(mail: OutgoingMail, sender: { name: string; address: string; domain: string; returnPath: string }) {
  return {
    from: { name: sender.name, address: sender.address },
    to: { name: '', address: mail.to },
    envelope: { from: sender.returnPath, to: [mail.to] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    messageId: mail.messageId,
    ...(mail.date && { date: mail.date }),
    ...(mail.calendar && { attachments: [attachmentOf(mail.calendar)] }),
    ...(mail.threadId && { inReplyTo: mail.threadId, references: [mail.threadId] }),
    headers: {
      // RFC 3834: nobody's absence notice shall answer this.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'List-Id': { prepared: true, value: `<thong-hanh.${sender.domain}>` },
      ...(mail.language && { 'Content-Language': mail.language }),
    },
  };
}

/** An attachment and no alternative of the text: Outlook would show an alternative instead of the mail. */
function attachmentOf({ method, fileName, content }: NonNullable<OutgoingMail['calendar']>) {
  return {
    filename: fileName.replace(/[^\w.-]/g, '_'),
    content,
    contentType: `text/calendar; charset=utf-8; method=${method.toUpperCase()}`,
    encoding: 'utf-8',
  };
}

/** One line for the ledger. Servers like to repeat the recipient, and an address does not belong there. */
function oneLine(response: string, recipient: string): string {
  return response.replace(/\s+/g, ' ').replaceAll(recipient, '<recipient>').trim().slice(0, 300);
}
