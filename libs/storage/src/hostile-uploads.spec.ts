import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDiskStore } from './file-store.js';
import { inspectOffice } from './inspect-office.js';
import { createVirusScanner } from './virus-scanner.js';

const folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-uploads-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Part {
  readonly name: string;
  readonly content: Buffer;
  /** What the directory says it unpacks to, when it lies. */
  readonly says?: number;
  /** Points at the bytes of the part of this number instead of its own. */
  readonly shares?: number;
}

function zipOf(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  const places: { at: number; packed: Buffer }[] = [];
  let at = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const shared = part.shares === undefined ? undefined : places[part.shares];
    const packed = shared?.packed ?? deflateRawSync(part.content);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(8, 8);
    header.writeUInt16LE(name.length, 26);
    const place = shared?.at ?? at;
    if (shared === undefined) {
      local.push(header, name, packed);
      at += 30 + name.length + packed.length;
    }
    places.push({ at: place, packed });
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(crc32(part.content), 16);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(part.says ?? part.content.length, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(place, 42);
    directory.push(entry, name);
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, listed, end]);
}

const frame: readonly Part[] = [
  { name: '[Content_Types].xml', content: Buffer.from('<?xml version="1.0"?><Types/>') },
  { name: 'word/document.xml', content: Buffer.from('<?xml version="1.0"?><w:document/>') },
];
const entities = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>';

describe('an office file that is uploaded', () => {
  const inspect = (bytes: Buffer) => {
    const file = path.join(folder, 'file');
    writeFileSync(file, bytes);
    return inspectOffice(file, bytes.length);
  };

  it('is taken when it is plain', async () => {
    expect(await inspect(zipOf(frame))).toBeNull();
  });

  it.each([
    ['unpacks to more than it says', 'bomb', [{ name: 'word/a.xml', content: Buffer.alloc(3_000_000, 32), says: 100 }]],
    ['unpacks to two hundred times its size', 'bomb', [{ name: 'word/a.bin', content: Buffer.alloc(20_000_000) }]],
    ['says half a gigabyte', 'bomb', [{ name: 'a', content: Buffer.alloc(10), says: 600 * 1024 * 1024 }]],
    [
      'unpacks the same bytes again and again',
      'bomb',
      [
        { name: 'a', content: Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251)) },
        ...Array.from({ length: 40 }, (_, at) => ({ name: `b${at}`, content: Buffer.alloc(0), says: 5000, shares: 2 })),
      ],
    ],
    [
      'has too many parts',
      'bomb',
      Array.from({ length: 5001 }, (_, at) => ({ name: `${at}`, content: Buffer.alloc(0) })),
    ],
    ['declares entities', 'entities', [{ name: 'word/styles.xml', content: Buffer.from(entities) }]],
    [
      'declares entities in UTF-16',
      'entities',
      [{ name: 'w/s.xml', content: Buffer.from(`\uFEFF${entities}`, 'utf16le') }],
    ],
    [
      'hides a macro behind many names',
      'macros',
      [
        { name: 'word/vbaProject.bin', content: Buffer.from('x') },
        ...Array.from({ length: 1500 }, (_, at) => ({
          name: `customXml/a-long-name-of-a-part-${at}.xml`,
          content: Buffer.from('<a/>'),
        })),
      ],
    ],
    ['says more than it has', 'broken', [{ name: 'word/a.xml', content: Buffer.from('<a/>'), says: 400 }]],
  ] as [string, string, Part[]][])('is refused when it %s', async (_what, problem, parts) => {
    expect(await inspect(zipOf([...frame, ...parts]))).toBe(problem);
  });

  it('is refused when it was cut off or is no archive', async () => {
    const whole = zipOf(frame);
    expect(await inspect(whole.subarray(0, whole.length - 30))).toBe('broken');
    expect(await inspect(Buffer.alloc(100, 'PK'))).toBe('broken');
  });

  it('never reaches the store, and leaves no draft', async () => {
    const directory = path.join(folder, 'store');
    const store = createDiskStore({ directory, maxBytes: 1_000_000 });
    const put = (bytes: Buffer) =>
      store.put(
        (async function* () {
          yield bytes;
        })(),
      );
    const bad = zipOf([...frame, { name: 'word/styles.xml', content: Buffer.from(entities) }]);
    await expect(put(bad)).rejects.toMatchObject({ code: 'FILE_REJECTED', details: { problem: 'entities' } });
    expect(readdirSync(directory, { recursive: true })).toEqual(['incoming']);
    await put(zipOf(frame));
    const names: string[] = [];
    for await (const name of store.names()) names.push(name);
    expect(names).toHaveLength(1);
  });
});

/** Speaks the protocol of clamd as far as INSTREAM goes, and knows one virus. */
class SmallClamd {
  readonly server: Server;
  readonly received: number[] = [];
  /** What it does instead of answering. */
  mood: 'answers' | 'hangsUp' | 'tooLarge' = 'answers';

  constructor() {
    this.server = createServer((socket) => this.serve(socket));
  }

  private serve(socket: Socket): void {
    let bytes = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      if (this.mood === 'hangsUp') socket.destroy();
      else if (this.mood === 'tooLarge') socket.end('INSTREAM size limit exceeded. ERROR\0');
      else this.answer(socket, bytes);
    });
  }

  private answer(socket: Socket, bytes: Buffer): void {
    if (!bytes.toString('latin1').startsWith('zINSTREAM\0')) return;
    const parts: Buffer[] = [];
    for (let at = 10; at + 4 <= bytes.length; ) {
      const length = bytes.readUInt32BE(at);
      if (length === 0) {
        const content = Buffer.concat(parts);
        this.received.push(content.length);
        const found = content.includes('EICAR-STANDARD-ANTIVIRUS-TEST-FILE');
        socket.end(found ? 'stream: Eicar-Signature FOUND\0' : 'stream: OK\0');
        return;
      }
      if (at + 4 + length > bytes.length) return;
      parts.push(bytes.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
  }
}

describe('a file with a scanner in the way', () => {
  const clamd = new SmallClamd();
  let address: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => clamd.server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(clamd.server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => clamd.server.close(resolve)));

  const pdf = (content: string) => Buffer.from(`%PDF-1.4\n${content}\n%%EOF\n`);
  // In two halves, so that no scanner takes this file for the virus.
  const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTI'}${'VIRUS-TEST-FILE!$H+H*'}`;
  const put = (bytes: Buffer, scanner = createVirusScanner({ address, timeoutMs: 2000 })) => {
    const store = createDiskStore({ directory: path.join(folder, 'scanned'), maxBytes: 5_000_000, scanner });
    return store.put(
      (async function* () {
        yield bytes;
      })(),
    );
  };

  it('is taken when nothing was found, whole and in pieces', async () => {
    const bytes = pdf('x'.repeat(1_000_000));
    expect(await put(bytes)).toMatchObject({ size: bytes.length });
    expect(clamd.received).toEqual([bytes.length]);
  });

  it('is refused with the name of what was found', async () => {
    await expect(put(pdf(eicar))).rejects.toMatchObject({
      code: 'FILE_REJECTED',
      details: { problem: 'virus', virus: 'Eicar-Signature' },
    });
  });

  it.each(['hangsUp', 'tooLarge'] as const)('is not taken when clamd %s', async (mood) => {
    clamd.mood = mood;
    await expect(put(pdf('y'.repeat(2_000_000)))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    clamd.mood = 'answers';
  });

  it('is not taken when nobody listens', async () => {
    const scanner = createVirusScanner({ address: path.join(folder, 'no-socket') });
    await expect(put(pdf('z'), scanner)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
