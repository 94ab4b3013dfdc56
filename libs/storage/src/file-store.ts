import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Text } from '#contracts/text.js';
import type { AcceptedMediaType } from './media-type.js';
import { withInspectedFile } from './received-file.js';
import type { VirusScanner } from './virus-scanner.js';

export interface StoredBytes {
  /** Hex; the address of the bytes in the store. */
  readonly sha256: string;
  readonly size: number;
  readonly mediaType: AcceptedMediaType;
}

/** `refuseWords`: asked for the words inside a PDF or office file; a text refuses the file with it, before anything is kept. */
export interface PutOptions {
  readonly fileName: string;
  readonly refuseWords?: (words: string) => Text | null;
}

/** Files by content. Writing the same bytes twice keeps one copy; a file is visible only once it is whole. */
export interface FileStore {
  /** `fileName`: as its sender calls it, which must not say another type. Throws FILE_TOO_LARGE beyond the limit, FILE_REJECTED for what the store does not take, UNAVAILABLE without the scanner's answer. */
  put(source: AsyncIterable<Uint8Array>, given?: PutOptions): Promise<StoredBytes>;
  open(sha256: string): Promise<{ stream: Readable; size: number }>;
  has(sha256: string): Promise<boolean>;
  /** Hashes of everything kept. */
  names(): AsyncIterable<string>;
  /** Puts back what a backup kept, without looking into it again. Throws when the bytes are not what their name says. */
  restore(sha256: string, source: AsyncIterable<Uint8Array>): Promise<void>;
}

export interface StoreSettings {
  /** Of files on the disk, and of drafts on their way to another store; made when missing. */
  readonly directory: string;
  /** Of one file. */
  readonly maxBytes: number;
  readonly scanner?: VirusScanner | undefined;
}

const hashName = /^[0-9a-f]{64}$/;

/** `ab/abcd…`: no folder gets too many, and no name of a person's choosing is part of a path. */
export function placeOf(sha256: string): string {
  if (!hashName.test(sha256)) throw new Error('A stored file is named by 64 hex digits.');
  return `${sha256.slice(0, 2)}/${sha256}`;
}

export function createDiskStore({ directory, maxBytes, scanner }: StoreSettings): FileStore {
  const pathOf = (sha256: string) => join(directory, placeOf(sha256));
  const incoming = join(directory, 'incoming');
  return {
    put: (source, given) =>
      withInspectedFile({ directory: incoming, maxBytes, scanner, ...given }, source, async ({ path, ...stored }) => {
        await moveTo(path, pathOf(stored.sha256));
        return stored;
      }),
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
    async *names() {
      const names = await readdir(directory, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      yield* names.map((name) => basename(name)).filter((name) => hashName.test(name));
    },
    restore: (sha256, source) =>
      withCheckedDraft({ directory: incoming, sha256, source }, (draft) => moveTo(draft, pathOf(sha256))),
  };
}

async function moveTo(draft: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await rename(draft, target);
}

/** The bytes as a draft on the disk, once they are what their name says. */
export async function withCheckedDraft(
  given: { directory: string; sha256: string; source: AsyncIterable<Uint8Array> },
  work: (draft: string) => Promise<void>,
): Promise<void> {
  await mkdir(given.directory, { recursive: true });
  const draft = join(given.directory, randomUUID());
  const hash = createHash('sha256');
  try {
    const counted = async function* (source: AsyncIterable<Uint8Array>) {
      for await (const chunk of source) {
        hash.update(chunk);
        yield chunk;
      }
    };
    await pipeline(Readable.from(counted(given.source)), createWriteStream(draft, { flush: true, mode: 0o600 }));
    if (hash.digest('hex') !== given.sha256) throw new Error(`The stored file ${given.sha256} is damaged.`);
    await work(draft);
  } finally {
    await rm(draft, { force: true });
  }
}
