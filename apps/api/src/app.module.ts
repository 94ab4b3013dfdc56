import { type DynamicModule, Inject, Module, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, Reflector } from '@nestjs/core';
import { type Logger, pino } from 'pino';
import { DataSource } from 'typeorm';
import { type Clock, systemClock, vietnamHolidays } from '#libs/calendar';
import type { AppConfig } from '#libs/config';
import { CalendarFeedService } from '#libs/delegation';
import {
  ApiTokenService,
  mailDirectory,
  OrganisationService,
  SessionService,
  SubstitutionService,
} from '#libs/organisation';
import { createPreparedReader, createUnitOfWork, type PreparedReader, type UnitOfWork } from '#libs/persistence';
import { CalendarBook, RegulationService } from '#libs/regulation';
import { ReportingService } from '#libs/reporting';
import { createDatabaseClock, type DatabaseClock, isSettled, pendingWork, waitingWork } from '#libs/runtime';
import { openTracing, traceDatabase } from '#libs/tracing';
import { createAppDataSource } from '#migrations/data-source.js';
import { calendarFeeds, calendarRoom, caseRooms, planRooms, profiles } from './composition/cases.js';
import { identity } from './composition/identity.js';
import { CorrespondenceController } from './correspondence/correspondence.controller.js';
import { LetterheadController } from './correspondence/letterhead.controller.js';
import { CalendarFeedController } from './delegation/calendar-feed.controller.js';
import { DelegationController } from './delegation/delegation.controller.js';
import { InboxController } from './delegation/inbox.controller.js';
import { OverviewController } from './delegation/overview.controller.js';
import { HealthController, type Readiness, readinessToken } from './http/health.controller.js';
import { ProblemFilter } from './http/problem-filter.js';
import { RateLimiter } from './http/rate-limit.js';
import { createValidationPipe } from './http/validation.js';
import { AuditController } from './operations/audit.controller.js';
import { MailController } from './operations/mail.controller.js';
import { Metrics, MetricsController } from './operations/metrics.js';
import { OperationsController } from './operations/operations.controller.js';
import { type TestClock, TestClockController, TestClockGuard, testClockToken } from './operations/test-clock.js';
import { DirectoryController } from './organisation/directory.controller.js';
import { OrganisationController } from './organisation/organisation.controller.js';
import { SubstitutionController } from './organisation/substitution.controller.js';
import { SuccessionController } from './organisation/succession.controller.js';
import { PlanController } from './plan/plan.controller.js';
import { PlanCycleController } from './plan/plan-cycle.controller.js';
import { PrivacyController } from './privacy/privacy.controller.js';
import { CalendarController } from './regulation/calendar.controller.js';
import { RegulationController } from './regulation/regulation.controller.js';
import { ReportRoundController } from './reporting/report-round.controller.js';
import { ReportingController } from './reporting/reporting.controller.js';
import { TripReportController } from './reporting/trip-report.controller.js';
import { AccountLinkController } from './session/account-link.controller.js';
import { ApiTokenController } from './session/api-token.controller.js';
import { ProviderController } from './session/provider.controller.js';
import { SameOriginGuard } from './session/same-origin-guard.js';
import { SecondFactorController } from './session/second-factor.controller.js';
import { SessionController } from './session/session.controller.js';
import { SessionCookie } from './session/session-cookie.js';
import { SessionGuard } from './session/session-guard.js';
import {
  clockToken,
  configToken,
  loggerToken,
  preparedReaderToken,
  type TracingHolder,
  tracingToken,
  unitOfWorkToken,
} from './tokens.js';

/** What a test or a launcher may put in the place of what the configuration would give. */
export interface ApiOverrides {
  /** A connected data source; the caller closes it. */
  readonly dataSource?: DataSource;
  /** The day the province works on. */
  readonly clock?: Clock;
  /** The time of browsers: lifetimes of sessions, limits of attempts. */
  readonly wallClock?: Clock;
  readonly logger?: Logger;
}

const ownsDataSource = Symbol('ownsDataSource');

/**
 * The composition root: only this file and `composition/` see the runtime and the database. A room adds its service there and its
 * controllers here.
 */
@Module({})
export class AppModule implements OnApplicationShutdown {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(ownsDataSource) private readonly owns: boolean,
    @Inject(tracingToken) private readonly traces: TracingHolder,
  ) {}

  static register(config: AppConfig, overrides: ApiOverrides = {}): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        HealthController,
        SessionController,
        SecondFactorController,
        AccountLinkController,
        ProviderController,
        DirectoryController,
        ApiTokenController,
        OrganisationController,
        SubstitutionController,
        SuccessionController,
        PlanController,
        PlanCycleController,
        DelegationController,
        CalendarFeedController,
        RegulationController,
        CalendarController,
        CorrespondenceController,
        LetterheadController,
        LetterheadController,
        InboxController,
        OverviewController,
        ReportingController,
        ReportRoundController,
        TripReportController,
        OperationsController,
        MailController,
        AuditController,
        PrivacyController,
        MetricsController,
        ...(config.clock === 'system' ? [] : [TestClockController]),
      ],
      providers: [
        ...foundations(config, overrides),
        ...rooms(config, overrides),
        ...planRooms(),
        ...calendarRoom(),
        ...edges(config),
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.owns && this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.traces.tracing?.close();
  }
}

function foundations(config: AppConfig, overrides: ApiOverrides): Provider[] {
  return [
    { provide: configToken, useValue: config },
    { provide: loggerToken, useValue: overrides.logger ?? pino({ level: config.logLevel }) },
    { provide: ownsDataSource, useValue: overrides.dataSource === undefined },
    {
      provide: tracingToken,
      useFactory: async () => ({
        tracing: await openTracing({ endpoint: config.tracesEndpoint, service: 'thong-hanh-api' }),
      }),
    },
    {
      provide: DataSource,
      useFactory: (holder: TracingHolder) => overrides.dataSource ?? connect(config, holder),
      inject: [tracingToken],
    },
    { provide: unitOfWorkToken, useFactory: createUnitOfWork, inject: [DataSource] },
    { provide: preparedReaderToken, useFactory: createPreparedReader, inject: [DataSource] },
    { provide: CalendarBook, useFactory: () => new CalendarBook(vietnamHolidays) },
    ...clockProviders(config, overrides),
    {
      provide: Metrics,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock, tokens: ApiTokenService) =>
        new Metrics({
          work: { read: () => unitOfWork.run((tx) => waitingWork(tx, clock.now())) },
          token: config.metricsToken,
          open: config.nodeEnv !== 'production',
          isSystem: async (authorization) => {
            const found = await tokens.principalOf(authorization.replace(/^Bearer /, ''));
            return found?.scopes.includes('metrics:read') ?? false;
          },
        }),
      inject: [unitOfWorkToken, clockToken, ApiTokenService],
    },
    { provide: readinessToken, useFactory: createReadiness, inject: [DataSource] },
  ];
}

/** Unless it is the machine's, every process of the database shares one clock, and each request reads it before anything else. */
function clockProviders(config: AppConfig, overrides: ApiOverrides): Provider[] {
  if (config.clock === 'system') return [{ provide: clockToken, useValue: overrides.clock ?? systemClock }];
  const settings = { runs: config.clock === 'trial', production: config.nodeEnv === 'production' };
  return [
    {
      provide: testClockToken,
      useFactory: async (dataSource: DataSource, unitOfWork: UnitOfWork, { calendarFor }: CalendarBook) => {
        const clock = await createDatabaseClock(dataSource, settings);
        return createTestClock({ clock, unitOfWork, calendarFor, isTrial: settings.runs });
      },
      inject: [DataSource, unitOfWorkToken, CalendarBook],
    },
    { provide: clockToken, useExisting: testClockToken },
  ];
}

const testClockGuard: Provider = {
  provide: APP_GUARD,
  useFactory: (clock: TestClock) => new TestClockGuard(clock),
  inject: [testClockToken],
};

function createTestClock(given: {
  clock: DatabaseClock;
  unitOfWork: UnitOfWork;
  calendarFor: CalendarBook['calendarFor'];
  isTrial: boolean;
}): TestClock {
  const { clock, unitOfWork, calendarFor, isTrial } = given;
  return {
    isTrial,
    now: () => clock.now(),
    refresh: () => clock.refresh(),
    set: (at) => clock.set(at),
    calendarFor,
    async pending() {
      const { nextAt, ...work } = await unitOfWork.run((tx) =>
        pendingWork(tx, { clock, calendarFor, directory: mailDirectory }),
      );
      return { settled: isSettled({ nextAt, ...work }), work, nextAt };
    },
  };
}

function rooms(config: AppConfig, overrides: ApiOverrides): Provider[] {
  return [
    ...identity(config, overrides.wallClock ?? systemClock),
    {
      provide: OrganisationService,
      useFactory: (unitOfWork: UnitOfWork, reader: PreparedReader, clock: Clock) =>
        new OrganisationService({ unitOfWork, reader, clock, isTrial: config.clock === 'trial' }),
      inject: [unitOfWorkToken, preparedReaderToken, clockToken],
    },
    {
      provide: SubstitutionService,
      useFactory: (unitOfWork: UnitOfWork, reader: PreparedReader, clock: Clock) =>
        new SubstitutionService({ unitOfWork, reader, clock }),
      inject: [unitOfWorkToken, preparedReaderToken, clockToken],
    },
    {
      provide: RegulationService,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => new RegulationService({ unitOfWork, clock, profiles }),
      inject: [unitOfWorkToken, clockToken],
    },
    {
      provide: ReportingService,
      useFactory: (reader: PreparedReader, clock: Clock) => new ReportingService({ reader, clock }),
      inject: [preparedReaderToken, clockToken],
    },
    {
      provide: CalendarFeedService,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => calendarFeeds(config, { unitOfWork, clock }),
      inject: [unitOfWorkToken, clockToken],
    },
    ...caseRooms(config),
  ];
}

/** Guards run in this order: where the request comes from, then who sends it. */
function edges(config: AppConfig): Provider[] {
  return [
    { provide: SessionCookie, useValue: new SessionCookie({ https: config.publicUrl.startsWith('https:') }) },
    { provide: APP_FILTER, useFactory: (logger: Logger) => new ProblemFilter(logger), inject: [loggerToken] },
    { provide: APP_PIPE, useFactory: createValidationPipe },
    ...(config.clock === 'system' ? [] : [testClockGuard]),
    {
      provide: APP_GUARD,
      useFactory: (reflector: Reflector) => new SameOriginGuard(config, reflector),
      inject: [Reflector],
    },
    {
      provide: APP_GUARD,
      useFactory: (reflector: Reflector, sessions: SessionService, tokens: ApiTokenService, cookie: SessionCookie) =>
        new SessionGuard(reflector, sessions, tokens, new RateLimiter(config.requestLimits.accountPerMinute), cookie),
      inject: [Reflector, SessionService, ApiTokenService, SessionCookie],
    },
  ];
}

async function connect(config: AppConfig, { tracing }: TracingHolder): Promise<DataSource> {
  const { databaseUrl: url, databasePoolSize: poolSize } = config;
  const dataSource = await createAppDataSource({ url, poolSize, applicationName: 'thong-hanh-api' }).initialize();
  if (tracing !== undefined) traceDatabase((dataSource.driver as unknown as { master: never }).master, tracing);
  return dataSource;
}

/** A database with every migration stays so while this process runs; one without is asked again. */
function createReadiness(dataSource: DataSource): Readiness {
  let complete = false;
  return {
    async pendingMigrations() {
      if (complete) await dataSource.query('select 1');
      else complete = !(await dataSource.showMigrations());
      return !complete;
    },
  };
}
