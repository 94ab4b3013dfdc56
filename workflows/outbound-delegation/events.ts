import type { DelegationEventInput, DelegationEventType, privateEventFields } from '#contracts/delegation-events.js';
import type { DelegationFacts, FactsOf } from './facts.js';

type PrivateField = (typeof privateEventFields)[number];

/** An event as the machine sees it: without people's free text, with the server's facts and the instant the engine sets. */
export type DelegationEvent = {
  [T in DelegationEventType]: Omit<Extract<DelegationEventInput, { type: T }>, PrivateField | 'type'> & {
    readonly type: T;
    readonly facts: FactsOf<T>;
    /** ISO 8601, UTC. */
    readonly at: string;
  };
}[DelegationEventType];

/** Empty for the event of a timer, which carries none. */
export function factsOf(event: { readonly type: string }): Partial<DelegationFacts> {
  return 'facts' in event && typeof event.facts === 'object' && event.facts !== null ? event.facts : {};
}
