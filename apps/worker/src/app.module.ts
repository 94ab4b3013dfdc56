import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import { DataSource } from 'typeorm';
import { type Clock, systemClock, vietnamHolidays } from '#libs/calendar';
import type { AppConfig } from '#libs/config';
import { createPlanReminders, delegationMails, settleCalendar } from '#libs/delegation';
import { createMailTransport, type MailTransport, openReportFolder, openReportMailbox, parseSender } from '#libs/mail';
import { mailDirectory, purgeSignIn } from '#libs/organisation';
import { createPreparedReader, createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { shippedProfiles } from '#libs/policy';
import { applyDailyRetention } from '#libs/privacy';
import { openQueues, type Queues, type QueueTrace } from '#libs/queue';
import { CalendarBook, ProfileBook } from '#libs/regulation';
import { createDatabaseClock, createSigner, type MailLedgerSettings, Runtime } from '#libs/runtime';
import { sweepDrafts } from '#libs/storage';
import { openTracing, type Tracing, traceDatabase } from '#libs/tracing';
import { createAppDataSource } from '#migrations/data-source.js';
import { workflowDefinitions } from '#workflows/definitions.js';
import { createAccountLinks } from './account-links.js';
import { createAuditChore } from './audit-chore.js';
import { createCountingChore } from './counting-chore.js';
import { createDeliveryReportChore } from './delivery-report-chore.js';
import { createPresenceChore } from './presence-chore.js';
import { createSuccessionChore } from './succession-chore.js';
import { type Chore, queueNames } from './sweep.js';
import { traceQueue, traceTransport } from './traces.js';
import { Worker } from './worker.js';

const configToken = Symbol('config');
const clockToken = Symbol('clock');
const queuesToken = Symbol('queues');
const loggerToken = Symbol('logger');
const tracingToken = Symbol('tracing');

/** Undefined inside when no collector is set. */
interface TracingHolder {
  readonly tracing: Tracing | undefined;
}

export { loggerToken };

const profiles = new ProfileBook(shippedProfiles);

interface SharedClock extends Clock {
  readonly refresh: () => Promise<void>;
}

/** The composition root: the only file of this app that reads the configuration and opens connections. */
@Module({})
export class AppModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    private readonly worker: Worker,
    @Inject(loggerToken) private readonly logger: Logger,
    @Inject(tracingToken) private readonly traces: TracingHolder,
  ) {}

  static register(config: AppConfig): DynamicModule {
    return { module: AppModule, providers: providersFor(config) };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.worker.stop();
    await this.dataSource.destroy();
    await this.traces.tracing?.close();
    this.logger.info('The worker has stopped.');
  }
}

function providersFor(config: AppConfig): Provider[] {
  return [
    { provide: configToken, useValue: config },
    { provide: loggerToken, useValue: pino({ level: config.logLevel, base: { app: 'worker', pid: process.pid } }) },
    {
      provide: tracingToken,
      useFactory: async () => ({
        tracing: await openTracing({ endpoint: config.tracesEndpoint, service: 'thong-hanh-worker' }),
      }),
    },
    {
      provide: DataSource,
      useFactory: (holder: TracingHolder) => connect(config, holder),
      inject: [tracingToken],
    },
    {
      provide: clockToken,
      useFactory: (dataSource: DataSource) => openClock(config, dataSource),
      inject: [DataSource],
    },
    { provide: CalendarBook, useFactory: openCalendars, inject: [DataSource] },
    {
      provide: queuesToken,
      useFactory: (logger: Logger, { tracing }: TracingHolder) =>
        openQueuesOf(config, { log: logger, trace: traceQueue(tracing) }),
      inject: [loggerToken, tracingToken],
    },
    {
      provide: Worker,
      useFactory: (
        dataSource: DataSource,
        calendars: CalendarBook,
        clock: SharedClock,
        queues: Queues,
        logger: Logger,
        { tracing }: TracingHolder,
      ) => {
        const { calendarFor } = calendars;
        const reader = createPreparedReader(dataSource);
        const unitOfWork = createUnitOfWork(dataSource);
        const runtime = new Runtime({ clock, definitions: workflowDefinitions, calendarFor });
        const settling: Chore = {
          everyBeats: Math.ceil(10_000 / intervalOf(config)),
          run: async () => {
            const moved = await settleCalendar({ unitOfWork, reader, clock, runtime, calendars });
            if (moved > 0) logger.info({ moved }, 'deadlines counted by the old calendar were moved');
            return false;
          },
        };
        const remindOfPlan = createPlanReminders({
          unitOfWork,
          clock,
          profiles,
          calendarFor,
        });
        const reminding: Chore = {
          everyBeats: 1,
          run: async () => {
            await remindOfPlan();
            return false;
          },
        };
        return new Worker({
          unitOfWork,
          runtime,
          ledger: ledgerSettings(config, { clock, calendarFor }),
          queues,
          transport: traceTransport(mailTransportOf(config), tracing),
          publicUrl: config.publicUrl,
          accountLink: createAccountLinks({ ...config, unitOfWork: createUnitOfWork(dataSource), clock: systemClock }),
          concurrency: config.workerConcurrency,
          intervalMs: intervalOf(config),
          healthPort: config.workerHealthPort,
          mailConnections: config.smtpConnections,
          refreshClock: async () => {
            await Promise.all([clock.refresh(), calendars.refresh(reader)]);
          },
          chores: [
            createPresenceChore({ everyBeats: Math.ceil(5000 / intervalOf(config)), unitOfWork, queues }),
            reminding,
            settling,
            createCountingChore({ everyBeats: Math.ceil(5000 / intervalOf(config)), unitOfWork }),
            createSuccessionChore({ everyBeats: everyMinute(config), unitOfWork, clock, runtime, profiles, logger }),
            ...choresOf(config, { dataSource, clock, logger }),
          ],
          logger,
        });
      },
      inject: [DataSource, CalendarBook, clockToken, queuesToken, loggerToken, tracingToken],
    },
  ];
}

const reportRestMs = 30_000;
const everyMinute = (config: AppConfig) => Math.ceil(60_000 / intervalOf(config));

function mailTransportOf(config: AppConfig): MailTransport {
  return createMailTransport({
    smtpUrl: config.smtpUrl,
    needsTls: config.smtpNeedsTls,
    from: config.mailFrom,
    bounceAddress: config.mailBounceAddress,
    maxConnections: config.smtpConnections,
  });
}

/** Milliseconds. Who moves the clock by hand waits for each step, so it should not be a second. */
function intervalOf(config: AppConfig): number {
  return config.clock === 'system' ? 1000 : 200;
}

function choresOf(
  config: AppConfig,
  given: { dataSource: DataSource; clock: Clock; logger: Logger },
): readonly Chore[] {
  const unitOfWork = createUnitOfWork(given.dataSource);
  const reports = reportChore(config, { ...given, unitOfWork });
  const purging: Chore = {
    everyBeats: Math.ceil(3_600_000 / intervalOf(config)),
    run: async () => {
      await unitOfWork.run((tx) => purgeSignIn(tx, systemClock.now()));
      const drafts = await sweepDrafts(config.storageDir, systemClock.now());
      if (drafts > 0) given.logger.info({ drafts }, 'drafts of uploads nobody finished were removed');
      return false;
    },
  };
  const { clock, logger } = given;
  const forgetting: Chore = {
    everyBeats: Math.ceil(3_600_000 / intervalOf(config)),
    run: async () => {
      for (const { id, erased } of await applyDailyRetention({ unitOfWork, clock }))
        logger.info({ run: id, erased }, 'retention');
      return false;
    },
  };
  const { signingKey, directory, intervalMs } = config.audit;
  if (signingKey === undefined) {
    logger.warn('AUDIT_SIGNING_KEY is not set: no audit checkpoint is signed.');
    return [purging, forgetting, reports];
  }
  const everyBeats = Math.ceil(intervalMs / intervalOf(config));
  const signer = createSigner(signingKey);
  return [
    ...[purging, forgetting, reports],
    createAuditChore({ everyBeats, unitOfWork, signer, directory, clock, logger }),
  ];
}

/** Looks for delivery reports twice a minute, where any may arrive. */
function reportChore(config: AppConfig, given: { unitOfWork: UnitOfWork; clock: Clock; logger: Logger }): Chore {
  const { deliveryReportsDir: directory, deliveryReportsImapUrl: url } = config;
  const sources = [
    ...(directory === undefined ? [] : [openReportFolder(directory)]),
    ...(url === undefined ? [] : [openReportMailbox({ url })]),
  ];
  const everyBeats = Math.ceil(reportRestMs / intervalOf(config));
  const { domain } = parseSender(config.mailFrom);
  // A little less, so that a worker that is alone looks at every turn.
  return createDeliveryReportChore({ ...given, sources, everyBeats, domain, restMs: reportRestMs - 1000 });
}

function ledgerSettings(
  config: AppConfig,
  { clock, calendarFor }: Pick<MailLedgerSettings, 'clock' | 'calendarFor'>,
): MailLedgerSettings {
  return {
    clock,
    calendarFor,
    directory: mailDirectory,
    templates: delegationMails,
    domain: parseSender(config.mailFrom).domain,
  };
}

async function connect(config: AppConfig, { tracing }: TracingHolder): Promise<DataSource> {
  const { databaseUrl, databasePoolSize } = config;
  // Each job and the beat hold one connection; more would wait idle.
  const poolSize = Math.min(databasePoolSize, 2 * config.workerConcurrency + 1);
  const settings = { url: databaseUrl, poolSize, applicationName: 'thong-hanh-worker' };
  const dataSource = await createAppDataSource(settings).initialize();
  if (tracing !== undefined) traceDatabase((dataSource.driver as unknown as { master: never }).master, tracing);
  return dataSource;
}

/** Read before the first job is taken; then the beat looks for changes. */
async function openCalendars(dataSource: DataSource): Promise<CalendarBook> {
  const calendars = new CalendarBook(vietnamHolidays);
  await calendars.refresh(createPreparedReader(dataSource));
  return calendars;
}

async function openClock(config: AppConfig, dataSource: DataSource): Promise<SharedClock> {
  if (config.clock === 'system') return { ...systemClock, refresh: async () => undefined };
  return createDatabaseClock(dataSource, {
    runs: config.clock === 'trial',
    production: config.nodeEnv === 'production',
  });
}

function openQueuesOf(
  config: AppConfig,
  more: { readonly log: Logger; readonly trace: QueueTrace | undefined },
): Promise<Queues> {
  const { databaseUrl } = config;
  return openQueues({ names: queueNames, redisUrl: config.queue.redisUrl, databaseUrl, prefix: 'thong-hanh', ...more });
}
