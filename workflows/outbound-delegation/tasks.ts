import type { Role } from '#contracts/roles.js';
import type { Assignee } from '#libs/engine';
import { currentStep, type DelegationContext, openCondition, outstandingOpinions } from './context.js';

export const taskKinds = [
  'completeDraft',
  'signSubmission',
  'receive',
  'appraise',
  'giveOpinion',
  'supplement',
  'approveStep',
  'clarify',
  'clearCondition',
  'issueDecision',
  'preparePassports',
  'noteVerbale',
  'notifyMofa',
  'notifyEmbassy',
  'confirmFunding',
  'decideAmendment',
  'issueAmendedDecision',
  'reschedule',
  'recordDeparture',
  'decideExtension',
  'recordReturn',
  'submitReport',
  'acceptReport',
  'reviseReport',
  'returnPassports',
  'settle',
  'watchFreeze',
] as const;
export type TaskKind = (typeof taskKinds)[number];

export interface TaskOpening {
  readonly key: string;
  readonly kind: TaskKind;
  readonly assignee: Assignee;
  readonly data?: Readonly<Record<string, unknown>>;
}

type Organisation = keyof DelegationContext['organisations'];

/** Whose desk a wait lies on, for the waits that one fixed office of the case answers. Others are computed below. */
const desks: Record<
  Exclude<TaskKind, 'giveOpinion' | 'approveStep' | 'clearCondition'>,
  readonly [Role, Organisation]
> = {
  completeDraft: ['unitOfficer', 'unitId'],
  signSubmission: ['unitHead', 'unitId'],
  receive: ['reviewer', 'focalId'],
  appraise: ['reviewer', 'focalId'],
  supplement: ['unitOfficer', 'unitId'],
  clarify: ['reviewer', 'focalId'],
  issueDecision: ['clerk', 'decisionOfficeId'],
  preparePassports: ['reviewer', 'focalId'],
  noteVerbale: ['reviewer', 'focalId'],
  notifyMofa: ['reviewer', 'focalId'],
  notifyEmbassy: ['reviewer', 'focalId'],
  confirmFunding: ['unitOfficer', 'unitId'],
  decideAmendment: ['leader', 'authorityId'],
  issueAmendedDecision: ['clerk', 'decisionOfficeId'],
  reschedule: ['unitOfficer', 'unitId'],
  recordDeparture: ['reviewer', 'focalId'],
  decideExtension: ['leader', 'authorityId'],
  recordReturn: ['unitOfficer', 'unitId'],
  submitReport: ['unitOfficer', 'unitId'],
  acceptReport: ['reviewer', 'focalId'],
  reviseReport: ['unitOfficer', 'unitId'],
  returnPassports: ['unitOfficer', 'unitId'],
  settle: ['unitOfficer', 'unitId'],
  watchFreeze: ['reviewer', 'focalId'],
};

/**
 * The tasks a wait opens. Keys are stable: the kind, with the step or agency where there are several, so that a task closes by
 * the key it was opened with.
 */
export function tasksOf(kind: TaskKind, context: DelegationContext): readonly TaskOpening[] {
  switch (kind) {
    case 'giveOpinion':
      return outstandingOpinions(context).map(({ organisationId }) => opinionTask(organisationId));
    case 'approveStep': {
      const step = currentStep(context);
      if (!step) return [];
      const assignee = { role: step.role, organisationId: step.organisationId };
      return [{ key: `approveStep:${step.id}`, kind, assignee, data: { stepId: step.id } }];
    }
    case 'clearCondition': {
      const approval = openCondition(context);
      const assignee = { role: 'reviewer', organisationId: context.organisations.focalId };
      return approval ? [{ key: `clearCondition:${approval.stepId}`, kind, assignee }] : [];
    }
    default: {
      const [role, organisation] = desks[kind];
      return [{ key: kind, kind, assignee: { role, organisationId: context.organisations[organisation] } }];
    }
  }
}

function opinionTask(organisationId: string): TaskOpening {
  return {
    key: `giveOpinion:${organisationId}`,
    kind: 'giveOpinion',
    assignee: { role: 'reviewer', organisationId },
    data: { organisationId },
  };
}
