import { readdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';

/** Larger than any report; what is larger is put aside unread. */
const largestBytes = 2 * 1024 * 1024;

export interface ReportFile {
  readonly name: string;
  /** Null: too large to be a report. */
  readonly raw: Uint8Array | null;
}

/** A mailbox in Maildir form, which every mail server and every fetching program can deliver into. */
export interface ReportFolder {
  /** The oldest new mails, at most `limit`. Throws when there is no such folder. */
  read(limit: number): Promise<readonly ReportFile[]>;
  /** Marks a mail as seen; `flagged`: a person should look at it. Two processes may do so at once. */
  keep(name: string, mark: 'seen' | 'flagged'): Promise<void>;
}

/** `directory` has the folders `new` and `cur` (and `tmp`, which is the server's own affair). */
export function openReportFolder(directory: string): ReportFolder {
  const arrived = (name: string) => path.join(directory, 'new', name);
  return {
    async read(limit) {
      const names = (await readdir(path.join(directory, 'new'))).filter((name) => !name.startsWith('.')).toSorted();
      const files: ReportFile[] = [];
      for (const name of names.slice(0, limit)) {
        const file = await readOne(arrived(name)).catch(unlessGone);
        if (file !== undefined) files.push({ name, raw: file });
      }
      return files;
    },
    async keep(name, mark) {
      const seen = path.join(directory, 'cur', `${name.split(':', 1)[0]}:2,${mark === 'flagged' ? 'FS' : 'S'}`);
      await rename(arrived(name), seen).catch(unlessGone);
    },
  };
}

async function readOne(file: string): Promise<Uint8Array | null> {
  const { size } = await stat(file);
  return size > largestBytes ? null : readFile(file);
}

/** Another worker was faster. */
function unlessGone(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
  return undefined;
}
