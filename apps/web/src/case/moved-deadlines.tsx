import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { Text } from '#contracts/text.js';
import { useEventPreview } from '../api/calendar';
import { formatInstant } from '../format';
import { useLanguage } from '../language';

/** Events that move the days of a trip: what follows from it is shown before it is done. */
const movesDays: ReadonlySet<DelegationEventType> = new Set([
  'AMENDMENT_APPROVED',
  'POSTPONE',
  'RESCHEDULE',
  'EXTENSION_GRANTED',
]);

const texts = {
  title: { vi: 'Thời hạn sẽ đổi', en: 'Deadlines that will move' },
  none: { vi: 'Không thời hạn nào đổi ngày.', en: 'No deadline moves.' },
  begins: { vi: 'bắt đầu, hạn', en: 'begins, due' },
  ends: { vi: 'dừng (đang là {from})', en: 'stops (was {from})' },
  moves: { vi: '{from} → {to}', en: '{from} → {to}' },
  told: { vi: 'Người giữ việc', en: 'Held by' },
  looking: { vi: 'Đang tính…', en: 'Computing…' },
} satisfies Record<string, Text>;

const change = (from: string | null, to: string | null, say: (text: Text) => string): string => {
  if (from === null) return `${say(texts.begins)} ${formatInstant(to)}`;
  if (to === null) return say(texts.ends).replace('{from}', formatInstant(from));
  return say(texts.moves).replace('{from}', formatInstant(from)).replace('{to}', formatInstant(to));
};

/** `event`: what is filled in so far, without the document, which does not change the days. Null: not enough yet. */
export function MovedDeadlines({
  caseId,
  type,
  event,
}: {
  readonly caseId: string;
  readonly type: DelegationEventType;
  readonly event: Readonly<Record<string, unknown>> | null;
}) {
  const { say } = useLanguage();
  const shown = movesDays.has(type);
  const preview = useEventPreview(caseId, shown ? event : null);
  if (!shown || event === null || preview.isError) return null;
  const deadlines = preview.data?.allowed ? preview.data.deadlines : null;
  if (preview.data && deadlines === null) return null;
  return (
    <section aria-label={say(texts.title)} className="note">
      <strong>{say(texts.title)}</strong>
      <div role="status">
        {deadlines === null && say(texts.looking)}
        {deadlines?.length === 0 && say(texts.none)}
        {deadlines && deadlines.length > 0 && (
          <ul>
            {deadlines.map(({ name, text, from, to, told }) => (
              <li key={`${name} ${from}`}>
                {say(text)}: {change(from, to, say)}
                {told.length > 0 && (
                  <div className="muted">
                    {say(texts.told)}: {told.map(({ fullName }) => fullName).join(', ')}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
