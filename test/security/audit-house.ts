import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { tarOf } from '#libs/storage';

export const newKey = () => generateKeyPairSync('ed25519').privateKey;

const program = path.resolve(import.meta.dirname, '../../scripts/thong-hanh-verify.mjs');

export interface Verdict {
  readonly status: number | null;
  /** Kinds of faults, without repeats. */
  readonly kinds: readonly string[];
  readonly report: { readonly events: number; readonly sealed: number; readonly records: number };
  readonly text: string;
}

/** The program as an inspector starts it: a process of its own, in an empty environment, far from any database. */
export function verifyBundle(file: string, ...options: string[]): Verdict {
  const run = spawnSync(process.execPath, [program, file, '--json', ...options], {
    env: {},
    cwd: '/',
    encoding: 'utf8',
  });
  const report = run.status === 2 ? { faults: [] } : JSON.parse(run.stdout);
  const kinds = [...new Set((report.faults as { kind: string }[]).map((fault) => fault.kind))].sort();
  return { status: run.status, kinds, report, text: run.stdout + run.stderr };
}

export type Bundle = Map<string, Buffer>;

/** The entries of a tar archive small enough for the memory. */
export function readBundle(file: string): Bundle {
  const bytes = readFileSync(file);
  const entries: Bundle = new Map();
  for (let at = 0; bytes[at] !== 0; ) {
    const name = bytes.toString('latin1', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(bytes.toString('latin1', at + 124, at + 136), 8);
    entries.set(name, bytes.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return entries;
}

export async function writeBundle(file: string, bundle: Bundle): Promise<void> {
  const entries = [...bundle].map(([name, content]) => ({ path: name, size: content.length, content: [content] }));
  writeFileSync(file, await buffer(tarOf(entries, new Date(0))));
}

// biome-ignore lint/suspicious/noExplicitAny: a forger changes what he likes.
type Row = Record<string, any>;

export const rowsOf = (bundle: Bundle, name: string): Row[] =>
  (bundle.get(name) ?? Buffer.alloc(0))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

export function setRows(bundle: Bundle, name: string, rows: readonly Row[]): void {
  bundle.set(name, Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')));
}

/** Makes the manifest fit what is in the bundle now, as a forger without the key would. */
export function refitManifest(bundle: Bundle, head?: { seq: number; hash: string }): Buffer {
  const manifest = JSON.parse((bundle.get('manifest.json') ?? Buffer.alloc(0)).toString('utf8'));
  const entries = [...bundle].filter(([name]) => !name.startsWith('manifest.'));
  manifest.entries = entries.map(([name, content]) => ({
    path: name,
    size: content.length,
    sha256: createHash('sha256').update(content).digest('hex'),
  }));
  if (head !== undefined) manifest.head = head;
  const text = Buffer.from(JSON.stringify(manifest));
  bundle.set('manifest.json', text);
  return text;
}
