import { AppError } from '#contracts/errors.js';
import type { DraftOfficialDocument } from '#contracts/official-documents.js';
import {
  headTitleOfDeputy,
  type SignatureBlock,
  type SigningAuthority,
  signatureBlock,
  titleForSignature,
} from '#libs/documents';
import type { OfficeHolder } from '#libs/organisation';
import type { Issuer } from './issuer.js';

export interface Signed {
  readonly signerId: string;
  readonly authority: SigningAuthority;
  readonly block: SignatureBlock;
}

/**
 * Who signs and by which authority: the one asked for, or the head of the issuing office who has no part in the trip, else a deputy
 * (KT.). TL. and TUQ. are for heads of other offices of the province. Throws VALIDATION_FAILED when nobody may sign so.
 */
export function chooseSigner(given: {
  issuer: Issuer;
  holders: readonly OfficeHolder[];
  /** People who travel or propose: nobody signs about their own trip. Empty for the unit's own letters. */
  excluded: readonly string[];
  asked: Pick<DraftOfficialDocument, 'signerId' | 'authority'>;
  /** Decisions are signed by the head in their own right; letters of a committee for the collective. */
  forCollective: boolean;
}): Signed {
  const { issuer, asked, excluded, forCollective } = given;
  const own = given.holders.filter(
    (holder) => holder.organisationId === issuer.organisation.id && !excluded.includes(holder.personId),
  );
  const signer =
    asked.signerId === undefined
      ? (own.find((holder) => headTitleOfDeputy(holder.title) === null) ?? own[0])
      : given.holders.find((holder) => holder.personId === asked.signerId && !excluded.includes(holder.personId));
  if (signer === undefined) {
    throw refused('signerId', 'Không có người ký hợp lệ cho văn bản này.', 'Nobody may sign this document.');
  }
  const isOwn = signer.organisationId === issuer.organisation.id;
  const isDeputy = headTitleOfDeputy(signer.title) !== null;
  const authority = asked.authority ?? (isOwn ? (isDeputy ? 'KT' : 'head') : 'TUQ');
  requireFit({ authority, isOwn, isDeputy });
  requireAllowed(issuer, authority);
  const block = signatureBlock({
    form: issuer.form,
    collective: forCollective ? issuer.collective : null,
    headTitle: issuer.headTitle,
    name: signer.fullName,
    ownLines: ownLinesOf(issuer.signatures),
    ...titles({ issuer, signer, authority, isDeputy }),
  });
  return { signerId: signer.personId, authority, block };
}

/** For the collective of the Party a deputy signs as "PHÓ BÍ THƯ" under T/M, without K/T. */
function titles(given: { issuer: Issuer; signer: OfficeHolder; authority: SigningAuthority; isDeputy: boolean }) {
  const { issuer, signer, authority, isDeputy } = given;
  if (issuer.form === 'party' && issuer.collective !== null && (authority === 'head' || authority === 'KT')) {
    return { authority: 'head' as const, signerTitle: isDeputy ? `Phó ${issuer.headTitle}` : issuer.headTitle };
  }
  const own = titleForSignature(signer.title);
  const signerTitle = authority === 'head' ? own || issuer.headTitle : own || 'Người được giao ký';
  return { authority, signerTitle: authority === 'TL' || authority === 'TUQ' ? signer.title : signerTitle };
}

function requireFit({
  authority,
  isOwn,
  isDeputy,
}: {
  authority: SigningAuthority;
  isOwn: boolean;
  isDeputy: boolean;
}) {
  const fits = {
    head: isOwn && !isDeputy,
    KT: isOwn && isDeputy,
    Q: isOwn && !isDeputy,
    TL: !isOwn,
    TUQ: !isOwn,
  }[authority];
  if (fits) return;
  throw refused(
    'authority',
    'Quyền hạn ký không khớp chức vụ: KT. dành cho cấp phó, TL. và TUQ. cho thủ trưởng cơ quan khác.',
    'The authority does not fit the position: KT. is for a deputy, TL. and TUQ. for the head of another office.',
  );
}

function requireAllowed({ signatures, organisation }: Issuer, authority: SigningAuthority): void {
  if (authority === 'head' || signatures[authority].allowed) return;
  throw refused(
    'authority',
    `${organisation.name} không ký văn bản theo quyền hạn ${authority}. (mẫu chữ ký đang có hiệu lực).`,
    `Nobody signs ${authority}. for ${organisation.name} (its signature blocks in force say so).`,
  );
}

/** The lines an office writes itself; the others are made from the position of its head. */
export function ownLinesOf(signatures: Issuer['signatures']): Partial<Record<keyof Issuer['signatures'], string>> {
  return Object.fromEntries(
    Object.entries(signatures).flatMap(([kind, { line }]) => (line === null ? [] : [[kind, line]])),
  );
}

function refused(path: string, vi: string, en: string): AppError {
  const text = { vi, en };
  return new AppError('VALIDATION_FAILED', { text, fields: [{ path, text }] });
}
