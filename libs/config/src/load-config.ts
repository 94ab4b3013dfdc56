import path from 'node:path';
import type { z } from 'zod';
import { type EnvironmentName, environmentSchema } from './environment.js';

export type QueueConfig =
  | { readonly backend: 'redis'; readonly redisUrl: string }
  | { readonly backend: 'postgres'; readonly redisUrl?: undefined };

/** The configuration of one process; folders are absolute, addresses have no slash at the end. */
export interface AppConfig {
  readonly nodeEnv: 'development' | 'production' | 'test';
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  readonly queue: QueueConfig;
  readonly smtpUrl: string;
  readonly mailFrom: string;
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  readonly trustedProxies: number;
  readonly dataDir: string;
  readonly storageDir: string;
  readonly uploadLimitBytes: number;
  readonly webDir: string;
  readonly clock: 'system' | 'manual';
  readonly sessionTtlHours: number;
  readonly workerConcurrency: number;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly demoPassword: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ConfigProblem {
  readonly name: string;
  readonly problem: string;
}

/** Lists every bad variable by name at once. Values are left out: some are secrets. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(
      `Cấu hình chưa đúng (The configuration is wrong):\n${problems.map(({ name, problem }) => `  ${name} ${problem}`).join('\n')}`,
    );
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/**
 * Reads the environment of this process, or the one given. A variable that is set to nothing counts as not set,
 * as Compose passes them. Throws ConfigError.
 */
export function loadConfig(env: Environment = process.env): AppConfig {
  const known = Object.keys(environmentSchema.shape) as EnvironmentName[];
  const given = Object.fromEntries(known.map((name) => [name, env[name] === '' ? undefined : env[name]]));
  const parsed = environmentSchema.safeParse(given);
  const problems = parsed.success ? contradictions(parsed.data) : parsed.error.issues.map(problemOf);
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return configOf(parsed.data);
}

type Parsed = z.output<typeof environmentSchema>;

function problemOf(issue: z.core.$ZodIssue): ConfigProblem {
  const name = String(issue.path[0]);
  if (issue.code === 'invalid_type') return { name, problem: 'is missing' };
  if (issue.code === 'invalid_value') return { name, problem: `must be one of: ${issue.values.join(', ')}` };
  return { name, problem: issue.message };
}

/** What no single variable shows. */
function contradictions(parsed: Parsed): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (parsed.QUEUE_BACKEND === 'redis' && parsed.REDIS_URL === undefined)
    problems.push({ name: 'REDIS_URL', problem: 'is missing: QUEUE_BACKEND is redis' });
  if (parsed.CLOCK === 'manual' && parsed.NODE_ENV === 'production')
    problems.push({ name: 'CLOCK', problem: 'must be system when NODE_ENV is production' });
  return problems;
}

function configOf(parsed: Parsed): AppConfig {
  const dataDir = path.resolve(parsed.DATA_DIR);
  return {
    nodeEnv: parsed.NODE_ENV,
    databaseUrl: parsed.DATABASE_URL,
    databasePoolSize: parsed.DATABASE_POOL_SIZE,
    queue: queueOf(parsed),
    smtpUrl: parsed.SMTP_URL,
    mailFrom: parsed.MAIL_FROM,
    publicUrl: (parsed.PUBLIC_URL ?? `http://${hostInUrl(parsed.HOST)}:${parsed.PORT}`).replace(/\/+$/, ''),
    host: parsed.HOST,
    port: parsed.PORT,
    trustedProxies: parsed.TRUSTED_PROXIES,
    dataDir,
    storageDir: parsed.STORAGE_DIR === undefined ? path.join(dataDir, 'files') : path.resolve(parsed.STORAGE_DIR),
    uploadLimitBytes: parsed.UPLOAD_LIMIT_MB * 1024 * 1024,
    webDir: path.resolve(parsed.WEB_DIR),
    clock: parsed.CLOCK,
    sessionTtlHours: parsed.SESSION_TTL_HOURS,
    workerConcurrency: parsed.WORKER_CONCURRENCY,
    logLevel: parsed.LOG_LEVEL,
    demoPassword: parsed.DEMO_PASSWORD,
  };
}

function queueOf(parsed: Parsed): QueueConfig {
  const wantsRedis = parsed.QUEUE_BACKEND !== 'postgres' && parsed.REDIS_URL !== undefined;
  return wantsRedis && parsed.REDIS_URL !== undefined
    ? { backend: 'redis', redisUrl: parsed.REDIS_URL }
    : { backend: 'postgres' };
}

/** An address that means "everywhere" cannot be opened; people open the loopback instead. */
function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
