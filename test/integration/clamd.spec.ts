import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDiskStore, createVirusScanner } from '#libs/storage';
import { docxFile } from '#test/support/office-files.js';
import { until } from '#test/support/until.js';

const script = '../../scripts/clamd.mjs';
const { findClamd } = (await import(script)) as { findClamd(): string | null };
const clamd = findClamd();

// In two halves, so that no scanner takes this file for the virus.
const eicar = `X5O!P%@AP[4\\PZX54(P^)7CC)7}$${'EICAR-STANDARD-ANTI'}${'VIRUS-TEST-FILE!$H+H*'}`;

/** A real clamd that knows one virus; the signatures of an installation are 300 MB and are of no matter here. */
(clamd === null ? describe.skip : describe)('uploads with a clamd of an installation', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'clamd-'));
  const socket = path.join(home, 'clamd.sock');
  const kept = path.join(home, 'files');
  let daemon: ChildProcess;

  beforeAll(async () => {
    mkdirSync(path.join(home, 'signatures'));
    const signature = Buffer.from(eicar).toString('hex');
    writeFileSync(path.join(home, 'signatures', 'one.ndb'), `Eicar-Test:0:*:${signature}\n`);
    const log = path.join(home, 'log');
    const config = path.join(home, 'clamd.conf');
    writeFileSync(
      config,
      `LocalSocket ${socket}\nDatabaseDirectory ${path.join(home, 'signatures')}\nForeground yes\nLogFile ${log}\nStreamMaxLength 2M\n`,
    );
    daemon = spawn(clamd!, ['--config-file', config], { stdio: 'ignore' });
    const said = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
    await until(async () => existsSync(socket), `clamd listened; it says:\n${said()}`);
  });
  afterAll(async () => {
    const ended = new Promise((resolve) => daemon.once('exit', resolve));
    daemon.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true });
  });

  const scanner = createVirusScanner({ address: socket, timeoutMs: 20_000 });
  const put = (bytes: Uint8Array) =>
    createDiskStore({ directory: kept, maxBytes: 5_000_000, scanner }).put(
      (async function* () {
        yield bytes;
      })(),
    );
  const pdf = (content: string) => Buffer.from(`%PDF-1.4\n${content}\n%%EOF\n`);
  const found = { code: 'FILE_REJECTED', details: { problem: 'virus', virus: expect.stringContaining('Eicar-Test') } };

  it('are taken when it finds nothing', async () => {
    const bytes = pdf('x'.repeat(1_000_000));
    expect(await put(bytes)).toMatchObject({ size: bytes.length });
  });

  it('are refused when it finds something, also inside of what is packed, and nothing of them stays', async () => {
    const before = readdirSync(kept, { recursive: true }).length;
    await expect(put(pdf(eicar))).rejects.toMatchObject(found);
    await expect(put(docxFile('', [{ name: 'word/media/image1.png', content: eicar }]))).rejects.toMatchObject(found);
    expect(readdirSync(kept, { recursive: true })).toHaveLength(before);
  });

  it('are not taken when it takes no file of that size', async () => {
    await expect(put(pdf('y'.repeat(4_000_000)))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
