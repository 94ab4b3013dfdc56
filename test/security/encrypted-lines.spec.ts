import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { createDataSource } from '#libs/persistence';
import { type OwnServer, ownServers } from '#test/support/own-servers.js';

const services = await ownServers();
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const redis = services.findRedis();

type Call =
  | { readonly what: 'database' | 'queue'; readonly url: string }
  | { readonly what: 'mail'; readonly url: string; readonly needsTls: boolean };
interface Said {
  readonly refused?: string;
  readonly encrypted?: boolean;
  readonly provenAs?: string | null;
  readonly name?: string;
  readonly outcome?: string;
}

/** Real servers with certificates of an authority of the test's own. A line says who it is for: the name it is dialled by must be on it. */
(hasOpenssl ? describe : describe.skip)('lines to other machines', () => {
  const home = mkdtempSync(path.join(tmpdir(), 'thong-hanh-lines-'));
  const at = (name: string) => path.join(home, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: home, stdio: 'ignore' });
  const stops: (() => unknown)[] = [];
  let postgres: OwnServer & { readonly folder: string };
  let ports: { redis: number; oldRedis: number; mail: number; stripped: number; secure: number };

  /** A key and what the authority says about it: for 127.0.0.1 and for nothing else, so that "localhost" is a wrong name. */
  const certify = (name: string, { days, subject }: { days: number; subject: string }) => {
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', subject, '-keyout', `${name}.key`, '-out', `${name}.csr`);
    const signing = ['x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial'];
    openssl(...signing, '-days', String(days), '-extfile', 'names', '-out', `${name}.pem`);
  };

  beforeAll(async () => {
    // The database may run as another user and must be able to enter.
    chmodSync(home, 0o755);
    openssl(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=Authority',
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
    );
    writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1');
    certify('good', { days: 2, subject: '/CN=server' });
    certify('old', { days: -1, subject: '/CN=server' });
    certify('service', { days: 2, subject: '/CN=service' });
    postgres = await services.startPostgres(at('database'), { ephemeral: true });
    stops.push(() => postgres.stop());
    await preparePostgres();
    const [mail, stripped, secure] = await Promise.all([
      mailServer({}),
      mailServer({ hideSTARTTLS: true }),
      mailServer({ secure: true }),
    ]);
    const [first, second] = redis === null ? [0, 0] : [await startRedis('good'), await startRedis('old')];
    ports = { redis: first, oldRedis: second, mail, stripped, secure };
  });
  afterAll(async () => {
    for (const stop of stops) await stop();
    rmSync(home, { recursive: true });
  });

  async function asOwner(...statements: string[]): Promise<{ file: string }[]> {
    const owner = await createDataSource({ url: postgres.url, entities: [], migrations: [] }).initialize();
    let rows: { file: string }[] = [];
    for (const statement of statements) rows = await owner.query(statement);
    await owner.destroy();
    return rows;
  }

  async function preparePostgres(): Promise<void> {
    const { uid, gid } = statSync(postgres.folder);
    for (const key of ['good.key', 'old.key']) {
      chmodSync(at(key), 0o600);
      chownSync(at(key), uid, gid);
    }
    const [row] = await asOwner(
      'create role service login',
      `alter system set ssl_ca_file = '${at('ca.pem')}'`,
      `select current_setting('hba_file') as file`,
    );
    // Whoever dials as the service account has no password and proves itself by a certificate; the first line that fits counts.
    const rules = readFileSync(row!.file, 'utf8');
    writeFileSync(row!.file, '');
    appendFileSync(row!.file, `hostssl all service 127.0.0.1/32 cert\nhost all service 127.0.0.1/32 reject\n${rules}`);
    await showCertificate('good');
  }

  const showCertificate = async (name: 'good' | 'old') => {
    const settings = { ssl: 'on', ssl_cert_file: at(`${name}.pem`), ssl_key_file: at(`${name}.key`) };
    const set = Object.entries(settings).map(([key, value]) => `alter system set ${key} = '${value}'`);
    await asOwner(...set, 'select pg_reload_conf()');
  };

  async function startRedis(name: 'good' | 'old'): Promise<number> {
    const port = await freePort();
    const files = [
      '--tls-cert-file',
      at(`${name}.pem`),
      '--tls-key-file',
      at(`${name}.key`),
      '--tls-ca-cert-file',
      at('ca.pem'),
    ];
    const how = [
      '--port',
      '0',
      '--tls-port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--tls-auth-clients',
      'no',
      '--save',
      '',
    ];
    const child = spawn(redis!, [...how, ...files], { cwd: home, stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    stops.push(() => {
      child.kill('SIGTERM');
      return ended;
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (words: Buffer) => words.includes('Ready to accept connections') && resolve());
      child.once('exit', () => reject(new Error('redis-server ended: was it built with TLS?')));
    });
    return port;
  }

  async function mailServer(how: { secure?: boolean; hideSTARTTLS?: boolean }): Promise<number> {
    const server = new SMTPServer({
      ...how,
      key: readFileSync(at('good.key')),
      cert: readFileSync(at('good.pem')),
      disabledCommands: ['AUTH', ...(how.hideSTARTTLS ? ['STARTTLS'] : [])],
      onData: (stream, _, done) => {
        stream.resume();
        stream.on('end', () => done());
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    stops.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return (server.server.address() as AddressInfo).port;
  }

  /** By a process as an installation starts it: what it trusts is Node's list, and the authority of the province when it is named. */
  async function dial(calls: readonly Call[], { trusts }: { trusts: boolean }): Promise<readonly Said[]> {
    // biome-ignore lint/style/noProcessEnv: the environment of a child, not a setting of ours.
    const env = { ...process.env, ...(trusts && { NODE_EXTRA_CA_CERTS: at('ca.pem') }) };
    const child = promisify(execFile)(process.execPath, ['test/support/dial.mjs', JSON.stringify(calls)], { env });
    return JSON.parse((await child).stdout);
  }
  const database = (more = '', from: { host?: string; who?: string } = {}): Call => {
    const url = new URL(postgres.url);
    if (from.host !== undefined) url.hostname = from.host;
    if (from.who !== undefined) [url.username, url.password] = [from.who, ''];
    return { what: 'database', url: `${url}?sslmode=verify-full${more}` };
  };
  const queue = (host: string, port: number): Call => ({ what: 'queue', url: `rediss://${host}:${port}` });
  const mail = (scheme: string, host: string, port: number, needsTls = true): Call => ({
    what: 'mail',
    url: `${scheme}://${host}:${port}`,
    needsTls,
  });

  it('are taken with a certificate of the authority for that name, and are encrypted', async () => {
    const [inDatabase, named, byStartTls, fromTheStart] = await dial(
      [
        database(),
        database(`&sslrootcert=${at('ca.pem')}`),
        mail('smtp', '127.0.0.1', ports.mail),
        mail('smtps', '127.0.0.1', ports.secure, false),
      ],
      { trusts: true },
    );
    expect([inDatabase, named]).toMatchObject([{ encrypted: true }, { encrypted: true }]);
    expect([byStartTls, fromTheStart]).toMatchObject([{ outcome: 'accepted' }, { outcome: 'accepted' }]);
  });

  it('are refused when the certificate is for another name', async () => {
    const said = await dial(
      [
        database('', { host: 'localhost' }),
        mail('smtp', 'localhost', ports.mail),
        mail('smtps', 'localhost', ports.secure),
      ],
      { trusts: true },
    );
    for (const { refused } of said) expect(refused).toMatch(/ALTNAME|altnames/);
  });

  it('are refused when nobody here knows the authority', async () => {
    const said = await dial(
      [database(), mail('smtp', '127.0.0.1', ports.mail), mail('smtps', '127.0.0.1', ports.secure)],
      {
        trusts: false,
      },
    );
    for (const { refused } of said) expect(refused).toMatch(/unable to verify|UNABLE_TO|self-signed/i);
  });

  it('are refused when a mail server hides that it can encrypt, and only then go plain when that was allowed', async () => {
    const [needed, allowed] = await dial(
      [mail('smtp', '127.0.0.1', ports.stripped), mail('smtp', '127.0.0.1', ports.stripped, false)],
      { trusts: true },
    );
    expect(needed!.refused).toMatch(/not recognized/);
    expect(allowed).toMatchObject({ outcome: 'accepted' });
  });

  it('let a service account in by its certificate and without a password, and by nothing else', async () => {
    const proof = `&sslcert=${at('service.pem')}&sslkey=${at('service.key')}`;
    const foreign = `&sslcert=${at('good.pem')}&sslkey=${at('good.key')}`;
    const [certified, bare, somebodyElse] = await dial(
      [database(proof, { who: 'service' }), database('', { who: 'service' }), database(foreign, { who: 'service' })],
      { trusts: true },
    );
    expect(certified).toEqual({ encrypted: true, provenAs: '/CN=service', name: 'service' });
    expect(bare!.refused).toMatch(/certificate/);
    expect(somebodyElse!.refused).toMatch(/certificate authentication failed/);
  });

  (redis === null ? it.skip : it)('to the queue are taken and refused alike', async () => {
    const [good, wrongName, expired, plain] = await dial(
      [
        queue('127.0.0.1', ports.redis),
        queue('localhost', ports.redis),
        queue('127.0.0.1', ports.oldRedis),
        { what: 'queue', url: `redis://127.0.0.1:${ports.redis}` },
      ],
      { trusts: true },
    );
    expect(good).toMatchObject({ encrypted: true });
    expect(wrongName!.refused).toMatch(/ALTNAME|altnames/);
    expect(expired!.refused).toMatch(/expired/);
    expect(plain!.refused).toMatch(/did not answer/);
    expect((await dial([queue('127.0.0.1', ports.redis)], { trusts: false }))[0]!.refused).toMatch(
      /self-signed|unable to verify/,
    );
  });

  it('to the database are refused once its certificate has expired', async () => {
    await showCertificate('old');
    expect((await dial([database()], { trusts: true }))[0]!.refused).toMatch(/expired/);
    await showCertificate('good');
    expect((await dial([database()], { trusts: true }))[0]).toMatchObject({ encrypted: true });
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
