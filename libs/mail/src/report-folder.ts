import { readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { largestReportBytes, type ReportSource } from './report-source.js';

/**
 * A mailbox in Maildir form, which every mail server and every fetching program can deliver into: `directory` has the folders `new` and
 * `cur` (and `tmp`, which is the server's own affair). Two processes may look into it at once.
 */
export function openReportFolder(directory: string): ReportSource {
  const arrived = (name: string) => path.join(directory, 'new', name);
  return {
    kind: 'folder',
    async visit(limit, judge) {
      const names = (await readdir(path.join(directory, 'new'))).filter((name) => !name.startsWith('.')).toSorted();
      const oldest = names.slice(0, limit);
      for (const name of oldest) {
        const raw = await readOne(arrived(name)).catch(unlessGone);
        if (raw === undefined) continue;
        const flags = (await judge({ name, raw })) === 'flagged' ? 'FS' : 'S';
        const seen = path.join(directory, 'cur', `${name.split(':', 1)[0]}:2,${flags}`);
        await rename(arrived(name), seen).catch(unlessGone);
      }
      return oldest.length;
    },
  };
}

async function readOne(file: string): Promise<Uint8Array | null> {
  const { size } = await stat(file);
  return size > largestReportBytes ? null : readFile(file);
}

/** Another worker was faster. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
