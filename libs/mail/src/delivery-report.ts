import { createHash } from 'node:crypto';
import PostalMime, { type Attachment } from 'postal-mime';
import { isMessageId } from './address.js';

/** What a mail server reports later about a mail it had accepted (RFC 3464). */
export interface DeliveryReport {
  /** Of the mail it is about: `<row-id@domain>`. */
  readonly messageId: string;
  /** failed: it will not arrive. delayed: the server still tries. The others: it arrived somewhere. */
  readonly action: 'failed' | 'delayed' | 'delivered' | 'relayed' | 'expanded';
  /** Enhanced status and the server's words, one line of at most 300 characters without an address. */
  readonly response: string;
  /** Of the report itself: equal when the same report was delivered twice, another for a later failure of the same mail. */
  readonly digest: string;
}

const statusTypes: readonly string[] = ['message/delivery-status', 'message/global-delivery-status'];
const originalTypes: readonly string[] = [
  'message/rfc822',
  'message/rfc822-headers',
  'text/rfc822-headers',
  'message/global',
  'message/global-headers',
];
const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;
/** A report that carries a part of another report is no report of ours. */
const deepestNesting = 20;

/** Null: not a delivery report, or one that does not say which mail it is about. Nothing in it is believed beyond its form. */
export async function readDeliveryReport(raw: Uint8Array): Promise<DeliveryReport | null> {
  const options = { forceRfc822Attachments: true, maxNestingDepth: deepestNesting };
  const whole = await PostalMime.parse(raw, options);
  const { attachments } = whole;
  const status = attachments.find(({ mimeType }) => statusTypes.includes(mimeType));
  const original = attachments.find(({ mimeType }) => originalTypes.includes(mimeType));
  if (status === undefined || original === undefined) return null;
  const { messageId } = await PostalMime.parse(bytesOf(original), options);
  if (messageId === undefined || !isMessageId(messageId)) return null;
  const recipients = groupsOf(textOf(status)).filter((fields) => fields.has('action'));
  const judged = recipients.flatMap((fields) => {
    const action = actions.find((one) => one === fields.get('action')?.toLowerCase());
    return action === undefined ? [] : [{ action, fields }];
  });
  // One mail has one recipient; should a server split it, a failure is what somebody has to know.
  const told = judged.find(({ action }) => action === 'failed') ?? judged[0];
  if (told === undefined) return null;
  // Not of the whole text: each delivery adds its own trace to the header.
  const said = JSON.stringify([whole.messageId, whole.date, textOf(status)]);
  const digest = createHash('sha256').update(said).digest('hex');
  return { messageId, action: told.action, response: responseOf(told.fields), digest };
}

function responseOf(fields: ReadonlyMap<string, string>): string {
  // "smtp; 550 5.1.1 …": the kind of server before the words says nothing to a person.
  const said = fields.get('diagnostic-code')?.replace(/^[\w-]+;\s*/, '') ?? '';
  const line = [fields.get('status'), said].filter(Boolean).join(' ').replace(/\s+/g, ' ');
  return line
    .replace(/<?[^\s<>;:,]+@[^\s<>;:,]+>?/g, '<recipient>')
    .trim()
    .slice(0, 300);
}

/** Groups of header fields, with an empty line between them: one of the message, then one a recipient. */
function groupsOf(text: string): ReadonlyMap<string, string>[] {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n[ \t]+/g, ' ')
    .split(/\n{2,}/)
    .map((group) => new Map(group.split('\n').flatMap(fieldOf)));
}

function fieldOf(line: string): [string, string][] {
  const match = /^([A-Za-z-]+):\s*(.*)$/.exec(line);
  return match ? [[match[1]!.toLowerCase(), match[2]!.trim()]] : [];
}

function bytesOf({ content }: Attachment): Uint8Array {
  if (typeof content === 'string') return new TextEncoder().encode(content);
  return content instanceof Uint8Array ? content : new Uint8Array(content);
}

function textOf(attachment: Attachment): string {
  return new TextDecoder().decode(bytesOf(attachment));
}
