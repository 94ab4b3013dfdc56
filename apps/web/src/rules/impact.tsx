import { useState } from 'react';
import { Link } from 'react-router';
import type { AffectedCase, ProfileChange, ProfilePreview } from '#contracts/regulation.js';
import { reachTexts } from '#libs/policy';
import { ApiProblem } from '../api/client';
import { usePublishRules } from '../api/rules';
import { useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { DayField } from '../parts/day-field';
import { Panel } from '../parts/panel';
import { ruleTexts } from './rule-texts';
import type { Json } from './schema';
import { put, type Say } from './words';

const changeColumns = (say: Say): Column<ProfileChange>[] => [
  { title: say(ruleTexts.field), cell: (row) => say(row.name) },
  { title: say(ruleTexts.before), cell: (row) => <del>{row.before}</del> },
  { title: say(ruleTexts.after), cell: (row) => <ins>{row.after}</ins> },
  { title: say(ruleTexts.reach), cell: (row) => say(reachTexts[row.reach]) },
];

const caseColumns = (say: Say, words: { code: string; delegation: string }): Column<AffectedCase>[] => [
  { title: words.code, kind: 'exact', cell: (row) => <Link to={`/cases/${row.id}`}>{row.caseCode}</Link> },
  { title: words.delegation, cell: (row) => row.delegationName },
  { title: say(ruleTexts.impact), cell: (row) => row.differences.map((one) => <div key={one.en}>{say(one)}</div>) },
];

function Publish({ draft, newest, done }: Omit<Shown, 'seen' | 'goOn'>) {
  const { t, say } = useLanguage();
  const publish = usePublishRules();
  const [validFrom, setFrom] = useState('');
  const [validTo, setTo] = useState('');
  const [note, setNote] = useState('');
  const problem = publish.error instanceof ApiProblem ? publish.error : null;
  return (
    <form
      className="stack"
      aria-label={put(say(ruleTexts.publishTitle), { n: newest + 1 })}
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate(
          { profile: draft, validFrom, validTo: validTo || null, note, seen: newest },
          { onSuccess: ({ version }) => done(version) },
        );
      }}
    >
      <h3>{put(say(ruleTexts.publishTitle), { n: newest + 1 })}</h3>
      <div className="row" style={{ alignItems: 'start' }}>
        <DayField label={say(ruleTexts.validFrom)} value={validFrom} change={setFrom} required />
        <DayField label={`${say(ruleTexts.validTo)} (${say(ruleTexts.optional)})`} value={validTo} change={setTo} />
      </div>
      <label className="labelled">
        {say(ruleTexts.note)}
        <textarea
          className="search area"
          rows={2}
          required
          minLength={5}
          maxLength={1000}
          placeholder={say(ruleTexts.noteHint)}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      {publish.isError && (
        <div className="late" role="alert">
          {problem ? say(problem.text) : t('failed')}
          {problem?.fields.map((field) => (
            <div key={field.path}>{say({ vi: field.detail, en: field.detailEn })}</div>
          ))}
        </div>
      )}
      <div>
        <button type="submit" className="primary" disabled={publish.isPending || validFrom === ''}>
          {say(ruleTexts.publish)}
        </button>
      </div>
    </form>
  );
}

interface Shown {
  readonly seen: ProfilePreview;
  /** Judges the cases that follow; null while that is under way. */
  readonly goOn: (() => void) | null;
  readonly draft: Json;
  readonly newest: number;
  readonly done: (published: number | null) => void;
}

/** Who is treated differently, before anything is changed; then the form that brings it into force. */
export function Impact({ seen, goOn, ...publishing }: Shown) {
  const { t, say } = useLanguage();
  const counts = { n: seen.affected.length, judged: seen.judged };
  return (
    <Panel title={say(ruleTexts.impact)}>
      <div className="stack" role="status">
        {seen.problems.map((problem) => (
          <div key={`${problem.path} ${problem.text.en}`} className="late">
            {say(problem.text)}
          </div>
        ))}
        {seen.problems.length === 0 && seen.changes.length === 0 && <p>{say(ruleTexts.noChanges)}</p>}
        {seen.changes.length > 0 && (
          <>
            <h3>{put(say(ruleTexts.changes), { n: seen.changes.length })}</h3>
            <DataTable
              label={put(say(ruleTexts.changes), { n: seen.changes.length })}
              columns={changeColumns(say)}
              rows={seen.changes}
              rowKey={(row) => row.path}
              empty={say(ruleTexts.noChanges)}
            />
            <h3>{put(say(seen.affected.length > 0 ? ruleTexts.affected : ruleTexts.nobodyAffected), counts)}</h3>
            {seen.affected.length > 0 && (
              <DataTable
                label={put(say(ruleTexts.affected), counts)}
                columns={caseColumns(say, { code: t('caseCode'), delegation: t('delegation') })}
                rows={seen.affected}
                rowKey={(row) => row.id}
                empty={say(ruleTexts.nobodyAffected)}
              />
            )}
            {seen.notJudged > 0 && (
              <p>
                <span className="late">{put(say(ruleTexts.notJudged), { n: seen.notJudged })}</span>{' '}
                <button type="button" className="plain" disabled={goOn === null} onClick={() => goOn?.()}>
                  {say(ruleTexts.judgeMore)}
                </button>
              </p>
            )}
          </>
        )}
      </div>
      {seen.problems.length === 0 && seen.changes.length > 0 && (
        <div style={{ marginTop: 16 }}>
          <Publish {...publishing} />
        </div>
      )}
    </Panel>
  );
}
