import type { Text } from '#contracts/text.js';
import type { BusinessCalendar, Clock } from '#libs/calendar';
import type { Tx } from '#libs/persistence';
import type { MailStatus } from './mail-ledger.entity.js';
import type { RecipientDirectory } from './types.js';

export interface Mailbox {
  readonly personId: string;
  readonly address: string;
  readonly language: 'vi' | 'en';
  /** False: the person has left; nothing is sent any more. */
  readonly active: boolean;
}

/** Who holds an assignment and where that person reads mail. Supplied by the organisation room. */
export interface MailDirectory extends RecipientDirectory {
  /** People that do not exist are absent from the answer. */
  mailboxes(tx: Tx, personIds: readonly string[]): Promise<readonly Mailbox[]>;
}

/** What the ledger must know about templates; the templates themselves live in the domain room. */
export interface MailTemplates {
  isKnown(template: string): boolean;
  /** Also goes out at night and on holidays. */
  isUrgent(template: string): boolean;
  subject(about: MailSubject): string;
}

export interface MailSubject {
  readonly template: string;
  readonly language: 'vi' | 'en';
  readonly caseCode: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface MailLedgerSettings {
  readonly clock: Clock;
  readonly calendarFor: (provinceId: string) => BusinessCalendar;
  readonly directory: MailDirectory;
  readonly templates: MailTemplates;
  /** Right side of every Message-ID: the domain of the sender's address. */
  readonly domain: string;
}

export type SuppressedReason =
  | 'noRecipient'
  | 'personLeft'
  | 'unknownTemplate'
  | 'duplicate'
  | 'taskClosed'
  | 'timerCancelled';

/** Everything a mail is written from, read in the transaction of the claim. */
export interface ClaimedMail extends MailSubject {
  readonly id: string;
  readonly fence: string;
  readonly instanceId: string;
  readonly address: string;
  readonly subject: string;
  readonly messageId: string;
  /** `<case-id@domain>` for In-Reply-To. */
  readonly threadId: string;
  readonly task: { readonly kind: string; readonly dueAt: Date | null; readonly explanation: Text | null } | null;
  /** The deadline a reminder is about. */
  readonly deadline: { readonly name: string; readonly dueAt: Date; readonly explanation: Text } | null;
}

export type ClaimOutcome =
  | { readonly kind: 'claimed'; readonly mail: ClaimedMail }
  | { readonly kind: 'suppressed'; readonly reason: SuppressedReason }
  | { readonly kind: 'waits'; readonly notBefore: Date }
  /** Another worker has it, it is not due, or its fate is known already. */
  | { readonly kind: 'notMine' };

export interface MailRow {
  readonly id: string;
  readonly instanceId: string;
  readonly caseCode: string;
  readonly personId: string | null;
  readonly template: string;
  readonly subject: string;
  readonly address: string | null;
  readonly status: MailStatus;
  readonly suppressedReason: string | null;
  readonly attempts: number;
  readonly notBefore: Date;
  readonly lastResponse: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}
