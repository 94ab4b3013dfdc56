export type { CaseDependencies, CommandMeta } from './case-dependencies.js';
export { DelegationService } from './delegation.service.js';
export { delegationEntities } from './entities.js';
export { isMailTemplate, isUrgentMail, type MailTemplate, mailTemplates } from './mails/mail-template.js';
export { mailSubject, type RenderedMail, type RenderMailInput, renderMail } from './mails/render-mail.js';
export { delegationDefinitionId } from './open-case.js';
export type { OpenTimer } from './operations.js';
export type { SendEvent } from './send-event.js';
