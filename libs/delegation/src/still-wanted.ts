import type { CaseView } from '#contracts/case.js';
import { stepDocumentTexts } from '#contracts/rule-profile-kinds.js';
import type { Text } from '#contracts/text.js';
import {
  currentStep,
  type DelegationContext,
  documentsOf,
  typesNotRecorded,
} from '#workflows/outbound-delegation/context.js';
import type { Judgement } from './case-facts.js';
import type { Directory } from './directory.js';

type OfCase = Readonly<{ context: DelegationContext; states: readonly string[]; nameOf: (stepId: string) => Text }>;
type Types = readonly (keyof typeof stepDocumentTexts)[];

/**
 * The documents the levels must record, as the rules of the case say: of the level whose turn it is, what it has to give ('awaited');
 * of one that has agreed with another document than asked for, what is lacking ('missing').
 */
export function stepDocumentsOf({ context, states, nameOf }: OfCase): CaseView['stepDocuments'] {
  const lacking = context.approvals.flatMap((approval) => {
    const { stepId, voidedAt } = approval;
    const step = context.steps.find(({ id }) => id === stepId);
    const types = voidedAt === null ? typesNotRecorded(step, documentsOf(approval)) : [];
    return types.length === 0 ? [] : [row({ stepId, types, state: 'missing', severity: 'warning', nameOf })];
  });
  const turn = states.includes('approval.step') ? currentStep(context) : undefined;
  if (turn?.records === undefined) return lacking;
  const { id: stepId, records: types, whenNotRecorded: severity = 'warning' } = turn;
  return [...lacking, row({ stepId, types, state: 'awaited', severity, nameOf })];
}

/** What exactly a rule asks for: which types of document, whose opinion on what. Empty for a rule that says so itself. */
export function wantedFor(
  rule: string,
  { context, judgement }: { context: DelegationContext; judgement: Judgement | null },
): { kind: string; text: Text }[] {
  if (rule === 'stepDocumentRecorded') {
    const types = currentStep(context)?.records ?? [];
    return [{ kind: 'stepDocument', text: { vi: oneOf(types, 'vi'), en: oneOf(types, 'en') } }];
  }
  if (rule !== 'requiredOpinionsIn') return [];
  const answered = context.opinions.filter(({ answer }) => answer !== null).map((one) => one.organisationId);
  return (judgement?.opinions ?? [])
    .filter(({ required, organisationId }) => required && !answered.includes(organisationId))
    .map(({ subject }) => ({ kind: 'opinion', text: subject }));
}

/** "Tờ trình hoặc Công văn". */
function oneOf(types: Types, language: keyof Text): string {
  return types.map((type) => stepDocumentTexts[type][language]).join({ vi: ' hoặc ', en: ' or ' }[language]);
}

function row(given: {
  stepId: string;
  types: Types;
  state: 'awaited' | 'missing';
  severity: 'warning' | 'block';
  nameOf: OfCase['nameOf'];
}): CaseView['stepDocuments'][number] {
  const { stepId, types, state, severity } = given;
  const step = given.nameOf(stepId);
  const text = { vi: `${step.vi}: ${oneOf(types, 'vi')}`, en: `${step.en}: ${oneOf(types, 'en')}` };
  return { step: stepId, text, types: [...types], state, severity };
}

/** Whom the rules want to be asked during the appraisal, and how far that is. Empty once the dossier was put forward. */
export function opinionsWantedOf(
  { context, states }: Omit<OfCase, 'nameOf'>,
  given: { judgement: Judgement; directory: Directory },
): CaseView['opinionsWanted'] {
  if (!states.some((state) => state.startsWith('proposal') || state.startsWith('appraisal'))) return [];
  return given.judgement.opinions.map(({ organisationId, required, inWriting, subject, source }) => {
    const asked = context.opinions.find((one) => one.organisationId === organisationId);
    return {
      ...{ required, inWriting, subject, source, organisation: given.directory.organisation(organisationId) },
      state: asked === undefined ? 'notAsked' : asked.answer === null ? 'asked' : 'answered',
    };
  });
}
