import { useState } from 'react';
import {
  type LetterheadBody,
  type LetterheadContent,
  type LetterheadPreview,
  type LetterheadsView,
  type WrittenAuthority,
} from '#contracts/letterhead.js';
import { useChangeLetterhead, useLetterheads, usePreviewLetterhead } from '../api/letterheads';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { DayField } from '../parts/day-field';
import { Bones } from '../parts/waiting';
import { Refused } from './directory-form';
import { letterheadBodyTexts, letterheadTexts, marks } from './letterhead-texts';

type Plain = 'superior' | 'issuer' | 'place' | 'symbol' | 'letterSymbol' | 'collective' | 'headTitle';
/** What may be left empty on paper. */
const optional: readonly Plain[] = ['superior', 'letterSymbol', 'collective'];
const plain: readonly Plain[] = ['superior', 'issuer', 'place', 'symbol', 'letterSymbol', 'collective', 'headTitle'];
const authorities = Object.keys(marks) as WrittenAuthority[];

interface Edited {
  readonly content: LetterheadContent;
  readonly change: (content: LetterheadContent) => void;
}

function Lines({ content, change, party }: Edited & { readonly party: boolean }) {
  const { say } = useLanguage();
  return (
    <div className="row" style={{ alignItems: 'end' }}>
      {plain
        .filter((field) => !(party && field === 'letterSymbol'))
        .map((field) => (
          <label key={field} className="labelled">
            {say(letterheadTexts[field])}
            <input
              className="search"
              required={!optional.includes(field)}
              maxLength={200}
              value={content[field] ?? ''}
              onChange={({ target }) =>
                change({ ...content, [field]: optional.includes(field) ? target.value || null : target.value })
              }
            />
          </label>
        ))}
    </div>
  );
}

function Authorities({ content, change }: Edited) {
  const { say } = useLanguage();
  const put = (kind: WrittenAuthority, patch: Partial<LetterheadContent['signatures'][WrittenAuthority]>) =>
    change({ ...content, signatures: { ...content.signatures, [kind]: { ...content.signatures[kind], ...patch } } });
  return (
    <div className="stack" style={{ gap: 8 }}>
      {authorities.map((kind) => {
        const { allowed, line } = content.signatures[kind];
        return (
          <div key={kind} className="row" style={{ alignItems: 'end' }}>
            <label className="row" style={{ gap: 8, minHeight: 32, minWidth: 140 }}>
              <input
                type="checkbox"
                checked={allowed}
                onChange={({ target }) => put(kind, { allowed: target.checked })}
              />
              {say(letterheadTexts.allowed).replace('{mark}', marks[kind])}
            </label>
            <label className="labelled">
              {say(letterheadTexts.line).replace('{mark}', marks[kind])}
              <input
                className="search"
                maxLength={200}
                disabled={!allowed}
                value={line ?? ''}
                onChange={({ target }) => put(kind, { line: target.value || null })}
              />
            </label>
          </div>
        );
      })}
    </div>
  );
}

/** As it stands on paper: the head left, place and day right, each block of signature below. */
function Printed({ preview }: { readonly preview: LetterheadPreview }) {
  const { say } = useLanguage();
  const centred = { textAlign: 'center' } as const;
  return (
    <section className="panel" aria-label={say(letterheadTexts.preview)} lang="vi">
      <div className="stack">
        <div className="row apart" style={{ alignItems: 'start' }}>
          <div style={centred}>
            {preview.head.map((line, at) =>
              at === preview.head.length - 1 ? <strong key={line}>{line}</strong> : <div key={line}>{line}</div>,
            )}
            <div>{`Số: ${preview.decisionNumber}`}</div>
            <div className="muted">{`Số: ${preview.letterNumber}`}</div>
          </div>
          <em>{preview.placeAndDate}</em>
        </div>
        <div className="row" style={{ gap: 32, alignItems: 'start' }}>
          {preview.blocks.map(({ authority, lines }) => (
            <div key={authority} style={centred}>
              {lines.map((line) => (
                <div key={line}>
                  <strong>{line}</strong>
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </section>
  );
}

function Versions({ versions }: Pick<LetterheadsView['bodies'][number], 'versions'>) {
  const { say } = useLanguage();
  if (versions.length === 0) return <p className="muted">{say(letterheadTexts.none)}</p>;
  return (
    <div>
      <h4>{say(letterheadTexts.versions)}</h4>
      <ul style={{ margin: 0, paddingLeft: 16 }}>
        {versions.map(({ from, content, inForce, createdBy }) => (
          <li key={from}>
            {`${formatDay(from)}: ${content.issuer}, ${content.symbol}`}{' '}
            <span className="muted">
              {[inForce && say(letterheadTexts.inForce), createdBy?.fullName].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface Of {
  readonly organisationId: string;
  readonly today: string;
}

function OneBody({ organisationId, today, of }: Of & { readonly of: LetterheadsView['bodies'][number] }) {
  const { say } = useLanguage();
  const [content, change] = useState(of.today);
  const [from, setFrom] = useState(today);
  const save = useChangeLetterhead(organisationId);
  const look = usePreviewLetterhead(organisationId);
  const { body } = of;
  return (
    <form
      className="stack"
      aria-label={`${say(letterheadTexts.title)}: ${say(letterheadBodyTexts[body])}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (from !== '') save.mutate({ body, from, content });
      }}
    >
      <Lines content={content} change={change} party={body === 'party'} />
      <Authorities content={content} change={change} />
      <DayField label={say(letterheadTexts.from)} value={from} change={setFrom} required />
      <Refused problem={save.error ?? look.error} />
      <div className="row">
        <button
          type="button"
          className="plain"
          disabled={look.isPending}
          onClick={() => look.mutate({ body, content })}
        >
          {say(letterheadTexts.preview)}
        </button>
        <button type="submit" className="primary" disabled={save.isPending}>
          {say(letterheadTexts.save)}
        </button>
        {save.isSuccess && <span role="status">{say(letterheadTexts.saved)}</span>}
      </div>
      {look.data && <Printed preview={look.data} />}
      <Versions versions={of.versions} />
    </form>
  );
}

/** How the office writes: what is printed today, what it looks like, what it will be from a day on. */
export function Letterheads({ organisationId, today }: Of) {
  const { say } = useLanguage();
  const found = useLetterheads(organisationId);
  const [chosen, choose] = useState<LetterheadBody>('own');
  if (found.isPending) return <Bones />;
  if (found.isError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  const { bodies } = found.data;
  const of = bodies.find(({ body }) => body === chosen) ?? bodies[0];
  return (
    <div className="stack">
      <h3>{say(letterheadTexts.title)}</h3>
      <p className="muted">{say(letterheadTexts.hint)}</p>
      {bodies.length > 1 && (
        <fieldset className="chips" style={{ border: 0, margin: 0, padding: 0 }} aria-label={say(letterheadTexts.of)}>
          {bodies.map(({ body }) => (
            <button type="button" key={body} aria-pressed={of?.body === body} onClick={() => choose(body)}>
              {say(letterheadBodyTexts[body])}
            </button>
          ))}
        </fieldset>
      )}
      {of && <OneBody key={of.body} organisationId={organisationId} today={today} of={of} />}
    </div>
  );
}
