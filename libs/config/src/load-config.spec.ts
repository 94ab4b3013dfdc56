import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, describeEnvironment, loadConfig } from './index.js';

const DATABASE_URL = 'postgres://thong_hanh:secret-word@127.0.0.1:5432/postgres';

function problemsOf(env: Record<string, string | undefined>): ConfigError {
  try {
    loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('the configuration was accepted');
}

describe('loadConfig', () => {
  it('needs nothing but a database', () => {
    expect(loadConfig({ DATABASE_URL })).toMatchObject({
      queue: { backend: 'postgres' },
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      clock: 'system',
      storageDir: path.resolve('.data/files'),
    });
  });

  it('names every bad variable in one error', () => {
    const error = problemsOf({ PORT: 'eighty', REDIS_URL: 'http://redis', CLOCK: 'sundial', LOG_LEVEL: 'loud' });
    expect(error.problems.map((problem) => problem.name).sort()).toEqual([
      'CLOCK',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
      'REDIS_URL',
    ]);
    expect(error.message).toContain('DATABASE_URL is missing');
    expect(error.message).toContain('PORT must be a whole number from 1 to 65535');
    expect(error.message).toContain('CLOCK must be one of: system, trial, manual');
  });

  it('lets nobody switch off passwords without a provider, nor send secrets to one in the clear', () => {
    const named = (env: Record<string, string>) =>
      problemsOf({ DATABASE_URL, ...env }).problems.map(({ name }) => name);
    expect(named({ LOCAL_SIGN_IN: 'off' })).toEqual(['OIDC_ISSUER']);
    expect(named({ OIDC_ISSUER: 'http://sso.tuyenquang.example' })).toEqual(['OIDC_ISSUER', 'OIDC_CLIENT_ID']);
    const OIDC_ISSUER = 'https://sso.tuyenquang.example';
    expect(loadConfig({ DATABASE_URL, LOCAL_SIGN_IN: 'off', OIDC_ISSUER, OIDC_CLIENT_ID: 'thong-hanh' })).toMatchObject(
      {
        localSignIn: false,
        identityProvider: { issuer: OIDC_ISSUER, clientSecret: undefined },
      },
    );
  });

  it('takes the account of a mailbox of delivery reports with its password only', () => {
    const of = (DELIVERY_REPORTS_IMAP_URL: string) => ({ DATABASE_URL, DELIVERY_REPORTS_IMAP_URL });
    const url = 'imaps://th%40tinh.example:m%2Fk@mail.tinh.example/INBOX';
    expect(loadConfig(of(url)).deliveryReportsImapUrl).toBe(url);
    for (const bad of [
      'imaps://mail.tinh.example',
      'imaps://th:50%@mail.tinh.example',
      'pop3://th:x@mail',
      'mail.tinh',
    ])
      expect(problemsOf(of(bad)).problems.map(({ name }) => name)).toContain('DELIVERY_REPORTS_IMAP_URL');
  });

  it('never repeats a value, which may be a secret', () => {
    const error = problemsOf({ DATABASE_URL: 'mysql://root:secret-word@db/x', REDIS_URL: 'secret-word' });
    expect(error.message).not.toContain('secret-word');
  });

  it('takes a variable set to nothing as not set', () => {
    expect(loadConfig({ DATABASE_URL, REDIS_URL: '', PORT: '' })).toMatchObject({
      port: 3000,
      queue: { backend: 'postgres' },
    });
  });

  it('runs the queue on Redis when there is one, unless told otherwise', () => {
    const REDIS_URL = 'redis://127.0.0.1:6379';
    expect(loadConfig({ DATABASE_URL, REDIS_URL }).queue).toEqual({ backend: 'redis', redisUrl: REDIS_URL });
    expect(loadConfig({ DATABASE_URL, REDIS_URL, QUEUE_BACKEND: 'postgres' }).queue).toEqual({ backend: 'postgres' });
    expect(problemsOf({ DATABASE_URL, QUEUE_BACKEND: 'redis' }).problems[0]?.name).toBe('REDIS_URL');
  });

  it('refuses a clock set by hand in production', () => {
    for (const CLOCK of ['manual', 'trial'])
      expect(problemsOf({ DATABASE_URL, CLOCK, NODE_ENV: 'production' }).problems[0]?.name).toBe('CLOCK');
  });

  it.each([
    [{ HOST: '0.0.0.0', PORT: '8080' }, 'http://127.0.0.1:8080'],
    [{ HOST: '::1', PORT: '8080' }, 'http://[::1]:8080'],
    [{ PUBLIC_URL: 'https://doan-ra.tuyenquang.example/' }, 'https://doan-ra.tuyenquang.example'],
  ])('derives an address people can open from %j', (env, publicUrl) => {
    expect(loadConfig({ DATABASE_URL, ...env }).publicUrl).toBe(publicUrl);
  });
});

describe('secrets', () => {
  const der = (type: 'ed25519' | 'x25519') =>
    generateKeyPairSync(type as 'ed25519')
      .privateKey.export({ format: 'der', type: 'pkcs8' })
      .toString('base64');
  const key = (name: string, bytes = randomBytes(32)) => `${name}:${bytes.toString('base64')}`;
  const production = {
    NODE_ENV: 'production',
    DATABASE_URL: 'postgres://thong_hanh:3kd83-kd7qs-lq09d@db:5432/x?sslmode=verify-full',
    AUDIT_SIGNING_KEY: der('ed25519'),
    DATA_KEYS: key('k1'),
  };

  it('are read into keys, in their order', () => {
    const config = loadConfig({ ...production, DATA_KEYS: `${key('k2')}, ${key('k1')}` });
    expect(config.dataKeys.map(({ id, key: bytes }) => [id, bytes.length])).toEqual([
      ['k2', 32],
      ['k1', 32],
    ]);
    expect(config.audit.signingKey?.asymmetricKeyType).toBe('ed25519');
  });

  it('may lie in files, and a file that is not there is named without its value', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-secrets-'));
    try {
      const file = path.join(folder, 'database-url');
      writeFileSync(file, `${DATABASE_URL}\n`);
      expect(loadConfig({ DATABASE_URL_FILE: file }).databaseUrl).toBe(DATABASE_URL);
      const error = problemsOf({ DATABASE_URL, METRICS_TOKEN_FILE: path.join(folder, 'none') });
      expect(error.message).toContain('METRICS_TOKEN_FILE cannot be read (ENOENT)');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each([
    ['no signing key', { AUDIT_SIGNING_KEY: undefined }, 'AUDIT_SIGNING_KEY'],
    ['a key of another kind', { AUDIT_SIGNING_KEY: der('x25519') }, 'AUDIT_SIGNING_KEY'],
    ['no data key', { DATA_KEYS: undefined }, 'DATA_KEYS'],
    ['a data key of zeros', { DATA_KEYS: key('k1', Buffer.alloc(32)) }, 'DATA_KEYS'],
    ['a short data key', { DATA_KEYS: key('k1', randomBytes(16)) }, 'DATA_KEYS'],
    ['two data keys of one name', { DATA_KEYS: `${key('k1')},${key('k1')}` }, 'DATA_KEYS'],
    ['a password from the examples', { DATABASE_URL: 'postgres://a:postgres@db/x?sslmode=require' }, 'DATABASE_URL'],
    ['a short password', { DATABASE_URL: 'postgres://a:kd83kd7qs@db/x?sslmode=require' }, 'DATABASE_URL'],
    [
      'the name as the password',
      { DATABASE_URL: 'postgres://thong_hanh_app:thong_hanh_app@db/x?sslmode=require' },
      'DATABASE_URL',
    ],
    ['no password', { DATABASE_URL: 'postgres://db/x?sslmode=require' }, 'DATABASE_URL'],
  ])('keep production from starting when weak: %s', (_, env, name) => {
    expect(loadConfig(production).nodeEnv).toBe('production');
    const error = problemsOf({ ...production, ...env });
    expect(error.problems.map((problem) => problem.name)).toEqual([name]);
    for (const secret of Object.values(env)) if (secret) expect(error.message).not.toContain(secret);
  });
});

describe('connections to other machines', () => {
  const DATA_KEYS = `k1:${randomBytes(32).toString('base64')}`;
  const AUDIT_SIGNING_KEY = generateKeyPairSync('ed25519')
    .privateKey.export({ format: 'der', type: 'pkcs8' })
    .toString('base64');
  const named = (env: Record<string, string>, NODE_ENV = 'production') => {
    const given = { NODE_ENV, DATA_KEYS, AUDIT_SIGNING_KEY, ...env };
    try {
      loadConfig(given);
      return [];
    } catch (error) {
      return (error as ConfigError).problems.map(({ name }) => name);
    }
  };
  const there = 'postgres://thong_hanh:3kd83-kd7qs-lq09d@db:5432/x';
  const here = there.replace('@db', '@127.0.0.1');

  it('go by TLS in production, unless somebody said that they need not', () => {
    expect(named({ DATABASE_URL: there })).toEqual(['DATABASE_URL']);
    for (const mode of ['disable', 'prefer', 'no-verify'])
      expect(named({ DATABASE_URL: `${there}?sslmode=${mode}` })).toEqual(['DATABASE_URL']);
    expect(named({ DATABASE_URL: `${there}?sslmode=verify-full`, MIGRATION_DATABASE_URL: there })).toEqual([
      'MIGRATION_DATABASE_URL',
    ]);
    expect(named({ DATABASE_URL: here, REDIS_URL: 'redis://queue:6379' })).toEqual(['REDIS_URL']);
    for (const REDIS_URL of ['rediss://queue:6379', 'redis://127.0.0.1:6379'])
      expect(named({ DATABASE_URL: here, REDIS_URL })).toEqual([]);
    expect(named({ DATABASE_URL: there, PLAIN_CONNECTIONS: 'database' })).toEqual([]);
    const both = { DATABASE_URL: there, REDIS_URL: 'redis://queue:6379' };
    expect(named({ ...both, PLAIN_CONNECTIONS: 'database' })).toEqual(['REDIS_URL']);
    expect(named({ ...both, PLAIN_CONNECTIONS: 'database,queue' })).toEqual([]);
    expect(named(both, 'development')).toEqual([]);
    // A certificate is as good as a password; one beside a weak password is not.
    const certified = 'sslmode=verify-full&sslcert=/run/th.pem&sslkey=/run/th.key';
    expect(named({ DATABASE_URL: `postgres://th@db/x?${certified}` })).toEqual([]);
    expect(named({ DATABASE_URL: `postgres://th:postgres@db/x?${certified}` })).toEqual(['DATABASE_URL']);
  });
});

describe('second factors', () => {
  const DATA_KEYS = `k1:${randomBytes(32).toString('base64')}`;
  const policy = (env: Record<string, string>) => loadConfig({ DATABASE_URL, DATA_KEYS, ...env }).secondFactor;

  it('are asked of nobody, of some roles or of everybody, and never without a key to seal them', () => {
    expect(policy({})).toEqual({ requiredFor: [], afterProvider: false });
    expect(policy({ SECOND_FACTOR_FOR: 'administrator,leader', PROVIDER_SECOND_FACTOR: 'own' })).toEqual({
      requiredFor: expect.arrayContaining(['administrator', 'leader']),
      afterProvider: true,
    });
    expect(policy({ SECOND_FACTOR_FOR: 'all' }).requiredFor).toBe('everybody');
    const names = (env: Record<string, string>) =>
      problemsOf({ DATABASE_URL, ...env }).problems.map(({ name }) => name);
    expect(names({ SECOND_FACTOR_FOR: 'all' })).toEqual(['DATA_KEYS']);
    expect(names({ DATA_KEYS, SECOND_FACTOR_FOR: 'king' })).toEqual(['SECOND_FACTOR_FOR']);
  });
});

describe('describeEnvironment', () => {
  it('explains every variable in both languages, with its default', () => {
    for (const variable of describeEnvironment()) {
      expect(variable.meaning.vi).not.toBe('');
      expect(variable.meaning.en).not.toBe('');
      expect(variable.default.vi).not.toBe('');
    }
    expect(describeEnvironment().find((variable) => variable.name === 'PORT')?.default.en).toBe('`3000`');
    expect(describeEnvironment().find((variable) => variable.name === 'DATABASE_URL')?.secret).toBe(true);
  });
});
