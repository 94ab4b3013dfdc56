import type { FindingView } from '#contracts/case.js';
import type { DelegationEventType } from '#contracts/delegation-events.js';
import { useEventPreview } from '../api/calendar';

const requests: Partial<Record<DelegationEventType, (today: string) => Readonly<Record<string, unknown>>>> = {
  REQUEST_AMENDMENT: () => ({ changedFields: ['dates'] }),
  REQUEST_EXTENSION: (today) => ({ newReturnDate: today }),
};

/**
 * Whether a request comes early enough, before it is made; nothing for another event. It depends on today and on a reason for the
 * urgency being given, not on what is asked. `today`: empty while it is not known.
 */
export function useRequestInTime({
  caseId,
  type,
  today,
  isUrgent,
}: {
  readonly caseId: string;
  readonly type: DelegationEventType;
  readonly today: string;
  readonly isUrgent: boolean;
}): readonly FindingView[] {
  const asked = today === '' ? undefined : requests[type]?.(today);
  const reasons = { reason: 'xem trước', ...(isUrgent && { urgentReason: 'xem trước' }) };
  return useEventPreview(caseId, asked ? { type, ...asked, ...reasons } : null).data?.findings ?? [];
}
