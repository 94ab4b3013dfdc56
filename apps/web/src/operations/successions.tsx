import { useState } from 'react';
import { type Role, roleTexts } from '#contracts/roles.js';
import type { SuccessionPreview, SuccessionView } from '#contracts/succession.js';
import {
  useCancelSuccession,
  useEnterSuccession,
  usePreviewSuccession,
  useSuccessions,
  type WantedSuccession,
} from '../api/administration';
import { useOrganisationsOn } from '../api/directory';
import { useMe } from '../api/queries';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { DayField } from '../parts/day-field';
import { Panel } from '../parts/panel';
import { administrationTexts as texts } from './administration-texts';
import { ChoiceField, Refused, TextField } from './directory-form';

interface Chosen {
  readonly caseIds: readonly string[];
  readonly personIds: readonly string[];
}

const nothing: Chosen = { caseIds: [], personIds: [] };

interface Row {
  readonly id: string;
  readonly words: string;
  readonly more: string;
}

/** Everything goes over, or what is ticked. */
function Rows({
  title,
  rows,
  chosen,
  choose,
}: {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly chosen: readonly string[] | null;
  readonly choose: (ids: readonly string[]) => void;
}) {
  const { say } = useLanguage();
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend>{`${title} (${rows.length})`}</legend>
      {rows.length === 0 && <p className="muted">{say(texts.nothing)}</p>}
      {rows.map(({ id, words, more }) => (
        <div key={id}>
          {chosen ? (
            <label>
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ target }) => choose(target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
              />{' '}
              {words} <span className="muted">{more}</span>
            </label>
          ) : (
            <span>
              {words} <span className="muted">{more}</span>
            </span>
          )}
        </div>
      ))}
    </fieldset>
  );
}

function Seen({
  seen,
  wanted,
  done,
}: {
  readonly seen: SuccessionPreview;
  readonly wanted: WantedSuccession;
  readonly done: () => void;
}) {
  const { say } = useLanguage();
  const [chosen, setChosen] = useState(nothing);
  const preview = usePreviewSuccession();
  const enter = useEnterSuccession();
  const isPart = !wanted.plan.ends;
  // What is entered is what was seen: the choice is part of it, so its digest is asked for first.
  const send = async () => {
    const plan = { ...wanted.plan, caseIds: [...chosen.caseIds], personIds: [...chosen.personIds] };
    const { digest } = isPart ? await preview.mutateAsync({ ...wanted, plan }) : seen;
    enter.mutate({ ...wanted, plan, digest }, { onSuccess: done });
  };
  const cases = seen.cases.map(({ id, caseCode, name, openTasks }) => ({
    ...{ id, words: `${caseCode} ${name}` },
    more: `${openTasks} ${say(texts.openTasks)}`,
  }));
  const people = seen.people.map(({ id, fullName, holds }) => ({
    ...{ id, words: fullName },
    more: holds.map((one) => (one in roleTexts ? say(roleTexts[one as Role]) : one)).join(', '),
  }));
  const below = seen.below.map(({ id, name }) => ({ id, words: name, more: '' }));
  return (
    <Panel title={`${seen.organisation.name} → ${seen.successor.name}`}>
      <div className="stack">
        <Rows
          title={say(texts.cases)}
          rows={cases}
          chosen={isPart ? chosen.caseIds : null}
          choose={(caseIds) => setChosen({ ...chosen, caseIds })}
        />
        <Rows
          title={say(texts.people)}
          rows={people}
          chosen={isPart ? chosen.personIds : null}
          choose={(personIds) => setChosen({ ...chosen, personIds })}
        />
        {below.length > 0 && <Rows title={say(texts.below)} rows={below} chosen={null} choose={() => undefined} />}
        <Refused problem={preview.error ?? enter.error} />
        <div>
          <button
            type="button"
            className="primary"
            disabled={enter.isPending || preview.isPending}
            onClick={() => void send().catch(() => undefined)}
          >
            {say(seen.isLater ? texts.enterLater : texts.enter)}
          </button>
        </div>
      </div>
    </Panel>
  );
}

function NewSuccession({ today }: { readonly today: string }) {
  const { say } = useLanguage();
  const items = useOrganisationsOn('').data?.items ?? [];
  const options = [['', ''] as const, ...items.map((one) => [one.id, one.name] as const)];
  const [organisationId, setOrganisation] = useState('');
  const [successorId, setSuccessor] = useState('');
  const [from, setFrom] = useState(today);
  const [extent, setExtent] = useState('all');
  const [number, setNumber] = useState('');
  const [date, setDate] = useState(today);
  const preview = usePreviewSuccession();
  const plan = { successorId, from, ends: extent === 'all', caseIds: [], personIds: [], basis: { number, date } };
  const wanted = { organisationId, plan };
  return (
    <>
      <Panel title={say(texts.preview)}>
        <form
          className="stack"
          aria-label={say(texts.preview)}
          onChange={() => preview.reset()}
          onSubmit={(event) => {
            event.preventDefault();
            preview.mutate(wanted);
          }}
        >
          <div className="row" style={{ alignItems: 'start' }}>
            <ChoiceField
              label={say(texts.predecessor)}
              value={organisationId}
              change={setOrganisation}
              options={options}
            />
            <ChoiceField label={say(texts.successor)} value={successorId} change={setSuccessor} options={options} />
            <DayField label={say(texts.from)} value={from} change={setFrom} required />
            <ChoiceField
              label={say(texts.extent)}
              value={extent}
              change={setExtent}
              options={[
                ['all', say(texts.ends)],
                ['part', say(texts.part)],
              ]}
            />
            <TextField label={say(texts.number)} value={number} change={setNumber} />
            <DayField label={say(texts.date)} value={date} change={setDate} required />
          </div>
          <Refused problem={preview.error} />
          <div>
            <button type="submit" className="primary" disabled={preview.isPending}>
              {say(texts.preview)}
            </button>
          </div>
        </form>
      </Panel>
      {preview.data && <Seen seen={preview.data} wanted={wanted} done={() => preview.reset()} />}
    </>
  );
}

function Cancel({ row }: { readonly row: SuccessionView }) {
  const { say } = useLanguage();
  const cancel = useCancelSuccession();
  return (
    <>
      <Refused problem={cancel.error} />
      <button type="button" className="quiet" disabled={cancel.isPending} onClick={() => cancel.mutate(row.id)}>
        {say(texts.cancel)}
      </button>
    </>
  );
}

const columns = ({ say }: LanguageValue, mayChange: boolean): Column<SuccessionView>[] => [
  { title: say(texts.from), kind: 'exact', cell: (row) => formatDay(row.from) },
  { title: say(texts.predecessor), cell: (row) => row.organisation.name },
  { title: say(texts.successor), cell: (row) => row.successor.name },
  { title: say(texts.extent), cell: (row) => say(row.ends ? texts.ends : texts.part) },
  { title: say(texts.number), cell: (row) => `${row.basis.number}, ${formatDay(row.basis.date)}` },
  {
    title: say(texts.moved),
    cell: (row) =>
      row.moved === null ? (
        <>
          {say(texts.waits)} {mayChange && <Cancel row={row} />}
        </>
      ) : (
        `${row.moved.cases} ${say(texts.cases)}, ${row.moved.tasks} ${say(texts.openTasks)}, ${row.moved.people} ${say(texts.people)}`
      ),
  },
];

/** Mergers and splits: seen before they are done, and kept on record. */
export function Successions() {
  const language = useLanguage();
  const { say } = language;
  const me = useMe().data;
  const found = useSuccessions();
  if (found.isLoadingError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  const mayChange = me?.roles.some((held) => held.role === 'administrator') ?? false;
  return (
    <div className="stack">
      <p className="muted">{say(texts.successionsIntro)}</p>
      {mayChange && me && <NewSuccession today={me.today} />}
      <DataTable
        label={say(texts.successionsIntro)}
        columns={columns(language, mayChange)}
        rows={found.data?.items}
        rowKey={(row) => row.id}
        empty={say(texts.noSuccessions)}
      />
    </div>
  );
}
