import type { Logger } from 'pino';
import { renderMail } from '#libs/delegation';
import type { MailResult, MailTransport } from '#libs/mail';
import type { UnitOfWork } from '#libs/persistence';
import { type ClaimedMail, claimMail, type MailLedgerSettings, recordMailOutcome } from '#libs/runtime';

interface MailHandlerSettings {
  readonly unitOfWork: UnitOfWork;
  readonly ledger: MailLedgerSettings;
  readonly transport: MailTransport;
  readonly publicUrl: string;
  readonly logger: Logger;
}

/**
 * Claim and commit, then send, then record. When this process ends between the server's 250 and the record, the row stays
 * in 'sending' and the sweep shows it as uncertain; it is not sent again.
 */
export function createMailHandler(settings: MailHandlerSettings) {
  const { unitOfWork, ledger, logger } = settings;
  return async (id: string): Promise<void> => {
    const claim = await unitOfWork.run((tx) => claimMail(tx, ledger, id));
    if (claim.kind !== 'claimed') {
      logger.debug({ mail: id, ...claim }, 'mail not sent');
      return;
    }
    const { outcome, response } = await send(claim.mail, settings);
    const { fence } = claim.mail;
    const status = await unitOfWork.run((tx) => recordMailOutcome(tx, ledger, { id, fence, outcome, response }));
    const level = outcome === 'accepted' ? 'info' : 'warn';
    logger[level]({ mail: id, template: claim.mail.template, outcome, status, response }, 'mail');
  };
}

async function send(mail: ClaimedMail, settings: MailHandlerSettings): Promise<MailResult> {
  const { id, address, messageId, threadId, language } = mail;
  try {
    const { subject, text, html } = renderMail({ ...mail, publicUrl: settings.publicUrl });
    const date = settings.ledger.clock.now();
    return await settings.transport.send({ to: address, subject, text, html, messageId, threadId, language, date });
  } catch (error) {
    // The transport never throws, so this mail cannot be written; another try would end the same way.
    settings.logger.error({ mail: id, error: (error as Error).message }, 'mail cannot be written');
    return { outcome: 'permanent', response: 'The mail could not be written; see the log of the worker.' };
  }
}
