import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import type { InboxItem } from '#contracts/inbox.js';
import { pathOfCase } from '#contracts/plan-codes.js';
import { SafeDayLine } from '../case/safe-day';
import { formatDay, formatInstant } from '../format';
import { useLanguage } from '../language';
import { bulkEventOf } from './bulk-events';

function Due({ item }: { readonly item: InboxItem }) {
  const { t, say } = useLanguage();
  if (item.dueAt === null) return <span className="muted">{t('noDue')}</span>;
  return (
    <>
      <span className={item.overdue ? 'late' : undefined}>
        {`${t('due')} ${formatInstant(item.dueAt)}`}
        {item.overdue ? ` · ${t('overdue')}` : ''}
      </span>
      <div className="muted">{say(item.dueExplanation)}</div>
    </>
  );
}

interface Marks {
  readonly at: boolean;
  readonly isNew: boolean;
  readonly isChosen: boolean;
  readonly choose: (item: InboxItem) => void;
}

function Cells({ item, isNew, isChosen, choose }: { readonly item: InboxItem } & Marks) {
  const { t, say } = useLanguage();
  const { pathname, search } = useLocation();
  return (
    <>
      <div className="choice">
        {bulkEventOf(item.kind) && (
          <input
            type="checkbox"
            aria-label={t('chooseRow', { code: item.caseCode })}
            checked={isChosen}
            onChange={() => choose(item)}
          />
        )}
      </div>
      <div>
        <Link to={pathOfCase(item.caseCode, item.caseId)} state={{ from: `${pathname}${search}` }}>
          {say(item.text)}
        </Link>{' '}
        {isNew && <span className="mark on">{t('newWork')}</span>}
        <div className="muted">
          {[item.caseCode, item.onBehalfOf && `${t('onBehalfOf')} ${item.onBehalfOf.fullName}`]
            .filter(Boolean)
            .join(' · ')}
        </div>
      </div>
      <div>
        <div>{item.delegationName}</div>
        <div className="muted">{[item.leader, item.unit].filter(Boolean).join(' · ')}</div>
      </div>
      <div className="day muted">
        {item.departureDate && (
          <>
            {t('departureDate')}
            <div>{formatDay(item.departureDate)}</div>
            <SafeDayLine safeDay={item.safeDay} />
          </>
        )}
      </div>
      <div>
        <Due item={item} />
      </div>
    </>
  );
}

/** Where the reader is with the keys has the focus, too, so that a screen reader says it. */
function useFocusWhen(at: boolean) {
  const row = useRef<HTMLLIElement | null>(null);
  useEffect(() => {
    const active = document.activeElement;
    if (!at || (active !== document.body && !active?.closest('.work'))) return;
    row.current?.querySelector('a')?.focus({ preventScroll: true });
  }, [at]);
  return row;
}

interface RowProps extends Marks {
  readonly item: InboxItem;
  readonly index: number;
  /** Pixels below the top of the list. */
  readonly top: number;
  readonly all: number;
  readonly measure: (row: Element | null) => void;
}

/** Drawn again only when something about it changed: while somebody scrolls, the rows that stay are left alone. */
const Row = memo(function Row({ item, index, top, all, measure, ...marks }: RowProps) {
  const row = useFocusWhen(marks.at);
  return (
    <li
      ref={(element) => {
        row.current = element;
        measure(element);
      }}
      data-index={index}
      className={marks.at ? 'at' : undefined}
      aria-current={marks.at || undefined}
      aria-posinset={index + 1}
      aria-setsize={all}
      style={{ transform: `translateY(${top}px)` }}
    >
      <Cells item={item} {...marks} />
    </li>
  );
});

/** Only the rows that are seen are drawn, however many wait. `reachedEnd` asks for the next page. */
export function WorkList({
  label,
  items,
  at,
  isNew,
  chosen,
  choose,
  reachedEnd,
}: {
  readonly label: string;
  readonly items: readonly InboxItem[];
  readonly at: number;
  readonly isNew: ReadonlySet<string>;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (item: InboxItem) => void;
  readonly reachedEnd: () => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  const rows = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => (window.innerWidth > 720 ? 80 : 196),
    getItemKey: (index) => items[index]?.taskId ?? index,
    overscan: 8,
    // Drawing may wait for the next frame; to draw within each tick of the wheel is what makes it stutter.
    useFlushSync: false,
    scrollMargin: list.current?.offsetTop ?? 0,
    // Room for what stands above the list when a key brings a row into sight.
    scrollPaddingStart: 8,
    scrollPaddingEnd: 8,
  });
  const latest = useRef(choose);
  latest.current = choose;
  const chooseSteadily = useCallback((item: InboxItem) => latest.current(item), []);
  const seen = rows.getVirtualItems();
  const last = seen.at(-1)?.index ?? 0;
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
  }, [at, rows]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again only when another row is the last one seen.
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 20) reachedEnd();
  }, [last, items.length]);
  return (
    <ul ref={list} className="work" aria-label={label} style={{ height: rows.getTotalSize() }}>
      {seen.map((place) => {
        const item = items[place.index];
        if (item === undefined) return null;
        return (
          <Row
            key={place.key}
            item={item}
            index={place.index}
            top={place.start - rows.options.scrollMargin}
            all={items.length}
            measure={rows.measureElement}
            at={place.index === at}
            isNew={isNew.has(item.taskId)}
            isChosen={chosen.has(item.taskId)}
            choose={chooseSteadily}
          />
        );
      })}
    </ul>
  );
}
