export { parseSender } from './address.js';
export { createMailTransport } from './create-mail-transport.js';
export { readDeliveryReport } from './delivery-report.js';
export { openReportFolder } from './report-folder.js';
export { openReportMailbox } from './report-mailbox.js';
export type { ReportMail, ReportMark, ReportSource } from './report-source.js';
export type { MailResult, MailTransport, OutgoingMail } from './types.js';
