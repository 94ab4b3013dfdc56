import type { MailStatusName, SuppressedReason } from '#contracts/mail-ledger.js';
import type { MailDelivery } from '#contracts/mail-settings.js';
import type { Text } from '#contracts/text.js';
import type { BusinessCalendar, Clock } from '#libs/calendar';
import type { Tx } from '#libs/persistence';
import type { DigestContent, DigestCounts } from './mail-digest-content.js';
import type { RecipientDirectory } from './types.js';

export interface Mailbox {
  readonly personId: string;
  readonly address: string;
  readonly language: 'vi' | 'en';
  readonly delivery: MailDelivery;
  /** False: the person has left; nothing is sent any more. */
  readonly active: boolean;
}

/** What a person acts as on a day: tasks of these assignments are theirs. */
export interface HeldAssignment {
  readonly personId: string;
  readonly role: string;
  readonly organisationId: string;
}

/** Who holds an assignment and where that person reads mail. Supplied by the organisation room. */
export interface MailDirectory extends RecipientDirectory {
  /** People that do not exist are absent from the answer. */
  mailboxes(tx: Tx, personIds: readonly string[]): Promise<readonly Mailbox[]>;
  /** Active people of the province who want a digest of the morning. */
  digestReaders(tx: Tx, provinceId: string): Promise<readonly Mailbox[]>;
  /** The other way round of `peopleFor`: what these people hold on the day (substitution included). */
  assignmentsOf(tx: Tx, personIds: readonly string[], at: Date): Promise<readonly HeldAssignment[]>;
  provinceIds(tx: Tx): Promise<readonly string[]>;
}

/** What the ledger must know about templates; the templates themselves live in the domain room. */
export interface MailTemplates {
  isKnown(template: string): boolean;
  /** Also goes out at night and on holidays, and never waits for a digest. */
  isUrgent(template: string): boolean;
  /** Says that a deadline is near or past: what the digest of the morning says too. */
  isReminder(template: string): boolean;
  subject(about: MailSubject): string;
  /**
   * What a message still has to say in the moment of the claim: its data, narrower when a part of it is settled; null: nothing more.
   * For what no task and no deadline of a case can tell.
   */
  whatHolds(tx: Tx, about: MessageAbout): Promise<Readonly<Record<string, unknown>> | null>;
  digestSubject(about: { readonly day: string; readonly language: 'vi' | 'en'; readonly counts: DigestCounts }): string;
}

export interface MessageAbout {
  readonly provinceId: string;
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface MailSubject {
  readonly template: string;
  readonly language: 'vi' | 'en';
  /** Null: about no single case. */
  readonly caseCode: string | null;
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

/** The template of the mail of the morning; it comes from no message. */
export const digestTemplate = 'digest';

/** One thing a mail tells, read in the transaction of the claim. */
export interface MailPart {
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly task: {
    readonly id: string;
    readonly kind: string;
    readonly dueAt: Date | null;
    readonly explanation: Text | null;
  } | null;
  /** The deadline a reminder is about. */
  readonly deadline: {
    readonly id: string;
    readonly name: string;
    readonly dueAt: Date;
    readonly explanation: Text;
  } | null;
}

/** Everything a mail is written from. */
export interface ClaimedMail extends MailPart {
  readonly id: string;
  readonly fence: string;
  readonly provinceId: string;
  readonly personId: string;
  /** Null: about no single case. */
  readonly instanceId: string | null;
  readonly caseCode: string | null;
  /** Rises with everything that happens in the case; null where there is no case. */
  readonly caseVersion: number | null;
  readonly address: string;
  readonly language: 'vi' | 'en';
  readonly subject: string;
  readonly messageId: string;
  /** `<case-id@domain>` for In-Reply-To; null where there is no case. */
  readonly threadId: string | null;
  /** What else the same decision brought to this person. */
  readonly also: readonly MailPart[];
  /** Set for the digest of a morning only. */
  readonly digest: DigestContent | null;
}

export type ClaimOutcome =
  | { readonly kind: 'claimed'; readonly mail: ClaimedMail }
  | { readonly kind: 'suppressed'; readonly id: string; readonly reason: SuppressedReason }
  | { readonly kind: 'waits'; readonly id: string; readonly notBefore: Date };

export interface MailRow {
  readonly id: string;
  readonly instanceId: string | null;
  readonly caseCode: string | null;
  readonly personId: string | null;
  readonly template: string;
  readonly subject: string;
  readonly address: string | null;
  readonly status: MailStatusName;
  readonly suppressedReason: SuppressedReason | null;
  readonly attempts: number;
  readonly notBefore: Date;
  readonly lastResponse: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly bouncedAt: Date | null;
}
