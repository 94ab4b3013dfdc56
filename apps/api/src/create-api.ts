import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Logger } from 'pino';
import type { AppConfig } from '#libs/config';
import { preparePasswords } from '#libs/organisation';
import { type ApiOverrides, AppModule } from './app.module.js';
import { NestLog } from './http/nest-log.js';
import { serveReference } from './http/openapi.js';
import { limitAddresses, RateLimiter } from './http/rate-limit.js';
import { requestContext } from './http/request-context.js';
import { securityHeaders } from './http/security-headers.js';
import { traceRequests } from './http/trace-requests.js';
import { serveWeb } from './http/web-pages.js';
import { Metrics } from './operations/metrics.js';
import { loggerToken, type TracingHolder, tracingToken } from './tokens.js';

/** Larger JSON than any form of ours needs; files travel as multipart and have their own limit. */
const jsonLimit = '1mb';

/** The whole API, connected and initialised but not yet listening. `close()` it when done. */
export async function createApi(config: AppConfig, overrides: ApiOverrides = {}): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule.register(config, overrides), {
    bodyParser: false,
    bufferLogs: true,
    abortOnError: false,
  });
  const logger = app.get<Logger>(loggerToken);
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of Nest, no React hook.
  app.useLogger(new NestLog(logger));
  app.disable('x-powered-by');
  // Files keep theirs; answers have one only when a route sets it, from the version of what it shows.
  app.set('etag', () => undefined);
  app.set('query parser', 'simple');
  app.set('trust proxy', config.trustedProxies);
  const { tracing } = app.get<TracingHolder>(tracingToken);
  if (tracing !== undefined) app.use(traceRequests(tracing));
  app.use(requestContext(logger));
  app.use(app.get(Metrics).middleware());
  app.use(securityHeaders({ https: config.publicUrl.startsWith('https:'), subdomains: config.hstsSubdomains }));
  app.use(limitAddresses(new RateLimiter(config.requestLimits.addressPerMinute)));
  serveWeb(app, config.webDir);
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of Nest, no React hook.
  app.useBodyParser('json', { limit: jsonLimit, type: ['application/json'] });
  // The one form another server sends; forms of browsers are refused before they are read.
  const isLogout = (request: { url?: string }) => request.url === '/api/v1/sign-in/back-channel-logout';
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of Nest, no React hook.
  app.useBodyParser('urlencoded', { limit: '32kb', extended: false, type: isLogout });
  serveReference(app);
  await preparePasswords();
  await app.init();
  // Longer than the idle limit of the usual proxies (60 s), so that a proxy never writes into a connection just closed here.
  app.getHttpServer().keepAliveTimeout = 65_000;
  return app;
}
