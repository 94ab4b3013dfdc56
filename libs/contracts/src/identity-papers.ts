import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import type { Text } from './text.js';

/**
 * What somebody wants the number for. A closed list: the answer stays in the log of views for good, so it must not become a place for
 * free text.
 */
export const viewReasons = [
  'visa',
  'noteVerbale',
  'passportReturn',
  'correction',
  'subjectRequest',
  'inspection',
] as const;
export type ViewReason = (typeof viewReasons)[number];

export const viewReasonTexts = {
  visa: { vi: 'Làm thị thực', en: 'Visa application' },
  noteVerbale: { vi: 'Làm công hàm', en: 'Note verbale' },
  passportReturn: { vi: 'Giao, nhận lại hộ chiếu', en: 'Handing out or taking back a passport' },
  correction: { vi: 'Đối chiếu, đính chính', en: 'Checking or correcting it' },
  subjectRequest: { vi: 'Theo yêu cầu của chính người đó', en: 'Asked for by the person concerned' },
  inspection: { vi: 'Thanh tra, kiểm tra', en: 'Inspection' },
} satisfies Record<ViewReason, Text>;

const passportNumber = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]/g, '').toUpperCase())
  .pipe(z.string().regex(/^[A-Z0-9]{6,12}$/));

/** What is left out stays, null takes away. */
export const identityPapersPatch = z
  .object({
    passportNumber: passportNumber.nullable(),
    birthDate: calendarDay.nullable(),
    passportExpiresOn: calendarDay.nullable(),
  })
  .partial();
export type IdentityPapersPatch = z.output<typeof identityPapersPatch>;

/** A row of the list: that something is kept, never what. */
export const maskedPapers = z
  .object({
    /** Of the member in the list of the delegation, from 1. */
    position: z.int(),
    fullName: z.string(),
    /** Dots in the place of the number; null: none is kept. */
    passportNumber: z.string().nullable(),
    birthDate: z.string().nullable(),
    passportExpiresOn: calendarDay.nullable(),
    updatedAt: z.iso.datetime().nullable(),
    /** Whether the reader may see the values, giving a reason, and may enter them. */
    mayView: z.boolean(),
    mayWrite: z.boolean(),
  })
  .meta({ id: 'MaskedPapers' });
export type MaskedPapers = z.output<typeof maskedPapers>;

/** `revision`: of the proposal, for If-Match when papers are entered. */
export const maskedPapersList = z.object({ revision: z.int(), items: z.array(maskedPapers) });
export type MaskedPapersList = z.output<typeof maskedPapersList>;

export const viewPapers = z.object({ reason: z.enum(viewReasons) });
export type ViewPapers = z.output<typeof viewPapers>;

/** The values themselves; each answer of this shape is on record. */
export const shownPapers = z
  .object({
    position: z.int(),
    fullName: z.string(),
    passportNumber: z.string().nullable(),
    birthDate: calendarDay.nullable(),
    passportExpiresOn: calendarDay.nullable(),
  })
  .meta({ id: 'ShownPapers' });
export type ShownPapers = z.output<typeof shownPapers>;

export const searchPapers = z.object({ passportNumber, reason: z.enum(viewReasons) });
export type SearchPapers = z.output<typeof searchPapers>;

export const foundPapers = z.object({
  items: z.array(
    z.object({ caseId: z.uuid(), caseCode: z.string(), delegationName: z.string(), fullName: z.string() }),
  ),
});
export type FoundPapers = z.output<typeof foundPapers>;
