import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { AppError } from '#contracts/errors.js';

/** Where clamd listens: a path (`/run/clamav/clamd.ctl`) or `host:port`. */
export interface ScannerAddress {
  readonly address: string;
  readonly timeoutMs?: number;
}

export interface VirusScanner {
  /** Name of what was found, null for nothing. Throws UNAVAILABLE when the scanner gives no answer: nothing unscanned is taken. */
  scan(path: string): Promise<string | null>;
}

const chunkBytes = 64 * 1024;

/** ClamAV by INSTREAM (clamd(8)): chunks with their length in front, an empty one at the end, one line back. */
export function createVirusScanner({ address, timeoutMs = 60_000 }: ScannerAddress): VirusScanner {
  return {
    async scan(path) {
      const answer = await ask({ address, path, timeoutMs }).catch((cause: unknown) => {
        throw new AppError('UNAVAILABLE', { text: noAnswer }, { cause });
      });
      const found = /^stream: (.+) FOUND$/.exec(answer)?.[1];
      if (found !== undefined) return found;
      if (answer === 'stream: OK') return null;
      throw new AppError('UNAVAILABLE', { text: noAnswer }, { cause: new Error(`clamd said: ${answer}`) });
    },
  };
}

function socketOf(address: string): Socket {
  const at = /^(.+):(\d+)$/.exec(address);
  return at === null ? connect(address) : connect(Number(at[2]), at[1]);
}

async function ask(given: { address: string; path: string; timeoutMs: number }): Promise<string> {
  const socket = socketOf(given.address);
  socket.setTimeout(given.timeoutMs, () => socket.destroy(new Error('clamd is silent.')));
  const answered = lineFrom(socket);
  // Awaited below; a refusal in the middle of the stream must not be an unhandled one meanwhile.
  answered.catch(() => undefined);
  try {
    socket.write('zINSTREAM\0');
    for await (const chunk of createReadStream(given.path, { highWaterMark: chunkBytes })) {
      if (socket.destroyed || !socket.writable) break;
      const length = Buffer.alloc(4);
      length.writeUInt32BE((chunk as Buffer).length);
      if (!socket.write(Buffer.concat([length, chunk as Buffer]))) await drained(socket);
    }
    if (socket.writable) socket.write(Buffer.alloc(4));
    return await answered;
  } finally {
    socket.destroy();
  }
}

/** clamd may answer and hang up before it has read everything, when a file is larger than it takes. */
function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    for (const event of ['drain', 'close', 'error', 'end'] as const) socket.once(event, () => resolve());
  });
}

function lineFrom(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('\0')) resolve(text.slice(0, text.indexOf('\0')).trim());
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('clamd hung up without an answer.')));
  });
}

const noAnswer = {
  vi: 'Máy quét vi-rút không trả lời nên chưa nhận tệp. Thử lại sau ít phút.',
  en: 'The virus scanner does not answer, so the file is not accepted. Try again in a few minutes.',
};
