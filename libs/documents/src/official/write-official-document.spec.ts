import { beforeAll, describe, expect, it } from '@jest/globals';
import { defaultLimits } from '../limits.js';
import { openZip } from '../zip-archive.js';
import type { OfficialDocument } from './official-document.js';
import { writeOfficialDocument } from './write-official-document.js';

const decision: OfficialDocument = {
  form: 'state',
  letterhead: { superior: null, issuer: 'Ủy ban nhân dân tỉnh Tuyên Quang', place: 'Tuyên Quang' },
  reference: { number: 7, symbol: 'QĐ-UBND' },
  date: '2023-02-05',
  draftedOn: '2023-02-03',
  title: 'QUYẾT ĐỊNH',
  subject: 'Về việc cử Đoàn công tác đi Nhật Bản',
  authorityLine: 'Chủ tịch Ủy ban nhân dân tỉnh Tuyên Quang',
  addressees: [],
  body: [
    { kind: 'paragraph', text: 'Căn cứ Luật Tổ chức chính quyền địa phương;', italic: true },
    { kind: 'centred', text: 'QUYẾT ĐỊNH:' },
    { kind: 'article', label: 'Điều 1.', text: 'Cử Đoàn công tác <của tỉnh> & đơn vị.' },
    { kind: 'article', label: 'Điều 2.', text: 'Quyết định có hiệu lực kể từ ngày ký.' },
  ],
  signature: { lines: ['KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH'], name: 'Lương Thị Bích' },
  recipients: ['Như Điều 2', 'Lưu: VT'],
  annexes: [
    {
      title: 'DANH SÁCH ĐOÀN',
      subtitle: '(Kèm theo Quyết định {reference})',
      body: [
        {
          kind: 'table',
          columns: [
            { header: 'TT', share: 1 },
            { header: 'Họ và tên', share: 4 },
          ],
          rows: [['1', 'A']],
        },
      ],
    },
  ],
};

async function partsOf(document: OfficialDocument): Promise<{ body: string; all: string; headers: string[] }> {
  const archive = openZip(await writeOfficialDocument(document), defaultLimits);
  const text = async (name: string) => (await archive.read(name))?.toString('utf8') ?? '';
  const headers = await Promise.all([1, 2].map((at) => text(`word/header${at}.xml`)));
  const body = await text('word/document.xml');
  return { body, headers, all: [body, ...headers, await text('word/styles.xml')].join('') };
}

/** Paragraphs as their words, in order. */
function wordsOf(xml: string): string[] {
  return xml
    .split('</w:p>')
    .map((paragraph) => [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map((found) => found[1]).join(''))
    .filter((words) => words !== '');
}

const millimetres = (twips: string | undefined) => Math.round((Number(twips) / 1440) * 25.4 * 100) / 100;

describe('a document of an office as DOCX', () => {
  let xml: Awaited<ReturnType<typeof partsOf>>;
  beforeAll(async () => {
    xml = await partsOf(decision);
  });

  it('is A4 with the margins of Nghị định 30/2020/NĐ-CP in every section', () => {
    const pages = [...xml.body.matchAll(/<w:pgSz ([^>]*)\/>/g)].map((found) => found[1]!);
    expect(pages).toHaveLength(2);
    for (const page of pages) {
      expect(millimetres(/w:w="(\d+)"/.exec(page)?.[1])).toBeCloseTo(210, 0);
      expect(millimetres(/w:h="(\d+)"/.exec(page)?.[1])).toBeCloseTo(297, 0);
    }
    const sides = [...xml.body.matchAll(/<w:pgMar ([^>]*)\/>/g)].map((found) => found[1]!);
    expect(sides).toHaveLength(2);
    for (const side of sides) {
      const of = (name: string) => millimetres(new RegExp(`w:${name}="(\\d+)"`).exec(side)?.[1]);
      for (const [name, from, to] of [
        ['top', 20, 25],
        ['bottom', 20, 25],
        ['left', 30, 35],
        ['right', 15, 20],
      ] as const) {
        expect(of(name)).toBeGreaterThanOrEqual(from);
        expect(of(name)).toBeLessThanOrEqual(to);
      }
    }
  });

  it('is written in black Times New Roman of 11 to 15 points, the body in 14', () => {
    expect(new Set([...xml.all.matchAll(/w:ascii="([^"]+)"/g)].map((found) => found[1]))).toEqual(
      new Set(['Times New Roman']),
    );
    expect(new Set([...xml.body.matchAll(/<w:color w:val="([^"]+)"/g)].map((found) => found[1]))).toEqual(
      new Set(['000000']),
    );
    const sizes = [...xml.body.matchAll(/<w:sz w:val="(\d+)"/g)].map((found) => Number(found[1]) / 2);
    expect(Math.min(...sizes)).toBe(11);
    expect(Math.max(...sizes)).toBe(14);
    const article = xml.body.split('</w:p>').find((paragraph) => paragraph.includes('Điều 2.'))!;
    expect([...article.matchAll(/<w:sz w:val="(\d+)"/g)].map((found) => found[1])).toEqual(['28', '28']);
    expect(article).toContain('<w:jc w:val="both"/>');
    expect(article).toMatch(/w:firstLine="567"/);
  });

  it('shows the page number in the middle of the head, not on the first page', () => {
    expect(xml.body.match(/<w:titlePg\/>/g)).toHaveLength(2);
    const numbered = xml.headers.filter((header) => header.includes('PAGE'));
    expect(numbered).toHaveLength(1);
    expect(numbered[0]).toContain('<w:jc w:val="center"/>');
    expect(xml.body.match(/<w:pgNumType w:start="1"\/>/g)).toHaveLength(2);
  });

  it('says everything in the order of the form', () => {
    expect(wordsOf(xml.body)).toEqual([
      'ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG',
      'Số: 07/QĐ-UBND',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Tuyên Quang, ngày 05 tháng 02 năm 2023',
      'QUYẾT ĐỊNH',
      'Về việc cử Đoàn công tác đi Nhật Bản',
      'CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH TUYÊN QUANG',
      'Căn cứ Luật Tổ chức chính quyền địa phương;',
      'QUYẾT ĐỊNH:',
      'Điều 1. Cử Đoàn công tác &lt;của tỉnh&gt; &amp; đơn vị.',
      'Điều 2. Quyết định có hiệu lực kể từ ngày ký./.',
      'Nơi nhận:',
      '- Như Điều 2;',
      '- Lưu: VT.',
      'KT. CHỦ TỊCH',
      'PHÓ CHỦ TỊCH',
      'Lương Thị Bích',
      'DANH SÁCH ĐOÀN',
      '(Kèm theo Quyết định số 07/QĐ-UBND ngày 05 tháng 02 năm 2023)',
      'TT',
      'Họ và tên',
      '1',
      'A',
    ]);
  });

  it('puts the subject of a công văn under its number and leaves number and day of a draft open', async () => {
    const words = wordsOf(
      (
        await partsOf({
          ...decision,
          title: null,
          date: null,
          reference: { number: null, symbol: 'SNgV-VP' },
          letterhead: { superior: 'Ủy ban nhân dân tỉnh', issuer: 'Sở Ngoại vụ', place: 'Tuyên Quang' },
          subject: 'xin ý kiến',
          addressees: ['Sở Tài chính', 'Công an tỉnh'],
          authorityLine: null,
          annexes: [],
        })
      ).body,
    );
    expect(words.slice(0, 4)).toEqual(['ỦY BAN NHÂN DÂN TỈNH', 'SỞ NGOẠI VỤ', 'Số:       /SNgV-VP', 'V/v xin ý kiến']);
    expect(words).toContain('Tuyên Quang, ngày      tháng 02 năm 2023');
    expect(words).toEqual(expect.arrayContaining(['Kính gửi: - Sở Tài chính;', '- Công an tỉnh.']));
  });

  it('writes party documents under the name of the Party, without the national title', async () => {
    const { body } = await partsOf({
      ...decision,
      form: 'party',
      title: 'TỜ TRÌNH',
      letterhead: { superior: 'Tỉnh ủy Tuyên Quang', issuer: 'Đảng ủy UBND tỉnh', place: 'Tuyên Quang' },
      reference: { number: 9, symbol: 'TTr/ĐU' },
      signature: { lines: ['T/M BAN THƯỜNG VỤ', 'PHÓ BÍ THƯ'], name: 'Hoàng Minh Quang' },
    });
    const words = wordsOf(body);
    expect(words.slice(0, 5)).toEqual([
      'TỈNH ỦY TUYÊN QUANG',
      'ĐẢNG ỦY UBND TỈNH',
      '*',
      'Số 09-TTr/ĐU',
      'ĐẢNG CỘNG SẢN VIỆT NAM',
    ]);
    expect(words.join(' ')).not.toContain('CỘNG HÒA XÃ HỘI');
    expect(words.join(' ')).not.toContain('./.');
  });
});
