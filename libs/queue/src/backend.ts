import {
  createPostgresBackend,
  createRedisBackend,
  type JobsOptions,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { describeUrl, withinTime } from './time-limit.js';
import type { QueueOptions } from './types.js';

export type Processor = (job: { readonly id?: string | undefined; readonly data?: unknown }) => Promise<void>;
export type WorkerSettings = Pick<
  WorkerOptions,
  'concurrency' | 'lockDuration' | 'stalledInterval' | 'maxStalledCount' | 'runRetryDelay'
>;

/** What differs between Redis and PostgreSQL: how to connect, and how a queue and a worker are made on the connection. */
export interface Backend {
  readonly kind: 'redis' | 'postgres';
  createQueue(name: string, defaultJobOptions: JobsOptions): Queue;
  createWorker(name: string, processor: Processor, settings: WorkerSettings): Worker;
  close(): Promise<void>;
}

type ReportError = (error: Error) => void;

export async function openBackend(options: QueueOptions, onError: ReportError): Promise<Backend> {
  if (options.redisUrl) return openRedis(options.redisUrl, options, onError);
  if (options.databaseUrl) return openPostgres(options.databaseUrl, options, onError);
  throw new Error('The queue needs REDIS_URL or DATABASE_URL; neither is set.');
}

/**
 * How long a connection may take to end before it is destroyed. The timer of one that was broken already is cleared by nobody and holds
 * the process until it has run, two seconds by default.
 */
const lettingGoMs = 200;

async function openRedis(url: string, options: QueueOptions, onError: ReportError): Promise<Backend> {
  // A producer must fail at once when Redis is away: without the offline queue a command does not wait for a reconnect.
  const producer = new Redis(url, {
    ...{ lazyConnect: true, enableOfflineQueue: false, maxRetriesPerRequest: 1, disconnectTimeout: lettingGoMs },
  });
  producer.on('error', onError);
  const timeoutMs = options.timeoutMs ?? 5000;
  try {
    await withinTime(producer.connect(), timeoutMs, 'connecting');
    await withinTime(producer.ping(), timeoutMs, 'answering a ping');
  } catch (cause) {
    producer.disconnect();
    throw new Error(
      `The queue on Redis at ${describeUrl(url)} did not answer within ${timeoutMs} ms. Start Redis, correct REDIS_URL, or unset it to run the queue on PostgreSQL.`,
      { cause },
    );
  }
  // BullMQ requires unlimited retries on a consumer: it blocks there and comes back by itself when Redis does.
  const consumer = new Redis(url, { maxRetriesPerRequest: null, disconnectTimeout: lettingGoMs });
  consumer.on('error', onError);
  const copies = rememberCopies(consumer);
  return {
    kind: 'redis',
    createQueue: (name, defaultJobOptions) =>
      new Queue(name, { connection: producer, prefix: options.prefix, defaultJobOptions }, createRedisBackend),
    createWorker: (name, processor, settings) =>
      new Worker(
        name,
        processor,
        { connection: consumer, prefix: options.prefix, autorun: false, ...settings },
        createRedisBackend,
      ),
    close: async () => {
      for (const connection of [producer, consumer, ...copies]) connection.disconnect();
    },
  };
}

/**
 * BullMQ copies the consumer for its blocking reads and loses sight of a copy whose server was away while it closed; the
 * copy would then reconnect for ever and keep the process from ending.
 */
function rememberCopies(connection: Redis): readonly Redis[] {
  const copies: Redis[] = [];
  const duplicate = connection.duplicate.bind(connection);
  connection.duplicate = (override) => {
    const copy = duplicate(override);
    copies.push(copy);
    return copy;
  };
  return copies;
}

async function openPostgres(url: string, options: QueueOptions, onError: ReportError): Promise<Backend> {
  const timeoutMs = options.timeoutMs ?? 5000;
  // One pool for every queue and worker of the process; each worker keeps one connection for LISTEN, hence the room.
  const pool = new pg.Pool({
    connectionString: url,
    max: options.names.length + 6,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: timeoutMs,
    options: '-c search_path=bullmq',
    application_name: 'thong-hanh-queue',
  });
  pool.on('error', onError);
  // The pool hears only of connections that rest. One that breaks in somebody's hand would end the process, for want of a listener.
  pool.on('connect', (client) => client.on('error', onError));
  // Each worker listens for the pool's errors too; more names than ten would print a leak warning that is none.
  pool.setMaxListeners(options.names.length * 4 + 10);
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, 'bullmq');
    } finally {
      client.release();
    }
  } catch (cause) {
    await pool.end();
    throw new Error(
      `The queue on PostgreSQL at ${describeUrl(url)} could not be prepared within ${timeoutMs} ms. Start PostgreSQL or correct DATABASE_URL; the account must be allowed to create the schema "bullmq".`,
      { cause },
    );
  }
  // PostgreSQL knows no key prefix, so the name of the queue carries it.
  return {
    kind: 'postgres',
    createQueue: (name, defaultJobOptions) =>
      new Queue(
        `${options.prefix}-${name}`,
        { connection: pool as never, defaultJobOptions },
        createPostgresBackend as never,
      ),
    createWorker: (name, processor, settings) =>
      new Worker(
        `${options.prefix}-${name}`,
        processor,
        { connection: pool as never, autorun: false, ...settings },
        createPostgresBackend as never,
      ),
    close: () => pool.end(),
  };
}
