import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { docxFile, wordParagraph, xlsxTable } from '#test/support/office-files.js';
import { createDiskStore, type FileStore } from './file-store.js';

const refusal = { vi: 'Không nhận', en: 'Refused' };
const words = 'TỐI MẬT';
const hexOf = (text: string) => Buffer.from(text, 'utf16le').swap16().toString('hex');

/** A PDF by hand: one page, whose text is drawn by glyph numbers, as every program with Vietnamese letters does. */
function pdfOf(given: { page?: string; table?: string; title?: string; packed?: boolean }): Buffer {
  const { page = '', table = '', title = 'x', packed = true } = given;
  const stream = (content: string) => {
    const bytes = packed ? deflateSync(Buffer.from(content, 'latin1')) : Buffer.from(content, 'latin1');
    return Buffer.concat([Buffer.from(`<< /Length ${bytes.length} >>\nstream\n`), bytes, Buffer.from('\nendstream\n')]);
  };
  return Buffer.concat([
    Buffer.from('%PDF-1.4\n1 0 obj\n'),
    stream(page),
    Buffer.from('endobj\n2 0 obj\n'),
    stream(table),
    Buffer.from(`endobj\n3 0 obj\n<< /Title <feff${hexOf(title)}> >>\nendobj\n%%EOF\n`, 'latin1'),
  ]);
}

/** Glyph 1, 2, 3 … for each letter. */
function drawing(text: string): { page: string; table: string } {
  const glyph = (at: number) => (at + 1).toString(16).padStart(4, '0');
  const rows = [...text].map((letter, at) => `<${glyph(at)}> <${hexOf(letter)}>`).join('\n');
  const half = Math.floor(text.length / 2);
  const part = (from: number, to: number) =>
    [...text]
      .slice(from, to)
      .map((_, at) => glyph(from + at))
      .join('');
  return {
    page: `BT /F1 13 Tf 72 700 Td [<${part(0, half)}> -20 <${part(half, text.length)}>] TJ ET`,
    table: `/CIDInit\n1 beginbfchar\n${rows}\nendbfchar`,
  };
}

describe('the words inside a file', () => {
  let folder: string;
  let store: FileStore;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'words-'));
    store = createDiskStore({ directory: folder, maxBytes: 25_000_000 });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const put = (bytes: Buffer, fileName: string) =>
    store.put(Readable.from([bytes]), {
      fileName,
      refuseWords: (text) => (text.includes(words) ? refusal : null),
    });
  const kept = async () => {
    const names: string[] = [];
    for await (const name of store.names()) names.push(name);
    return names;
  };

  it.each<[string, Buffer, string]>([
    ['a paragraph of a DOCX', docxFile(wordParagraph(words)), 'a.docx'],
    [
      'runs of one paragraph, letters as numbers',
      docxFile(
        '<w:p><w:r><w:t xml:space="preserve">T&#x1ED0;I </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>MẬT</w:t></w:r></w:p>',
      ),
      'b.docx',
    ],
    [
      'the header of a DOCX',
      docxFile(wordParagraph('Kế hoạch'), [
        { name: 'word/header1.xml', content: `<w:hdr xmlns:w="x"><w:p><w:r><w:t>${words}</w:t></w:r></w:p></w:hdr>` },
      ]),
      'c.docx',
    ],
    [
      'a cell of an XLSX',
      xlsxTable([
        ['STT', 'Nội dung'],
        ['1', words],
      ]),
      'd.xlsx',
    ],
    ['the page of a PDF, by its table of glyphs', pdfOf(drawing(words)), 'e.pdf'],
    ['a page that is not packed', pdfOf({ ...drawing(words), packed: false }), 'f.pdf'],
    [
      'a range of glyphs',
      pdfOf({
        page: 'BT <00010002000300040005> Tj ET',
        table: `1 beginbfrange\n<0001> <0005> [<${hexOf('TỐI')}> <${hexOf(' ')}> <${hexOf('M')}> <${hexOf('Ậ')}> <${hexOf('T')}>]\nendbfrange`,
      }),
      'g.pdf',
    ],
    ['the title of a PDF', pdfOf({ title: words }), 'h.pdf'],
  ])('are read in %s, and the file is not kept', async (_, bytes, name) => {
    const before = await kept();
    await expect(put(bytes, name)).rejects.toMatchObject({ code: 'FILE_REJECTED', details: { text: refusal } });
    expect(await kept()).toEqual(before);
  });

  it('let through what does not carry them', async () => {
    await put(docxFile(wordParagraph('Bảo mật thông tin')), 'i.docx');
    await put(pdfOf(drawing('Bảo mật')), 'j.pdf');
    await put(xlsxTable([['STT'], ['1']]), 'k.xlsx');
    expect(await kept()).toHaveLength(3);
  });

  it.each<[string, string]>([
    ['of opening brackets', '('.repeat(4_000_000)],
    ['of streams that do not end', 'stream\n'.repeat(500_000)],
    ['of digits', `BT ${'1'.repeat(4_000_000)} ET`],
    ['of a table without end', `beginbfrange\n${'<0000> <ffff> <0000>\n'.repeat(50_000)}`],
  ])('are looked for once in a PDF %s', async (_, content) => {
    await put(Buffer.from(`%PDF-1.4\n${content}\nstream\n${content}\nendstream\n%%EOF\n`), 'l.pdf');
  });
});
