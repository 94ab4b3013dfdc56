import {
  AlignmentType,
  Document,
  type FileChild,
  Header,
  type ISectionOptions,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  TextRun,
} from 'docx';
import { dateInWords, numberText, openDateInWords } from './document-number.js';
import type { Annex, Block, OfficialDocument } from './official-document.js';
import {
  fontName,
  landscapeTextWidth,
  line,
  margins,
  mm,
  portrait,
  rule,
  ruledTable,
  run,
  sideBySide,
  textWidth,
} from './page-parts.js';

const bodySize = 14;
const tableSize = 13;
/** Millimetres; together the width of the text. The right side holds the national title of 13 points on one line. */
const columns = { left: 64, right: textWidth - 64 } as const;

/** The document as DOCX. Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I, or that of party documents. */
export function writeOfficialDocument(document: OfficialDocument): Promise<Buffer> {
  const children: FileChild[] = [
    head(document),
    ...titleBlock(document),
    ...addressees(document),
    ...blocks(withEnding(document), { keepLast: true }),
    new Paragraph({ spacing: { before: 120 }, keepNext: true }),
    foot(document),
  ];
  const file = new Document({
    creator: document.letterhead.issuer,
    title: document.subject,
    styles: { default: { document: { run: { font: fontName, size: bodySize * 2 } } } },
    sections: [section(children), ...document.annexes.map((annex) => section(annexChildren(annex, document), annex))],
  });
  return Packer.toBuffer(file);
}

/** A4; the number of the page in the middle of the top margin, not on the first page. An annex counts its own pages. */
function section(children: readonly FileChild[], { landscape = false }: { landscape?: boolean } = {}): ISectionOptions {
  const number = new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ children: [PageNumber.CURRENT], font: fontName, size: bodySize * 2 })],
  });
  return {
    properties: {
      titlePage: true,
      page: {
        // The library turns the sheet itself when it lies on its side.
        size: {
          width: mm(portrait.width),
          height: mm(portrait.height),
          orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: mm(margins.top),
          bottom: mm(margins.bottom),
          left: mm(margins.left),
          right: mm(margins.right),
          header: mm(10),
          footer: mm(10),
        },
        pageNumbers: { start: 1 },
      },
    },
    headers: { default: new Header({ children: [number] }), first: new Header({ children: [new Paragraph({})] }) },
    children,
  };
}

function head(document: OfficialDocument): FileChild {
  const left = document.form === 'party' ? partyIssuer(document) : stateIssuer(document);
  const right = document.form === 'party' ? partyTitle(document) : nationalTitle(document);
  return sideBySide([
    { width: columns.left, children: left },
    { width: columns.right, children: right },
  ]);
}

function stateIssuer({ letterhead, reference, title, subject }: OfficialDocument): Paragraph[] {
  const { superior, issuer } = letterhead;
  const name = issuer.toLocaleUpperCase('vi');
  // A third to a half of the line above (Phụ lục I); a capital of 13 points is about 2.8 mm wide.
  const width = Math.min(28, Math.max(14, (Math.min(name.length, 22) * 2.8) / 2.4));
  return [
    ...(superior === null ? [] : [line(superior.toLocaleUpperCase('vi'), { size: 13 })]),
    line(name, { size: 13, bold: true }),
    rule(width, columns.left),
    ...(reference === null
      ? []
      : [line(`Số: ${numberText(reference, 'state')}`, { size: 13 }, { spacing: { before: 60 } })]),
    ...(title === null ? [line(`V/v ${subject}`, { size: 12 }, { spacing: { before: 60 } })] : []),
  ];
}

function nationalTitle(document: OfficialDocument): Paragraph[] {
  return [
    line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: 13, bold: true }),
    line('Độc lập - Tự do - Hạnh phúc', { size: 14, bold: true }),
    // As long as the line above: 57 mm in Times New Roman bold 14.
    rule(57, columns.right),
    line(placeAndDate(document), { size: 14, italic: true }, { spacing: { before: 60 } }),
  ];
}

function partyIssuer({ letterhead, reference, title, subject }: OfficialDocument): Paragraph[] {
  const { superior, issuer } = letterhead;
  return [
    ...(superior === null ? [] : [line(superior.toLocaleUpperCase('vi'), { size: 14 })]),
    line(issuer.toLocaleUpperCase('vi'), { size: 14, bold: true }),
    line('*', { size: 14 }),
    ...(reference === null ? [] : [line(`Số ${numberText(reference, 'party')}`, { size: 14 })]),
    ...(title === null ? [line(subject, { size: 12, italic: true })] : []),
  ];
}

function partyTitle(document: OfficialDocument): Paragraph[] {
  return [
    line('ĐẢNG CỘNG SẢN VIỆT NAM', { size: 15, bold: true }),
    rule(65, columns.right),
    line(placeAndDate(document), { size: 14, italic: true }, { spacing: { before: 120 } }),
  ];
}

function placeAndDate({ letterhead, date, draftedOn }: OfficialDocument): string {
  return `${letterhead.place}, ${date === null ? openDateInWords(draftedOn) : dateInWords(date)}`;
}

function titleBlock({ form, title, subject, authorityLine }: OfficialDocument): Paragraph[] {
  if (title === null) return [];
  const size = form === 'party' ? 15 : 14;
  return [
    line(title, { size, bold: true }, { spacing: { before: 300 } }),
    line(subject, { size: 14, bold: true }),
    ...(form === 'party' ? [line('-----', { size: 14 })] : [rule(45, textWidth)]),
    ...(authorityLine === null
      ? []
      : [
          line(
            authorityLine.toLocaleUpperCase('vi'),
            { size: 14, bold: true },
            { spacing: { before: 160, after: 80 } },
          ),
        ]),
  ];
}

function addressees({ addressees: names, form }: OfficialDocument): Paragraph[] {
  const [only] = names;
  if (only === undefined) return [];
  const style = { size: bodySize, italic: form === 'party' };
  const spacing = { before: 240, after: 160 };
  if (names.length === 1) return [line(`Kính gửi: ${only}`, style, { spacing })];
  const indent = { left: mm(35) };
  return names.map(
    (name, at) =>
      new Paragraph({
        indent: at === 0 ? { left: mm(15) } : indent,
        spacing: { before: at === 0 ? 240 : 0, after: at === names.length - 1 ? 160 : 0 },
        children: [run(`${at === 0 ? 'Kính gửi: ' : ''}- ${name}${at === names.length - 1 ? '.' : ';'}`, style)],
      }),
  );
}

/** State documents end with "./." after the last word. */
function withEnding({ form, body }: OfficialDocument): readonly Block[] {
  const last = body.at(-1);
  if (form === 'party' || last === undefined || last.kind === 'table') return body;
  return [...body.slice(0, -1), { ...last, text: `${last.text.replace(/[.\s]+$/u, '')}./.` }];
}

/** `keepLast`: the last paragraph goes on the page of the signature, which never stands alone. */
function blocks(
  body: readonly Block[],
  { width = textWidth, keepLast = false }: { width?: number; keepLast?: boolean } = {},
): FileChild[] {
  return body.flatMap((block, at): FileChild[] => {
    if (block.kind === 'table') {
      return [ruledTable(block, { width, size: tableSize }), new Paragraph({ spacing: { after: 80 } })];
    }
    if (block.kind === 'centred') {
      return [line(block.text, { size: bodySize, bold: true }, { spacing: { before: 160, after: 120 } })];
    }
    return [
      new Paragraph({
        alignment: AlignmentType.JUSTIFIED,
        indent: { firstLine: mm(10) },
        keepNext: keepLast && at === body.length - 1,
        spacing: { before: 60, after: 60, line: 276, lineRule: LineRuleType.AUTO },
        children: textOf(block),
      }),
    ];
  });
}

function textOf(block: Exclude<Block, { kind: 'table' | 'centred' }>): TextRun[] {
  if (block.kind === 'article') {
    return [run(`${block.label} `, { size: bodySize, bold: true }), run(block.text, { size: bodySize })];
  }
  if (block.kind === 'item') return [run(`- ${block.text}`, { size: bodySize })];
  return [run(block.text, { size: bodySize, italic: block.italic ?? false, bold: block.bold ?? false })];
}

/** Left: who gets it. Right: authority, position and name of who signs, with room for signature and seal. */
function foot({ form, recipients, signature }: OfficialDocument): FileChild {
  const left = [
    new Paragraph({
      children: [
        run('Nơi nhận:', form === 'party' ? { size: 14, underlined: true } : { size: 12, bold: true, italic: true }),
      ],
    }),
    ...recipients.map(
      (text, at) =>
        new Paragraph({
          children: [run(`- ${text}${at === recipients.length - 1 ? '.' : ';'}`, { size: form === 'party' ? 12 : 11 })],
        }),
    ),
  ];
  const right = [
    ...signature.lines.map((text) => line(text, { size: bodySize, bold: true })),
    ...Array.from({ length: 4 }, () => line('', { size: bodySize })),
    line(signature.name, { size: bodySize, bold: true }),
  ];
  return sideBySide([
    { width: 75, children: left },
    { width: textWidth - 75, children: right },
  ]);
}

function annexChildren(annex: Annex, { reference, form, date, draftedOn }: OfficialDocument): FileChild[] {
  const number = reference === null ? '' : `số ${numberText(reference, form)} `;
  const width = annex.landscape === true ? landscapeTextWidth : textWidth;
  const cited = `${number}${date === null ? openDateInWords(draftedOn) : dateInWords(date)}`;
  return [
    line(annex.title, { size: bodySize, bold: true }),
    ...(annex.subtitle ?? '')
      .replace('{reference}', cited)
      .split('\n')
      .filter((part) => part !== '')
      .map((part) => line(part, { size: bodySize, italic: true })),
    rule(45, width),
    new Paragraph({ spacing: { after: 120 } }),
    ...blocks(annex.body, { width }),
  ];
}
