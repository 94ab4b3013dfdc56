import { Link } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import { useEarlierReports } from '../api/trip-reports';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { tripReportTexts } from '../trip-report/trip-report-texts';

/** More would hide the case. */
const mostCountries = 5;
const mostReports = 4;

/** What delegations to the same countries reported, for those who prepare and judge this one. Nothing where nobody has been. */
export function EarlierReports({ view }: { readonly view: CaseView }) {
  const { say } = useLanguage();
  const countries = view.proposal.countries.map(({ code, name }) => code ?? name.toLowerCase());
  const reports = useEarlierReports([...new Set(countries)].slice(0, mostCountries))
    .filter(({ caseId }) => caseId !== view.id)
    .slice(0, mostReports);
  if (reports.length === 0) return null;
  return (
    <Panel title={say(tripReportTexts.earlier)} className="no-print">
      <div className="stack" style={{ gap: 8 }}>
        {reports.map((one) => (
          <div key={one.caseId}>
            <Link to={`/trip-reports/${one.caseId}`}>{one.delegationName}</Link>
            <div className="muted">
              {[one.unit, one.countries.join(', '), formatDay(one.departedOn)].filter(Boolean).join(' · ')}
            </div>
          </div>
        ))}
      </div>
    </Panel>
  );
}
