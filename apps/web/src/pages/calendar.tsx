import { useState } from 'react';
import type { CalendarChangeView, CalendarRow } from '#contracts/calendar.js';
import type { Me } from '#contracts/session.js';
import { useCalendarYear } from '../api/calendar';
import { calendarTexts, dayKindTexts, weekdayText } from '../calendar/calendar-texts';
import { type Beginning, ChangeForm, emptyDay } from '../calendar/change-form';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { PageHead } from '../parts/page-head';
import { Bones } from '../parts/waiting';
import { put } from '../rules/words';

const rowColumns = ({ say }: LanguageValue, confirm: ((row: CalendarRow) => void) | null): Column<CalendarRow>[] => [
  { title: say(calendarTexts.day), kind: 'exact', cell: (row) => formatDay(row.day) },
  { title: say(calendarTexts.weekday), kind: 'exact', cell: (row) => say(weekdayText(row.day)) },
  { title: say(calendarTexts.name), cell: (row) => say(row.name) },
  {
    title: say(calendarTexts.kind),
    kind: 'exact',
    cell: (row) => (row.applied ? say(dayKindTexts[row.kind]) : <em>{say(calendarTexts.notApplied)}</em>),
  },
  {
    title: say(calendarTexts.source),
    cell: (row) => (
      <>
        <span className={row.verified ? 'mark on' : 'mark'}>
          {row.verified ? `✓ ${say(calendarTexts.verified)}` : `? ${say(calendarTexts.unverified)}`}
        </span>{' '}
        <span className="muted">
          {row.version === null
            ? row.source
            : `${row.source} · ${put(say(calendarTexts.changeNumber), { n: row.version })}`}
        </span>{' '}
        {confirm && !row.verified && (
          <button
            type="button"
            className="quiet no-print"
            aria-label={`${say(calendarTexts.confirm)}: ${formatDay(row.day)}`}
            onClick={() => confirm(row)}
          >
            {say(calendarTexts.confirm)}
          </button>
        )}
      </>
    ),
  },
];

const changeColumns = (
  { say }: LanguageValue,
  withdraw: ((version: number) => void) | null,
): Column<CalendarChangeView>[] => [
  { title: say(calendarTexts.number), kind: 'number', cell: ({ version }) => version },
  {
    title: say(calendarTexts.document),
    cell: ({ document, scope, reason }) => (
      <>
        {document.number}, {formatDay(document.date)}{' '}
        <span className="muted">
          · {say(scope === 'country' ? calendarTexts.wholeCountry : calendarTexts.ownProvince)} · {reason}
        </span>
      </>
    ),
  },
  {
    title: say(calendarTexts.days),
    cell: ({ days, withdraws }) =>
      withdraws === null
        ? days.map(({ day, kind }) => (
            <div key={day}>
              {formatDay(day)} {say(dayKindTexts[kind])}
            </div>
          ))
        : put(say(calendarTexts.withdrew), { n: withdraws }),
  },
  {
    title: say(calendarTexts.enteredBy),
    cell: ({ createdBy, createdAt, version, withdrawnBy, canWithdraw }) => (
      <>
        {createdBy?.fullName ?? say(calendarTexts.operator)} <span className="muted">{formatDay(createdAt)}</span>{' '}
        {withdrawnBy !== null && <em>{put(say(calendarTexts.withdrawnBy), { n: withdrawnBy })}</em>}
        {withdraw && canWithdraw && (
          <button
            type="button"
            className="quiet no-print"
            aria-label={put(say(calendarTexts.withdrawTitle), { n: version })}
            onClick={() => withdraw(version)}
          >
            {say(calendarTexts.withdraw)}
          </button>
        )}
      </>
    ),
  },
];

/** The days everybody's deadlines are counted by, each with its source; an administrator enters what is newly announced. */
export function CalendarPage({ me }: { readonly me: Me }) {
  const language = useLanguage();
  const { say } = language;
  const [year, setYear] = useState<number>();
  const [changing, setChanging] = useState<Beginning | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const calendar = useCalendarYear(year);
  if (calendar.isLoadingError) return <Failure problem={calendar.error} retry={() => calendar.refetch()} />;
  if (calendar.data === undefined) return <Bones />;
  const view = calendar.data;
  const mayChange = me.roles.some((held) => held.role === 'administrator') && changing === null;
  const begin = (beginning: Beginning) => {
    setSaid(null);
    setChanging(beginning);
  };
  const announce = (days: readonly (typeof emptyDay)[]) =>
    begin({ kind: 'announce', days, mayChangeCountry: view.mayChangeCountry });
  const confirm = ({ day, kind, name }: CalendarRow) => announce([{ day, kind, name }]);
  const years = Array.from({ length: view.lastYear - view.firstYear + 1 }, (_, at) => view.firstYear + at);
  return (
    <>
      <PageHead title={say(calendarTexts.calendar)}>
        <div className="row no-print">
          <label className="row" style={{ gap: 8 }}>
            {say(calendarTexts.year)}
            <select className="search short" value={view.year} onChange={({ target }) => setYear(Number(target.value))}>
              {(years.includes(view.year) ? years : [...years, view.year]).map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
          {mayChange && (
            <button type="button" className="plain" onClick={() => announce([emptyDay])}>
              {say(calendarTexts.add)}
            </button>
          )}
        </div>
      </PageHead>
      <div className="stack">
        <p className="muted">
          {say(calendarTexts.intro)} {say(calendarTexts.versionNow)}: {view.calendarVersion}
        </p>
        {said !== null && <p role="status">{said}</p>}
        {changing && (
          <ChangeForm
            key={JSON.stringify(changing)}
            from={changing}
            close={() => setChanging(null)}
            done={(text) => {
              setChanging(null);
              setSaid(text);
            }}
          />
        )}
        <DataTable
          label={`${say(calendarTexts.calendar)} ${view.year}`}
          columns={rowColumns(language, mayChange ? confirm : null)}
          rows={view.days}
          rowKey={(row) => `${row.day} ${row.applied}`}
          empty={say(calendarTexts.none)}
        />
        <h2>{say(calendarTexts.changes)}</h2>
        <DataTable
          label={say(calendarTexts.changes)}
          columns={changeColumns(language, mayChange ? (version) => begin({ kind: 'withdraw', version }) : null)}
          rows={view.changes}
          rowKey={(row) => String(row.version)}
          empty={say(calendarTexts.noChanges)}
        />
      </div>
    </>
  );
}
