import type { DelegationEventType } from '#contracts/delegation-events.js';
import { useEventPreview } from '../api/calendar';
import { Finding } from './finding';

const requests: Partial<Record<DelegationEventType, (today: string) => Readonly<Record<string, unknown>>>> = {
  REQUEST_AMENDMENT: () => ({ changedFields: ['dates'] }),
  REQUEST_EXTENSION: (today) => ({ newReturnDate: today }),
};

/** Whether a request comes early enough, before it is made. It depends on today and on a reason being given, not on what is asked. */
export function RequestInTime({
  caseId,
  type,
  today,
  isUrgent,
}: {
  readonly caseId: string;
  readonly type: DelegationEventType;
  /** Empty while it is not known. */
  readonly today: string;
  readonly isUrgent: boolean;
}) {
  const asked = today === '' ? undefined : requests[type]?.(today);
  const reasons = { reason: 'xem trước', ...(isUrgent && { urgentReason: 'xem trước' }) };
  const { data } = useEventPreview(caseId, asked ? { type, ...asked, ...reasons } : null);
  return (
    <div role="status">
      {data?.findings.map((finding) => (
        <Finding key={finding.rule} finding={finding} />
      ))}
    </div>
  );
}
