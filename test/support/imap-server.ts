import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from 'node:tls';
import { until } from './until.js';

const script = '../../scripts/imap-server.mjs';
const { findImapServer } = (await import(script)) as { findImapServer(): string | null };

/** Null: no IMAP server is installed here. */
export const imapServer = findImapServer();
export const imapPassword = 'mật khẩu/với@ký:tự';

/** A real Dovecot with one account, whose INBOX is a folder that a test delivers into as a mail server does. */
export interface ImapServer {
  /** With TLS from the first byte, and with STARTTLS offered. */
  readonly urls: { readonly tls: string; readonly startTls: string };
  /** What it proves itself with; no machine trusts it by itself. */
  readonly ca: string;
  /** Returns the name. */
  deliver(content: string): string;
  /** The flags of a mail in the order of the alphabet, or null while it is new. */
  flagsOf(name: string): string | null;
  empty(): void;
  close(): Promise<void>;
}

/** The account Dovecot reads mails with: it never does so as root. */
const nobody = 65_534;

export async function startImapServer(): Promise<ImapServer> {
  const home = mkdtempSync(path.join(tmpdir(), 'imap-'));
  chmodSync(home, 0o755);
  const inbox = path.join(home, 'mail');
  for (const folder of ['', 'new', 'cur', 'tmp']) mkdirSync(path.join(inbox, folder));
  const isRoot = process.getuid?.() === 0;
  const own = (place: string) => isRoot && chownSync(place, nobody, nobody);
  for (const folder of ['', 'new', 'cur', 'tmp']) own(path.join(inbox, folder));
  const ports = { tls: await freePort(), startTls: await freePort() };
  const ca = certify(home);
  const config = path.join(home, 'dovecot.conf');
  writeFileSync(config, configOf({ home, ports, isRoot }));
  writeFileSync(path.join(home, 'users'), `reports:{PLAIN.b64}${Buffer.from(imapPassword).toString('base64')}\n`);
  const log = () => (existsSync(path.join(home, 'log')) ? readFileSync(path.join(home, 'log'), 'utf8') : '');
  const server = spawn(imapServer!, ['-F', '-c', config], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  await until(() => answers(ports.tls, ca), `Dovecot answered; it says:\n${log()}`);
  const account = `reports:${encodeURIComponent(imapPassword)}@127.0.0.1`;
  let delivered = 0;
  return {
    urls: {
      tls: `imaps://${account}:${ports.tls}/INBOX`,
      startTls: `imap://${account}:${ports.startTls}`,
    },
    ca,
    deliver(content) {
      delivered += 1;
      const name = `${1_700_000_000 + delivered}.M${delivered}.mx`;
      const place = path.join(inbox, 'tmp', name);
      writeFileSync(place, content);
      own(place);
      execFileSync('mv', [place, path.join(inbox, 'new', name)]);
      return name;
    },
    flagsOf(name) {
      const file = readdirSync(path.join(inbox, 'cur')).find((one) => one.startsWith(name));
      return file?.split(':2,')[1] || null;
    },
    empty() {
      for (const folder of ['new', 'cur'])
        for (const name of readdirSync(path.join(inbox, folder))) rmSync(path.join(inbox, folder, name));
    },
    async close() {
      server.kill('SIGTERM');
      await ended;
      rmSync(home, { recursive: true });
    },
  };
}

interface Layout {
  readonly home: string;
  readonly ports: { readonly tls: number; readonly startTls: number };
  /** As root it takes the users Debian made for it, otherwise the one who runs the test. */
  readonly isRoot: boolean;
}

function configOf({ home, ports, isRoot }: Layout): string {
  const named = (flag: string) => execFileSync('id', [flag], { encoding: 'utf8' }).trim();
  const oneself = isRoot
    ? ''
    : `default_internal_user = ${named('-un')}
default_internal_group = ${named('-gn')}
default_login_user = ${named('-un')}`;
  const [uid, gid] = isRoot ? [nobody, nobody] : [process.getuid!(), process.getgid!()];
  return `
base_dir = ${home}/run
log_path = ${home}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${home}/server.pem
ssl_key = <${home}/server.key
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:${home}/mail
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = ${home}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${home}/mail
}
${oneself}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${ports.startTls}
  }
  inet_listener imaps {
    port = ${ports.tls}
    ssl = yes
  }
}
`;
}

function certify(home: string): string {
  const [key, certificate] = [path.join(home, 'server.key'), path.join(home, 'server.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=127.0.0.1'];
  const forWhom = ['-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate];
  execFileSync('openssl', [...request, ...forWhom], { stdio: 'ignore' });
  return readFileSync(certificate, 'utf8');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

function answers(port: number, ca: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, ca });
    socket.once('error', () => resolve(false));
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
  });
}
