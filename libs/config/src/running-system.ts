import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type AppConfig, type Environment, loadConfig } from './load-config.js';

/** What `npm start` writes into DATA_DIR/run.json while it runs; scripts and people find the system by it. */
const runningSystemSchema = z.object({
  /** Null: only PostgreSQL, Redis and the mailbox were started. */
  api: z.string().nullable(),
  web: z.string().nullable(),
  /** Null: mail goes to SMTP_URL. */
  mailbox: z.string().nullable(),
  smtp: z.string().nullable(),
  /** With its password: the file is readable by its owner only. */
  database: z.string(),
  queue: z.object({ backend: z.enum(['redis', 'postgres']), url: z.string().optional() }),
  clock: z.enum(['system', 'trial', 'manual']),
  processes: z.record(z.string(), z.number().int()),
  demoAccounts: z.array(z.object({ email: z.string(), password: z.string().nullable() }).loose()),
  startedAt: z.string(),
});
export type RunningSystem = z.infer<typeof runningSystemSchema>;

/** Nothing runs on this data folder and no database is named either. */
export class SystemNotRunningError extends Error {
  constructor(runFile: string) {
    super(
      `Hệ thống không chạy (không có ${runFile}). Mở cửa sổ khác và chạy npm start, hoặc đặt DATABASE_URL.\n` +
        `  The system is not running (there is no ${runFile}). Run npm start in another window, or set DATABASE_URL.`,
    );
    this.name = 'SystemNotRunningError';
  }
}

/** Null when nothing runs there; a file left by a killed launcher counts as nothing. */
export function readRunningSystem(dataDir: string): RunningSystem | null {
  let text: string;
  try {
    text = fs.readFileSync(path.join(dataDir, 'run.json'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const running = runningSystemSchema.parse(JSON.parse(text));
  return isAlive(running.processes.launcher ?? 0) ? running : null;
}

/**
 * For the operator's command line: what the environment names, and the rest from the system that runs on DATA_DIR.
 * Throws ConfigError, SystemNotRunningError.
 */
export function loadOperatorConfig(env: Environment = process.env): AppConfig {
  if (env.DATABASE_URL) return loadConfig(env);
  const dataDir = path.resolve(env.DATA_DIR || '.data');
  const running = readRunningSystem(dataDir);
  if (running === null) throw new SystemNotRunningError(path.join(dataDir, 'run.json'));
  return loadConfig({
    ...env,
    ...ownSecrets(env, dataDir),
    DATABASE_URL: running.database,
    PUBLIC_URL: env.PUBLIC_URL || (running.web ?? undefined),
    REDIS_URL: env.REDIS_URL || running.queue.url,
    QUEUE_BACKEND: running.queue.backend,
    SMTP_URL: env.SMTP_URL || (running.smtp ?? undefined),
    CLOCK: running.clock,
  });
}

/** The keys `npm start` made, unless the environment brings its own. */
function ownSecrets(env: Environment, dataDir: string): Record<string, string> {
  const files = { AUDIT_SIGNING_KEY: 'audit-signing-key', DATA_KEYS: 'data-keys' };
  const found: Record<string, string> = {};
  for (const [name, file] of Object.entries(files)) {
    const at = path.join(dataDir, 'secrets', file);
    if (!env[name] && !env[`${name}_FILE`] && fs.existsSync(at)) found[`${name}_FILE`] = at;
  }
  return found;
}

function isAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
