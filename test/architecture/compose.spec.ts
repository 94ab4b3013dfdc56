import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { environmentNames, loadConfig } from '#libs/config';

interface Service {
  image?: string;
  environment?: Record<string, string>;
  command?: string[];
  deploy?: { replicas?: number };
  [key: string]: unknown;
}
interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
}
interface ComposeRules {
  composeProblems(
    document: unknown,
    given: { folder: string; ourImage: string; environmentNames: readonly string[] },
  ): string[];
  interpolated(environment: Record<string, string>, given: Record<string, string>): Record<string, string>;
}

const root = path.resolve(import.meta.dirname, '../..');
const rulesFile = pathToFileURL(path.join(root, 'scripts/compose-rules.mjs')).href;
const { composeProblems, interpolated } = (await import(rulesFile)) as ComposeRules;
const secretsFile = pathToFileURL(path.join(root, 'scripts/secrets.mjs')).href;
const { newDataKey, newSigningKey } = (await import(secretsFile)) as {
  newDataKey(name: string): string;
  newSigningKey(): string;
};
const given = {
  POSTGRES_PASSWORD: 'sample-of-a-password',
  AUDIT_SIGNING_KEY: newSigningKey(),
  DATA_KEYS: newDataKey('k1'),
};
const text = fs.readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');

const read = (): ComposeFile => parse(text, { merge: true }) as ComposeFile;
const problemsOf = (file: ComposeFile): string[] =>
  composeProblems(file, { folder: root, ourImage: 'thong-hanh', environmentNames });
const planted = (change: (file: ComposeFile) => void): string[] => {
  const file = read();
  change(file);
  return problemsOf(file);
};

describe('docker-compose.yml', () => {
  it('keeps the rules of Compose and names only variables the configuration knows', () => {
    expect(problemsOf(read())).toEqual([]);
  });

  it('gives every program a configuration that loads', () => {
    const ours = Object.values(read().services).filter(
      (service) => service.image === 'thong-hanh' && service.environment,
    );
    expect(ours).toHaveLength(3);
    for (const { environment } of ours) {
      const config = loadConfig(interpolated(environment ?? {}, given));
      expect(config).toMatchObject({
        nodeEnv: 'production',
        queue: { backend: 'redis' },
        host: '0.0.0.0',
        storageDir: '/data/files',
      });
    }
  });

  it('runs two api and two worker replicas behind one proxy, on a Redis that keeps its log and evicts nothing', () => {
    const { services } = read();
    expect(services.api?.deploy?.replicas).toBe(2);
    expect(services.worker?.deploy?.replicas).toBe(2);
    expect(Object.keys(services).filter((name) => services[name]?.ports)).toEqual(['mailbox', 'proxy']);
    expect(services.queue?.command?.join(' ')).toMatch(
      /--appendonly yes --appendfsync everysec .*--maxmemory-policy noeviction/,
    );
  });

  it.each<[string, (file: ComposeFile) => void, RegExp]>([
    [
      'an unknown variable',
      ({ services }) => Object.assign(services.api?.environment ?? {}, { DATABSE_URL: 'x' }),
      /knows no variable DATABSE_URL/,
    ],
    ['an unknown key', ({ services }) => Object.assign(services.api ?? {}, { replica: 2 }), /unknown key replica/],
    [
      'a dependency that is not here',
      ({ services }) => Object.assign(services.api ?? {}, { depends_on: { cache: { condition: 'service_healthy' } } }),
      /depends on cache/,
    ],
    [
      'a wait for health that nobody reports',
      ({ services }) =>
        Object.assign(services.api ?? {}, { depends_on: { migrate: { condition: 'service_healthy' } } }),
      /migrate to be healthy/,
    ],
    ['a volume that is not declared', ({ volumes }) => delete volumes.files, /volume files is not declared/],
    [
      'a mounted file that does not exist',
      ({ services }) => Object.assign(services.proxy ?? {}, { volumes: ['./docker/apache.conf:/etc/apache.conf:ro'] }),
      /apache\.conf does not exist/,
    ],
    ['a service of nothing', ({ services }) => Object.assign(services, { idle: {} }), /idle: needs an image/],
  ])('is refused with %s', (_, change, sentence) => {
    expect(planted(change).join('\n')).toMatch(sentence);
  });
});
