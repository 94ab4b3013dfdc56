import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  /** What the table of contents claims instead of the truth. */
  readonly claimedBytes?: number;
  readonly claimedChecksum?: number;
  readonly flags?: number;
}

/** A ZIP file, honest unless a part says otherwise. */
export function zipFile(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content);
    const packed = deflateRawSync(content);
    const name = Buffer.from(part.name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(part.flags ?? 0, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(part.claimedChecksum ?? crc32(content), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(part.claimedBytes ?? content.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const body = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), shared, name, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), shared, tail, name]));
    bodies.push(body);
    offset += body.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(table.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, table, end]);
}

const spreadsheet = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';

/** sheetData: the XML inside `<worksheet>`. */
export function xlsxFile(sheetData: string, more: readonly ZipPart[] = [], types = ''): Buffer {
  const own: ZipPart[] = [
    {
      name: '[Content_Types].xml',
      content: `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>${types}</Types>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns="${spreadsheet}" xmlns:r="${relationships}"><sheets><sheet name="Kế hoạch" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships><Relationship Id="rId1" Type="${relationships}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet xmlns="${spreadsheet}">${sheetData}</worksheet>` },
  ];
  const replaced = new Set(more.map((part) => part.name));
  return zipFile([...own.filter((part) => !replaced.has(part.name)), ...more]);
}

/** rows: texts from A1 on; null leaves the cell out. merges: "A1:C1". */
export function xlsxTable(rows: readonly (readonly (string | null)[])[], merges: readonly string[] = []): Buffer {
  const data = rows.map((cells, row) => {
    const inner = cells.map((text, column) =>
      text === null
        ? ''
        : `<c r="${columnName(column)}${row + 1}" t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`,
    );
    return `<row r="${row + 1}">${inner.join('')}</row>`;
  });
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  return xlsxFile(`<sheetData>${data.join('')}</sheetData><mergeCells>${merged}</mergeCells>`);
}

/** body: the XML inside `<w:body>`. */
export function docxFile(body: string, more: readonly ZipPart[] = []): Buffer {
  return zipFile([
    {
      name: '[Content_Types].xml',
      content:
        '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    },
    { name: 'word/document.xml', content: `<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>` },
    ...more,
  ]);
}

export interface WordCell {
  /** Paragraphs. */
  readonly text: readonly string[];
  readonly span?: number;
  readonly vertical?: 'restart' | 'continue';
  /** A paragraph that Word numbers itself. */
  readonly listId?: string;
}

export function wordTable(rows: readonly (readonly (string | WordCell)[])[]): string {
  const rowXml = rows.map((cells) => `<w:tr>${cells.map((cell) => wordCell(cell)).join('')}</w:tr>`);
  return `<w:tbl>${rowXml.join('')}</w:tbl>`;
}

export function wordParagraph(text: string, properties = ''): string {
  return `<w:p>${properties}<w:r><w:t xml:space="preserve">${escapeXml(text)}</w:t></w:r></w:p>`;
}

function wordCell(given: string | WordCell): string {
  const cell: WordCell = typeof given === 'string' ? { text: [given] } : given;
  const span = cell.span ? `<w:gridSpan w:val="${cell.span}"/>` : '';
  const merge = cell.vertical ? `<w:vMerge${cell.vertical === 'restart' ? ' w:val="restart"' : ''}/>` : '';
  const list = cell.listId
    ? `<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${cell.listId}"/></w:numPr></w:pPr>`
    : '';
  const paragraphs = cell.text.map((text) => wordParagraph(text, list)).join('');
  return `<w:tc><w:tcPr>${span}${merge}</w:tcPr>${paragraphs}</w:tc>`;
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** One part of a file somebody else wrote, as text: found by the central directory. Throws when it is not there. */
export function zipPart(bytes: Buffer, name: string): string {
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\x01\x02', at + 4, 'latin1')) {
    const nameLength = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + nameLength) !== name) continue;
    const header = bytes.readUInt32LE(at + 42);
    const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    return (bytes.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
  }
  throw new Error(`The archive has no part ${name}.`);
}
