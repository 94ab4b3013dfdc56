import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

/** Also when this file runs compiled, from below dist. */
const root = ['../..', '../../..']
  .map((up) => path.resolve(import.meta.dirname, up))
  .find((folder) => fs.existsSync(path.join(folder, 'scripts/start.mjs'))) as string;

/** DATA_DIR/run.json, as far as the tests read it. */
export interface RunFile {
  api: string | null;
  web: string | null;
  database: string;
  mailbox: string;
  smtp: string;
  processes: Record<string, number>;
  demoAccounts: { email: string; password: string | null }[];
}

export interface LauncherProcess {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** Both outputs so far. */
  said(): string;
  /** What run.json says once this very launcher wrote it. Throws with its output when it ended instead. */
  running(): Promise<RunFile>;
}

/** `npm start` in a process group of its own; without `api` and `worker` when `servicesOnly`. */
export function startLauncher(
  dataDir: string,
  { servicesOnly, env }: { servicesOnly: boolean; env: Record<string, string> },
): LauncherProcess {
  const child = spawn(process.execPath, ['scripts/start.mjs', ...(servicesOnly ? ['--services-only'] : [])], {
    cwd: root,
    env: { ...environmentWithoutServices(), ...env, DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  const running = async (): Promise<RunFile> => {
    for (;;) {
      const file = readRunFile(dataDir);
      if (file?.processes.launcher === child.pid && file !== null) return file;
      if (child.exitCode !== null) throw new Error(`the launcher ended: ${output}`);
      await pause(20);
    }
  };
  return { process: child, ended, said: () => output, running };
}

/** `npm run thong-hanh` on the system that runs on `dataDir`. */
export async function runOperatorCommand(
  dataDir: string,
  args: readonly string[],
): Promise<{ status: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, ['scripts/thong-hanh.mjs', ...args], {
    cwd: root,
    env: { ...environmentWithoutServices(), DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  const [out, err] = await Promise.all([readAll(child.stdout), readAll(child.stderr)]);
  return { status: await ended, out, err };
}

/** Whether a process runs; one that ended but was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** What the tests' own environment names must not replace what the launcher starts. */
export function environmentWithoutServices(): Record<string, string | undefined> {
  const services = /^(DATABASE_URL|REDIS_URL|SMTP_URL|PORT|HOST|QUEUE_BACKEND)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !services.test(name)));
}

/** Null: not there. Written by rename, so never half there. */
function readRunFile(dataDir: string): RunFile | null {
  try {
    return JSON.parse(fs.readFileSync(path.join(dataDir, 'run.json'), 'utf8')) as RunFile;
  } catch (error) {
    // A launcher that starts takes away what one before it left, at any moment.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
