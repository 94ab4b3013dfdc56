export { isMailAddress, parseSender } from './address.js';
export { createMailTransport } from './create-mail-transport.js';
export { type DeliveryReport, readDeliveryReport } from './delivery-report.js';
export { openReportFolder } from './report-folder.js';
export { openReportMailbox } from './report-mailbox.js';
export type { ReportMail, ReportMark, ReportSource } from './report-source.js';
export type { MailOutcome, MailResult, MailTransport, MailTransportSettings, OutgoingMail } from './types.js';
