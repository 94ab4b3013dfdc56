import type { FindingView } from '#contracts/case.js';
import { useLanguage } from '../language';

/** What one rule says, how grave it is and on what ground. */
export function Finding({ finding }: { readonly finding: FindingView }) {
  const { t, say } = useLanguage();
  const word = finding.justified ? 'findingJustified' : finding.outcome === 'block' ? 'findingBlock' : 'findingWarn';
  return (
    <div>
      <div>
        {finding.outcome !== 'pass' && <span className="mark">{t(word)}</span>} {say(finding.text)}
      </div>
      <div className="muted">
        {t('source')}:{' '}
        {finding.source ??
          (finding.reference ? t('assumptionAfter', { reference: finding.reference }) : t('assumption'))}
      </div>
    </div>
  );
}
