import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { InboxPage as InboxAnswer, InboxItem } from '#contracts/inbox.js';
import { useInbox } from '../api/queries';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { InboxKeys, useInboxKeys } from '../inbox/keys';
import { useNewWork } from '../inbox/new-work';
import { useLanguage } from '../language';
import { MoreButton } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { Bones, Empty } from '../parts/waiting';
import { matches } from '../plain';

function Row({ item, at, isNew }: { readonly item: InboxItem; readonly at: boolean; readonly isNew: boolean }) {
  const { t, say } = useLanguage();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (at) row.current?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  return (
    <li ref={row} className={at ? 'at' : undefined} aria-current={at || undefined}>
      <div>
        <Link to={`/cases/${item.caseId}`}>{say(item.text)}</Link>{' '}
        {isNew && <span className="mark on">{t('newWork')}</span>}
        <div className="muted">{item.caseCode}</div>
      </div>
      <div>
        <div>{item.delegationName}</div>
        <div className="muted">{item.leader}</div>
      </div>
      <div className="day muted">
        {item.departureDate && (
          <>
            {t('departureDate')}
            <div>{formatDay(item.departureDate)}</div>
          </>
        )}
      </div>
      <div>
        {item.dueAt === null ? (
          <span className="muted">{t('noDue')}</span>
        ) : (
          <>
            <span className={item.overdue ? 'late' : undefined}>
              {`${t('due')} ${formatInstant(item.dueAt)}`}
              {item.overdue ? ` · ${t('overdue')}` : ''}
            </span>
            <div className="muted">{say(item.dueExplanation)}</div>
          </>
        )}
      </div>
    </li>
  );
}

function Kinds({
  counts,
  kind,
  choose,
}: {
  readonly counts: InboxAnswer['counts'];
  readonly kind: string | undefined;
  readonly choose: (kind: string | undefined) => void;
}) {
  const { t, say } = useLanguage();
  const total = counts.reduce((sum, count) => sum + count.open, 0);
  return (
    <fieldset className="chips" style={{ border: 0, margin: 0 }} aria-label={t('kindOfWork')}>
      <button type="button" aria-pressed={kind === undefined} onClick={() => choose(undefined)}>
        {`${t('all')} (${total})`}
      </button>
      {counts.map((count) => (
        <button
          type="button"
          key={count.kind}
          aria-pressed={kind === count.kind}
          onClick={() => choose(kind === count.kind ? undefined : count.kind)}
        >
          {`${say(count.text)} (${count.open})`}
          {count.overdue > 0 && <span className="late">{` · ${t('overdueCount', { n: count.overdue })}`}</span>}
        </button>
      ))}
    </fieldset>
  );
}

/** A search looks through all the work, so the pages still on the server are fetched. */
function useWholeInbox(inbox: ReturnType<typeof useInbox>, wanted: boolean): void {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = inbox;
  useEffect(() => {
    if (wanted && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [wanted, hasNextPage, isFetchingNextPage, fetchNextPage]);
}

/** Everything that waits for me, the earliest due first. */
export function InboxPage() {
  const { t, say } = useLanguage();
  const navigate = useNavigate();
  const [kind, setKind] = useState<string>();
  const [search, setSearch] = useState('');
  const searchField = useRef<HTMLInputElement>(null);
  const inbox = useInbox(kind);
  useWholeInbox(inbox, search !== '');
  const pages = inbox.data?.pages;
  const all = pages?.flatMap((page) => page.items);
  const items = all?.filter((item) =>
    matches(search, [say(item.text), item.caseCode, item.delegationName, item.leader]),
  );
  const arrived = useNewWork(all, kind);
  const keys = useInboxKeys({
    count: items?.length ?? 0,
    open: (index) => items?.[index] && navigate(`/cases/${items[index].caseId}`),
    search: () => searchField.current?.focus(),
  });
  if (inbox.isError && !pages) return <Failure problem={inbox.error} retry={() => inbox.refetch()} />;
  return (
    <>
      <PageHead title={t('inbox')}>
        <button type="button" className="quiet no-print" onClick={keys.showHelp}>
          {t('keys')}
        </button>
      </PageHead>
      <div className="tools no-print">
        <input
          ref={searchField}
          type="search"
          className="search"
          aria-label={t('searchInbox')}
          placeholder={t('searchInbox')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <Kinds counts={pages?.[0]?.counts ?? []} kind={kind} choose={setKind} />
      </div>
      <p className="unseen" role="status">
        {arrived.size > 0 ? t('newWorkCount', { n: arrived.size }) : ''}
      </p>
      {items === undefined ? (
        <Bones />
      ) : items.length === 0 ? (
        <Empty>{t(search === '' ? 'inboxEmpty' : 'nothingFound')}</Empty>
      ) : (
        <ul className="work" aria-label={t('inbox')}>
          {items.map((item, index) => (
            <Row key={item.taskId} item={item} at={keys.at === index} isNew={arrived.has(item.taskId)} />
          ))}
        </ul>
      )}
      <MoreButton
        more={inbox.hasNextPage ? () => void inbox.fetchNextPage() : null}
        loading={inbox.isFetchingNextPage}
      />
      {keys.helpOpen && <InboxKeys close={keys.hideHelp} />}
    </>
  );
}
