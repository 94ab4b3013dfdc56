/** What the store accepts, by content: the first bytes decide, the file's name and the browser's word do not. */
export const acceptedMediaTypes = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'image/png',
  'image/jpeg',
] as const;
export type AcceptedMediaType = (typeof acceptedMediaTypes)[number];

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const extensions: Readonly<Record<AcceptedMediaType, readonly string[]>> = {
  'application/pdf': ['pdf'],
  [docx]: ['docx'],
  [xlsx]: ['xlsx'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
};

/** Whether a name says another type than the content is. A name without an extension, or one that ends in a number, says nothing. */
export function isMisnamed(fileName: string, mediaType: AcceptedMediaType): boolean {
  const extension = /\.([a-z][a-z0-9]{1,4})$/i.exec(fileName.trim())?.[1]?.toLowerCase();
  return extension !== undefined && !extensions[mediaType].includes(extension);
}

/** Bytes at the start of a file that are enough to tell every accepted type; of a ZIP also its directory at the end. */
export const headLength = 4096;
export const tailLength = 65_536;

export type Sniffed =
  | { readonly mediaType: AcceptedMediaType }
  | { readonly problem: 'empty' | 'unknown' | 'macros' | 'encrypted' };

/**
 * `head`: the first bytes, at most `headLength`; `tail`: the last bytes, at most `tailLength`. A DOCX or XLSX is told by the
 * names in the ZIP's central directory, where a macro project or an encrypted part shows too.
 */
export function sniffMediaType({ head, tail }: { head: Buffer; tail: Buffer }): Sniffed {
  if (head.length === 0) return { problem: 'empty' };
  if (startsWith(head, '%PDF-')) return { mediaType: 'application/pdf' };
  if (startsWith(head, '\x89PNG\r\n\x1a\n')) return { mediaType: 'image/png' };
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return { mediaType: 'image/jpeg' };
  // An encrypted office file is an OLE container (MS-OFFCRYPTO), and so is every old .doc and .xls.
  if (startsWith(head, '\xd0\xcf\x11\xe0')) return { problem: 'encrypted' };
  if (startsWith(head, 'PK\x03\x04')) return sniffOffice(tail);
  return { problem: 'unknown' };
}

function sniffOffice(tail: Buffer): Sniffed {
  const names = tail.toString('latin1');
  if (names.includes('vbaProject.bin')) return { problem: 'macros' };
  if (names.includes('[Content_Types].xml') || names.includes('_rels/.rels')) {
    if (names.includes('word/document.xml')) return { mediaType: docx };
    if (names.includes('xl/workbook.xml')) return { mediaType: xlsx };
  }
  return { problem: 'unknown' };
}

function startsWith(head: Buffer, latin1: string): boolean {
  return head.subarray(0, latin1.length).toString('latin1') === latin1;
}
