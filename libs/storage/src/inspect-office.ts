import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/** More than any document of a dossier has; Excel's own limit for one sheet is far above what an office writes. */
export const officeLimits = {
  entries: 5000,
  unpackedBytes: 512 * 1024 * 1024,
  /** Of one part, unpacked against packed, once it is larger than `ratioFromBytes`. Office XML reaches 30. */
  ratio: 200,
  ratioFromBytes: 8 * 1024 * 1024,
} as const;

export type OfficeProblem = 'bomb' | 'entities' | 'macros' | 'broken';

export interface Part {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

const directoryEnd = 0x06054b50;
const directoryEntry = 0x02014b50;
const localHeader = 0x04034b50;
const directoryMost = 4 * 1024 * 1024;

/**
 * Looks into a DOCX or XLSX on the disk before it is taken: the directory must be plain, no part may unpack to more than it says or than
 * is sensible, parts may not overlap, and no XML part may declare entities. Null: nothing is wrong. Each part is unpacked in a stream
 * and thrown away, so the memory stays small whatever the file.
 */
export async function inspectOffice(path: string, size: number): Promise<OfficeProblem | null> {
  const file = await open(path);
  try {
    const parts = await readDirectory(file, size);
    if (parts === null) return 'broken';
    if (parts.some(({ name }) => /vba(Project|Data)|(^|\/)macrosheets\//i.test(name))) return 'macros';
    if (isTooMuch(parts, size)) return 'bomb';
    for (const part of parts) {
      const problem = await inspectPart({ file, path, part });
      if (problem !== null) return problem;
    }
    return null;
  } finally {
    await file.close();
  }
}

async function bytesOf(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

/** Null when the archive has no plain directory: cut off, split, or of more than 4 GB. */
export async function readDirectory(file: FileHandle, size: number): Promise<Part[] | null> {
  const tailAt = Math.max(0, size - 65_557);
  const tail = await bytesOf(file, tailAt, size - tailAt);
  const endAt = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (endAt < 0 || tail.length - endAt < 22 || tail.readUInt32LE(endAt) !== directoryEnd) return null;
  const count = tail.readUInt16LE(endAt + 10);
  const length = tail.readUInt32LE(endAt + 12);
  const start = tail.readUInt32LE(endAt + 16);
  if (length > directoryMost || start + length > tailAt + endAt) return null;
  const directory = await bytesOf(file, start, length);
  const parts: Part[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.readUInt32LE(at) === directoryEntry; ) {
    const nameLength = directory.readUInt16LE(at + 28);
    const next = at + 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
    if (next > directory.length) return null;
    parts.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      method: directory.readUInt16LE(at + 10),
      packed: directory.readUInt32LE(at + 20),
      unpacked: directory.readUInt32LE(at + 24),
      at: directory.readUInt32LE(at + 42),
    });
    at = next;
  }
  return parts.length === count ? parts : null;
}

function isTooMuch(parts: readonly Part[], size: number): boolean {
  const sum = (of: (part: Part) => number) => parts.reduce((total, part) => total + of(part), 0);
  const { entries, unpackedBytes } = officeLimits;
  // Parts that share packed bytes add up to more than the file has.
  return parts.length > entries || sum((part) => part.unpacked) > unpackedBytes || sum((part) => part.packed) > size;
}

async function inspectPart(given: { file: FileHandle; path: string; part: Part }): Promise<OfficeProblem | null> {
  const { file, path, part } = given;
  const { ratio, ratioFromBytes } = officeLimits;
  if (part.unpacked > ratioFromBytes && part.unpacked > part.packed * ratio) return 'bomb';
  const start = await dataStart(file, part);
  if (start < 0) return 'broken';
  if (part.packed === 0) return part.unpacked === 0 ? null : 'broken';
  const packed = createReadStream(path, { start, end: start + part.packed - 1 });
  const watch = watchPart(part);
  try {
    if (part.method === 8) await pipeline(packed, createInflateRaw(), watch.sink);
    else if (part.method === 0) await pipeline(packed, watch.sink);
    else return 'broken';
  } catch (error) {
    if (watch.problem() !== null) return watch.problem();
    if (isDamage(error)) return 'broken';
    throw error;
  }
  return watch.problem();
}

/** Where the packed bytes of a part begin; -1 when its header is not one. */
export async function dataStart(file: FileHandle, part: Part): Promise<number> {
  const header = await bytesOf(file, part.at, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== localHeader) return -1;
  return part.at + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
}

const isDamage = (error: unknown) => /^Z_|^ERR_/.test(String((error as { code?: unknown }).code));

class Stopped extends Error {}

/** Counts what comes out of a part, and looks for the declaration of entities where XML has it: in the first characters. */
function watchPart(part: Part) {
  let seen = 0;
  let head = '';
  let problem: OfficeProblem | null = null;
  const isXml = /\.(xml|rels|vml)$/i.test(part.name);
  const stop = (found: OfficeProblem): never => {
    problem = found;
    throw new Stopped(found);
  };
  return {
    problem: () => problem,
    sink: async (source: AsyncIterable<Buffer>): Promise<void> => {
      for await (const chunk of source) {
        seen += chunk.length;
        if (seen > part.unpacked) stop('bomb');
        if (!isXml || head.length > 65_536) continue;
        // UTF-16 has a zero beside each of these letters.
        head += chunk.toString('latin1').replaceAll('\0', '');
        if (/<!(DOCTYPE|ENTITY)/i.test(head)) stop('entities');
      }
      if (seen < part.unpacked) problem = 'broken';
    },
  };
}
