import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where drafts of uploads lie: what is being received, and what is being looked into. */
const folders = ['uploads', 'incoming'] as const;
/** A draft that nobody has touched for so long belongs to a process that died: giả định. */
const abandonedMs = 24 * 3_600_000;

/** Removes drafts of uploads a process left behind when it was killed. `now`: the time of the disk. Returns how many. */
export async function sweepDrafts(directory: string, now: Date): Promise<number> {
  const before = now.getTime() - abandonedMs;
  let removed = 0;
  for (const folder of folders) {
    for (const name of await namesIn(join(directory, folder))) {
      const path = join(directory, folder, name);
      if (!(await isOlder(path, before))) continue;
      await rm(path, { force: true });
      removed += 1;
    }
  }
  return removed;
}

function namesIn(directory: string): Promise<string[]> {
  return readdir(directory).catch(unlessGone<string[]>([]));
}

/** Another process may have finished it meanwhile. */
function isOlder(path: string, before: number): Promise<boolean> {
  return stat(path).then((found) => found.isFile() && found.mtimeMs < before, unlessGone(false));
}

function unlessGone<Value>(value: Value) {
  return (error: NodeJS.ErrnoException): Value => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}
