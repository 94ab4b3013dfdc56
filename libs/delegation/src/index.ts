export { amendmentOf, memberRoleNames, purposeNames } from './amendment-differences.js';
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
export { type CaseRecord, readCaseRecord } from './case-record.js';
export { DelegationService } from './delegation.service.js';
export { addToDossier, keepReceived, type ReceivedDocument, receiveFile } from './dossier.js';
export { delegationEntities } from './entities.js';
export { type ExportDependencies, exportCase } from './export-case.js';
export { InboxService } from './inbox.service.js';
export { concerning, type InboxChanges } from './inbox-changes.js';
export { MailLedgerService, resendLedgerMail } from './mail-ledger.service.js';
export { mailCalendar, needsTripDays } from './mails/mail-calendar.js';
export { everyMailTemplate, mailTemplates, needsAccountLink } from './mails/mail-template.js';
export { delegationMails, type RenderMailInput, renderMail } from './mails/render-mail.js';
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
