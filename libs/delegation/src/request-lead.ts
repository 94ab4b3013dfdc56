import type { DelegationEventInput } from '#contracts/delegation-events.js';
import type { BusinessCalendar } from '#libs/calendar';
import { type Finding, judgeRequest, type ProvinceProfile, type TripRequest } from '#libs/policy';
import { type DelegationContext, openAmendment } from '#workflows/outbound-delegation/context.js';
import type { RequestLead } from '#workflows/outbound-delegation/facts.js';

/** What of a decided case a request is judged by. */
export type AskedOf = Pick<DelegationContext, 'trip' | 'departedOn'>;

interface Judging {
  readonly context: AskedOf;
  readonly profile: ProvinceProfile;
  readonly calendar: BusinessCalendar;
  readonly now: Date;
}

/** Judged by the days the decision in force names, whatever the request would make of them. */
function requestFinding(given: Judging & { request: TripRequest; isUrgent: boolean }): Finding {
  const { context, ...judging } = given;
  const { departureDate, returnDate } = context.trip;
  const beforeDeparture = context.departedOn === null ? departureDate : null;
  return judgeRequest({ ...judging, day: given.request === 'amendment' ? beforeDeparture : returnDate });
}

function leadOf({ severity, justified }: Finding): RequestLead {
  if (severity === 'pass') return 'inTime';
  if (severity === 'block') return 'tooLate';
  return justified ? 'urgent' : 'late';
}

/** Of any other event: what the machine would be told of a request that gives a reason, the most a person can do. */
export function requestLeads(given: Judging & { event: DelegationEventInput }): {
  amendmentLead: RequestLead;
  extensionLead: RequestLead;
} {
  const isUrgent = isRequest(given.event) ? given.event.urgentReason !== undefined : true;
  return {
    amendmentLead: leadOf(requestFinding({ ...given, request: 'amendment', isUrgent })),
    extensionLead: leadOf(requestFinding({ ...given, request: 'extension', isUrgent })),
  };
}

type RequestEvent = Extract<DelegationEventInput, { type: 'REQUEST_AMENDMENT' | 'REQUEST_EXTENSION' }>;

function isRequest(event: DelegationEventInput): event is RequestEvent {
  return event.type === 'REQUEST_AMENDMENT' || event.type === 'REQUEST_EXTENSION';
}

/** Of a request that is made or looked at; none for another event. */
export function findingsOfEvent(given: Judging & { event: DelegationEventInput }): readonly Finding[] {
  const { event, ...judging } = given;
  if (!isRequest(event)) return [];
  const request = event.type === 'REQUEST_AMENDMENT' ? 'amendment' : 'extension';
  return [requestFinding({ ...judging, request, isUrgent: event.urgentReason !== undefined })];
}

/** Of what might be asked about a decided trip today, without a reason. */
export function requestNow(judging: Judging): readonly Finding[] {
  const request = judging.context.departedOn === null ? 'amendment' : 'extension';
  return [requestFinding({ ...judging, request, isUrgent: false })];
}

/** Of the requests nobody has decided yet, as of the instant each was made. */
export function findingsOfOpenRequests({
  context,
  ...judging
}: Omit<Judging, 'now' | 'context'> & { context: DelegationContext }): readonly Finding[] {
  const amendment = openAmendment(context);
  const open = [
    ...(amendment?.lead === undefined ? [] : [{ ...amendment, kind: 'amendment' as const }]),
    ...(context.extension?.lead === undefined ? [] : [{ ...context.extension, kind: 'extension' as const }]),
  ];
  return open.map(({ kind, request, lead }) =>
    requestFinding({ context, ...judging, request: kind, isUrgent: lead === 'urgent', now: new Date(request.at) }),
  );
}
