import { z } from 'zod';
import { calendarDay } from './calendar-day.js';

/** Under which name an organisation writes: its own, or that of the Party body its head leads (Đảng ủy UBND), which writes to the Party committee. */
export const letterheadBodies = ['own', 'party'] as const;
export type LetterheadBody = (typeof letterheadBodies)[number];

/** Authorities that are written above the position of who signs (Nghị định 30/2020/NĐ-CP, Phụ lục I); TM. comes with the collective. */
export const writtenAuthorities = ['KT', 'TL', 'TUQ', 'Q'] as const;
export type WrittenAuthority = (typeof writtenAuthorities)[number];

const line = z.string().trim().min(2).max(200);
/** The lines above the signer's own position; null: made from the position of the head. */
const blockLine = z.strictObject({
  /** False: nobody signs for this office by that authority. */
  allowed: z.boolean(),
  line: line.nullable(),
});

export const letterheadContent = z.strictObject({
  /** Cơ quan chủ quản, above the name; null: none is printed. */
  superior: line.nullable(),
  /** Tên cơ quan ban hành as printed. */
  issuer: line,
  /** Địa danh. */
  place: z.string().trim().min(2).max(60),
  /** Ký hiệu of the office in numbers: "UBND", "SNgV", "ĐU". */
  symbol: z.string().trim().min(1).max(20),
  /** Ký hiệu of its công văn, which have no type code: "SNgV-VP"; null for a Party body, which writes CV. */
  letterSymbol: z.string().trim().min(1).max(30).nullable(),
  /** The collective a TM. stands for: "Ủy ban nhân dân"; null: the head signs in their own right. */
  collective: line.nullable(),
  /** Position of the head: "Chủ tịch". */
  headTitle: line,
  signatures: z.strictObject({ KT: blockLine, TL: blockLine, TUQ: blockLine, Q: blockLine }),
});
export type LetterheadContent = z.output<typeof letterheadContent>;

export const newLetterhead = z.strictObject({
  body: z.enum(letterheadBodies),
  /** The first day it is used. */
  from: calendarDay,
  content: letterheadContent,
});
export type NewLetterhead = z.output<typeof newLetterhead>;

/** What a letterhead prints, for looking at before it is used. */
export const letterheadPreview = z.object({
  form: z.enum(['state', 'party']),
  /** Top left, top first. */
  head: z.array(z.string()),
  decisionNumber: z.string(),
  letterNumber: z.string(),
  placeAndDate: z.string(),
  /** By authority, the lines above the name. Who signs by order or authorised is shown as a head of another office. */
  blocks: z.array(z.object({ authority: z.string(), lines: z.array(z.string()) })),
});
export type LetterheadPreview = z.output<typeof letterheadPreview>;

export const letterheadPreviewBody = z.strictObject({ body: z.enum(letterheadBodies), content: letterheadContent });
export type LetterheadPreviewBody = z.output<typeof letterheadPreviewBody>;

const person = z.object({ id: z.uuid(), fullName: z.string() });
export const letterheadsView = z
  .object({
    bodies: z.array(
      z.object({
        body: z.enum(letterheadBodies),
        /** What is printed today: the version in force, or what the product makes of the organisation's name and kind. */
        today: letterheadContent,
        /** Newest first; empty while the product's own is used. */
        versions: z.array(
          z.object({
            from: calendarDay,
            content: letterheadContent,
            inForce: z.boolean(),
            createdAt: z.iso.datetime(),
            createdBy: person.nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'Letterheads' });
export type LetterheadsView = z.output<typeof letterheadsView>;
