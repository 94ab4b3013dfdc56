import type { OfficialDocumentType } from '#contracts/official-document-kinds.js';
import type { CalendarDay } from '#libs/calendar';
import type { OfficialDocument, SignatureBlock } from '#libs/documents';
import { amendmentConfirmation, amendmentDecision, cancellationDecision, decision } from './forms/decision-forms.js';
import { opinionRequest, refusal, submission, supplementRequest } from './forms/focal-forms.js';
import type { Filling, Form } from './forms/form.js';
import { embassyNotification, mofaNotification, partyLetter, partySubmission } from './forms/notification-forms.js';
import { tripReport } from './forms/trip-report-form.js';
import { proposalLetter } from './forms/unit-forms.js';
import { type Issuer, referenceOf } from './issuer.js';

const forms: Readonly<Record<OfficialDocumentType, (filling: Filling) => Form>> = {
  proposalLetter,
  submission,
  opinionRequest,
  supplementRequest,
  refusal,
  partySubmission,
  partyLetter,
  decision,
  mofaNotification,
  embassyNotification,
  amendmentConfirmation,
  amendmentDecision,
  cancellationDecision,
  tripReport,
};

/** Decisions are the head's own; letters of a committee go out for the collective. */
export const ownRight: readonly OfficialDocumentType[] = [
  'decision',
  'amendmentConfirmation',
  'amendmentDecision',
  'cancellationDecision',
];

/** The document as it would be printed today, without number and day. `series`: its number book; null when it takes no number. */
export function compose(
  type: OfficialDocumentType,
  filling: Filling,
  signature: SignatureBlock,
): { content: OfficialDocument; series: string | null } {
  const { issuer, today } = filling;
  return contentOf(forms[type](filling), { issuer, today, signature });
}

/** What a form says, put into the frame of the issuing office. */
export function contentOf(
  form: Form,
  { issuer, today, signature }: { issuer: Issuer; today: CalendarDay; signature: SignatureBlock },
): { content: OfficialDocument; series: string | null } {
  const { symbol, series } = referenceOf(issuer, form.code);
  const content: OfficialDocument = {
    form: issuer.form,
    letterhead: issuer.letterhead,
    reference: form.withoutNumber ? null : { number: null, symbol },
    date: null,
    draftedOn: today,
    title: form.title,
    subject: form.subject,
    authorityLine: form.authorityLine ?? null,
    addressees: form.addressees ?? [],
    body: form.body,
    signature,
    recipients: form.recipients,
    annexes: form.annexes ?? [],
  };
  return { content, series: form.withoutNumber ? null : series };
}
