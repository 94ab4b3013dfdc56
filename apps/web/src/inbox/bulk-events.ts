import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { TaskKind } from '#workflows/outbound-delegation/tasks.js';

/**
 * What may be recorded for several cases at once: things that happened and need no document and no judgement of the single case.
 * An approval, an opinion and a report are each looked at and decided alone.
 */
export const bulkEvents: Readonly<Partial<Record<TaskKind, DelegationEventType>>> = {
  receive: 'RECEIVE',
  preparePassports: 'PASSPORT_GIVEN',
  confirmFunding: 'FUNDING_CONFIRMED',
  returnPassports: 'PASSPORT_RETURNED',
  settle: 'SETTLEMENT_DONE',
};

export const bulkEventOf = (kind: string): DelegationEventType | undefined => bulkEvents[kind as TaskKind];
