import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { pino } from 'pino';
import { createApi } from '#apps/api/src/create-api.js';
import { AppModule } from '#apps/worker/src/app.module.js';
import { Worker } from '#apps/worker/src/worker.js';
import { createManualClock, instantAt } from '#libs/calendar';
import { loadConfig } from '#libs/config';
import { seedDemoProvince } from '#libs/organisation';
import { createTestDatabase, type TestDatabase } from '#test/support/index.js';
import { createSmtpSink, type SmtpSink } from '#test/support/smtp-sink.js';
import { until } from '#test/support/until.js';
import { demoPassword, send, signIn } from './api-under-test.js';

interface Span {
  readonly service: string;
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly attributes: string;
}

/** A collector as small as can be: OTLP over HTTP in JSON. */
class Collector {
  readonly spans: Span[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      json(request).then((body) => {
        if (request.url === '/v1/traces') this.#take(body as Export);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      }, response.destroy.bind(response));
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #take({ resourceSpans }: Export): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const named = resource.attributes.find(({ key }) => key === 'service.name');
      for (const { spans } of scopeSpans)
        for (const { attributes, ...span } of spans)
          this.spans.push({
            ...span,
            parentSpanId: span.parentSpanId ?? '',
            service: named?.value.stringValue ?? '',
            attributes: JSON.stringify(attributes),
          });
    }
  }
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] };
    readonly scopeSpans: readonly {
      readonly spans: readonly (Omit<Span, 'service' | 'attributes'> & { attributes: unknown })[];
    }[];
  }[];
}

const server = 2;
const client = 3;
const producer = 4;
const consumer = 5;

describe('traces', () => {
  const collector = new Collector();
  const folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-traces-'));
  let database: TestDatabase;
  let sink: SmtpSink;
  let api: NestExpressApplication;
  let worker: INestApplicationContext;
  let url: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    sink = await createSmtpSink();
    await database.dataSource.transaction((tx) =>
      seedDemoProvince(tx, { password: demoPassword }, createManualClock(instantAt('2023-01-09', '08:00'))),
    );
    const config = loadConfig({
      ...{ DATABASE_URL: database.url, SMTP_URL: sink.url, NODE_ENV: 'test', LOG_LEVEL: 'silent', CLOCK: 'manual' },
      ...{ DATA_DIR: folder, OTEL_EXPORTER_OTLP_ENDPOINT: await collector.open() },
    });
    // A Monday in the morning, when mails may go.
    await database.dataSource.query(
      `insert into test_clock (id, now, set_at) values (1, '2023-01-09T02:00:00Z', now())`,
    );
    api = await createApi(config, { logger: pino({ level: 'silent' }) });
    await api.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(api.getHttpServer().address() as AddressInfo).port}`;
    worker = await NestFactory.createApplicationContext(AppModule.register(config), { logger: false });
    await worker.get(Worker).start();
  });
  afterAll(async () => {
    await worker?.close();
    await api?.close();
    collector.close();
    await sink.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  const find = (wanted: Partial<Span>) =>
    collector.spans.filter((span) => Object.entries(wanted).every(([key, value]) => span[key as keyof Span] === value));

  it('go from the caller through the API to each statement, by names and never by values', async () => {
    const cookie = await signIn({ url }, 'chuyenvien.skhdt');
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const answer = await send({ url }, '/api/v1/proposals', {
      body: { proposal: { delegationName: 'Đoàn Tên-Rất-Riêng' } },
      cookie,
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('x-request-id')).toBe(traceId);
    const [event] = await database.dataSource.query('select request_id from events limit 1');
    expect(event.request_id).toBe(traceId);
    await until(() => find({ traceId, kind: server }).length > 0, 'the span of the request arrived');
    const [request] = find({ traceId, kind: server });
    expect(request).toMatchObject({
      service: 'thong-hanh-api',
      name: 'POST /api/v1/proposals',
      parentSpanId: '00f067aa0ba902b7',
    });
    const statements = find({ traceId, kind: client });
    expect(statements.length).toBeGreaterThan(3);
    for (const statement of statements) {
      expect(statement.name).toMatch(/^db /);
      expect(statement.parentSpanId).toBe(request?.spanId);
    }
    expect(JSON.stringify(collector.spans)).not.toMatch(/Tên-Rất-Riêng|@tuyenquang|mật khẩu/);
  });

  it('go from the line into the job that is done about it, to the mail server', async () => {
    await send({ url }, '/api/v1/password-reset', { body: { email: 'chuyenvien.skhdt@tuyenquang.example' } });
    await until(() => sink.mails.length > 0, 'a mail was sent');
    await until(() => find({ name: 'smtp send' }).length > 0, 'the span of the mail arrived');
    const [sent] = find({ name: 'smtp send' });
    // A job ends after what is done in it.
    await until(() => find({ spanId: sent?.parentSpanId ?? '' }).length > 0, 'the span of the job arrived');
    const [job] = find({ spanId: sent?.parentSpanId ?? '' });
    expect(job).toMatchObject({
      name: 'job mails',
      kind: consumer,
      service: 'thong-hanh-worker',
      traceId: sent?.traceId,
    });
    await until(() => find({ spanId: job?.parentSpanId ?? '' }).length > 0, 'the span of the line arrived');
    expect(find({ spanId: job?.parentSpanId ?? '' })).toMatchObject([
      { name: 'queue mails', kind: producer, traceId: sent?.traceId },
    ]);
    expect(
      find({ traceId: sent?.traceId ?? '', parentSpanId: job?.spanId ?? '', kind: client }).length,
    ).toBeGreaterThan(1);
  });
});
