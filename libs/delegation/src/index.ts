export { amendmentOf, differencesBetween, memberRoleNames, purposeNames } from './amendment-differences.js';
export { AuditService } from './audit.service.js';
export { CalendarService, readCalendarYear } from './calendar.service.js';
export { CalendarFeedService } from './calendar-feed.service.js';
export {
  applyCalendar,
  type CalendarAuthor,
  type CalendarDependencies,
  previewCalendar,
  recomputeCase,
  settleCalendar,
} from './calendar-impact.js';
export { requireCase, tripScopeOf } from './case-access.js';
export type { CaseDependencies, CommandMeta } from './case-dependencies.js';
export { contextOf } from './case-facts.js';
export { type CaseRecord, type PlanReference, readCaseRecord } from './case-record.js';
export { DelegationService } from './delegation.service.js';
export { addToDossier, keepReceived, type ReceivedDocument, receiveFile } from './dossier.js';
export { delegationEntities } from './entities.js';
export { type CaseBundle, type ExportDependencies, exportCase } from './export-case.js';
export { InboxService } from './inbox.service.js';
export { concerning, type InboxChanges, type InboxWatch } from './inbox-changes.js';
export { MailLedgerService, resendLedgerMail } from './mail-ledger.service.js';
export {
  type CalendarPlace,
  type MailCalendar,
  mailCalendar,
  needsTripDays,
  type TripDays,
} from './mails/mail-calendar.js';
export { everyMailTemplate, type MailTemplate, mailTemplates, needsAccountLink } from './mails/mail-template.js';
export { delegationMails, type RenderedMail, type RenderMailInput, renderMail } from './mails/render-mail.js';
export { delegationDefinitionId } from './open-case.js';
export type { OpenTimer } from './operations.js';
export { OverviewService } from './overview.service.js';
export { hasTripOnPlanItem } from './plan-actuals.js';
export { createPlanReminders, takeDutyAsSaid } from './plan-reminders.js';
export { ProposalEntity } from './proposal.entity.js';
export type { SendEvent } from './send-event.js';
export { deadlineText } from './state-texts.js';
export { StoredFileEntity } from './stored-file.entity.js';
export { carryOutDue, type SuccessionDependencies } from './succession.js';
export { SuccessionService } from './succession.service.js';
export { readTripDays } from './trip-days.js';
export { TripReportService } from './trip-report.service.js';
