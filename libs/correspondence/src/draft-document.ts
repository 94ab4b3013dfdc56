import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type { OfficialDocumentType } from '#contracts/official-document-kinds.js';
import type { DraftOfficialDocument } from '#contracts/official-documents.js';
import type { OrganisationView } from '#contracts/organisation.js';
import { dayOf } from '#libs/calendar';
import { amendmentOf, type CaseDependencies, type CaseRecord, readCaseRecord } from '#libs/delegation';
import { officeHoldersOn, organisationsOn, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { mayHandleDocument } from '#workflows/outbound-delegation/permissions.js';
import { compose, ownRight } from './compose.js';
import { numberOf } from './document-view.js';
import { documentsOfCase, provinceName, replaceDraft, type StoredDocument } from './documents.repository.js';
import type { Citation, Filling } from './forms/form.js';
import { type Issuer, issuerOf, type Letterheads } from './issuer.js';
import { letterheadsOn } from './letterheads.js';
import { reasonAgainstDraft } from './readiness.js';
import { chooseSigner } from './signer.js';

/** A case with everything its documents are made from, read for one person. */
export interface Desk {
  readonly record: CaseRecord;
  readonly principal: SessionPrincipal;
  readonly organisations: ReadonlyMap<string, OrganisationView>;
  readonly province: { readonly name: string };
  readonly letterheads: Letterheads;
  readonly documents: readonly StoredDocument[];
  readonly amendment: ReturnType<typeof amendmentOf>;
  readonly today: string;
}

/** Throws NOT_FOUND for a case the reader may not see. */
export async function openDesk(
  tx: Tx,
  given: { dependencies: CaseDependencies; principal: SessionPrincipal; caseId: string },
): Promise<Desk> {
  const { principal, dependencies, caseId } = given;
  const { provinceId } = principal;
  const record = await readCaseRecord(tx, given);
  const today = dayOf(dependencies.clock.now());
  const organisations = await organisationsOn(tx, { provinceId, on: today });
  const { context, decided, issued } = record;
  return {
    record,
    principal,
    organisations: new Map(organisations.map((row) => [row.id, row])),
    province: { name: await provinceName(tx, provinceId) },
    letterheads: await letterheadsOn(tx, { provinceId, on: today }),
    documents: await documentsOfCase(tx, caseId),
    amendment: amendmentOf({ context, decided, issued, content: record.proposal.content }),
    today,
  };
}

/** Whether the reader may draft, or number, documents of this type in this case; when is another question. */
export function mayHandle(desk: Desk, type: OfficialDocumentType, act: 'draft' | 'number'): boolean {
  const { record, principal } = desk;
  const { context, isMember } = record;
  return mayHandleDocument({ type, act, context, holdings: principal.roles, isMember });
}

/** The reason given now, else the one given with the event that refused or cancelled. */
export function reasonOf(desk: Desk, type: OfficialDocumentType, given?: string): string | null {
  if (given !== undefined) return given;
  const events = { refusal: ['REJECT', 'REFUSE_RECEIPT'], cancellationDecision: ['CANCEL'] } as const;
  const named = events[type as keyof typeof events] ?? [];
  const said = named.map((event) => desk.record.words.get(event)?.reason).find((text) => typeof text === 'string');
  return typeof said === 'string' ? said : null;
}

/** What one of several documents of a type may be about. */
export function subjectsOf(desk: Desk, type: OfficialDocumentType): { id: string; name: string }[] {
  const { record, organisations } = desk;
  if (type === 'embassyNotification') {
    const { countries } = record.decided ?? record.proposal.content;
    return countries.map(({ code, name }) => ({ id: code ?? name, name }));
  }
  if (type !== 'opinionRequest') return [];
  const { unitId, focalId } = record.context.organisations;
  return [...organisations.values()]
    .filter((one) => one.id !== unitId && one.id !== focalId && one.kind !== 'peoplesCommittee')
    .map(({ id, name }) => ({ id, name }));
}

/**
 * Drafts a document in the place of the earlier draft of its kind. Throws FORBIDDEN, EVENT_REFUSED (the case is not so far), VALIDATION_FAILED
 * (subject, signer or authority do not fit). Returns its id.
 */
export async function draftDocument(
  tx: Tx,
  given: { dependencies: CaseDependencies; principal: SessionPrincipal; caseId: string; draft: DraftOfficialDocument },
): Promise<string> {
  const { dependencies, principal, draft } = given;
  const desk = await openDesk(tx, given);
  const { type } = draft;
  if (!mayHandle(desk, type, 'draft')) throw new AppError('FORBIDDEN');
  const reason = reasonOf(desk, type, draft.reason);
  const { record, amendment } = desk;
  const against = reasonAgainstDraft(type, { record, amendment, reason });
  if (against !== null)
    throw new AppError('EVENT_REFUSED', { text: against, rules: [], states: record.instance.states });
  const subject = requireSubject(desk, draft);
  const issuer = requireIssuer(desk, type);
  const holders = await officeHoldersOn(tx, { provinceId: principal.provinceId, on: desk.today });
  const members = record.proposal.content.members.flatMap((member) => member.personId ?? []);
  const signed = chooseSigner({
    issuer,
    holders,
    excluded: type === 'proposalLetter' || type === 'tripReport' ? [] : [...members, record.context.proposerId],
    asked: draft,
    forCollective: !ownRight.includes(type),
  });
  const { content, series } = compose(type, fillingOf(desk, { issuer, subject, reason }), signed.block);
  const now = dependencies.clock.now();
  const id = randomUUID();
  await replaceDraft(tx, {
    ...unnumbered,
    id,
    provinceId: principal.provinceId,
    instanceId: given.caseId,
    type,
    subject,
    organisationId: issuer.organisation.id,
    series,
    content,
    proposalDigest: record.proposal.digest,
    signerId: signed.signerId,
    createdAt: now,
    createdById: principal.personId,
  });
  return id;
}

export const unnumbered = {
  year: null,
  number: null,
  date: null,
  numberedAt: null,
  numberedById: null,
  fileSha256: null,
  fileSize: null,
  signedDocumentId: null,
  signedPaperId: null,
  voidedAt: null,
  voidedById: null,
  voidReason: null,
};

function fillingOf(desk: Desk, more: { issuer: Issuer; subject: string; reason: string | null }): Filling {
  const { record, organisations, province, today, amendment } = desk;
  const issued = new Map<string, Citation>();
  for (const document of desk.documents.toReversed()) {
    const number = document.voidedAt === null ? numberOf(document) : null;
    if (number !== null) issued.set(document.type, { number, date: document.date });
  }
  return { record, organisations, province, today, amendment, issued, ...more };
}

function requireSubject(desk: Desk, { type, subject }: DraftOfficialDocument): string {
  const subjects = subjectsOf(desk, type);
  if (subjects.length === 0) return '';
  if (subjects.length === 1 && subject === undefined) return subjects[0]!.id;
  if (subject !== undefined && subjects.some((one) => one.id === subject)) return subject;
  const text = { vi: 'Chọn cơ quan hoặc nước nhận văn bản.', en: 'Choose the agency or country it goes to.' };
  throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'subject', text }] });
}

function requireIssuer(desk: Desk, type: OfficialDocumentType): Issuer {
  const issuer = issuerOf(type, { ...desk, context: desk.record.context });
  if (issuer !== null) return issuer;
  throw new AppError('VALIDATION_FAILED', {
    text: {
      vi: 'Cơ quan ban hành không còn hoạt động vào ngày này.',
      en: 'The issuing organisation does not exist on this day.',
    },
  });
}
