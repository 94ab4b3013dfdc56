import { z } from 'zod';
import { backwardPlanView } from './backward-plan.js';
import { documentReference, stepDocument } from './delegation-events.js';
import { proposalView } from './proposal.js';
import { stepDocumentTypes } from './rule-profile-kinds.js';
import { substitutionOffer } from './substitution.js';

/** Query strings say `true`/`false`; both parsers of the REST edge meet here. */
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const text = z.object({ vi: z.string(), en: z.string() });
const person = z.object({ id: z.uuid(), fullName: z.string() });
const organisation = z.object({ id: z.uuid(), code: z.string(), name: z.string() });
const rule = z.object({ name: z.string(), text, source: z.string().nullable() });
export const namedState = z.object({ id: z.string(), text });

export const caseListQuery = z.object({
  /** A state id, or the id of a phase. */
  state: z.string().max(80).optional(),
  /** Free text, with or without diacritics: delegation, leader, country, case code. */
  q: z.string().trim().max(100).optional(),
  organisationId: z.uuid().optional(),
  openOnly: flag.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});
export type CaseListQuery = z.output<typeof caseListQuery>;

export const caseSummary = z.object({
  id: z.uuid(),
  caseCode: z.string(),
  delegationName: z.string(),
  leader: z.string().nullable(),
  countries: z.array(z.string()),
  departureDate: z.iso.date().nullable(),
  returnDate: z.iso.date().nullable(),
  organisation,
  state: namedState,
  phase: namedState,
  status: z.enum(['active', 'done']),
  dueAt: z.iso.datetime().nullable(),
  updatedAt: z.iso.datetime(),
});
export type CaseSummary = z.output<typeof caseSummary>;
export const casePage = z.object({ items: z.array(caseSummary), nextCursor: z.string().nullable() });
export type CasePage = z.output<typeof casePage>;

export const taskView = z.object({
  id: z.uuid(),
  key: z.string(),
  kind: z.string(),
  text,
  assignee: z.object({
    role: z.string().nullable(),
    organisation: organisation.nullable(),
    person: person.nullable(),
  }),
  /** True when the reader holds it. */
  mine: z.boolean(),
  openedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  dueExplanation: text.nullable(),
  closedAt: z.iso.datetime().nullable(),
  outcome: z.string().nullable(),
  decidedBy: person.nullable(),
  /** The absent person in whose place it was decided. */
  decidedOnBehalfOf: person.nullable(),
});
export type TaskView = z.output<typeof taskView>;

export const timerView = z.object({
  id: z.uuid(),
  kind: z.enum(['deadline', 'reminder']),
  name: z.string(),
  reminderKey: z.string().nullable(),
  template: z.string().nullable(),
  taskKey: z.string().nullable(),
  dueAt: z.iso.datetime(),
  explanation: text,
  armedAt: z.iso.datetime(),
  firedAt: z.iso.datetime().nullable(),
  cancelledAt: z.iso.datetime().nullable(),
  cancelReason: z.string().nullable(),
});
export type TimerView = z.output<typeof timerView>;

export const findingView = z.object({
  rule: z.string(),
  outcome: z.enum(['pass', 'warn', 'block']),
  text,
  source: z.string().nullable(),
  /** Whose number was borrowed where the source is null. */
  reference: z.string().nullable(),
  justified: z.boolean(),
});
export type FindingView = z.output<typeof findingView>;

export const eventView = z.object({
  seq: z.int(),
  type: z.string(),
  text,
  at: z.iso.datetime(),
  principal: person.nullable(),
  onBehalfOf: person.nullable(),
  document: documentReference.nullable(),
  /** What the event carried besides facts; free text is absent once erased. */
  payload: z.record(z.string(), z.unknown()),
  private: z.record(z.string(), z.unknown()).nullable(),
});
export type EventView = z.output<typeof eventView>;

export const approvalView = z.object({
  step: z.string(),
  text,
  organisation: organisation.nullable(),
  decision: z.enum(['approved', 'approvedWithCondition']),
  decidedBy: person.nullable(),
  /** The absent person in whose place it was decided. */
  onBehalfOf: person.nullable(),
  document: stepDocument.nullable(),
  /** Documents of the level recorded later, beside the one it answered with. */
  further: z.array(
    z.object({
      document: stepDocument,
      recordedBy: person.nullable(),
      onBehalfOf: person.nullable(),
      at: z.iso.datetime(),
    }),
  ),
  at: z.iso.datetime(),
  /** False after an edit of what was approved: the approval no longer counts. */
  matchesProposal: z.boolean(),
});
export type ApprovalView = z.output<typeof approvalView>;

export const availableEventView = z.object({
  type: z.string(),
  text,
  allowed: z.boolean(),
  rules: z.array(rule),
  /** Organisation, person or approving level the event is about, when there is one event for each (an opinion, a document). */
  subject: z.string().nullable(),
  /** The absent person in whose place the reader would do it. */
  onBehalfOf: person.nullable(),
});

export const caseView = z.object({
  id: z.uuid(),
  caseCode: z.string(),
  version: z.int(),
  status: z.enum(['active', 'done']),
  states: z.array(namedState),
  phase: namedState,
  organisation,
  proposer: person.nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  definition: z.object({ id: z.string(), version: z.int() }),
  planItem: z
    .object({ id: z.uuid(), number: z.string().nullable(), name: z.string(), period: z.string().nullable() })
    .nullable(),
  proposal: proposalView,
  /** Whether the reader may edit the proposal now. */
  editable: z.boolean(),
  missingDocuments: z.array(z.object({ kind: z.string(), text })),
  /** What the rules want the approving levels to record: still to come, or lacking after the level agreed. */
  stepDocuments: z.array(
    z.object({
      step: z.string(),
      text,
      /** One of these will do. */
      types: z.array(z.enum(stepDocumentTypes)),
      state: z.enum(['awaited', 'missing']),
      /** block: the level cannot agree without it. */
      severity: z.enum(['warning', 'block']),
    }),
  ),
  /** Agencies the rules want to be asked before the dossier is put forward. */
  opinionsWanted: z.array(
    z.object({
      organisation,
      subject: text,
      required: z.boolean(),
      inWriting: z.boolean(),
      source: z.string().nullable(),
      state: z.enum(['notAsked', 'asked', 'answered']),
    }),
  ),
  findings: z.array(findingView),
  tasks: z.array(taskView),
  deadlines: z.array(timerView),
  backwardPlan: backwardPlanView,
  approvals: z.array(approvalView),
  timeline: z.array(eventView),
  availableEvents: z.array(availableEventView),
  /** The reader travels, decides for others, and nobody stands in for them on those days yet. */
  substitutionOffer: substitutionOffer.nullable(),
});
export type CaseView = z.output<typeof caseView>;

/** What a command answers: enough to go on, without a second read on the hot path. */
export const caseReceipt = z.object({
  id: z.uuid(),
  caseCode: z.string().optional(),
  version: z.int(),
  seq: z.int(),
  states: z.array(z.string()),
  status: z.enum(['active', 'done']),
});
export type CaseReceipt = z.output<typeof caseReceipt>;

export const proposalReceipt = z.object({
  id: z.uuid(),
  revision: z.int(),
  digest: z.string(),
  /** True when an approval given to the earlier content no longer counts. */
  approvalsVoided: z.boolean(),
});
export type ProposalReceipt = z.output<typeof proposalReceipt>;

export const eventListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(100),
  afterSeq: z.coerce.number().int().min(0).max(2_147_483_647).default(0),
});
export type EventListQuery = z.output<typeof eventListQuery>;
export const eventPage = z.object({ items: z.array(eventView), nextAfterSeq: z.int().nullable() });
export type EventPage = z.output<typeof eventPage>;

/** What an event would do to the deadlines of its case: `from` null: begins; `to` null: ends. Nothing is written by looking. */
export const eventPreview = z.object({
  allowed: z.boolean(),
  rules: z.array(z.object({ name: z.string(), text })),
  /** What the rules of the province say of a request: whether it comes early enough. */
  findings: z.array(findingView),
  deadlines: z.array(
    z.object({
      name: z.string(),
      text,
      from: z.iso.datetime().nullable(),
      to: z.iso.datetime().nullable(),
      explanation: text.nullable(),
      /** Who holds the work. */
      told: z.array(person),
    }),
  ),
});
export type EventPreview = z.output<typeof eventPreview>;
