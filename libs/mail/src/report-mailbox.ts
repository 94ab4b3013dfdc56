import type { ImapFlow, ImapFlowError } from 'imapflow';
import { largestReportBytes, type ReportMark, type ReportSource } from './report-source.js';

export interface ReportMailboxSettings {
  /**
   * `imaps://user:password@host:993/FOLDER`, or `imap://` for a server that offers STARTTLS; the folder is INBOX when there is none. User
   * and password are percent-encoded. Without TLS only a server on the loopback is spoken to.
   */
  readonly url: string;
  /** Certificates to trust instead of those of this machine, in PEM form. */
  readonly ca?: string;
  /** Real milliseconds without a word from the server before the connection is given up. */
  readonly silenceMs?: number;
}

const loopback: readonly string[] = ['127.0.0.1', '[::1]', 'localhost'];
const flagsOf: Readonly<Record<ReportMark, readonly string[]>> = { seen: ['\\Seen'], flagged: ['\\Seen', '\\Flagged'] };

/**
 * A mailbox on a mail server, read over IMAP: only what nobody has seen, without marking it by the reading. One connection a visit; what
 * is marked was judged before, so a connection that breaks in between brings the mail again.
 */
export function openReportMailbox(settings: ReportMailboxSettings): ReportSource {
  return {
    kind: 'mailbox',
    async visit(limit, judge) {
      const client = await clientOf(settings);
      try {
        await client.connect();
        const { readOnly } = await client.mailboxOpen(folderOf(settings.url));
        if (readOnly) throw new Error('The mailbox may only be read: nothing in it can be marked as seen.');
        const unseen = await client.search({ seen: false, deleted: false }, { uid: true });
        if (!Array.isArray(unseen)) throw new Error('The server refuses to search the mailbox.');
        const oldest = unseen.toSorted((one, other) => one - other).slice(0, limit);
        for (const uid of oldest) {
          const raw = await readOne(client, uid);
          if (raw === undefined) continue;
          const mark = await judge({ name: String(uid), raw });
          await markOne(client, { uid, mark });
        }
        return oldest.length;
      } catch (fault) {
        throw describeFault(fault as ImapFlowError);
      } finally {
        client.close();
      }
    },
  };
}

/** Loaded when a mailbox is set, and not before. */
async function clientOf({ url, ca, silenceMs = 30_000 }: ReportMailboxSettings): Promise<ImapFlow> {
  const { ImapFlow: Client } = await import('imapflow');
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === 'imaps:';
  const isHere = loopback.includes(hostname);
  const client = new Client({
    ...{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (secure ? 993 : 143), secure },
    // Whoever sits on the way could hide that the server offers TLS; so a server elsewhere must.
    ...(secure || isHere ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...{ logger: false, disableAutoIdle: true, disableCompression: true },
    connectionTimeout: Math.min(silenceMs, 10_000),
    greetingTimeout: Math.min(silenceMs, 10_000),
    socketTimeout: silenceMs,
    // A server that announces more than was asked for is not listened to.
    ...{ maxLineLength: 8 * 1024 * 1024, maxLiteralSize: 2 * largestReportBytes, maxResponseSize: 16 * 1024 * 1024 },
  });
  // A connection that breaks between two commands; the next command says so.
  client.on('error', () => undefined);
  return client;
}

function folderOf(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'INBOX';
}

/** Undefined: somebody removed it meanwhile. Null: too large. */
async function readOne(client: ImapFlow, uid: number): Promise<Uint8Array | null | undefined> {
  const query = { source: { start: 0, maxLength: largestReportBytes + 1 } };
  const found = await client.fetchOne(String(uid), query, { uid: true });
  if (!found || found.source === undefined) return undefined;
  return found.source.length > largestReportBytes ? null : found.source;
}

async function markOne(client: ImapFlow, { uid, mark }: { readonly uid: number; readonly mark: ReportMark }) {
  // A server without \Flagged takes the other.
  const isMarked = await client.messageFlagsAdd(String(uid), [...flagsOf[mark]], { uid: true });
  if (!isMarked) throw new Error('The server does not let a mail be marked as seen.');
}

/** In the server's own words where it said any; they like to repeat who signed in, and an address does not belong into a log. */
function describeFault(fault: ImapFlowError): Error {
  const { code = '', responseText, message } = fault;
  const words = responseText ?? message;
  const line = (words.includes(code) ? words : `${code} ${words}`)
    .replace(/\s+/g, ' ')
    .replace(/<?[^\s<>;:,]+@[^\s<>;:,]+>?/g, '<account>')
    .trim();
  return new Error(line.slice(0, 300), { cause: fault });
}
