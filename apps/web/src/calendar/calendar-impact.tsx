import { Link } from 'react-router';
import type { CalendarDraft, CalendarPreview } from '#contracts/calendar.js';
import { useApplyCalendar } from '../api/calendar';
import { ApiProblem } from '../api/client';
import { formatDay, formatInstant } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { put } from '../rules/words';
import { calendarTexts, weekdayText } from './calendar-texts';

type DayRow = CalendarPreview['days'][number];
interface DeadlineRow {
  readonly id: string;
  readonly caseCode: string;
  readonly delegationName: string;
  readonly deadline: CalendarPreview['cases'][number]['deadlines'][number];
}

const dayColumns = ({ say }: LanguageValue): Column<DayRow>[] => {
  const state = ({ worked, name }: DayRow['before']) =>
    [say(worked ? calendarTexts.works : calendarTexts.off), name && say(name)].filter(Boolean).join(', ');
  return [
    { title: say(calendarTexts.day), kind: 'exact', cell: ({ day }) => `${formatDay(day)}, ${say(weekdayText(day))}` },
    { title: say(calendarTexts.before), cell: ({ before }) => state(before) },
    { title: say(calendarTexts.after), cell: ({ after }) => <strong>{state(after)}</strong> },
  ];
};

const deadlineColumns = ({ t, say }: LanguageValue): Column<DeadlineRow>[] => [
  { title: t('caseCode'), kind: 'exact', cell: (row) => <Link to={`/cases/${row.id}`}>{row.caseCode}</Link> },
  { title: t('delegation'), cell: (row) => row.delegationName },
  { title: say(calendarTexts.deadline), cell: ({ deadline }) => say(deadline.text) },
  { title: say(calendarTexts.before), kind: 'exact', cell: ({ deadline }) => formatInstant(deadline.from) },
  {
    title: say(calendarTexts.after),
    cell: ({ deadline }) => (
      <>
        <strong className="exact">{formatInstant(deadline.to)}</strong>
        <div className="muted">{say(deadline.explanation)}</div>
      </>
    ),
  },
  {
    title: say(calendarTexts.told),
    cell: ({ deadline }) =>
      deadline.told.length === 0
        ? say(calendarTexts.nobody)
        : deadline.told.map(({ id, fullName }) => <div key={id}>{fullName}</div>),
  },
];

/** Old and new due date of each deadline that moves, and who is told; then the button that does it. */
export function CalendarImpact({
  seen,
  draft,
  done,
}: {
  readonly seen: CalendarPreview;
  readonly draft: CalendarDraft;
  readonly done: (said: string) => void;
}) {
  const language = useLanguage();
  const { t, say } = language;
  const apply = useApplyCalendar();
  const problem = apply.error instanceof ApiProblem ? apply.error : null;
  const { counts } = seen;
  const rows = seen.cases.flatMap(({ deadlines, ...one }) => deadlines.map((deadline) => ({ ...one, deadline })));
  if (seen.problems.length > 0) return null;
  return (
    <div className="stack" style={{ marginTop: 16 }}>
      <h3>{say(calendarTexts.impact)}</h3>
      <DataTable
        label={say(calendarTexts.days)}
        columns={dayColumns(language)}
        rows={seen.days}
        rowKey={(row) => row.day}
        empty=""
      />
      <p role="status">{put(say(counts.deadlines > 0 ? calendarTexts.counts : calendarTexts.nothingMoves), counts)}</p>
      {counts.reminders > 0 && <p className="muted">{put(say(calendarTexts.onlyReminders), counts)}</p>}
      {rows.length > 0 && (
        <DataTable
          label={say(calendarTexts.impact)}
          columns={deadlineColumns(language)}
          rows={rows}
          rowKey={(row) => `${row.id} ${row.deadline.name} ${row.deadline.from}`}
          empty=""
        />
      )}
      {counts.cases > seen.cases.length && (
        <p className="muted">{put(say(calendarTexts.more), { n: counts.cases - seen.cases.length })}</p>
      )}
      {apply.isError && (
        <div className="late" role="alert">
          {problem ? say(problem.text) : t('failed')}
        </div>
      )}
      <div>
        <button
          type="button"
          className="primary"
          disabled={apply.isPending}
          onClick={() =>
            apply.mutate(
              { change: draft, digest: seen.digest, seen: seen.version },
              {
                onSuccess: ({ version, ...rest }) => done(put(say(calendarTexts.applied), { n: version, ...rest })),
              },
            )
          }
        >
          {say(calendarTexts.apply)}
        </button>
      </div>
    </div>
  );
}
