import type { AddressInfo } from 'node:net';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { type Logger, pino } from 'pino';
import { createApi } from '#apps/api/src/create-api.js';
import type { Clock } from '#libs/calendar';
import { systemClock } from '#libs/calendar';
import { loadConfig } from '#libs/config';
import { seedDemoProvince } from '#libs/organisation';
import { createTestDatabase, type TestDatabase } from '#test/support/index.js';

export const demoPassword = 'mật khẩu của bản thử';

/** A spec asks more in a minute than an office does. */
const unlimited = { RATE_LIMIT_ACCOUNT: '0', RATE_LIMIT_ADDRESS: '0' };

export interface ApiUnderTest {
  readonly app: NestExpressApplication;
  readonly url: string;
  readonly database: TestDatabase;
  readonly provinceId: string;
  stop(): Promise<void>;
}

/** The real API on a free port, on a database of its own with the demo province in it. */
export async function startApi(
  given: { clock?: Clock; wallClock?: Clock; env?: Record<string, string>; logger?: Logger } = {},
): Promise<ApiUnderTest> {
  const database = await createTestDatabase();
  const { env, ...overrides } = given;
  const config = loadConfig({
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    ...unlimited,
    ...env,
  });
  const { provinceId } = await database.dataSource.transaction((tx) =>
    seedDemoProvince(tx, { password: demoPassword }, given.clock ?? systemClock),
  );
  const logger = given.logger ?? pino({ level: 'silent' });
  const app = await createApi(config, { ...overrides, logger, dataSource: database.dataSource });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    database,
    provinceId,
    stop: async () => {
      await app.close();
      await database.drop();
    },
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads out of an answer is the test's own claim.
  readonly body: any;
}

/** A program's request: no browser headers unless given. `body` is sent as JSON. */
export async function send(
  api: Pick<ApiUnderTest, 'url'>,
  path: string,
  given: { method?: string; body?: unknown; cookie?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { body, cookie, method = body === undefined ? 'GET' : 'POST' } = given;
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(cookie === undefined ? {} : { cookie }),
    ...given.headers,
  };
  const response = await fetch(`${api.url}${path}`, {
    method,
    headers,
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** Cookie of a fresh session of a demo account: `signIn(api, 'giamdoc.sngv')`. */
export async function signIn(
  api: Pick<ApiUnderTest, 'url'>,
  mailbox: string,
  password = demoPassword,
): Promise<string> {
  const email = `${mailbox}@tuyenquang.example`;
  const answer = await send(api, '/api/v1/session', { body: { email, password } });
  if (answer.status !== 201) throw new Error(`Sign-in of ${email} answered ${answer.status} ${answer.body.code}.`);
  return (answer.headers.getSetCookie()[0] ?? '').split(';', 1)[0] ?? '';
}
