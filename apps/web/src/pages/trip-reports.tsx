import { useDeferredValue, useState } from 'react';
import { Link, useParams } from 'react-router';
import type { FollowUpQuery, TripReportView } from '#contracts/trip-report.js';
import { useFollowUps, useReportLibrary, useTripReport } from '../api/trip-reports';
import { fundingTexts } from '../case/kind-texts';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { MoreButton } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { Panel } from '../parts/panel';
import { Bones, Empty } from '../parts/waiting';
import { Ways } from '../parts/ways';
import { FollowUpList } from '../trip-report/follow-up-list';
import { tripReportTexts } from '../trip-report/trip-report-texts';

/** What earlier delegations brought home. */
export function TripReportsPage() {
  const { say } = useLanguage();
  const [words, setWords] = useState('');
  const library = useReportLibrary(useDeferredValue(words.trim()));
  if (library.isLoadingError) return <Failure problem={library.error} retry={() => library.refetch()} />;
  const items = library.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <PageHead title={say(tripReportTexts.library)}>
        <Link to="/trip-reports/follow-ups">{say(tripReportTexts.followUps)}</Link>
      </PageHead>
      <p className="muted">{say(tripReportTexts.libraryHint)}</p>
      <input
        className="search"
        type="search"
        aria-label={say(tripReportTexts.search)}
        placeholder={say(tripReportTexts.search)}
        value={words}
        maxLength={200}
        style={{ width: '100%', margin: '12px 0' }}
        onChange={({ target }) => setWords(target.value)}
      />
      {items === undefined && <Bones />}
      {items?.length === 0 && (
        <Empty>{say(words.trim() === '' ? tripReportTexts.nothingYet : tripReportTexts.none)}</Empty>
      )}
      <div className="stack">
        {items?.map((one) => (
          <Panel key={one.caseId} title={one.delegationName}>
            <div className="muted">
              {[one.caseCode, one.unit, one.countries.join(', '), formatDay(one.departedOn)]
                .filter(Boolean)
                .join(' · ')}
            </div>
            <p className="sentence">{one.summary}</p>
            <Link to={`/trip-reports/${one.caseId}`}>{say(tripReportTexts.readMore)}</Link>{' '}
            <span className="muted">
              {`${say(tripReportTexts.agreements)}: ${one.agreements} · ${say(tripReportTexts.followUps)}: ${one.followUps}`}
            </span>
          </Panel>
        ))}
      </div>
      <MoreButton
        more={library.hasNextPage ? () => void library.fetchNextPage() : null}
        loading={library.isFetchingNextPage}
      />
    </>
  );
}

/** What is still to be done after trips; `id`: the one a mail or the inbox led to. */
export function FollowUpsPage() {
  const { say } = useLanguage();
  const { id } = useParams();
  const [state, setState] = useState<FollowUpQuery['state']>('open');
  const followUps = useFollowUps(state);
  if (followUps.isLoadingError) return <Failure problem={followUps.error} retry={() => followUps.refetch()} />;
  return (
    <>
      <PageHead title={say(tripReportTexts.followUps)}>
        <Link to="/trip-reports">{say(tripReportTexts.library)}</Link>
      </PageHead>
      <div className="tools no-print">
        <Ways<FollowUpQuery['state']>
          label={say(tripReportTexts.state)}
          ways={[
            ['open', say(tripReportTexts.openOnly)],
            ['all', say(tripReportTexts.all)],
          ]}
          chosen={state}
          choose={setState}
        />
      </div>
      <FollowUpList items={followUps.data?.items} {...(id !== undefined && { at: id })} />
    </>
  );
}

export function TripReportPage() {
  const { say } = useLanguage();
  const { id = '' } = useParams();
  const report = useTripReport(id);
  if (report.isLoadingError) return <Failure problem={report.error} retry={() => report.refetch()} />;
  if (!report.data) return <Bones />;
  const view = report.data;
  return (
    <>
      <PageHead title={view.delegationName}>
        <div className="row">
          <Link to="/trip-reports">{say(tripReportTexts.library)}</Link>
          {view.mayOpenCase && <Link to={`/cases/${view.caseId}`}>{say(tripReportTexts.openCase)}</Link>}
        </div>
      </PageHead>
      <p className="muted" style={{ marginBottom: 12 }}>
        {[view.caseCode, view.unit, view.countries.join(', ')].filter(Boolean).join(' · ')}
      </p>
      <div className="stack">
        <Panel title={say(tripReportTexts.summary)}>
          <p className="sentence">{view.summary}</p>
          {view.document && <p className="muted">{`${view.document.number}, ${formatDay(view.document.date)}`}</p>}
        </Panel>
        <Content view={view} />
        {view.followUpList.length > 0 && (
          <section className="stack" aria-label={say(tripReportTexts.followUps)}>
            <h2>{say(tripReportTexts.followUps)}</h2>
            <FollowUpList items={view.followUpList} />
          </section>
        )}
      </div>
    </>
  );
}

const number = new Intl.NumberFormat('vi-VN');

function Content({ view }: { readonly view: TripReportView }) {
  const { t, say } = useLanguage();
  const { report, approved } = view;
  if (report === null) return <p className="muted">{say(tripReportTexts.notStructured)}</p>;
  const money = (costs: readonly { source: string; amount: number | null; currency: string }[]) =>
    costs
      .map(({ source, amount, currency }) => {
        const name = source in fundingTexts ? t(fundingTexts[source as keyof typeof fundingTexts]) : source;
        return `${name}: ${amount === null ? '–' : number.format(amount)} ${currency}`;
      })
      .join('; ') || '–';
  return (
    <>
      <Panel title={say(tripReportTexts.actual)}>
        <div className="stack">
          <dl className="facts">
            {(
              [
                ['people', approved.people, report.actual.people],
                ['days', approved.days, report.actual.days],
                ['costs', money(approved.costs), money(report.actual.costs)],
              ] as const
            ).map(([key, before, after]) => (
              <div key={key}>
                <dt>{say(tripReportTexts[key])}</dt>
                <dd>
                  {after} <span className="muted">{`(${say(tripReportTexts.approved)}: ${before ?? '–'})`}</span>
                </dd>
              </div>
            ))}
          </dl>
          {report.deviations !== '' && <p className="sentence">{report.deviations}</p>}
        </div>
      </Panel>
      {report.meetings.length > 0 && (
        <Panel title={say(tripReportTexts.meetings)}>
          <ul>
            {report.meetings.map((meeting) => (
              <li key={`${meeting.date} ${meeting.partner} ${meeting.content}`}>
                {[formatDay(meeting.date), meeting.place, meeting.partner].filter(Boolean).join(', ')}
                <div className="sentence">{meeting.content}</div>
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {report.agreements.length > 0 && (
        <Panel title={say(tripReportTexts.agreements)}>
          <ul>
            {report.agreements.map((one) => (
              <li key={`${one.title} ${one.partner}`}>
                {[one.title, one.partner, one.signedOn && formatDay(one.signedOn), one.term].filter(Boolean).join(', ')}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {report.lessons !== '' && (
        <Panel title={say(tripReportTexts.lessons)}>
          <p className="sentence">{report.lessons}</p>
        </Panel>
      )}
    </>
  );
}
