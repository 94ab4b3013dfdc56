import { Link } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { profileTexts } from '../profile/profile-texts';

/** Shown to a traveller who decides for others: nobody stands in on the days of this trip yet. */
export function SubstitutionOffer({ view }: { readonly view: CaseView }) {
  const { say } = useLanguage();
  const offer = view.substitutionOffer;
  if (offer === null) return null;
  return (
    <Panel title={say(profileTexts.substitution)} className="no-print">
      <p>
        {say(profileTexts.offer)} ({formatDay(offer.firstDay)} – {formatDay(offer.lastDay)})
      </p>
      <p style={{ marginTop: 8 }}>
        <Link to={`/profile?trip=${offer.caseId}`}>{say(profileTexts.nameForTrip)}</Link>
      </p>
    </Panel>
  );
}
