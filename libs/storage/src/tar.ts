const blockLength = 512;

export interface TarEntry {
  /** ASCII, at most 100 characters. */
  readonly path: string;
  readonly size: number;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/**
 * A POSIX ustar archive, piece by piece: every system of today opens one, and a reader needs forty lines. `at`: the time every entry
 * carries. Throws when an entry is not as long as it said.
 */
export async function* tarOf(entries: Iterable<TarEntry>, at: Date): AsyncGenerator<Uint8Array> {
  for (const entry of entries) {
    yield headerOf(entry, at);
    let written = 0;
    for await (const chunk of entry.content) {
      written += chunk.length;
      yield chunk;
    }
    if (written !== entry.size) throw new Error(`${entry.path} has ${written} bytes; ${entry.size} were announced.`);
    const rest = written % blockLength;
    if (rest > 0) yield Buffer.alloc(blockLength - rest);
  }
  yield Buffer.alloc(2 * blockLength);
}

function headerOf({ path, size }: TarEntry, at: Date): Buffer {
  if (!/^[\x21-\x7e]{1,100}$/.test(path))
    throw new Error('The path of an entry is plain ASCII of at most 100 characters.');
  const header = Buffer.alloc(blockLength);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;
  header.write(path, 0, 'latin1');
  header.write(octal(0o644, 7), 100, 'latin1');
  header.write(octal(0, 7), 108, 'latin1');
  header.write(octal(0, 7), 116, 'latin1');
  header.write(octal(size, 11), 124, 'latin1');
  header.write(octal(Math.floor(at.getTime() / 1000), 11), 136, 'latin1');
  header.write(' '.repeat(8), 148, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
}
