import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Tx } from '#libs/persistence';
import { type Checkpoint, checkpointJson } from './checkpoint.js';
import { checkpointsAfter, leavesOf } from './checkpoint-rows.js';
import type { Leaf } from './merkle.js';

const filePattern = /^checkpoint-(\d{8})\.json$/;
const fileName = (number: number): string => `checkpoint-${String(number).padStart(8, '0')}.json`;

/**
 * Copies what the folder does not have yet, each file whole or not at all. The folder is the witness outside the database, so a file
 * that is there is never written again. Returns how many were copied.
 */
export async function copyCheckpoints(tx: Tx, directory: string): Promise<number> {
  await mkdir(directory, { recursive: true });
  let copied = 0;
  for (let after = await newestIn(directory); ; ) {
    const batch = await checkpointsAfter(tx, after);
    const last = batch.at(-1);
    if (last === undefined) return copied;
    for (const checkpoint of batch) {
      const text = fileText(checkpoint, await leavesOf(tx, checkpoint.number));
      await writeWhole(path.join(directory, fileName(checkpoint.number)), text);
      copied += 1;
    }
    after = last.number;
  }
}

/** Numbers of the copies, ascending. Empty when there is no folder. */
export async function copiedNumbers(directory: string): Promise<number[]> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.flatMap((name) => filePattern.exec(name)?.[1] ?? []).map(Number);
}

/** True when the copy says the same as the database. */
export async function isCopyOf(directory: string, checkpoint: Checkpoint, leaves: readonly Leaf[]): Promise<boolean> {
  const text = await readFile(path.join(directory, fileName(checkpoint.number)), 'utf8');
  return text === fileText(checkpoint, leaves);
}

async function newestIn(directory: string): Promise<number> {
  return Math.max(0, ...(await copiedNumbers(directory)));
}

function fileText(checkpoint: Checkpoint, leaves: readonly Leaf[]): string {
  const lines = leaves.map(({ kind, subjectId, seq, hash }) =>
    JSON.stringify({ kind, subjectId, seq, hash: hash.toString('hex') }),
  );
  return `{"checkpoint":${JSON.stringify(checkpointJson(checkpoint))},"leaves":[\n${lines.join(',\n')}\n]}\n`;
}

async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}.draft`;
  const handle = await open(draft, 'w', 0o640);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}
