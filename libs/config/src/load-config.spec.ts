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
    expect(error.message).toContain('CLOCK must be one of: system, manual');
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
    expect(problemsOf({ DATABASE_URL, CLOCK: 'manual', NODE_ENV: 'production' }).problems[0]?.name).toBe('CLOCK');
  });

  it.each([
    [{ HOST: '0.0.0.0', PORT: '8080' }, 'http://127.0.0.1:8080'],
    [{ HOST: '::1', PORT: '8080' }, 'http://[::1]:8080'],
    [{ PUBLIC_URL: 'https://doan-ra.tuyenquang.example/' }, 'https://doan-ra.tuyenquang.example'],
  ])('derives an address people can open from %j', (env, publicUrl) => {
    expect(loadConfig({ DATABASE_URL, ...env }).publicUrl).toBe(publicUrl);
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
