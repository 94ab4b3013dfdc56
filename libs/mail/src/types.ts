/** One mail to one person. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** `<row-id@domain>`, made from the ledger row: a second sending of the same row can be recognised by the receiver. */
  readonly messageId: string;
  /** `<case-id@domain>`: the mails of one case appear as one conversation. */
  readonly threadId?: string | undefined;
  /** `vi`, `en`: the Content-Language. */
  readonly language?: string | undefined;
  /** An iCalendar file that goes along as an attachment; `method` as in the file itself. */
  readonly calendar?:
    | { readonly method: 'publish' | 'cancel'; readonly fileName: string; readonly content: string }
    | undefined;
  /** The Date header; the moment of sending when absent. */
  readonly date?: Date | undefined;
}

/**
 * accepted: the server answered 250 to the whole message. temporary: it was certainly not taken, try again later.
 * permanent: it will never be taken. uncertain: the message was on its way when the connection was lost, so it may or may
 * not have been taken; sending again could send twice.
 */
export type MailOutcome = 'accepted' | 'temporary' | 'permanent' | 'uncertain';

export interface MailResult {
  readonly outcome: MailOutcome;
  /** The server's answer or the fault, one line, at most 300 characters, without the recipient's address. */
  readonly response: string;
}

export interface MailTransport {
  /** The bare address mails are sent from. */
  readonly sender: string;
  /** Never rejects: whatever happened is an outcome. */
  send(mail: OutgoingMail): Promise<MailResult>;
  /** True when the server answers a greeting and accepts the sign-in. */
  isReachable(): Promise<boolean>;
  close(): Promise<void>;
}

export interface MailTransportSettings {
  /** `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://…`. */
  readonly smtpUrl: string;
  /** Without TLS nothing is said to the server: whoever sits on the way could hide that it offers STARTTLS. */
  readonly needsTls?: boolean;
  /** `Thông Hành <thong-hanh@example.vn>` */
  readonly from: string;
  /** The bare address delivery reports go to (the envelope's sender); that of `from` when absent. */
  readonly bounceAddress?: string | undefined;
  readonly maxConnections?: number;
  /** Real milliseconds without a word from the server before the connection is given up. */
  readonly silenceMs?: number;
}
