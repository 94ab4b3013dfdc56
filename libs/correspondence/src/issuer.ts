import type { OfficialDocumentType } from '#contracts/official-document-kinds.js';
import type { OrganisationView } from '#contracts/organisation.js';
import type { Letterhead } from '#libs/documents';
import type { DelegationContext } from '#workflows/outbound-delegation/context.js';

/** Under whose name a document goes out, and how that office writes its letters. */
export interface Issuer {
  readonly organisation: OrganisationView;
  readonly form: 'state' | 'party';
  readonly letterhead: Letterhead;
  /** The collective a TM. stands for: "Ủy ban nhân dân"; null where the head signs in their own right. */
  readonly collective: string | null;
  /** Position of the head: "Chủ tịch", "Giám đốc", "Bí thư". */
  readonly headTitle: string;
  /** Ký hiệu of the office: "UBND", "SNgV", "ĐU". */
  readonly symbol: string;
}

/** Who issues each kind: the proposing unit, the focal agency or the People's Committee; `party`: the Committee's own party body. */
const issuers: Readonly<Record<OfficialDocumentType, 'unit' | 'focal' | 'authority' | 'party'>> = {
  proposalLetter: 'unit',
  tripReport: 'unit',
  submission: 'focal',
  opinionRequest: 'focal',
  supplementRequest: 'focal',
  refusal: 'focal',
  mofaNotification: 'focal',
  embassyNotification: 'focal',
  partySubmission: 'party',
  partyLetter: 'party',
  decision: 'authority',
  amendmentConfirmation: 'authority',
  amendmentDecision: 'authority',
  cancellationDecision: 'authority',
};

/**
 * Abbreviations of offices as their letters write them; the code of the organisation has no diacritics. An office that is not here
 * uses its code. Source: the documents cited in the plans ("51/SNgV-VP", "43/KH-UBND", "6373-CV/TU"); the others are usual.
 */
const symbols: Readonly<Record<string, string>> = {
  SNGV: 'SNgV',
  SKHDT: 'SKHĐT',
  VPUBND: 'VP',
  TINHUY: 'TU',
};

/** `organisations`: those of the day the document is drafted, so that a letterhead has the name of its day. */
export function issuerOf(
  type: OfficialDocumentType,
  given: {
    context: DelegationContext;
    organisations: ReadonlyMap<string, OrganisationView>;
    province: { readonly name: string };
  },
): Issuer | null {
  const { unitId, focalId, authorityId } = given.context.organisations;
  const place = issuers[type];
  const id = place === 'unit' ? unitId : place === 'focal' ? focalId : authorityId;
  const organisation = given.organisations.get(id);
  if (organisation === undefined) return null;
  if (place === 'party') return partyBodyOf(organisation, given);
  return officeIssuing(organisation, given);
}

/** How an office writes its own letters. */
export function officeIssuing(
  organisation: OrganisationView,
  given: {
    organisations: ReadonlyMap<string, OrganisationView>;
    province: { readonly name: string };
  },
): Issuer {
  const parent = organisation.parentId === null ? undefined : given.organisations.get(organisation.parentId);
  const isCommittee = organisation.kind === 'peoplesCommittee';
  const isParty = organisation.kind === 'party';
  const heads = { peoplesCommittee: 'Chủ tịch', party: parent ? 'Trưởng ban' : 'Bí thư', office: 'Chánh Văn phòng' };
  return {
    organisation,
    form: isParty ? 'party' : 'state',
    letterhead: {
      superior: parent?.name ?? null,
      issuer: organisation.name,
      place: placeName(given.province.name),
    },
    collective: isCommittee ? 'Ủy ban nhân dân' : isParty && !parent ? 'Ban Thường vụ' : null,
    headTitle: heads[organisation.kind as keyof typeof heads] ?? 'Giám đốc',
    symbol: symbols[organisation.code] ?? organisation.code,
  };
}

/**
 * The party committee of the People's Committee, whose secretary is the chairman; it writes to the provincial Party committee in
 * the form of the Party. Its name since 2025 ("Đảng ủy"; before: Ban cán sự đảng) is an assumption where a province says nothing else.
 */
function partyBodyOf(committee: OrganisationView, given: Parameters<typeof issuerOf>[1]): Issuer {
  const superior = [...given.organisations.values()].find((one) => one.kind === 'party' && one.parentId === null);
  return {
    organisation: committee,
    form: 'party',
    letterhead: {
      superior: superior?.name ?? 'Tỉnh ủy',
      issuer: `Đảng ủy ${committee.shortName}`,
      place: placeName(given.province.name),
    },
    collective: 'Ban Thường vụ',
    headTitle: 'Bí thư',
    symbol: 'ĐU',
  };
}

/** "Tỉnh Tuyên Quang (mẫu)" → "Tuyên Quang". */
export function placeName(province: string): string {
  return province
    .replace(/\(.*?\)/g, '')
    .replace(/^\s*(tỉnh|thành phố)\s+/iu, '')
    .trim();
}

/** Ký hiệu after the number and the book it comes from. `code`: "QĐ", "TTr"; null for a công văn, which has no type code. */
export function referenceOf(issuer: Issuer, code: string | null): { symbol: string; series: string } {
  const { form, symbol } = issuer;
  if (form === 'party') return { symbol: `${code ?? 'CV'}/${symbol}`, series: `${code ?? 'CV'}/${symbol}` };
  return code === null ? { symbol: `${symbol}-VP`, series: 'CV' } : { symbol: `${code}-${symbol}`, series: code };
}
