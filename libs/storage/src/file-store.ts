import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#contracts/errors.js';
import type { Text } from '#contracts/text.js';
import { type AcceptedMediaType, headLength, type Sniffed, sniffMediaType, tailLength } from './media-type.js';

export interface StoredBytes {
  /** Hex; the address of the bytes in the store. */
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: AcceptedMediaType;
}

/** Files by content. Writing the same bytes twice keeps one copy; a file is visible only once it is whole. */
export interface FileStore {
  /** Throws FILE_TOO_LARGE beyond the limit, FILE_REJECTED for a type the store does not take. */
  put(source: AsyncIterable<Uint8Array>): Promise<StoredBytes>;
  open(sha256: string): Promise<{ stream: Readable; size: number }>;
  has(sha256: string): Promise<boolean>;
}

/** `directory`: made when missing. `maxBytes`: of one file. */
export function createDiskStore({ directory, maxBytes }: { directory: string; maxBytes: number }): FileStore {
  const pathOf = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('A stored file is named by 64 hex digits.');
    return join(directory, sha256.slice(0, 2), sha256);
  };
  return {
    put: (source) => put({ source, directory, maxBytes, pathOf }),
    async open(sha256) {
      const path = pathOf(sha256);
      const { size } = await stat(path);
      return { stream: createReadStream(path), size };
    },
    has: (sha256) =>
      stat(pathOf(sha256)).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return false;
          throw error;
        },
      ),
  };
}

interface Put {
  source: AsyncIterable<Uint8Array>;
  directory: string;
  maxBytes: number;
  pathOf: (sha256: string) => string;
}

async function put({ source, directory, maxBytes, pathOf }: Put): Promise<StoredBytes> {
  const incoming = join(directory, 'incoming');
  await mkdir(incoming, { recursive: true });
  const draft = join(incoming, randomUUID());
  try {
    const { sha256, size } = await writeDraft({ source, draft, maxBytes });
    const mediaType = accepted(await sniff(draft, size));
    const target = pathOf(sha256);
    await mkdir(join(target, '..'), { recursive: true });
    await rename(draft, target);
    return { sha256, size, mediaType };
  } finally {
    await rm(draft, { force: true });
  }
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
  await pipeline(Readable.from(input.source), measure, createWriteStream(input.draft, { flush: true }));
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
  throw new AppError('FILE_REJECTED', { problem: sniffed.problem, text: problemTexts[sniffed.problem] });
}

const problemTexts: Record<Extract<Sniffed, { problem: string }>['problem'], Text> = {
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
};

function tooLarge(maxBytes: number): AppError {
  const mb = Math.floor(maxBytes / 1_000_000);
  return new AppError('FILE_TOO_LARGE', {
    maxBytes,
    text: { vi: `Tệp lớn hơn ${mb} MB.`, en: `The file is larger than ${mb} MB.` },
  });
}
