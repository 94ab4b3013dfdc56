export { isMailAddress, parseSender } from './address.js';
export { createMailTransport } from './create-mail-transport.js';
export { type DeliveryReport, readDeliveryReport } from './delivery-report.js';
export { openReportFolder, type ReportFile, type ReportFolder } from './report-folder.js';
export type { MailOutcome, MailResult, MailTransport, MailTransportSettings, OutgoingMail } from './types.js';
