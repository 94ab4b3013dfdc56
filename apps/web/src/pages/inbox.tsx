import { type RefObject, useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import type { InboxPage as InboxAnswer, InboxDue, InboxFilter, InboxItem } from '#contracts/inbox.js';
import { pathOfCase } from '#contracts/plan-codes.js';
import type { Me } from '#contracts/session.js';
import { eventNames } from '#workflows/outbound-delegation/names.js';
import { useInbox } from '../api/inbox';
import { Failure } from '../failure';
import { BulkDialog } from '../inbox/bulk';
import { bulkEventOf } from '../inbox/bulk-events';
import { dueTexts, useInboxFilter } from '../inbox/filter';
import { InboxKeys, useInboxKeys } from '../inbox/keys';
import { useNewWork } from '../inbox/new-work';
import { SavedViews } from '../inbox/views';
import { WorkList } from '../inbox/work-list';
import { useLanguage } from '../language';
import { PageHead } from '../parts/page-head';
import { StartFromPlan } from '../parts/start-from-plan';
import { Bones, Empty } from '../parts/waiting';

interface Shown {
  readonly filter: InboxFilter;
  readonly show: (filter: InboxFilter) => void;
}

function Kinds({ counts, filter, show }: Shown & { readonly counts: InboxAnswer['counts'] }) {
  const { t, say } = useLanguage();
  const total = counts.reduce((sum, count) => sum + count.open, 0);
  const { kind: _, ...rest } = filter;
  return (
    <fieldset className="chips" aria-label={t('kindOfWork')}>
      <button type="button" aria-pressed={filter.kind === undefined} onClick={() => show(rest)}>
        {`${t('all')} (${total})`}
      </button>
      {counts.map(({ kind, text, open, overdue }) => (
        <button
          type="button"
          key={kind}
          aria-pressed={filter.kind === kind}
          onClick={() => show(filter.kind === kind ? rest : { ...rest, kind })}
        >
          {`${say(text)} (${open})`}
          {overdue > 0 && <span className="late">{` · ${t('overdueCount', { n: overdue })}`}</span>}
        </button>
      ))}
    </fieldset>
  );
}

const pauseMs = 250;

/** What is typed is asked for a moment after the last key. */
function Search({ filter, show, field }: Shown & { readonly field: RefObject<HTMLInputElement | null> }) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState(filter.q ?? '');
  const timer = useRef<number>(undefined);
  const shown = filter.q ?? '';
  // Another view may have been chosen meanwhile.
  useEffect(() => setTyped((before) => (before.trim() === shown ? before : shown)), [shown]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return (
    <input
      ref={field}
      type="search"
      className="search"
      maxLength={100}
      aria-label={t('searchInbox')}
      placeholder={t('searchInbox')}
      value={typed}
      onChange={({ target: { value } }) => {
        setTyped(value);
        window.clearTimeout(timer.current);
        const { q: _, ...rest } = filter;
        const q = value.trim();
        timer.current = window.setTimeout(() => show(q === '' ? rest : { ...rest, q }), pauseMs);
      }}
    />
  );
}

function DueFilter({ filter, show }: Shown) {
  const { t } = useLanguage();
  const { due: _, ...rest } = filter;
  return (
    <select
      className="search short"
      aria-label={t('dueFilter')}
      value={filter.due ?? ''}
      onChange={({ target: { value } }) => show(value === '' ? rest : { ...rest, due: value as InboxDue })}
    >
      <option value="">{t('dueAny')}</option>
      {Object.entries(dueTexts).map(([due, text]) => (
        <option key={due} value={due}>
          {t(text)}
        </option>
      ))}
    </select>
  );
}

/** Rows chosen for one action together; they are always of one kind. */
function useChoice(items: readonly InboxItem[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = items.filter((item) => ids.has(item.taskId));
  const kind = chosen[0]?.kind;
  const toggle = (item: InboxItem) => {
    if (!bulkEventOf(item.kind)) return;
    if (kind !== undefined && kind !== item.kind) setIds(new Set([item.taskId]));
    else setIds(new Set(ids.has(item.taskId) ? [...ids].filter((id) => id !== item.taskId) : [...ids, item.taskId]));
  };
  return {
    ids,
    chosen,
    toggle,
    all: () => setIds(new Set(items.filter((item) => item.kind === kind).map((item) => item.taskId))),
    none: () => setIds(new Set()),
  };
}

function ChoiceBar({ choice, decide }: { readonly choice: ReturnType<typeof useChoice>; readonly decide: () => void }) {
  const { t, say } = useLanguage();
  const { chosen } = choice;
  const type = bulkEventOf(chosen[0]?.kind ?? '');
  if (type === undefined) return null;
  return (
    <section className="choice-bar" aria-label={t('chosenCount', { n: chosen.length })}>
      <strong role="status">{t('chosenCount', { n: chosen.length })}</strong>
      <button type="button" className="primary" onClick={decide}>
        {say(eventNames[type])}
      </button>
      <button type="button" className="quiet" onClick={choice.all}>
        {t('chooseAll')}
      </button>
      <button type="button" className="quiet" onClick={choice.none}>
        {t('unchoose')}
      </button>
    </section>
  );
}

/** Everything that waits for me, the earliest due first. */
export function InboxPage({ me }: { readonly me: Me }) {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const { filter, show } = useInboxFilter();
  const field = useRef<HTMLInputElement>(null);
  const inbox = useInbox(filter);
  const pages = inbox.data?.pages;
  const items = pages?.flatMap((page) => page.items) ?? [];
  const arrived = useNewWork(inbox.isPlaceholderData ? undefined : pages && items, JSON.stringify(filter));
  const choice = useChoice(items);
  const [deciding, setDeciding] = useState(false);
  const open = (index: number, act?: 'forward' | 'back') => {
    const item = items[index];
    if (item)
      navigate(`${pathOfCase(item.caseCode, item.caseId)}${act ? `?act=${act}` : ''}`, {
        state: { from: `${window.location.pathname}${window.location.search}` },
      });
  };
  const keys = useInboxKeys({
    count: items.length,
    open,
    act: open,
    choose: (index) => items[index] && choice.toggle(items[index]),
    search: () => field.current?.focus(),
  });
  const more = () => {
    if (inbox.hasNextPage && !inbox.isFetchingNextPage) void inbox.fetchNextPage();
  };
  if (inbox.isLoadingError) return <Failure problem={inbox.error} retry={() => inbox.refetch()} />;
  return (
    <>
      <PageHead title={t('inbox')}>
        <button type="button" className="quiet no-print" onClick={keys.showHelp}>
          {t('keys')}
        </button>
      </PageHead>
      <div className="tools no-print">
        <Search filter={filter} show={show} field={field} />
        <DueFilter filter={filter} show={show} />
        <Kinds counts={pages?.[0]?.counts ?? []} filter={filter} show={show} />
        <SavedViews filter={filter} show={show} />
      </div>
      <p className="unseen" role="status">
        {arrived.size > 0 ? t('newWorkCount', { n: arrived.size }) : ''}
      </p>
      {pages === undefined ? (
        <Bones />
      ) : items.length === 0 ? (
        <Empty>
          {t(Object.keys(filter).length === 0 ? 'inboxEmpty' : 'nothingFound')} <StartFromPlan me={me} />
        </Empty>
      ) : (
        <WorkList
          label={t('inbox')}
          items={items}
          at={keys.at}
          isNew={arrived}
          chosen={choice.ids}
          choose={choice.toggle}
          reachedEnd={more}
        />
      )}
      <ChoiceBar choice={choice} decide={() => setDeciding(true)} />
      {deciding && (
        <BulkDialog
          items={choice.chosen}
          close={() => {
            setDeciding(false);
            choice.none();
          }}
        />
      )}
      {keys.helpOpen && <InboxKeys close={keys.hideHelp} />}
    </>
  );
}
