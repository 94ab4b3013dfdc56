import { z } from 'zod';
import { amendableFields } from './amendable-fields.js';
import { calendarDay } from './calendar-day.js';
import { officialDocumentTypes, signingAuthorityKinds } from './official-document-kinds.js';

const text = z.object({ vi: z.string(), en: z.string() });
const named = z.object({ id: z.uuid(), name: z.string() });
const file = z.object({ id: z.uuid(), name: z.string() });

/** What is drafted. Whatever is absent is taken from the case: the signer, the reason given in the event. */
export const draftOfficialDocument = z.object({
  type: z.enum(officialDocumentTypes),
  /** Whom it is about: the asked agency of an opinion request (its id), the country of an embassy notification (ISO code). */
  subject: z.string().trim().min(2).max(60).optional(),
  signerId: z.uuid().optional(),
  authority: z.enum(signingAuthorityKinds).optional(),
  /** Why a dossier is refused or a trip cancelled; when absent, what was said with the event. */
  reason: z.string().trim().min(3).max(4000).optional(),
});
export type DraftOfficialDocument = z.output<typeof draftOfficialDocument>;

export const numberOfficialDocument = z.object({
  /** The first number of a book that is begun in mid-year; refused once the book has numbers. */
  startAt: z.int().min(1).max(99_999).optional(),
});
export type NumberOfficialDocument = z.output<typeof numberOfficialDocument>;

export const voidOfficialDocument = z.object({ reason: z.string().trim().min(3).max(1000) });
export type VoidOfficialDocument = z.output<typeof voidOfficialDocument>;

export const officialDocumentView = z
  .object({
    id: z.uuid(),
    caseId: z.uuid(),
    type: z.enum(officialDocumentTypes),
    text,
    /** Trích yếu as printed. */
    title: z.string(),
    state: z.enum(['draft', 'numbered', 'signed', 'void']),
    /** "07/QĐ-UBND"; null while a draft. */
    number: z.string().nullable(),
    date: calendarDay.nullable(),
    issuer: named,
    /** As signed: "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH" and the name. */
    signature: z.object({ lines: z.array(z.string()), name: z.string() }),
    fileName: z.string(),
    signedFile: file.nullable(),
    createdAt: z.iso.datetime(),
    numberedAt: z.iso.datetime().nullable(),
    voidReason: z.string().nullable(),
    /** The proposal, or the letterhead of the office, changed after this was drafted: draft it again. */
    outdated: z.boolean(),
    /** What the reader may do with it now. */
    may: z.object({ number: z.boolean(), attachSigned: z.boolean(), void: z.boolean() }),
  })
  .meta({ id: 'OfficialDocument' });
export type OfficialDocumentView = z.output<typeof officialDocumentView>;

/** A document the reader may draft for the case; `reason` says why not yet. */
export const officialDocumentOffer = z.object({
  type: z.enum(officialDocumentTypes),
  text,
  allowed: z.boolean(),
  reason: text.nullable(),
  /** What it may be about, when one is drafted for each. */
  subjects: z.array(z.object({ id: z.string(), name: z.string() })),
});
export const officialDocumentList = z.object({
  items: z.array(officialDocumentView),
  offers: z.array(officialDocumentOffer),
});
export type OfficialDocumentList = z.output<typeof officialDocumentList>;

/** One changed item of an amendment, as people read it and as the document prints it. */
export const amendmentDifference = z.object({
  field: z.enum(amendableFields),
  text,
  before: text,
  after: text,
});
export type AmendmentDifference = z.output<typeof amendmentDifference>;

/** What differs between the decision in force and the proposal as it is now. */
export const amendmentView = z
  .object({
    differences: z.array(amendmentDifference),
    /** Items changed since the decision in force, those confirmed in place before included. */
    count: z.int(),
    /** Thông tư 08/2025/TT-BNG: one item is confirmed on the decision itself, two or more need a new decision. */
    route: z.enum(['none', 'onTheSpot', 'newDecision']),
    /** Items the open request names. */
    requested: z.array(z.enum(amendableFields)),
  })
  .meta({ id: 'Amendment' });
export type AmendmentView = z.output<typeof amendmentView>;

export const numberRegisterQuery = z.object({
  year: z.coerce.number().int().min(2000).max(2100),
  organisationId: z.uuid().optional(),
});
export type NumberRegisterQuery = z.output<typeof numberRegisterQuery>;

/** Sổ đăng ký văn bản đi: every number taken, voided ones too. */
export const numberRegister = z
  .object({
    books: z.array(
      z.object({
        organisation: named,
        series: z.string(),
        lastNumber: z.int(),
        entries: z.array(
          z.object({
            documentId: z.uuid(),
            number: z.string(),
            date: calendarDay,
            title: z.string(),
            caseCode: z.string(),
            state: z.enum(['numbered', 'signed', 'void']),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'NumberRegister' });
export type NumberRegister = z.output<typeof numberRegister>;
