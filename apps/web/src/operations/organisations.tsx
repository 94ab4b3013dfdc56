import { useState } from 'react';
import { type OrganisationKind, type OrganisationView, organisationKinds } from '#contracts/organisation.js';
import { useOrganisationsOn } from '../api/directory';
import { useOrganisationHistory } from '../api/directory-changes';
import { useMe } from '../api/queries';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { DayField } from '../parts/day-field';
import { Panel } from '../parts/panel';
import { ChoiceField, DirectoryForm, TextField } from './directory-form';
import { directoryTexts, organisationKindTexts } from './directory-texts';
import { Letterheads } from './letterhead';

interface Editing {
  readonly nameOf: (id: string) => string;
  /** Null: the reader may not change anything. */
  readonly open: ((row: OrganisationView) => void) | null;
}

const columns = ({ t, say }: LanguageValue, { nameOf, open }: Editing): Column<OrganisationView>[] => [
  { title: t('code'), kind: 'exact', cell: (row) => row.code },
  {
    title: t('organisation'),
    cell: (row) => (
      <>
        {row.name}
        {row.parentId && <div className="muted">{nameOf(row.parentId)}</div>}
      </>
    ),
  },
  { title: t('shortName'), cell: (row) => row.shortName },
  {
    title: t('validFrom'),
    kind: 'exact',
    cell: (row) => `${formatDay(row.validFrom)}${row.validTo ? ` ${t('validTo')} ${formatDay(row.validTo)}` : ''}`,
  },
  ...(open
    ? [
        {
          title: say(directoryTexts.change),
          cell: (row: OrganisationView) => (
            <button
              type="button"
              className="quiet"
              aria-label={`${say(directoryTexts.change)}: ${row.name}`}
              onClick={() => open(row)}
            >
              {say(directoryTexts.change)}
            </button>
          ),
        },
      ]
    : []),
];

interface Known {
  readonly all: readonly OrganisationView[];
  readonly today: string;
}

const parents = (all: readonly OrganisationView[], none: string, without?: string) => [
  ['', none] as const,
  ...all.filter((one) => one.id !== without).map((one) => [one.id, one.name] as const),
];

function NewOrganisation({ all, today, done }: Known & { readonly done: () => void }) {
  const { say } = useLanguage();
  const [code, setCode] = useState('');
  const [kind, setKind] = useState<OrganisationKind>('department');
  const [name, setName] = useState('');
  const [shortName, setShortName] = useState('');
  const [parentId, setParent] = useState('');
  const [from, setFrom] = useState(today);
  const body = { code, kind, name, shortName, parentId: parentId || null, from };
  return (
    <Panel title={say(directoryTexts.addOrganisation)}>
      <DirectoryForm
        label={say(directoryTexts.addOrganisation)}
        change={() => (from === '' ? null : { to: '/organisations', body })}
        done={done}
      >
        <TextField
          label={say(directoryTexts.code)}
          value={code}
          change={(value) => setCode(value.toUpperCase())}
          hint={say(directoryTexts.codeHint)}
        />
        <ChoiceField
          label={say(directoryTexts.kind)}
          value={kind}
          change={(value) => setKind(value as OrganisationKind)}
          options={organisationKinds.map((one) => [one, say(organisationKindTexts[one])])}
        />
        <TextField label={say(directoryTexts.name)} value={name} change={setName} />
        <TextField label={say(directoryTexts.shortName)} value={shortName} change={setShortName} />
        <ChoiceField
          label={say(directoryTexts.parent)}
          value={parentId}
          change={setParent}
          required={false}
          options={parents(all, say(directoryTexts.noParent))}
        />
        <DayField label={say(directoryTexts.from)} value={from} change={setFrom} required />
      </DirectoryForm>
    </Panel>
  );
}

function Rename({ row, all, today, done }: Known & { readonly row: OrganisationView; readonly done: () => void }) {
  const { say } = useLanguage();
  const [name, setName] = useState(row.name);
  const [shortName, setShortName] = useState(row.shortName);
  const [parentId, setParent] = useState(row.parentId ?? '');
  const [from, setFrom] = useState(today);
  const body = { name, shortName, parentId: parentId || null, from };
  return (
    <DirectoryForm
      label={say(directoryTexts.rename)}
      change={() => (from === '' ? null : { to: `/organisations/${row.id}/changes`, body })}
      done={done}
    >
      <TextField label={say(directoryTexts.name)} value={name} change={setName} />
      <TextField label={say(directoryTexts.shortName)} value={shortName} change={setShortName} />
      <ChoiceField
        label={say(directoryTexts.parent)}
        value={parentId}
        change={setParent}
        required={false}
        options={parents(all, say(directoryTexts.noParent), row.id)}
      />
      <DayField label={say(directoryTexts.from)} value={from} change={setFrom} required />
    </DirectoryForm>
  );
}

function End({ row, done }: { readonly row: OrganisationView; readonly done: () => void }) {
  const { say } = useLanguage();
  const [from, setFrom] = useState('');
  return (
    <DirectoryForm
      label={say(directoryTexts.end)}
      change={() => (from === '' ? null : { to: `/organisations/${row.id}/end`, body: { from } })}
      done={done}
    >
      <DayField label={say(directoryTexts.endFrom)} value={from} change={setFrom} required />
      <p className="muted">{say(directoryTexts.endHint)}</p>
    </DirectoryForm>
  );
}

/** One organisation: its names through time, another name or superior from a day on, its end. */
function OneOrganisation({
  row,
  done,
  ...known
}: Known & { readonly row: OrganisationView; readonly done: () => void }) {
  const { say } = useLanguage();
  const history = useOrganisationHistory(row.id).data?.items ?? [];
  return (
    <Panel title={row.name}>
      <div className="stack">
        <h3>{say(directoryTexts.history)}</h3>
        <ul style={{ margin: 0, paddingLeft: 16 }}>
          {history.map((one) => (
            <li key={one.id}>
              {one.name}{' '}
              <span className="muted">{`${formatDay(one.validFrom)} – ${one.validTo ? formatDay(one.validTo) : say(directoryTexts.still)}`}</span>
            </li>
          ))}
        </ul>
        <h3>{say(directoryTexts.rename)}</h3>
        <Rename row={row} {...known} done={done} />
        <Letterheads organisationId={row.id} today={known.today} />
        <h3>{say(directoryTexts.end)}</h3>
        <End row={row} done={done} />
      </div>
    </Panel>
  );
}

/** The organisations as they stand on a day: a rename or a merger shows from its first day. */
export function Organisations() {
  const language = useLanguage();
  const { t, say } = language;
  const me = useMe().data;
  const [on, setOn] = useState('');
  const [opened, open] = useState<OrganisationView | 'new' | null>(null);
  const found = useOrganisationsOn(on);
  if (found.isLoadingError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  const items = found.data?.items;
  const nameOf = (id: string) => items?.find((one) => one.id === id)?.name ?? '';
  const mayChange = me?.roles.some((held) => held.role === 'administrator') ?? false;
  const known = { all: items ?? [], today: me?.today ?? '' };
  const done = () => open(null);
  return (
    <div className="stack">
      <div className="row" style={{ alignItems: 'end' }}>
        <DayField label={t('asOf')} value={on || (found.data?.on ?? '')} change={setOn} />
        {mayChange && opened !== 'new' && (
          <button type="button" className="plain" onClick={() => open('new')}>
            {say(directoryTexts.addOrganisation)}
          </button>
        )}
      </div>
      {opened === 'new' && <NewOrganisation {...known} done={done} />}
      {opened !== null && opened !== 'new' && <OneOrganisation key={opened.id} row={opened} {...known} done={done} />}
      <DataTable
        label={t('organisations')}
        columns={columns(language, { nameOf, open: mayChange ? open : null })}
        rows={items}
        rowKey={(row) => row.versionId}
        empty={t('organisationsEmpty')}
      />
    </div>
  );
}
