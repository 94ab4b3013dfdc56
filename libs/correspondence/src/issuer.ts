import type { LetterheadBody, LetterheadContent } from '#contracts/letterhead.js';
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
  /** Ký hiệu of its công văn; null for a Party body. */
  readonly letterSymbol: string | null;
  readonly signatures: LetterheadContent['signatures'];
}

/** The letterheads of a day: by organisation and body. */
export type Letterheads = ReadonlyMap<string, LetterheadContent>;
export const letterheadKey = (organisationId: string, body: LetterheadBody) => `${organisationId} ${body}`;

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

/** `organisations`, `letterheads`: those of the day the document is drafted, so that it is printed as the office writes on that day. */
export function issuerOf(
  type: OfficialDocumentType,
  given: {
    context: DelegationContext;
    organisations: ReadonlyMap<string, OrganisationView>;
    province: { readonly name: string };
    letterheads: Letterheads;
  },
): Issuer | null {
  const { unitId, focalId, authorityId } = given.context.organisations;
  const place = issuers[type];
  const id = place === 'unit' ? unitId : place === 'focal' ? focalId : authorityId;
  const organisation = given.organisations.get(id);
  if (organisation === undefined) return null;
  return issuing(organisation, place === 'party' ? 'party' : 'own', given);
}

interface Around {
  readonly organisations: ReadonlyMap<string, OrganisationView>;
  readonly province: { readonly name: string };
}

/** How an office writes its own letters. */
export function officeIssuing(organisation: OrganisationView, given: Around & { letterheads: Letterheads }): Issuer {
  return issuing(organisation, 'own', given);
}

/** As somebody said it writes, or as the product makes it. */
function issuing(
  organisation: OrganisationView,
  body: LetterheadBody,
  given: Around & { letterheads: Letterheads },
): Issuer {
  const said = given.letterheads.get(letterheadKey(organisation.id, body));
  const { superior, issuer, place, ...rest } = said ?? madeLetterhead(organisation, body, given);
  return { ...rest, organisation, form: formOf(organisation, body), letterhead: { superior, issuer, place } };
}

/** Party documents are not those of Nghị định 30: Hướng dẫn 36-HD/VPTW. */
export function formOf(organisation: OrganisationView, body: LetterheadBody): 'state' | 'party' {
  return body === 'party' || organisation.kind === 'party' ? 'party' : 'state';
}

/** What the product makes of an organisation's name and kind while nobody has said how it writes. */
export function madeLetterhead(organisation: OrganisationView, body: LetterheadBody, given: Around): LetterheadContent {
  if (body === 'party') return partyBodyOf(organisation, given);
  const parent = organisation.parentId === null ? undefined : given.organisations.get(organisation.parentId);
  const isCommittee = organisation.kind === 'peoplesCommittee';
  const isParty = organisation.kind === 'party';
  const heads = { peoplesCommittee: 'Chủ tịch', party: parent ? 'Trưởng ban' : 'Bí thư', office: 'Chánh Văn phòng' };
  const symbol = symbols[organisation.code] ?? organisation.code;
  return {
    superior: parent?.name ?? null,
    issuer: organisation.name,
    place: placeName(given.province.name),
    symbol,
    letterSymbol: isParty ? null : `${symbol}-VP`,
    collective: isCommittee ? 'Ủy ban nhân dân' : isParty && !parent ? 'Ban Thường vụ' : null,
    headTitle: heads[organisation.kind as keyof typeof heads] ?? 'Giám đốc',
    signatures: everyAuthority,
  };
}

const derived = { allowed: true, line: null };
const everyAuthority: LetterheadContent['signatures'] = { KT: derived, TL: derived, TUQ: derived, Q: derived };

/**
 * The party committee of the People's Committee, whose secretary is the chairman; it writes to the provincial Party committee in
 * the form of the Party. Its name since 2025 ("Đảng ủy"; before: Ban cán sự đảng) is an assumption where a province says nothing else.
 */
function partyBodyOf(committee: OrganisationView, given: Around): LetterheadContent {
  const superior = [...given.organisations.values()].find((one) => one.kind === 'party' && one.parentId === null);
  return {
    superior: superior?.name ?? 'Tỉnh ủy',
    issuer: `Đảng ủy ${committee.shortName}`,
    place: placeName(given.province.name),
    symbol: 'ĐU',
    letterSymbol: null,
    collective: 'Ban Thường vụ',
    headTitle: 'Bí thư',
    signatures: everyAuthority,
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
export function referenceOf(
  issuer: Pick<Issuer, 'form' | 'symbol' | 'letterSymbol'>,
  code: string | null,
): { symbol: string; series: string } {
  const { form, symbol, letterSymbol } = issuer;
  if (form === 'party') return { symbol: `${code ?? 'CV'}/${symbol}`, series: `${code ?? 'CV'}/${symbol}` };
  return code === null
    ? { symbol: letterSymbol ?? symbol, series: 'CV' }
    : { symbol: `${code}-${symbol}`, series: code };
}
