import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';
import { createInflateRaw } from 'node:zlib';
import { dataStart, readDirectory } from './inspect-office.js';

/** Parts of a DOCX or XLSX in which people write: body, headers, notes, cells, properties. */
const written =
  /^(word\/(?!(styles|settings|fontTable|webSettings|numbering|theme\/)).*\.xml|xl\/(sharedStrings|worksheets\/.*|comments.*|drawings\/.*)\.xml|docProps\/.*\.xml|xl\/workbook\.xml)$/i;
const ends = /<\/(?:[\w]+:)?(?:p|si|c|t|v|is)>|<(?:[\w]+:)?(?:br|tab|cr)\b[^>]*>/g;

/** What is written in an office file that was looked into before, piece by piece; pieces of one part overlap so that no word is cut. */
export async function* officeWords(path: string, size: number): AsyncGenerator<string> {
  const file = await open(path);
  try {
    for (const part of (await readDirectory(file, size)) ?? []) {
      if (!written.test(part.name) || part.packed === 0) continue;
      const start = await dataStart(file, part);
      const packed = createReadStream(path, { start, end: start + part.packed - 1 });
      const unpacked = part.method === 8 ? packed.pipe(createInflateRaw()) : packed;
      yield* wordsOfXml(unpacked);
    }
  } finally {
    await file.close();
  }
}

const pieceLength = 64 * 1024;
const overlap = 512;

async function* wordsOfXml(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let markup = '';
  let words = '';
  for await (const chunk of source) {
    markup += decoder.write(chunk);
    // Up to the last tag that is whole.
    const whole = markup.lastIndexOf('>') + 1;
    words += plain(markup.slice(0, whole));
    markup = markup.slice(whole);
    if (words.length < pieceLength) continue;
    yield words;
    words = words.slice(-overlap);
  }
  if (words !== '') yield words;
}

/** Runs of one paragraph are one text, whatever tags stand between them; names of fields are no text. */
function plain(markup: string): string {
  const text = markup
    .replace(/<(?:\w+:)?t(?=[\s>])[^>]*>/g, '')
    .replace(ends, (tag) => (/^<\/(?:\w+:)?t>/.test(tag) ? '' : '\n'))
    .replace(/<[^>]*>/g, '');
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(amp|lt|gt|quot|apos));/gi, (_, ten?: string, hex?: string) => {
    if (ten === undefined && hex === undefined) return ' ';
    const code = ten === undefined ? Number.parseInt(hex ?? '20', 16) : Number(ten);
    return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
  });
}
