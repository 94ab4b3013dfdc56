import {
  type DelegationEventType,
  type DocumentReference,
  delegationEventTypes,
} from '#contracts/delegation-events.js';
import { dayOf } from '#libs/calendar';
import type { WorkflowEvent } from '#libs/engine';
import { approvalOf, currentStep, type DelegationContext, outstandingOpinions } from './context.js';
import { type DelegationFacts, pickFacts } from './facts.js';

const document: DocumentReference = { number: '…', date: '2000-01-01' };
const nobody = '00000000-0000-4000-8000-000000000000';

/**
 * One event of each type as if the form were filled in right, to ask the machine what a person may do next. What the form will
 * say (a document, a date) is assumed to be in order; what the case and the server know is real.
 */
export function candidateEvents(from: {
  readonly context: DelegationContext;
  readonly facts: DelegationFacts;
  readonly now: Date;
}): readonly WorkflowEvent[] {
  return delegationEventTypes.flatMap((type) =>
    payloads(type, from).map((payload) => ({ type, ...payload, facts: pickFacts(type, from.facts) })),
  );
}

function payloads(
  type: DelegationEventType,
  { context, facts, now }: { context: DelegationContext; facts: DelegationFacts; now: Date },
): readonly Readonly<Record<string, unknown>>[] {
  const today = dayOf(now);
  switch (type) {
    case 'OPINION_RECEIVED':
      return outstandingOpinions(context).map(({ organisationId }) => ({ organisationId, opinion: 'agree', document }));
    case 'REQUEST_OPINION':
      return [{ organisationIds: [nobody] }];
    case 'APPROVE':
    case 'APPROVE_WITH_CONDITION': {
      const type = currentStep(context)?.records?.[0];
      return [{ document: { ...document, ...(type && { type }) } }];
    }
    case 'RECORD_STEP_DOCUMENT':
      return context.steps.flatMap(({ id, records }) => {
        const type = records?.[0] ?? 'officialLetter';
        return approvalOf(context, id) ? [{ stepId: id, document: { ...document, type } }] : [];
      });
    case 'FORWARD':
      return [{ recommendation: 'approve', document }];
    case 'ISSUE_DECISION':
      return [{ document, signerId: nobody }];
    case 'REQUEST_AMENDMENT':
      return [{ changedFields: facts.changedFields.length > 0 ? facts.changedFields : ['dates'] }];
    case 'RESCHEDULE':
      return [{ departureDate: today, returnDate: today }];
    case 'DEPART':
      return [{ departedOn: today }];
    case 'RETURN_HOME':
      return [{ returnedOn: today }];
    case 'REQUEST_EXTENSION':
      return [{ newReturnDate: '9999-12-31' }];
    default:
      return [{ document }];
  }
}
