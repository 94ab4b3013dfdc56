import { readFile } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, inflate } from 'node:zlib';

const unpack = promisify<Buffer, { maxOutputLength: number; finishFlush: number }, Buffer>(inflate);

/** More than the text of any document an office writes; beyond it the rest is not read. */
const limits = { stream: 8 * 1024 * 1024, pages: 24 * 1024 * 1024, tables: 40, glyphs: 70_000 } as const;

/**
 * What is written in a PDF as far as it is kept as text: title and keywords, and the strings its pages draw. Which font draws a string
 * is not followed up: strings of glyph numbers are read by each table of the file, so a text comes out right by one of them and as
 * nonsense by the others. A scan has no text; one that is encrypted is not read. Each byte is looked at once, whatever the file.
 */
export async function* pdfWords(path: string): AsyncGenerator<string> {
  const { outside, streams } = split(await readFile(path));
  yield stringsOf(outside);
  const tables: ReadonlyMap<string, string>[] = [];
  const pages: string[] = [];
  let left: number = limits.pages;
  for (const packed of streams) {
    if (left <= 0) break;
    const content = await unpacked(packed);
    await setImmediate();
    if (content.includes('beginbfchar') || content.includes('beginbfrange')) tables.push(glyphTable(content));
    else if (content.includes('xmpmeta')) yield wordsOfMetadata(content);
    else if (content.includes('BT')) {
      pages.push(content);
      left -= content.length;
    }
  }
  for (const page of pages) {
    for (const table of [null, ...tables.slice(0, limits.tables)]) {
      yield drawn(page, table);
      await setImmediate();
    }
  }
}

/** The bytes between "stream" and "endstream", and all that is outside of them. */
function split(bytes: Buffer): { outside: string; streams: Buffer[] } {
  const outside: string[] = [];
  const streams: Buffer[] = [];
  let at = 0;
  for (;;) {
    const from = bytes.indexOf('stream', at);
    const to = from < 0 ? -1 : bytes.indexOf('endstream', from + 6);
    if (to < 0) break;
    outside.push(bytes.toString('latin1', at, from));
    // The keyword ends its line.
    streams.push(bytes.subarray(from + (bytes[from + 6] === 0x0d ? 8 : 7), to));
    at = to + 9;
  }
  outside.push(bytes.toString('latin1', at));
  return { outside: outside.join('\n'), streams };
}

/** Unpacked when it is packed by Flate, as far as it goes; as it stands else. */
async function unpacked(bytes: Buffer): Promise<string> {
  try {
    const options = { maxOutputLength: limits.stream, finishFlush: constants.Z_SYNC_FLUSH };
    return (await unpack(bytes, options)).toString('latin1');
  } catch {
    return bytes.toString('latin1', 0, limits.stream);
  }
}

function wordsOfMetadata(content: string): string {
  const text = Buffer.from(content, 'latin1').toString('utf8');
  return text
    .split('<')
    .map((piece) => piece.slice(piece.indexOf('>') + 1))
    .join('\n');
}

type Token =
  | { readonly kind: 'string'; readonly bytes: string }
  | { readonly kind: 'hex'; readonly digits: string }
  | { readonly kind: 'word'; readonly word: string };

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
const delimiters = new Set('()<>[]{}/% \t\r\n\f\0');

/** Strings, numbers and operators of a piece of PDF, in order. A string that does not end is the last. */
function* tokensOf(text: string): Generator<Token> {
  let at = 0;
  while (at < text.length) {
    const sign = text[at]!;
    if (sign === '(') {
      const { bytes, next } = stringAt(text, at + 1);
      yield { kind: 'string', bytes };
      at = next;
    } else if (sign === '<' && text[at + 1] !== '<') {
      const end = text.indexOf('>', at);
      if (end < 0) return;
      yield { kind: 'hex', digits: text.slice(at + 1, end).replace(/[^0-9a-f]/gi, '') };
      at = end + 1;
    } else if (delimiters.has(sign)) at += sign === '<' ? 2 : 1;
    else {
      const from = at;
      while (at < text.length && !delimiters.has(text[at]!)) at += 1;
      yield { kind: 'word', word: text.slice(from, at) };
    }
  }
}

/** The bytes of a string from after its opening bracket, and where it ends. */
function stringAt(text: string, from: number): { bytes: string; next: number } {
  const bytes: string[] = [];
  let depth = 1;
  let at = from;
  for (; at < text.length; at += 1) {
    const sign = text[at]!;
    if (sign === '\\') {
      const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
      const next = text[at + 1] ?? '';
      if (octal !== undefined) bytes.push(String.fromCharCode(Number.parseInt(octal, 8) & 255));
      else if (next !== '\r' && next !== '\n') bytes.push(escapes[next] ?? next);
      at += octal?.length ?? 1;
      continue;
    }
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (depth === 0) return { bytes: bytes.join(''), next: at + 1 };
    bytes.push(sign);
  }
  return { bytes: bytes.join(''), next: at };
}

/** What stands outside the pages: the title of the document and the like, in Latin or in UTF-16. */
function stringsOf(outside: string): string {
  return [...tokensOf(outside)]
    .map((token) => {
      if (token.kind === 'string') return textOf(token.bytes);
      return token.kind === 'hex' ? textOf(Buffer.from(token.digits, 'hex').toString('latin1')) : '';
    })
    .join('\n');
}

const textOf = (bytes: string) => (bytes.startsWith('\xfe\xff') ? utf16(Buffer.from(bytes.slice(2), 'latin1')) : bytes);

function utf16(bigEndian: Buffer): string {
  const whole = Buffer.from(bigEndian.subarray(0, bigEndian.length - (bigEndian.length % 2)));
  return whole.swap16().toString('utf16le');
}

/** Glyph number, in hex as the page writes it, to text. */
function glyphTable(cmap: string): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  let left: number = limits.glyphs;
  const put = (glyph: string, text: string) => {
    left -= 1;
    if (left >= 0) table.set(glyph.toLowerCase(), text);
  };
  const textOfHex = (hex: string) => utf16(Buffer.from(hex, 'hex'));
  const blocks = (name: string) =>
    cmap
      .split(`begin${name}`)
      .slice(1)
      .map((one) => one.split(`end${name}`, 1)[0] ?? '');
  for (const block of blocks('bfchar')) {
    const hex = hexOf(block);
    for (let at = 0; at + 1 < hex.length; at += 2) put(hex[at]!, textOfHex(hex[at + 1]!));
  }
  for (const line of blocks('bfrange').flatMap((block) => block.split(/[\r\n]+/))) {
    const [from = '', to = '', ...texts] = hexOf(line);
    const [start, end] = [Number.parseInt(from, 16), Number.parseInt(to, 16)];
    for (let at = start; at <= end && left > 0; at += 1) {
      const text = line.includes('[')
        ? textOfHex(texts[at - start] ?? '')
        : after(textOfHex(texts[0] ?? ''), at - start);
      put(at.toString(16).padStart(from.length, '0'), text);
    }
  }
  return table;
}

const hexOf = (text: string) => [...tokensOf(text)].flatMap((token) => (token.kind === 'hex' ? [token.digits] : []));

/** The text whose last character is so many further on. */
function after(text: string, by: number): string {
  const last = text.codePointAt(text.length - 1) ?? 0;
  return `${text.slice(0, -1)}${String.fromCodePoint((last + by) % 0x110000)}`;
}

const moves: ReadonlySet<string> = new Set(['Td', 'TD', 'Tm', 'T*', 'ET', "'", '"']);

/** The strings of a page in the order in which they are drawn. A wide gap is a space, another place another line. */
function drawn(page: string, table: ReadonlyMap<string, string> | null): string {
  const parts: string[] = [];
  for (const token of tokensOf(page)) {
    if (token.kind === 'string')
      parts.push(table ? byTable(Buffer.from(token.bytes, 'latin1').toString('hex'), table) : textOf(token.bytes));
    else if (token.kind === 'hex') parts.push(table ? byTable(token.digits, table) : '');
    else if (moves.has(token.word)) parts.push('\n');
    else if (Number(token.word) < -180) parts.push(' ');
  }
  return parts.join('');
}

/** Numbers of one byte or of two, as the table has them. */
function byTable(hex: string, table: ReadonlyMap<string, string>): string {
  const width = table.keys().next().value?.length ?? 4;
  const parts: string[] = [];
  for (let at = 0; at < hex.length; at += width) parts.push(table.get(hex.slice(at, at + width).toLowerCase()) ?? '');
  return parts.join('');
}
