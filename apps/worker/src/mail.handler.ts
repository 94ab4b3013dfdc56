import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { mailCalendar, needsTripDays, readTripDays, renderMail } from '#libs/delegation';
import type { MailResult, MailTransport } from '#libs/mail';
import type { UnitOfWork } from '#libs/persistence';
import {
  type ClaimedMail,
  type ClaimOutcome,
  claimMails,
  dueMailIds,
  type MailLedgerSettings,
  releaseMails,
  setMailAside,
} from '#libs/runtime';
import { createRecorder, type Recorder } from './recorder.js';

interface MailHandlerSettings {
  readonly unitOfWork: UnitOfWork;
  readonly ledger: MailLedgerSettings;
  readonly transport: MailTransport;
  readonly publicUrl: string;
  /** Makes the link of a mail that sets a password; null for every other mail. */
  readonly accountLink?: (mail: ClaimedMail) => Promise<string | null>;
  /** Mails claimed together. All of them are sent at once, so a crash leaves no more than these in doubt. */
  readonly mailGroup: number;
  /** True: what is in hand is finished, nothing more is taken. */
  readonly isStopping: () => boolean;
  readonly recordRetryWaitsMs?: readonly number[];
  readonly logger: Logger;
}

const asideMs = 10 * 60_000;

/**
 * Claims a group of due mails, each with a fence of its own, and commits; then sends them side by side and records each; and so on
 * until nothing is due. When this process ends between the server's 250 and the record, the row stays in 'sending' and the sweep
 * shows it as uncertain; it is not sent again. A job only wakes us up: whatever is due is taken.
 */
export function createMailHandler(settings: MailHandlerSettings) {
  const { mailGroup, isStopping } = settings;
  return async (): Promise<void> => {
    while (!isStopping()) if ((await sendGroup(settings)) < mailGroup) return;
  };
}

/** How many were claimed. */
async function sendGroup(settings: MailHandlerSettings): Promise<number> {
  let claims: readonly ClaimOutcome[];
  try {
    claims = await takeClaims(settings, { limit: settings.mailGroup });
  } catch (error) {
    settings.logger.warn({ error: (error as Error).message }, 'A group of mails cannot be claimed; going one by one.');
    return sendOneByOne(settings);
  }
  const recorder = createRecorder(settings);
  await Promise.all(claims.map((one) => handle(one, { settings, recorder })));
  return claims.length;
}

/**
 * A row that breaks its group is found and put aside so that the others go on. Each is sent and recorded before the next is claimed:
 * whatever ends this walk, no mail is in doubt but the one that is being sent.
 */
async function sendOneByOne(settings: MailHandlerSettings): Promise<number> {
  const { unitOfWork, ledger, mailGroup, isStopping } = settings;
  const recorder = createRecorder(settings);
  let claimed = 0;
  for (const id of await unitOfWork.run((tx) => dueMailIds(tx, ledger, { limit: mailGroup }))) {
    if (isStopping()) break;
    const claims = await takeOne(id, settings);
    claimed += claims.length;
    for (const one of claims) await handle(one, { settings, recorder });
  }
  return claimed;
}

async function takeOne(id: string, settings: MailHandlerSettings): Promise<ClaimOutcome[]> {
  const { unitOfWork, ledger, logger } = settings;
  try {
    return await takeClaims(settings, { limit: 1, ids: [id] });
  } catch (error) {
    logger.error({ mail: id, error: (error as Error).message }, 'mail put aside');
    const until = new Date(ledger.clock.now().getTime() + asideMs);
    await unitOfWork.run((tx) => setMailAside(tx, { id, until }));
    return [];
  }
}

/**
 * When the answer to the commit is lost, the claims may stand all the same. Nothing of them was handed over, and nobody else knows their
 * fences: they are given back, so that none is shown as uncertain that never left.
 */
async function takeClaims(
  { unitOfWork, ledger }: MailHandlerSettings,
  wanted: { readonly limit: number; readonly ids?: readonly string[] },
): Promise<ClaimOutcome[]> {
  const fences: string[] = [];
  const newFence = () => {
    const fence = randomUUID();
    fences.push(fence);
    return fence;
  };
  try {
    return await unitOfWork.run((tx) => claimMails(tx, ledger, { ...wanted, newFence }));
  } catch (error) {
    if (fences.length > 0) await unitOfWork.run((tx) => releaseMails(tx, fences));
    throw error;
  }
}

async function handle(
  claim: ClaimOutcome,
  { settings, recorder }: { settings: MailHandlerSettings; recorder: Recorder },
): Promise<void> {
  const { logger } = settings;
  if (claim.kind !== 'claimed') {
    logger.debug({ mail: claim.id, ...claim }, 'mail not sent');
    return;
  }
  const { id, fence, template, instanceId } = claim.mail;
  const { outcome, response } = await send(claim.mail, settings);
  const status = await recorder.record({ id, fence, outcome, response });
  const level = outcome === 'accepted' ? 'info' : 'warn';
  logger[level](
    { mail: id, caseId: instanceId, template, outcome, status, response: withoutAddresses(response) },
    'mail',
  );
}

/** A mail server that refuses likes to repeat whom it refused; the ledger keeps the whole answer, the log does not. */
export function withoutAddresses(response: string): string {
  return response.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, '…@…');
}

async function send(mail: ClaimedMail, settings: MailHandlerSettings): Promise<MailResult> {
  const { id, address, messageId, threadId, language } = mail;
  const { transport, publicUrl, ledger } = settings;
  const trip = await tripOf(mail, settings);
  if (trip === 'unknown') return { outcome: 'temporary', response: 'The days of the trip could not be read.' };
  try {
    const accountLink = await settings.accountLink?.(mail);
    const { subject, text, html } = renderMail({ ...mail, accountLink, publicUrl });
    const date = ledger.clock.now();
    const place = { domain: ledger.domain, publicUrl };
    const calendar = mailCalendar(mail, { place, organiser: transport.sender, now: date, trip });
    const outgoing = { to: address, subject, text, html, messageId, language, date };
    const thread = threadId === null ? {} : { threadId };
    return await transport.send({ ...outgoing, ...(calendar && { calendar }), ...thread });
  } catch (error) {
    // The transport never throws, so this mail cannot be written; another try would end the same way.
    settings.logger.error({ mail: id, error: (error as Error).message }, 'mail cannot be written');
    return { outcome: 'permanent', response: 'The mail could not be written; see the log of the worker.' };
  }
}

/** Only mails about a trip that was decided ask for it; nothing has been sent yet, so a database that is away only delays them. */
async function tripOf(mail: ClaimedMail, { unitOfWork, logger }: MailHandlerSettings) {
  const { id, instanceId } = mail;
  if (instanceId === null || !needsTripDays(mail)) return null;
  try {
    return await unitOfWork.run((tx) => readTripDays(tx, instanceId));
  } catch (error) {
    logger.warn({ mail: id, error: (error as Error).message }, 'the days of a trip cannot be read');
    return 'unknown';
  }
}
