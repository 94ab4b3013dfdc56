export interface ReportMail {
  /** Within its source, for the log. */
  readonly name: string;
  /** Null: too large to be a report. */
  readonly raw: Uint8Array | null;
}

/** `flagged`: a person should look at it. */
export type ReportMark = 'seen' | 'flagged';

/** Where mail servers put their delivery reports. */
export interface ReportSource {
  readonly kind: 'folder' | 'mailbox';
  /**
   * Gives the oldest new mails, at most `limit`, to `judge` one after the other and marks each as it says. Returns how many there were.
   * A mail whose judging or marking fails stays new and comes again, so what `judge` does must bear to be done twice. Throws when the
   * source cannot be read or not be marked.
   */
  visit(limit: number, judge: (mail: ReportMail) => Promise<ReportMark>): Promise<number>;
}

/** Larger than any report; what is larger is put aside unread. */
export const largestReportBytes = 2 * 1024 * 1024;
