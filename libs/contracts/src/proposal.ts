import { z } from 'zod';
import { calendarDay } from './calendar-day.js';
import {
  documentKinds,
  exceptionRules,
  fundingPayers,
  fundingSources,
  memberRoles,
  purposeKinds,
} from './proposal-kinds.js';

/**
 * The proposal (hồ sơ đề nghị cử đoàn): the fields of Mẫu 04 with the capacity of the delegation (Danh nghĩa đoàn), which the
 * Tuyên Quang 2020 and Thái Nguyên 2019 plans carry (DOMAIN 8). A draft may be incomplete; what is still missing is a fact the
 * rules judge at SUBMIT, not a validation error while somebody is typing.
 */
const line = (max: number) => z.string().trim().max(max);
const day = calendarDay;

export const proposalMember = z.object({
  /** Known person of the province; absent for somebody without an account. */
  personId: z.uuid().nullable().default(null),
  fullName: line(120).default(''),
  position: line(300).default(''),
  organisation: line(300).default(''),
  role: z.enum(memberRoles).default('member'),
});

export const countryVisit = z.object({
  /** ISO 3166-1 alpha-2; null while the name of the plan line is not recognised. */
  code: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .nullable()
    .default(null),
  name: line(120).min(1),
});

export const fundingLine = z.object({
  source: z.enum(fundingSources),
  /** As printed: "Ngân sách tỉnh". */
  label: line(300).default(''),
  /** In whole units of `currency`, two decimals at most; null = not estimated yet. */
  amount: z.number().min(0).max(1e13).multipleOf(0.01).nullable().default(null),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('VND'),
  paidBy: z.enum(fundingPayers).default('vietnam'),
});

export const limitException = z.object({
  rule: z.enum(exceptionRules),
  justification: line(2000).min(10),
});

export const proposalContent = z.object({
  delegationName: line(500).min(1),
  /** Danh nghĩa đoàn: in whose name it travels. */
  capacity: line(300).default(''),
  purposeKind: z.enum(purposeKinds).default('visit'),
  purpose: line(4000).default(''),
  members: z.array(proposalMember).max(200).default([]),
  /** In itinerary order. */
  countries: z.array(countryVisit).max(30).default([]),
  departureDate: day.nullable().default(null),
  returnDate: day.nullable().default(null),
  /** Total days as the plan or the proposal counts them. */
  dayCount: z.int().min(1).max(400).nullable().default(null),
  /** "bao gồm thời gian đi về": whether `dayCount` includes travel and transit (DOMAIN 8, data-quality trap). */
  includesTravelDays: z.boolean().default(true),
  partners: line(4000).default(''),
  content: line(20000).default(''),
  funding: z.array(fundingLine).max(50).default([]),
  /** Why a trip that is not in the annual plan cannot wait; required out of plan. */
  outOfPlanJustification: line(4000).default(''),
  /** Why the dossier comes later than the province asks. */
  urgentReason: line(2000).default(''),
  exceptions: z.array(limitException).max(20).default([]),
  /** "không chứa bí mật nhà nước": the person's declaration; the product refuses classified content (DOMAIN 13). */
  noStateSecrets: z.boolean().default(false),
  /** "xử lý ngoài hệ thống": the content is classified, so only the days are kept here and the steps are followed (DOMAIN 13). */
  handledOutside: z.boolean().default(false),
});
export type ProposalContent = z.output<typeof proposalContent>;
export type ProposalContentInput = z.input<typeof proposalContent>;
export type ProposalMember = z.output<typeof proposalMember>;
export type DocumentKind = (typeof documentKinds)[number];

/** A change of a proposal: only the fields to change; a list is replaced as a whole. */
export const proposalPatch = z
  .object({
    delegationName: proposalContent.shape.delegationName,
    capacity: line(300),
    purposeKind: z.enum(purposeKinds),
    purpose: line(4000),
    members: z.array(proposalMember).max(200),
    countries: z.array(countryVisit).max(30),
    departureDate: day.nullable(),
    returnDate: day.nullable(),
    dayCount: z.int().min(1).max(400).nullable(),
    includesTravelDays: z.boolean(),
    partners: line(4000),
    content: line(20000),
    funding: z.array(fundingLine).max(50),
    outOfPlanJustification: line(4000),
    urgentReason: line(2000),
    exceptions: z.array(limitException).max(20),
    noStateSecrets: z.boolean(),
    handledOutside: z.boolean(),
  })
  .partial();
export type ProposalPatch = z.output<typeof proposalPatch>;

/** Opens a case: from a line of the annual plan (prefilled, `proposal` overrides), or out of plan. */
export const createProposal = z
  .object({
    planItemId: z.uuid().optional(),
    /** The proposing unit; needed only by somebody who drafts for more than one unit. */
    organisationId: z.uuid().optional(),
    proposal: proposalPatch.default({}),
  })
  .refine((value) => value.planItemId !== undefined || value.proposal.delegationName !== undefined, {
    path: ['proposal', 'delegationName'],
    message: 'An out-of-plan proposal needs at least the name of the delegation.',
  });
export type CreateProposal = z.output<typeof createProposal>;

/** "Tệp không chứa bí mật nhà nước": whoever uploads says so of each file. */
export const fileDeclaration = z.object({
  noStateSecrets: z
    .string()
    // Not optional(): zod does not ask a refinement about a field that is absent.
    .default('')
    .refine((value) => value === 'true', {
      params: {
        text: {
          vi: 'Phải xác nhận tệp không chứa bí mật nhà nước.',
          en: 'Declare that the file holds no state secret.',
        },
      },
    }),
});

/** Fields of the form that go with an uploaded dossier document. */
export const attachDocument = fileDeclaration.extend({
  kind: z.enum(documentKinds),
  /** Number and symbol as printed ("51/SNgV-VP"). */
  number: line(60).optional(),
  date: day.optional(),
  title: line(300).optional(),
});
/** What is said of the file, once it is declared. */
export type AttachDocument = Omit<z.output<typeof attachDocument>, 'noStateSecrets'>;

/** A document of the checklist that is classified: that it exists, and nothing of it. */
export const outsideDocument = z.object({ kind: z.enum(documentKinds), date: day.optional() });
export type OutsideDocument = z.output<typeof outsideDocument>;

export const dossierDocument = z.object({
  id: z.uuid(),
  kind: z.enum(documentKinds),
  number: z.string().nullable(),
  date: day.nullable(),
  title: z.string().nullable(),
  file: z
    .object({ id: z.uuid(), name: z.string(), mediaType: z.string(), size: z.int(), sha256: z.string() })
    .nullable(),
  attachedAt: z.iso.datetime(),
  attachedBy: z.string().nullable(),
});
export type DossierDocument = z.output<typeof dossierDocument>;

export const proposalView = proposalContent.extend({
  revision: z.int(),
  /** sha256 of the canonical content, hex: what an approval is bound to. */
  digest: z.string(),
  planItemId: z.uuid().nullable(),
  documents: z.array(dossierDocument),
});
export type ProposalView = z.output<typeof proposalView>;
