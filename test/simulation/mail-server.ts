import type { MailResult, OutgoingMail } from '#libs/mail';

export interface AcceptedMail {
  readonly messageId: string;
  readonly to: string;
  readonly at: Date;
}

export type SmtpAnswer = 'accepted' | 'temporary' | 'permanent' | 'droppedTaken' | 'droppedLost';

/** The receiving side: what it really took, whatever the sender was told. */
export class MailServer {
  readonly accepted: AcceptedMail[] = [];
  /** How often it said "later". */
  putOff = 0;

  /** `droppedTaken` and `droppedLost`: the line went dead after DATA; only the receiver knows which. */
  receive(mail: OutgoingMail, at: Date, answer: SmtpAnswer): MailResult {
    if (answer === 'accepted' || answer === 'droppedTaken')
      this.accepted.push({ messageId: mail.messageId, to: mail.to, at });
    if (answer === 'temporary') this.putOff += 1;
    switch (answer) {
      case 'accepted':
        return { outcome: 'accepted', response: '250 taken' };
      case 'temporary':
        return { outcome: 'temporary', response: '451 later' };
      case 'permanent':
        return { outcome: 'permanent', response: '550 no such mailbox' };
      default:
        return { outcome: 'uncertain', response: 'Connection closed (after the message had begun)' };
    }
  }
}
