import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { type Role, roles } from '#contracts/roles.js';
import { type EnvironmentName, environmentSchema, secretNames } from './environment.js';
import { type DataKey, isWeakPassword, looksRandom, parseKeyRing, parseSigningKey } from './secrets.js';

export type QueueConfig =
  | { readonly backend: 'redis'; readonly redisUrl: string }
  | { readonly backend: 'postgres'; readonly redisUrl?: undefined };

/** The configuration of one process; folders are absolute, addresses have no slash at the end. */
export interface AppConfig {
  readonly nodeEnv: 'development' | 'production' | 'test';
  readonly databaseUrl: string;
  /** With the role that owns the schema. */
  readonly migrationDatabaseUrl: string;
  readonly databasePoolSize: number;
  readonly queue: QueueConfig;
  readonly smtpUrl: string;
  /** The mail server must offer TLS before anything is said to it. */
  readonly smtpNeedsTls: boolean;
  readonly smtpConnections: number;
  readonly mailFrom: string;
  readonly mailBounceAddress: string | undefined;
  /** A folder of delivery reports. */
  readonly deliveryReportsDir: string | undefined;
  /** A mailbox of delivery reports on a mail server. */
  readonly deliveryReportsImapUrl: string | undefined;
  readonly publicUrl: string;
  readonly hstsSubdomains: boolean;
  readonly host: string;
  readonly port: number;
  readonly trustedProxies: number;
  readonly dataDir: string;
  readonly storageDir: string;
  readonly uploadLimitBytes: number;
  /** Requests a minute in one process; 0: no limit. */
  readonly requestLimits: { readonly accountPerMinute: number; readonly addressPerMinute: number };
  /** Undefined: files lie in `storageDir`; drafts do so always. */
  readonly storageS3Url: string | undefined;
  /** Where clamd listens; undefined: nothing is scanned. */
  readonly virusScanner: string | undefined;
  /** Of an OTLP collector; undefined: no traces. */
  readonly tracesEndpoint: string | undefined;
  readonly webDir: string;
  readonly clock: 'system' | 'trial' | 'manual';
  readonly sessionTtlHours: number;
  readonly sessionIdleMinutes: number;
  readonly workerConcurrency: number;
  readonly workerHealthPort: number | undefined;
  readonly logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  readonly demoPassword: string | undefined;
  readonly audit: AuditConfig;
  /** The first encrypts, every one reads; empty: personal data that needs a key cannot be stored. */
  readonly dataKeys: readonly DataKey[];
  readonly metricsToken: string | undefined;
  /** False: nobody signs in with a password of this system. */
  readonly localSignIn: boolean;
  readonly secondFactor: {
    /** Whoever holds one of these; an empty list: nobody has to. */
    readonly requiredFor: 'everybody' | readonly Role[];
    /** Ours is asked for after a sign-in at the identity provider, too. */
    readonly afterProvider: boolean;
  };
  /** Undefined: there is no identity provider. */
  readonly identityProvider: IdentityProviderConfig | undefined;
}

export interface IdentityProviderConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly name: string;
  readonly scope: string;
}

export interface AuditConfig {
  /** Undefined: no checkpoint is signed. */
  readonly signingKey: KeyObject | undefined;
  readonly directory: string;
  readonly intervalMs: number;
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
  const unread = readSecretFiles(env, given);
  const parsed = environmentSchema.safeParse(given);
  const wrong = parsed.success ? contradictions(parsed.data) : parsed.error.issues.map(problemOf);
  const problems = [...unread, ...wrong];
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  return configOf(parsed.data);
}

/** `NAME_FILE` for a secret that is not in the environment itself: Docker and systemd hand secrets over as files. */
function readSecretFiles(env: Environment, given: Record<string, string | undefined>): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const name of secretNames) {
    const file = env[`${name}_FILE`];
    if (given[name] !== undefined || file === undefined || file === '') continue;
    try {
      given[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      problems.push({ name: `${name}_FILE`, problem: `cannot be read (${(error as NodeJS.ErrnoException).code})` });
    }
  }
  return problems;
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
  if (parsed.CLOCK !== 'system' && parsed.NODE_ENV === 'production')
    problems.push({ name: 'CLOCK', problem: 'must be system when NODE_ENV is production' });
  if (parsed.SECOND_FACTOR_FOR !== 'none' && parsed.DATA_KEYS === undefined)
    problems.push({
      name: 'DATA_KEYS',
      problem: 'is missing: SECOND_FACTOR_FOR asks for second factors, which it seals',
    });
  problems.push(...signInProblems(parsed));
  return parsed.NODE_ENV === 'production' ? [...problems, ...weakSecrets(parsed), ...openLines(parsed)] : problems;
}

/** Nobody is locked out by a setting, and no secret travels in the clear. */
function signInProblems({ LOCAL_SIGN_IN, OIDC_ISSUER, OIDC_CLIENT_ID }: Parsed): readonly ConfigProblem[] {
  if (OIDC_ISSUER === undefined)
    return LOCAL_SIGN_IN === 'off' ? [{ name: 'OIDC_ISSUER', problem: 'is missing: LOCAL_SIGN_IN is off' }] : [];
  const problems: ConfigProblem[] = [];
  const { protocol, hostname } = new URL(OIDC_ISSUER);
  if (protocol === 'http:' && !isLoopback(hostname))
    problems.push({ name: 'OIDC_ISSUER', problem: 'must be https, except on the loopback' });
  if (OIDC_CLIENT_ID === undefined)
    problems.push({ name: 'OIDC_CLIENT_ID', problem: 'is missing: OIDC_ISSUER is set' });
  return problems;
}

const isLoopback = (hostname: string) => ['127.0.0.1', '[::1]', 'localhost'].includes(hostname);
/** Those of libpq and of the driver that refuse a server without TLS. */
const encrypting = ['require', 'verify-ca', 'verify-full'];

const mayBePlain = ({ PLAIN_CONNECTIONS }: Parsed, what: 'database' | 'queue' | 'mail') =>
  (PLAIN_CONNECTIONS ?? '').split(',').includes(what);

/** Whoever listens on the way between two machines reads neither decisions nor passwords, unless somebody said that there is no way between. */
function openLines(parsed: Parsed): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const hint = 'or name it in PLAIN_CONNECTIONS';
  for (const name of ['DATABASE_URL', 'MIGRATION_DATABASE_URL'] as const) {
    const address = parsed[name];
    if (address === undefined || mayBePlain(parsed, 'database')) continue;
    const { hostname, searchParams } = new URL(address);
    // Without a host it is a socket of this machine.
    const isHere = isLoopback(hostname) || (hostname === '' && (searchParams.get('host') ?? '/').startsWith('/'));
    if (!isHere && !encrypting.includes(searchParams.get('sslmode') ?? ''))
      problems.push({ name, problem: `goes to another machine without TLS: add sslmode=verify-full, ${hint}` });
  }
  if (parsed.REDIS_URL !== undefined && !mayBePlain(parsed, 'queue')) {
    const { protocol, hostname } = new URL(parsed.REDIS_URL);
    if (protocol === 'redis:' && !isLoopback(hostname))
      problems.push({ name: 'REDIS_URL', problem: `goes to another machine without TLS: use rediss://, ${hint}` });
  }
  return problems;
}

/** What is good enough to try the product, and not to keep people's passports with. */
function weakSecrets(parsed: Parsed): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const name of ['AUDIT_SIGNING_KEY', 'DATA_KEYS'] as const)
    if (parsed[name] === undefined) problems.push({ name, problem: 'is missing: NODE_ENV is production' });
  const weakKeys = parseKeyRing(parsed.DATA_KEYS ?? '').filter(({ key }) => !looksRandom(key));
  if (weakKeys.length > 0) problems.push({ name: 'DATA_KEYS', problem: 'has a key that is not random' });
  const { username, password, hostname, searchParams } = new URL(parsed.DATABASE_URL);
  // A socket or a certificate lets in without a password.
  const needsPassword = hostname !== '' && !(searchParams.has('sslcert') && password === '');
  if (needsPassword && isWeakPassword(decodeURIComponent(password), username))
    problems.push({
      name: 'DATABASE_URL',
      problem: 'has a weak password (at least 12 characters, none from examples)',
    });
  return problems;
}

function configOf(parsed: Parsed): AppConfig {
  const dataDir = path.resolve(parsed.DATA_DIR);
  return {
    nodeEnv: parsed.NODE_ENV,
    databaseUrl: parsed.DATABASE_URL,
    migrationDatabaseUrl: parsed.MIGRATION_DATABASE_URL ?? parsed.DATABASE_URL,
    databasePoolSize: parsed.DATABASE_POOL_SIZE,
    queue: queueOf(parsed),
    smtpUrl: parsed.SMTP_URL,
    smtpNeedsTls:
      parsed.NODE_ENV === 'production' && !mayBePlain(parsed, 'mail') && !isLoopback(new URL(parsed.SMTP_URL).hostname),
    smtpConnections: parsed.SMTP_CONNECTIONS,
    mailFrom: parsed.MAIL_FROM,
    mailBounceAddress: parsed.MAIL_BOUNCE_ADDRESS,
    deliveryReportsDir: parsed.DELIVERY_REPORTS_DIR && path.resolve(parsed.DELIVERY_REPORTS_DIR),
    deliveryReportsImapUrl: parsed.DELIVERY_REPORTS_IMAP_URL,
    publicUrl: (parsed.PUBLIC_URL ?? `http://${hostInUrl(parsed.HOST)}:${parsed.PORT}`).replace(/\/+$/, ''),
    hstsSubdomains: parsed.HSTS_SUBDOMAINS === 'on',
    host: parsed.HOST,
    port: parsed.PORT,
    trustedProxies: parsed.TRUSTED_PROXIES,
    dataDir,
    storageDir: parsed.STORAGE_DIR === undefined ? path.join(dataDir, 'files') : path.resolve(parsed.STORAGE_DIR),
    uploadLimitBytes: parsed.UPLOAD_LIMIT_MB * 1024 * 1024,
    requestLimits: requestLimitsOf(parsed),
    storageS3Url: parsed.STORAGE_S3_URL,
    virusScanner: parsed.CLAMAV,
    webDir: path.resolve(parsed.WEB_DIR),
    clock: parsed.CLOCK,
    sessionTtlHours: parsed.SESSION_TTL_HOURS,
    sessionIdleMinutes: parsed.SESSION_IDLE_MINUTES,
    workerConcurrency: parsed.WORKER_CONCURRENCY,
    workerHealthPort: parsed.WORKER_HEALTH_PORT,
    logLevel: parsed.LOG_LEVEL,
    demoPassword: parsed.DEMO_PASSWORD,
    audit: {
      signingKey: parsed.AUDIT_SIGNING_KEY === undefined ? undefined : parseSigningKey(parsed.AUDIT_SIGNING_KEY),
      directory: parsed.AUDIT_DIR === undefined ? path.join(dataDir, 'audit') : path.resolve(parsed.AUDIT_DIR),
      intervalMs: parsed.AUDIT_INTERVAL_SECONDS * 1000,
    },
    dataKeys: parseKeyRing(parsed.DATA_KEYS ?? ''),
    metricsToken: parsed.METRICS_TOKEN,
    tracesEndpoint: parsed.OTEL_EXPORTER_OTLP_ENDPOINT,
    localSignIn: parsed.LOCAL_SIGN_IN === 'on',
    secondFactor: secondFactorOf(parsed),
    identityProvider: identityProviderOf(parsed),
  };
}

/** A clock set by hand moves months in seconds, for tests and the walk-through only; requests come as fast as they can. */
function requestLimitsOf(parsed: Parsed): AppConfig['requestLimits'] {
  if (parsed.CLOCK === 'manual') return { accountPerMinute: 0, addressPerMinute: 0 };
  return { accountPerMinute: parsed.RATE_LIMIT_ACCOUNT, addressPerMinute: parsed.RATE_LIMIT_ADDRESS };
}

function secondFactorOf(parsed: Parsed): AppConfig['secondFactor'] {
  const { SECOND_FACTOR_FOR: wanted } = parsed;
  const named = new Set(wanted.split(','));
  const requiredFor = wanted === 'all' ? 'everybody' : roles.filter((role) => named.has(role));
  return { requiredFor, afterProvider: parsed.PROVIDER_SECOND_FACTOR === 'own' };
}

function identityProviderOf(parsed: Parsed): IdentityProviderConfig | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = parsed;
  if (issuer === undefined || clientId === undefined) return undefined;
  return { issuer, clientId, clientSecret, name: parsed.OIDC_NAME, scope: parsed.OIDC_SCOPE };
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
