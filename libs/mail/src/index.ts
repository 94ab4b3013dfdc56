export { isMailAddress, parseSender } from './address.js';
export { createMailTransport } from './create-mail-transport.js';
export type { MailOutcome, MailResult, MailTransport, MailTransportSettings, OutgoingMail } from './types.js';
