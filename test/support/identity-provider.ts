import { spawn } from 'node:child_process';
import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ProviderUnderTest {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** `oidc-provider` in a process of its own. */
export async function startProvider(settings: {
  redirectUri: string;
  afterSignOutUri: string;
  logoutUri: string;
  clientSecret: string;
  accounts: Readonly<Record<string, { email: string; email_verified: boolean }>>;
}): Promise<ProviderUnderTest> {
  const script = fileURLToPath(new URL('./provider-process.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const issuer = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('http://')) resolve(line);
    });
    child.once('exit', (code) => reject(new Error(`The provider ended with ${code}.`)));
  });
  return {
    issuer,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** Where the provider says that somebody signed out there. */
export interface LogoutsHeard {
  readonly uri: string;
  /** The form it posted next, as it came. */
  next(): Promise<string>;
  stop(): Promise<void>;
}

export async function hearLogouts(): Promise<LogoutsHeard> {
  const forms: string[] = [];
  let heard: (() => void) | undefined;
  const server = createServer((request, response) => {
    let form = '';
    request.on('data', (chunk) => {
      form += chunk;
    });
    request.on('end', () => {
      forms.push(form);
      response.end();
      heard?.();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    next: async () => {
      if (forms.length === 0) await new Promise<void>((resolve) => (heard = resolve));
      return forms.shift() ?? '';
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The cookies of one browser at the provider. */
export type Jar = Map<string, string>;

function browser(jar: Jar) {
  return async (at: string, form?: Record<string, string>) => {
    const cookie = [...jar].map((pair) => pair.join('=')).join('; ');
    const body = form && new URLSearchParams(form);
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { cookie },
      ...(body && { method: 'POST', body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=');
      jar.set(name, value);
    }
    return answer;
  };
}

/** The browser signs out there: the page asks whether it is meant so, and it says yes. */
export async function signOutThere(url: string, jar: Jar): Promise<void> {
  const ask = browser(jar);
  const html = await (await ask(url)).text();
  const action = /action="([^"]+)"/.exec(html)?.[1];
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1];
  if (action === undefined || xsrf === undefined) throw new Error('The provider shows no page for signing out.');
  await ask(action, { xsrf, logout: 'yes' });
}

/** A browser at the provider: signs in as `login` and agrees. The address it is sent back to. */
export async function signInThere(url: string, login: string, jar: Jar = new Map()): Promise<URL> {
  const ask = browser(jar);
  const { origin } = new URL(url);
  let at = url;
  for (let step = 0; step < 12; step += 1) {
    const answer = await ask(at);
    const html = answer.status === 200 ? await answer.text() : '';
    const prompt = /name="prompt" value="(login|consent)"/.exec(html)?.[1];
    const next = prompt === undefined ? answer : await ask(at, { prompt, login, password: 'x' });
    const to = next.headers.get('location');
    if (to === null) throw new Error(`The provider answered ${next.status} to ${at}.`);
    const where = new URL(to, at);
    if (where.origin !== origin) return where;
    at = where.href;
  }
  throw new Error('The provider never sent the browser back.');
}

export type Lie = (honest: Record<string, unknown>) => Record<string, unknown>;

/** A provider that tells what a test wants it to tell. It knows the nonce of the last browser that came. */
export interface LyingProvider extends ProviderUnderTest {
  /** Changes the claims of the next ID token. */
  lie: Lie;
  /** Signs with a key it does not publish. */
  signsWithOtherKey: boolean;
  nonce: string;
  /** A token of these claims, signed with its key or, when it lies about that, with the other one. */
  sign(claims: Record<string, unknown>): string;
}

export async function startLyingProvider(): Promise<LyingProvider> {
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', lying.issuer);
    const now = Math.floor(performance.timeOrigin / 1000 + performance.now() / 1000);
    const honest = { iss: lying.issuer, sub: 'kẻ-lạ', aud: 'thong-hanh', iat: now, exp: now + 300, nonce: lying.nonce };
    const answers: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': () => ({
        issuer: lying.issuer,
        authorization_endpoint: `${lying.issuer}/auth`,
        token_endpoint: `${lying.issuer}/token`,
        jwks_uri: `${lying.issuer}/jwks`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['RS256'],
      }),
      '/jwks': () => ({ keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'RS256', use: 'sig' }] }),
      '/token': () => ({
        access_token: randomUUID(),
        token_type: 'bearer',
        id_token: lying.sign(lying.lie(honest)),
      }),
    };
    const answer = answers[pathname];
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer?.() ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const lying: LyingProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    lie: (honest) => honest,
    signsWithOtherKey: false,
    nonce: '',
    sign: (claims) => jwt(claims, (lying.signsWithOtherKey ? other : own).privateKey),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return lying;
}

function jwt(claims: Record<string, unknown>, key: Parameters<ReturnType<typeof createSign>['sign']>[0]): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`;
  return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key, 'base64url')}`;
}
