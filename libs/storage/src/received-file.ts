import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contracts/errors.js';
import type { Text } from '#contracts/text.js';
import { inspectOffice, type OfficeProblem } from './inspect-office.js';
import {
  type AcceptedMediaType,
  headLength,
  isMisnamed,
  type Sniffed,
  sniffMediaType,
  tailLength,
} from './media-type.js';
import { officeWords } from './office-words.js';
import { pdfWords } from './pdf-words.js';
import type { VirusScanner } from './virus-scanner.js';

/** A file on its way into a store: whole on the disk of this process, looked into, and gone when the work is done. */
export interface InspectedFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: AcceptedMediaType;
}

export interface Inspection {
  /** Where drafts lie; made when missing. */
  readonly directory: string;
  /** Of one file. */
  readonly maxBytes: number;
  readonly scanner?: VirusScanner | undefined;
  /** As its sender calls it; absent: nobody does. */
  readonly fileName?: string | undefined;
  /** Why a file with these words in it is not taken; null: nothing against them. Asked piece by piece. */
  readonly refuseWords?: ((words: string) => Text | null) | undefined;
}

/**
 * Streams the source to a draft, looks at its content and hands it over; the draft is removed unless the work moved it. Throws
 * FILE_TOO_LARGE, FILE_REJECTED, UNAVAILABLE (no answer of the scanner).
 */
export async function withInspectedFile<T>(
  { directory, maxBytes, scanner, fileName, refuseWords }: Inspection,
  source: AsyncIterable<Uint8Array>,
  work: (file: InspectedFile) => Promise<T>,
): Promise<T> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, randomUUID());
  try {
    const { sha256, size } = await writeDraft({ source, draft: path, maxBytes });
    const mediaType = accepted(await sniff(path, size));
    if (fileName !== undefined && isMisnamed(fileName, mediaType)) throw rejection('misnamed');
    if (mediaType.startsWith('application/vnd.openxmlformats')) {
      const problem = await inspectOffice(path, size);
      if (problem !== null) throw rejection(problem);
    }
    if (refuseWords !== undefined) {
      for await (const words of wordsIn(path, { mediaType, size })) refuse(refuseWords(words));
    }
    const virus = await scanner?.scan(path);
    if (virus) throw rejection('virus', { virus });
    return await work({ path, sha256, size, mediaType });
  } finally {
    await rm(path, { force: true });
  }
}

/** What is written in it, as far as it is kept as text: nothing of a picture. */
function wordsIn(
  path: string,
  { mediaType, size }: { mediaType: AcceptedMediaType; size: number },
): AsyncIterable<string> {
  if (mediaType.startsWith('application/vnd.openxmlformats')) return officeWords(path, size);
  return mediaType === 'application/pdf' ? pdfWords(path) : Readable.from([]);
}

function refuse(text: Text | null): void {
  if (text !== null) throw new AppError('FILE_REJECTED', { problem: 'words', text });
}

async function writeDraft(input: { source: AsyncIterable<Uint8Array>; draft: string; maxBytes: number }) {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      done(size > input.maxBytes ? tooLarge(input.maxBytes) : null, chunk);
    },
  });
  // `flush`: the bytes are on the disk before a row in the database says they exist.
  await pipeline(Readable.from(input.source), measure, createWriteStream(input.draft, { flush: true, mode: 0o600 }));
  return { sha256: hash.digest('hex'), size };
}

async function sniff(path: string, size: number): Promise<Sniffed> {
  const file = await open(path);
  try {
    const part = async (from: number, length: number) => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
      return buffer.subarray(0, bytesRead);
    };
    return sniffMediaType({
      head: await part(0, Math.min(size, headLength)),
      tail: await part(Math.max(0, size - tailLength), Math.min(size, tailLength)),
    });
  } finally {
    await file.close();
  }
}

function accepted(sniffed: Sniffed): AcceptedMediaType {
  if ('mediaType' in sniffed) return sniffed.mediaType;
  throw rejection(sniffed.problem);
}

type Problem = Extract<Sniffed, { problem: string }>['problem'] | OfficeProblem | 'virus' | 'misnamed';

function rejection(problem: Problem, more: { virus?: string } = {}): AppError {
  return new AppError('FILE_REJECTED', { problem, ...more, text: problemTexts[problem] });
}

const problemTexts: Record<Problem, Text> = {
  empty: { vi: 'Tệp rỗng.', en: 'The file is empty.' },
  unknown: {
    vi: 'Chỉ nhận PDF, DOCX, XLSX, PNG, JPEG; tệp này không phải các loại đó (xét theo nội dung, không theo tên).',
    en: 'Only PDF, DOCX, XLSX, PNG and JPEG are accepted; by its content this file is none of them.',
  },
  macros: { vi: 'Tệp chứa macro. Lưu lại dạng không macro.', en: 'The file carries macros. Save it without.' },
  encrypted: {
    vi: 'Tệp đặt mật khẩu hoặc thuộc dạng Office cũ. Lưu lại dạng DOCX/XLSX không mật khẩu.',
    en: 'The file is encrypted or of an old Office format. Save it as DOCX or XLSX without a password.',
  },
  bomb: {
    vi: 'Tệp nén bung ra quá lớn so với kích thước của nó. Lưu lại từ phần mềm văn phòng rồi gửi.',
    en: 'The file unpacks to far more than it should. Save it again with the office program.',
  },
  entities: {
    vi: 'Tệp chứa khai báo XML không an toàn. Lưu lại từ phần mềm văn phòng rồi gửi.',
    en: 'The file carries unsafe XML declarations. Save it again with the office program.',
  },
  broken: { vi: 'Tệp hỏng hoặc bị cắt. Lưu lại rồi gửi.', en: 'The file is damaged or cut off. Save it again.' },
  misnamed: {
    vi: 'Đuôi tệp không đúng với nội dung (ví dụ tên .jpg mà nội dung là PDF). Đổi lại tên rồi gửi.',
    en: 'The extension does not say what the file is (a PDF called .jpg, for example). Rename it and send it again.',
  },
  virus: { vi: 'Máy quét phát hiện mã độc trong tệp.', en: 'The scanner found malware in the file.' },
};

function tooLarge(maxBytes: number): AppError {
  const mb = Math.floor(maxBytes / 1_000_000);
  return new AppError('FILE_TOO_LARGE', {
    maxBytes,
    text: { vi: `Tệp lớn hơn ${mb} MB.`, en: `The file is larger than ${mb} MB.` },
  });
}
