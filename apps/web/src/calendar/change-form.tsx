import { type ReactNode, useState } from 'react';
import {
  type CalendarAnnouncement,
  type CalendarDraft,
  type CalendarScope,
  changedDayKinds,
} from '#contracts/calendar.js';
import { usePreviewCalendar } from '../api/calendar';
import { ApiProblem } from '../api/client';
import { useLanguage } from '../language';
import { DayField } from '../parts/day-field';
import { Panel } from '../parts/panel';
import { put } from '../rules/words';
import { CalendarImpact } from './calendar-impact';
import { calendarTexts, dayKindTexts } from './calendar-texts';

export type DayDraft = CalendarAnnouncement['days'][number];

/** What is being changed: days that are announced, or an earlier change that is withdrawn. */
export type Beginning =
  | { readonly kind: 'announce'; readonly days: readonly DayDraft[]; readonly mayChangeCountry: boolean }
  | { readonly kind: 'withdraw'; readonly version: number };

export const emptyDay: DayDraft = { day: '', kind: 'publicHoliday', name: { vi: '', en: '' } };

function DayRow({
  row,
  problems,
  change,
  remove,
}: {
  readonly row: DayDraft;
  readonly problems: readonly string[];
  readonly change: (row: DayDraft) => void;
  readonly remove: (() => void) | null;
}) {
  const { say } = useLanguage();
  const named = (part: 'vi' | 'en', label: string) => (
    <label className="labelled" style={{ flex: '1 1 160px' }}>
      {label}
      <input
        className="search"
        required
        minLength={2}
        maxLength={120}
        value={row.name[part]}
        onChange={({ target }) => change({ ...row, name: { ...row.name, [part]: target.value } })}
      />
    </label>
  );
  return (
    <div>
      <div className="row" style={{ alignItems: 'end' }}>
        <DayField label={say(calendarTexts.day)} value={row.day} change={(day) => change({ ...row, day })} required />
        <label className="labelled">
          {say(calendarTexts.kind)}
          <select
            className="search"
            value={row.kind}
            onChange={({ target }) => change({ ...row, kind: target.value as DayDraft['kind'] })}
          >
            {changedDayKinds.map((kind) => (
              <option key={kind} value={kind}>
                {say(dayKindTexts[kind])}
              </option>
            ))}
          </select>
        </label>
        {named('vi', say(calendarTexts.nameVi))}
        {named('en', say(calendarTexts.nameEn))}
        {remove && (
          <button type="button" className="quiet" onClick={remove}>
            {say(calendarTexts.removeDay)}
          </button>
        )}
      </div>
      {problems.map((problem) => (
        <div key={problem} className="late" role="alert">
          {problem}
        </div>
      ))}
    </div>
  );
}

/** The document and the reason; then, under the form, what it would do. Any change of the form makes the preview void. */
export function ChangeForm({
  from,
  close,
  done,
}: {
  readonly from: Beginning;
  readonly close: () => void;
  readonly done: (said: string) => void;
}) {
  const { t, say } = useLanguage();
  const preview = usePreviewCalendar();
  const [days, setDays] = useState(from.kind === 'announce' ? from.days : []);
  const [scope, setScope] = useState<CalendarScope>('province');
  const [document, setDocument] = useState({ number: '', date: '' });
  const [reason, setReason] = useState('');
  const draft: CalendarDraft =
    from.kind === 'announce'
      ? { kind: 'announce', scope, document, reason, days: [...days] }
      : { kind: 'withdraw', version: from.version, document, reason };
  // What is shown below belongs to what was sent, not to what has been typed since.
  const edit =
    <Value,>(set: (value: Value) => void) =>
    (value: Value) => {
      preview.reset();
      set(value);
    };
  const seen = preview.data;
  const problem = preview.error instanceof ApiProblem ? preview.error : null;
  const problemsAt = (path: string) =>
    (seen?.problems ?? []).flatMap((one) => (one.path === path ? [say(one.text)] : []));
  const title =
    from.kind === 'announce' ? say(calendarTexts.addTitle) : put(say(calendarTexts.withdrawTitle), { n: from.version });
  return (
    <Panel title={title}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          preview.mutate(draft);
        }}
      >
        {days.map((row, at) => (
          <DayRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name of its own but its place.
            key={at}
            row={row}
            problems={problemsAt(`days.${at}.day`)}
            change={edit((next: DayDraft) => setDays(days.map((one, place) => (place === at ? next : one))))}
            remove={days.length > 1 ? () => edit(setDays)(days.filter((_, place) => place !== at)) : null}
          />
        ))}
        {from.kind === 'announce' && (
          <div>
            <button type="button" className="plain" onClick={() => edit(setDays)([...days, emptyDay])}>
              {say(calendarTexts.addDay)}
            </button>
          </div>
        )}
        <div className="row" style={{ alignItems: 'end' }}>
          <label className="labelled">
            {say(calendarTexts.documentNumber)}
            <input
              className="search"
              required
              minLength={3}
              maxLength={80}
              value={document.number}
              onChange={({ target }) => edit(setDocument)({ ...document, number: target.value })}
            />
          </label>
          <DayField
            label={say(calendarTexts.documentDate)}
            value={document.date}
            change={(date) => edit(setDocument)({ ...document, date })}
            required
          />
          {from.kind === 'announce' && from.mayChangeCountry && (
            <label className="labelled">
              {say(calendarTexts.scope)}
              <select
                className="search"
                value={scope}
                onChange={({ target }) => edit(setScope)(target.value as CalendarScope)}
              >
                <option value="province">{say(calendarTexts.ownProvince)}</option>
                <option value="country">{say(calendarTexts.wholeCountry)}</option>
              </select>
            </label>
          )}
        </div>
        <label className="labelled">
          {say(calendarTexts.reason)}
          <textarea
            className="search area"
            rows={2}
            required
            minLength={5}
            maxLength={500}
            value={reason}
            onChange={({ target }) => edit(setReason)(target.value)}
          />
        </label>
        <Refused show={preview.isError || problemsAt('version').length > 0 || problemsAt('scope').length > 0}>
          {preview.isError && (problem ? say(problem.text) : t('failed'))}
          {problem?.fields.map((field) => (
            <div key={field.path}>{say({ vi: field.detail, en: field.detailEn })}</div>
          ))}
          {[...problemsAt('version'), ...problemsAt('scope')].map((text) => (
            <div key={text}>{text}</div>
          ))}
        </Refused>
        <div className="row">
          <button type="submit" className={seen ? 'plain' : 'primary'} disabled={preview.isPending}>
            {say(calendarTexts.preview)}
          </button>
          <button type="button" className="plain" onClick={close}>
            {say(calendarTexts.cancel)}
          </button>
        </div>
      </form>
      {seen && <CalendarImpact seen={seen} draft={draft} done={done} />}
    </Panel>
  );
}

function Refused({ show, children }: { readonly show: boolean; readonly children: ReactNode }) {
  return show ? (
    <div className="late" role="alert">
      {children}
    </div>
  ) : null;
}
