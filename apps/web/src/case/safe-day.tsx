import type { PlanColourName, SafeDay } from '#contracts/backward-plan.js';
import { formatDay } from '../format';
import { useLanguage } from '../language';

const colourTexts = { safe: 'planSafe', tight: 'planTight', late: 'planLate' } as const;

/** The word says it; the colour only repeats it. */
export function PlanColour({ colour }: { readonly colour: PlanColourName }) {
  const { t } = useLanguage();
  return <span className={`mark plan-${colour}`}>{t(colourTexts[colour])}</span>;
}

/** Beside a task in the inbox. */
export function SafeDayLine({ safeDay }: { readonly safeDay: SafeDay }) {
  const { t, say } = useLanguage();
  if (safeDay === null || safeDay.colour === 'safe') return null;
  return (
    <div title={say(safeDay.explanation)}>
      <PlanColour colour={safeDay.colour} /> {t('safeDay', { day: formatDay(safeDay.lastDay) })}
    </div>
  );
}
