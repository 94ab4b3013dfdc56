import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '#libs/calendar';
import type { AppConfig } from '#libs/config';
import { CorrespondenceService, LetterheadService } from '#libs/correspondence';
import {
  AuditService,
  CalendarFeedService,
  CalendarService,
  type CaseDependencies,
  DelegationService,
  hasTripOnPlanItem,
  InboxService,
  MailLedgerService,
  OverviewService,
  SuccessionService,
  TripReportService,
} from '#libs/delegation';
import { parseSender } from '#libs/mail';
import type { PreparedReader, UnitOfWork } from '#libs/persistence';
import { PlanCycleService, PlanItemService, PlanService } from '#libs/plan';
import { shippedProfiles } from '#libs/policy';
import { IdentityPapersService, OwnDataService, RetentionService } from '#libs/privacy';
import { CalendarBook, ProfileBook } from '#libs/regulation';
import { ReportRoundService, RoundPaperService, UnitReportService } from '#libs/reporting';
import { createSigner, Runtime } from '#libs/runtime';
import { openStore } from '#libs/storage';
import { workflowDefinitions } from '#workflows/definitions.js';
import { InboxStream } from '../delegation/inbox-stream.js';
import { CalendarWatch } from '../regulation/calendar-watch.js';
import { caseDependenciesToken, clockToken, loggerToken, preparedReaderToken, unitOfWorkToken } from '../tokens.js';

export const profiles = new ProfileBook(shippedProfiles);

export function calendarFeeds(config: AppConfig, given: { unitOfWork: UnitOfWork; clock: Clock }) {
  return new CalendarFeedService({ ...given, place: correspondent(config).place });
}

/** As what the mails and calendars of this system present themselves. */
function correspondent({ mailFrom, publicUrl }: AppConfig) {
  const { address: sender, domain } = parseSender(mailFrom);
  return { sender, place: { domain, publicUrl } };
}

/** The rooms that work on cases; each is given the same things. */
export function caseRooms(config: AppConfig): Provider[] {
  return [
    {
      provide: caseDependenciesToken,
      useFactory: (unitOfWork: UnitOfWork, reader: PreparedReader, clock: Clock, { calendarFor }: CalendarBook) => ({
        unitOfWork,
        reader,
        clock,
        profiles,
        calendarFor,
        runtime: new Runtime({ clock, definitions: workflowDefinitions, calendarFor }),
        store: openStore(config),
      }),
      inject: [unitOfWorkToken, preparedReaderToken, clockToken, CalendarBook],
    },
    {
      provide: DelegationService,
      useFactory: (dependencies: CaseDependencies) => new DelegationService(dependencies),
      inject: [caseDependenciesToken],
    },
    {
      provide: AuditService,
      useFactory: (dependencies: CaseDependencies) => {
        const { signingKey } = config.audit;
        const signer = signingKey && createSigner(signingKey);
        return new AuditService({ ...dependencies, exports: { ...dependencies, signer } });
      },
      inject: [caseDependenciesToken],
    },
    {
      provide: CorrespondenceService,
      useFactory: (dependencies: CaseDependencies) => new CorrespondenceService(dependencies),
      inject: [caseDependenciesToken],
    },
    {
      provide: LetterheadService,
      useFactory: (dependencies: CaseDependencies) => new LetterheadService(dependencies),
      inject: [caseDependenciesToken],
    },
    {
      provide: InboxService,
      useFactory: (dependencies: CaseDependencies) => new InboxService(dependencies),
      inject: [caseDependenciesToken],
    },
    {
      provide: MailLedgerService,
      useFactory: (dependencies: CaseDependencies) =>
        new MailLedgerService({ ...dependencies, ...correspondent(config) }),
      inject: [caseDependenciesToken],
    },
    {
      provide: SuccessionService,
      useFactory: (dependencies: CaseDependencies) => new SuccessionService(dependencies),
      inject: [caseDependenciesToken],
    },
    {
      provide: OverviewService,
      useFactory: (dependencies: CaseDependencies) => new OverviewService(dependencies),
      inject: [caseDependenciesToken],
    },
    ...privacyProviders(config),
    {
      provide: InboxStream,
      useFactory: (inbox: InboxService, clock: Clock, logger: Logger) => new InboxStream({ inbox, clock, logger }),
      inject: [InboxService, clockToken, loggerToken],
    },
  ];
}

function privacyProviders({ dataKeys: keys }: AppConfig): Provider[] {
  return [
    {
      provide: IdentityPapersService,
      useFactory: (dependencies: CaseDependencies) => new IdentityPapersService({ ...dependencies, keys }),
      inject: [caseDependenciesToken],
    },
    {
      provide: RetentionService,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => new RetentionService({ unitOfWork, clock }),
      inject: [unitOfWorkToken, clockToken],
    },
    {
      provide: OwnDataService,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => new OwnDataService({ unitOfWork, clock, keys }),
      inject: [unitOfWorkToken, clockToken],
    },
  ];
}

export function calendarRoom(): Provider[] {
  return [
    {
      provide: CalendarService,
      useFactory: (dependencies: CaseDependencies, calendars: CalendarBook) =>
        new CalendarService({ ...dependencies, calendars }),
      inject: [caseDependenciesToken, CalendarBook],
    },
    {
      provide: CalendarWatch,
      useFactory: (calendars: CalendarBook, reader: PreparedReader, logger: Logger) =>
        new CalendarWatch({ look: () => calendars.refresh(reader), logger }),
      inject: [CalendarBook, preparedReaderToken, loggerToken],
    },
  ];
}

/** The annual plan: its files, its cycle and its lines; what comes after a trip, and the reports on all of them. */
export function planRooms(): Provider[] {
  const planRoom = (dependencies: CaseDependencies) => ({ ...dependencies, hasTrip: hasTripOnPlanItem });
  const plans = [PlanService, PlanCycleService, PlanItemService].map((Room) => ({
    provide: Room,
    useFactory: (dependencies: CaseDependencies) => new Room(planRoom(dependencies)),
    inject: [caseDependenciesToken],
  }));
  const reports = [ReportRoundService, RoundPaperService, UnitReportService].map((Room) => ({
    provide: Room,
    useFactory: (dependencies: CaseDependencies) => new Room(dependencies),
    inject: [caseDependenciesToken],
  }));
  return [
    ...plans,
    ...reports,
    {
      provide: TripReportService,
      useFactory: (dependencies: CaseDependencies) => new TripReportService(dependencies),
      inject: [caseDependenciesToken],
    },
  ];
}
