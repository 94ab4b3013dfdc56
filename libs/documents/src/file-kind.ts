import type { Text } from '#contracts/text.js';
import { fileRejection } from './file-rejection.js';
import type { ReadLimits } from './limits.js';
import type { TableFileKind } from './table-grid.js';
import { openZip, type ZipArchive } from './zip-archive.js';

export type RecognisedFile =
  | { readonly kind: 'xlsx' | 'docx'; readonly archive: ZipArchive }
  | { readonly kind: 'csv' };

const kindNames: Readonly<Record<TableFileKind, Text>> = {
  xlsx: { vi: 'sổ tính Excel (XLSX)', en: 'an Excel workbook (XLSX)' },
  docx: { vi: 'văn bản Word (DOCX)', en: 'a Word document (DOCX)' },
  csv: { vi: 'tệp chữ (CSV)', en: 'a text file (CSV)' },
};

const webPage: Text = { vi: 'trang web (HTML)', en: 'a web page (HTML)' };

/** First bytes of what people upload by mistake. */
const signatures: readonly { readonly bytes: readonly number[]; readonly name: Text }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], name: { vi: 'tệp PDF', en: 'a PDF file' } },
  { bytes: [0x89, 0x50, 0x4e, 0x47], name: { vi: 'ảnh PNG', en: 'a PNG picture' } },
  { bytes: [0xff, 0xd8, 0xff], name: { vi: 'ảnh JPEG', en: 'a JPEG picture' } },
  { bytes: [0x47, 0x49, 0x46, 0x38], name: { vi: 'ảnh GIF', en: 'a GIF picture' } },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], name: { vi: 'văn bản RTF', en: 'an RTF document' } },
  { bytes: [0x1f, 0x8b], name: { vi: 'tệp nén GZIP', en: 'a GZIP archive' } },
  { bytes: [0x52, 0x61, 0x72, 0x21], name: { vi: 'tệp nén RAR', en: 'a RAR archive' } },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], name: { vi: 'tệp nén 7z', en: 'a 7z archive' } },
  { bytes: [0x4d, 0x5a], name: { vi: 'tệp chương trình', en: 'a program' } },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], name: { vi: 'tệp chương trình', en: 'a program' } },
];

const oleSignature = [0xd0, 0xcf, 0x11, 0xe0];
const zipSignatures = [
  [0x50, 0x4b, 0x03, 0x04],
  [0x50, 0x4b, 0x05, 0x06],
];

/**
 * Says what a file is from its content; the name only serves to catch a mislabelled one. Throws AppError FILE_REJECTED or
 * FILE_TOO_LARGE with the reason (EMPTY, MISLABELLED, UNSUPPORTED, LEGACY_OFFICE, ENCRYPTED, MACRO, BROKEN …).
 */
export async function recogniseFile(
  file: { readonly name: string; readonly bytes: Buffer },
  limits: ReadLimits,
): Promise<RecognisedFile> {
  const { bytes } = file;
  if (bytes.length === 0) throw fileRejection('EMPTY');
  if (bytes.length > limits.fileBytes) throw fileRejection('TOO_LARGE');
  const named = namedKind(file.name);
  if (zipSignatures.some((signature) => startsWith(bytes, signature))) {
    const archive = openZip(bytes, limits);
    const kind = await officeKind(archive);
    checkName(kind, named);
    return { kind, archive };
  }
  if (startsWith(bytes, oleSignature)) throw fileRejection(isEncryptedOle(bytes) ? 'ENCRYPTED' : 'LEGACY_OFFICE');
  const known = signatures.find((signature) => startsWith(bytes, signature.bytes));
  if (known) throw foreign(known.name, named);
  const start = bytes
    .toString('latin1', 0, 1024)
    .replace(/^(\xef\xbb\xbf)?\s*/, '')
    .toLowerCase();
  if (/^<(!doctype html|html|head|body|table|meta|script)\b/.test(start)) throw foreign(webPage, named);
  if (start.startsWith('<?xml') || start.startsWith('<!doctype')) {
    throw foreign({ vi: 'tệp XML', en: 'an XML file' }, named);
  }
  if (named === 'xlsx' || named === 'docx') throw notText(bytes, named);
  return { kind: 'csv' };
}

function notText(bytes: Buffer, named: TableFileKind): Error {
  // Text under an Office name was mislabelled; anything else under it is the damaged rest of an Office file.
  const looksLikeText = !bytes.subarray(0, 4096).some((byte) => byte < 9);
  return looksLikeText
    ? fileRejection('MISLABELLED', { actual: kindNames.csv, named: kindNames[named] })
    : fileRejection('BROKEN');
}

async function officeKind(archive: ZipArchive): Promise<'xlsx' | 'docx'> {
  const names = new Set(archive.names);
  if (names.has('EncryptedPackage')) throw fileRejection('ENCRYPTED');
  const types = (await archive.read('[Content_Types].xml'))?.toString('utf8') ?? '';
  const carriesMacro =
    archive.names.some((name) => /vba(Project|Data)/i.test(name) || /(^|\/)macrosheets\//i.test(name)) ||
    /macroEnabled|vbaProject|intlmacrosheet|ms-excel\.macrosheet/i.test(types);
  if (carriesMacro) throw fileRejection('MACRO');
  if (types.includes('spreadsheetml.sheet.main+xml') || names.has('xl/workbook.xml')) return 'xlsx';
  if (types.includes('wordprocessingml.document.main+xml') || names.has('word/document.xml')) return 'docx';
  throw fileRejection('UNSUPPORTED', { actual: await zipName(archive, types) });
}

async function zipName(archive: ZipArchive, types: string): Promise<Text> {
  if (types.includes('presentationml')) return { vi: 'bản trình chiếu PowerPoint', en: 'a PowerPoint presentation' };
  if (types.includes('ms-excel.sheet.binary'))
    return { vi: 'sổ tính Excel nhị phân (XLSB)', en: 'a binary Excel workbook (XLSB)' };
  if (types.includes('template.main+xml')) return { vi: 'tệp mẫu Office', en: 'an Office template' };
  const mimetype = archive.names.includes('mimetype')
    ? ((await archive.read('mimetype'))?.toString('latin1') ?? '')
    : '';
  if (mimetype.includes('opendocument'))
    return { vi: 'tệp OpenDocument (ODS, ODT)', en: 'an OpenDocument file (ODS, ODT)' };
  return { vi: 'tệp nén ZIP', en: 'a ZIP archive' };
}

/** An encrypted XLSX or DOCX is an OLE file whose directory names the stream EncryptedPackage (UTF-16). */
function isEncryptedOle(bytes: Buffer): boolean {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'));
}

function foreign(actual: Text, named: TableFileKind | null): Error {
  return named
    ? fileRejection('MISLABELLED', { actual, named: kindNames[named] })
    : fileRejection('UNSUPPORTED', { actual });
}

function checkName(kind: TableFileKind, named: TableFileKind | null): void {
  if (named && named !== kind) throw fileRejection('MISLABELLED', { actual: kindNames[kind], named: kindNames[named] });
}

function namedKind(name: string): TableFileKind | null {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(name.trim())?.[1]?.toLowerCase();
  if (extension === 'xlsx' || extension === 'docx' || extension === 'csv') return extension;
  return extension === 'tsv' || extension === 'txt' ? 'csv' : null;
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
