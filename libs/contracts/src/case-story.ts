import { z } from 'zod';
import { proposalContent } from './proposal.js';

const text = z.object({ vi: z.string(), en: z.string() });
const person = z.object({ id: z.uuid(), fullName: z.string() });
const organisation = z.object({ id: z.uuid(), code: z.string(), name: z.string() });

const progressState = z.object({
  id: z.string(),
  text,
  /** `open`: neither visited nor one decision away. */
  mark: z.enum(['current', 'passed', 'possible', 'open']),
});
export const progressPhase = progressState.extend({ states: z.array(progressState) });
export type ProgressPhase = z.output<typeof progressPhase>;

/** A step that will follow if nothing goes astray. */
export const comingStep = z.object({
  key: z.string(),
  text,
  organisation,
  /** Who holds it there today, substitutes included. */
  people: z.array(person),
  /** When it ends if each takes the whole term; null when the province sets none for it. */
  expectedAt: z.iso.datetime().nullable(),
  explanation: text.nullable(),
});
export type ComingStep = z.output<typeof comingStep>;

/** The way of a case on the machine, and what follows until the decision with the people and the days to expect. */
export const caseStory = z.object({ phases: z.array(progressPhase), coming: z.array(comingStep) });
export type CaseStory = z.output<typeof caseStory>;

export const revisionSummary = z.object({
  revision: z.int(),
  digest: z.string(),
  editedAt: z.iso.datetime(),
  editedBy: person.nullable(),
});
export const revisionList = z.object({ items: z.array(revisionSummary) });
export type RevisionSummary = z.output<typeof revisionSummary>;
export const revisionView = revisionSummary.extend({ content: proposalContent });
export type RevisionView = z.output<typeof revisionView>;
