import type { DataSource } from 'typeorm';
import { correspondenceEntities } from '#libs/correspondence';
import { delegationEntities } from '#libs/delegation';
import { organisationEntities } from '#libs/organisation';
import { createDataSource } from '#libs/persistence';
import { planEntities } from '#libs/plan';
import { privacyEntities } from '#libs/privacy';
import { regulationEntities } from '#libs/regulation';
import { reportingEntities } from '#libs/reporting';
import { runtimeEntities } from '#libs/runtime';
import { Runtime1763700000000 } from './1763700000000-runtime.js';
import { MailLedger1763700001000 } from './1763700001000-mail-ledger.js';
import { Organisation1763700002000 } from './1763700002000-organisation.js';
import { Plan1763700003000 } from './1763700003000-plan.js';
import { Delegation1763700004000 } from './1763700004000-delegation.js';
import { TestClock1763700005000 } from './1763700005000-test-clock.js';
import { Ladders1763700009000 } from './1763700009000-ladders.js';
import { MailDelivery1763700011000 } from './1763700011000-mail-delivery.js';
import { MailOccasions1763700011001 } from './1763700011001-mail-occasions.js';
import { Substitution1763700012000 } from './1763700012000-substitution.js';
import { SignIn1763700012100 } from './1763700012100-sign-in.js';
import { SecondFactor1763700012200 } from './1763700012200-second-factor.js';
import { AccountLinks1763700012300 } from './1763700012300-account-links.js';
import { Regulation1763700014000 } from './1763700014000-regulation.js';
import { OutsideSystem1763700014100 } from './1763700014100-outside-system.js';
import { Correspondence1763700015000 } from './1763700015000-correspondence.js';
import { Audit1763700016000 } from './1763700016000-audit.js';
import { SavedInboxViews1763700017000 } from './1763700017000-saved-inbox-views.js';
import { DepartureIndex1763700017001 } from './1763700017001-departure-index.js';
import { CalendarFeeds1763700021000 } from './1763700021000-calendar-feeds.js';
import { DueInOrder1763700022000 } from './1763700022000-due-in-order.js';
import { CalendarChanges1763700023000 } from './1763700023000-calendar-changes.js';
import { PlanReminders1763700023100 } from './1763700023100-plan-reminders.js';
import { PlanCycle1763700025000 } from './1763700025000-plan-cycle.js';
import { TripReports1763700025100 } from './1763700025100-trip-reports.js';
import { AccountMail1763700026000 } from './1763700026000-account-mail.js';
import { IdentityProvider1763700026100 } from './1763700026100-identity-provider.js';
import { ApiTokens1763700026200 } from './1763700026200-api-tokens.js';
import { Succession1763700026300 } from './1763700026300-succession.js';
import { NoProfileOfAProvince1763700026400 } from './1763700026400-no-profile-of-a-province.js';
import { Privacy1763700027000 } from './1763700027000-privacy.js';
import { TrialClock1763700029000 } from './1763700029000-trial-clock.js';
import { MailOfItsMessage1763700030000 } from './1763700030000-mail-of-its-message.js';
import { ReportRounds1763700032000 } from './1763700032000-report-rounds.js';
import { RulesOfDocuments1763700033000 } from './1763700033000-rules-of-documents.js';
import { Letterheads1763700033100 } from './1763700033100-letterheads.js';
import { SignInAgain1763700034000 } from './1763700034000-sign-in-again.js';
import { PlanPeriod1763700035000 } from './1763700035000-plan-period.js';
import { DeliveryReportSources1763700040000 } from './1763700040000-delivery-report-sources.js';
import { TripFigures1763700041000 } from './1763700041000-trip-figures.js';
import { RulesOfPeriodicReports1763700041100 } from './1763700041100-rules-of-periodic-reports.js';
import { SignedPapers1763700041200 } from './1763700041200-signed-papers.js';
import { ReadersOfACase1763700043000 } from './1763700043000-readers-of-a-case.js';
import { SecondFactorAtEachRequest1763700043100 } from './1763700043100-second-factor-at-each-request.js';
import { VersionOfASeal1763700043200 } from './1763700043200-version-of-a-seal.js';
import { RolesThatSteeredNothing1763700045000 } from './1763700045000-roles-that-steered-nothing.js';
import { CaseOfAMessage1763700046000 } from './1763700046000-case-of-a-message.js';
import { OneKeyOfAMail1763700047000 } from './1763700047000-one-key-of-a-mail.js';
import { WorkersAtWork1763700048000 } from './1763700048000-workers-at-work.js';

/** Every room appends its entities and migrations here; the order of migrations is that of their time. */
const entities = [
  ...runtimeEntities,
  ...organisationEntities,
  ...regulationEntities,
  ...planEntities,
  ...delegationEntities,
  ...correspondenceEntities,
  ...privacyEntities,
  ...reportingEntities,
];
const migrations = [
  Runtime1763700000000,
  MailLedger1763700001000,
  Organisation1763700002000,
  Plan1763700003000,
  Delegation1763700004000,
  TestClock1763700005000,
  Ladders1763700009000,
  MailDelivery1763700011000,
  MailOccasions1763700011001,
  Substitution1763700012000,
  SignIn1763700012100,
  SecondFactor1763700012200,
  AccountLinks1763700012300,
  Regulation1763700014000,
  OutsideSystem1763700014100,
  Correspondence1763700015000,
  Audit1763700016000,
  SavedInboxViews1763700017000,
  DepartureIndex1763700017001,
  CalendarFeeds1763700021000,
  DueInOrder1763700022000,
  CalendarChanges1763700023000,
  PlanReminders1763700023100,
  PlanCycle1763700025000,
  TripReports1763700025100,
  AccountMail1763700026000,
  IdentityProvider1763700026100,
  ApiTokens1763700026200,
  Succession1763700026300,
  NoProfileOfAProvince1763700026400,
  Privacy1763700027000,
  TrialClock1763700029000,
  MailOfItsMessage1763700030000,
  ReportRounds1763700032000,
  RulesOfDocuments1763700033000,
  Letterheads1763700033100,
  SignInAgain1763700034000,
  PlanPeriod1763700035000,
  DeliveryReportSources1763700040000,
  TripFigures1763700041000,
  RulesOfPeriodicReports1763700041100,
  SignedPapers1763700041200,
  ReadersOfACase1763700043000,
  SecondFactorAtEachRequest1763700043100,
  VersionOfASeal1763700043200,
  RolesThatSteeredNothing1763700045000,
  CaseOfAMessage1763700046000,
  OneKeyOfAMail1763700047000,
  WorkersAtWork1763700048000,
];

/** The whole schema: used by the composition roots, the migration scripts and the tests. Not connected yet. */
export function createAppDataSource(settings: {
  url: string;
  poolSize?: number;
  applicationName?: string;
}): DataSource {
  return createDataSource({ ...settings, entities, migrations });
}
