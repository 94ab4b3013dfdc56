import { randomUUID } from 'node:crypto';
import { type DelegationEventType, delegationEvents } from '#contracts/delegation-events.js';

const document = { number: '12/TTr-SKHĐT', date: '2023-01-09', type: 'submission' };

/** A body of that type which the schema accepts. A field nobody gave a sample for makes the schema refuse, and a test go red. */
export function sampleEvent(type: DelegationEventType, organisationId: string): Record<string, unknown> {
  const samples: Record<string, unknown> = {
    document,
    reason: 'Lý do của bản thử',
    items: ['Thiếu thư mời'],
    organisationIds: [organisationId],
    organisationId,
    opinion: 'agree',
    condition: 'Rút ngắn hai ngày',
    signerId: randomUUID(),
    stepId: 'focalAgency',
    changedFields: ['purpose'],
    departureDate: '2023-04-03',
    returnDate: '2023-04-07',
    departedOn: '2023-03-06',
    returnedOn: '2023-03-10',
    newReturnDate: '2023-03-12',
    summary: 'Báo cáo kết quả chuyến đi',
  };
  const fields = Object.keys(delegationEvents[type].shape).filter((field) => samples[field] !== undefined);
  const body = Object.fromEntries(fields.map((field) => [field, samples[field]]));
  return { type, ...delegationEvents[type].parse(body) };
}
