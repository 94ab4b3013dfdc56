/** One bare address, as strict as a mail to an office needs: no comments, no quotes, nothing that could end a header line. */
const bareAddress =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

export function isMailAddress(value: string): boolean {
  return value.length <= 254 && bareAddress.test(value) && !value.includes('..') && !value.startsWith('.');
}

const identifier = /^<[A-Za-z0-9.-]{1,120}@[A-Za-z0-9.-]{1,120}>$/;

/** `<something@domain>`: what may stand in Message-ID, In-Reply-To and References. */
export function isMessageId(value: string): boolean {
  return identifier.test(value);
}

/** Splits `Name <address>` or a bare address. Throws with a sentence for the operator: it is a setting, not user input. */
export function parseSender(from: string): { name: string; address: string; domain: string } {
  const match = /^\s*(?:"?([^"<>\r\n]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))\s*$/.exec(from);
  const address = match?.[2] ?? match?.[3] ?? '';
  if (!isMailAddress(address)) {
    throw new Error(`MAIL_FROM must be an address or "Name <address>"; found "${from.replace(/[\r\n]/g, ' ')}".`);
  }
  return { name: match?.[1]?.trim() ?? '', address, domain: address.slice(address.lastIndexOf('@') + 1) };
}
