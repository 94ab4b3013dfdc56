import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { fileRejection } from './file-rejection.js';
import type { ReadLimits } from './limits.js';

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly unpackedBytes: number;
  readonly headerOffset: number;
}

/** The table of contents of a ZIP file, checked against the limits before anything is unpacked. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** Unpacks one entry, never more bytes than the entry declares. Null: no such entry. */
  read(name: string): Promise<Buffer | null>;
}

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const headerSignature = 0x04034b50;
const endBytes = 22;
const entryBytes = 46;
const headerBytes = 30;
const zip64Marker = 0xffffffff;

/** Throws FILE_REJECTED (BROKEN, ENCRYPTED) or FILE_TOO_LARGE (UNPACKS_TOO_LARGE). ZIP64 is refused: no 20 MB file needs it. */
export function openZip(bytes: Buffer, limits: ReadLimits): ZipArchive {
  const entries = readEntries(bytes, limits);
  checkSizes(entries, limits);
  const byName = new Map<string, Entry>();
  for (const entry of entries) {
    // Two entries of one name are read differently by different programs: what was checked might not be what is shown.
    if (byName.has(entry.name)) throw fileRejection('BROKEN');
    byName.set(entry.name, entry);
  }
  return {
    names: [...byName.keys()],
    read: async (name) => {
      const entry = byName.get(name);
      return entry ? await unpack(bytes, entry) : null;
    },
  };
}

function readEntries(bytes: Buffer, limits: ReadLimits): Entry[] {
  const end = findEnd(bytes);
  if (end < 0) throw fileRejection('BROKEN');
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  if (count > limits.zipEntries) throw fileRejection('UNPACKS_TOO_LARGE');
  const entries: Entry[] = [];
  for (let i = 0; i < count; i += 1) {
    if (at + entryBytes > end || bytes.readUInt32LE(at) !== entrySignature) throw fileRejection('BROKEN');
    const nameBytes = bytes.readUInt16LE(at + 28);
    if (at + entryBytes + nameBytes > end) throw fileRejection('BROKEN');
    if ((bytes.readUInt16LE(at + 8) & 0x41) !== 0) throw fileRejection('ENCRYPTED');
    entries.push({
      name: bytes.toString('utf8', at + entryBytes, at + entryBytes + nameBytes).replace(/^\/+/, ''),
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packedBytes: bytes.readUInt32LE(at + 20),
      unpackedBytes: bytes.readUInt32LE(at + 24),
      headerOffset: bytes.readUInt32LE(at + 42),
    });
    at += entryBytes + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** The end record stands in the last 22 bytes plus a comment of at most 65,535. */
function findEnd(bytes: Buffer): number {
  const lowest = Math.max(0, bytes.length - endBytes - 0xffff);
  for (let at = bytes.length - endBytes; at >= lowest; at -= 1) {
    if (bytes.readUInt32LE(at) === endSignature && at + endBytes + bytes.readUInt16LE(at + 20) <= bytes.length)
      return at;
  }
  return -1;
}

function checkSizes(entries: readonly Entry[], limits: ReadLimits): void {
  let total = 0;
  for (const { packedBytes, unpackedBytes } of entries) {
    if (unpackedBytes === zip64Marker || packedBytes === zip64Marker) throw fileRejection('UNPACKS_TOO_LARGE');
    total += unpackedBytes;
    const ratio = unpackedBytes / Math.max(1, packedBytes);
    if (unpackedBytes > limits.ratioFloorBytes && ratio > limits.unpackRatio) throw fileRejection('UNPACKS_TOO_LARGE');
  }
  if (total > limits.unpackedBytes) throw fileRejection('UNPACKS_TOO_LARGE');
}

async function unpack(bytes: Buffer, entry: Entry): Promise<Buffer> {
  const at = entry.headerOffset;
  if (at + headerBytes > bytes.length || bytes.readUInt32LE(at) !== headerSignature) throw fileRejection('BROKEN');
  const start = at + headerBytes + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (start + entry.packedBytes > bytes.length) throw fileRejection('BROKEN');
  const packed = bytes.subarray(start, start + entry.packedBytes);
  const unpacked = await unpackBytes(packed, entry);
  // A size or checksum that lies means a damaged file or one made to mislead; both are refused alike.
  if (unpacked.length !== entry.unpackedBytes || crc32(unpacked) !== entry.crc) throw fileRejection('BROKEN');
  return unpacked;
}

async function unpackBytes(packed: Buffer, entry: Entry): Promise<Buffer> {
  if (entry.method === 0) return packed;
  if (entry.method !== 8) throw fileRejection('BROKEN');
  try {
    return await inflate(packed, { maxOutputLength: Math.max(1, entry.unpackedBytes) });
  } catch (error) {
    throw fileRejection('BROKEN', {}, error);
  }
}
