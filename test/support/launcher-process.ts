import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const root = path.resolve(import.meta.dirname, '../..');

/** DATA_DIR/run.json, as far as the tests read it. */
export interface RunFile {
  database: string;
  mailbox: string;
  smtp: string;
  processes: Record<string, number>;
}

export interface LauncherProcess {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  /** Both outputs so far. */
  said(): string;
  /** What run.json says once this very launcher wrote it. Throws with its output when it ended instead. */
  running(): Promise<RunFile>;
}

/** `npm start`, of the services only: the programs they serve have tests of their own. In a process group of its own. */
export function startLauncher(dataDir: string, env: Record<string, string>): LauncherProcess {
  const child = spawn(process.execPath, ['scripts/start.mjs', '--services-only'], {
    cwd: root,
    env: { ...withoutServices(), ...env, DATA_DIR: dataDir },
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

/** What the tests' own environment names must not replace what the launcher starts. */
function withoutServices(): Record<string, string | undefined> {
  const services = /^(DATABASE_URL|REDIS_URL|SMTP_URL|PORT|HOST|QUEUE_BACKEND)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !services.test(name)));
}

/** Null: not there. Written by rename, so never half there. */
function readRunFile(dataDir: string): RunFile | null {
  const file = path.join(dataDir, 'run.json');
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, 'utf8')) as RunFile) : null;
}
