import { useState } from 'react';
import type { OrganisationView, PersonView } from '#contracts/organisation.js';
import { useOrganisationsOn, usePeopleNamed } from '../api/directory';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable, MoreButton } from '../parts/data-table';

const organisationColumns = ({ t }: LanguageValue, nameOf: (id: string) => string): Column<OrganisationView>[] => [
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
];

/** The organisations as they stand on a day: a rename or a merger shows from its first day. */
export function Organisations() {
  const language = useLanguage();
  const { t } = language;
  const [on, setOn] = useState('');
  const found = useOrganisationsOn(on);
  if (found.isError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  const items = found.data?.items;
  const nameOf = (id: string) => items?.find((one) => one.id === id)?.name ?? '';
  return (
    <>
      <label className="tools">
        {t('asOf')}
        <input
          type="date"
          className="search short"
          value={on || (found.data?.on ?? '')}
          onChange={(event) => setOn(event.target.value)}
        />
      </label>
      <DataTable
        label={t('organisations')}
        columns={organisationColumns(language, nameOf)}
        rows={items}
        rowKey={(row) => row.versionId}
        empty={t('organisationsEmpty')}
      />
    </>
  );
}

const peopleColumns = ({ t }: LanguageValue): Column<PersonView>[] => [
  { title: t('fullName'), cell: (row) => row.fullName },
  {
    title: t('position'),
    cell: (row) =>
      row.positions.length === 0
        ? '–'
        : row.positions.map((one) => <div key={`${one.organisationId} ${one.title}`}>{one.title}</div>),
  },
  {
    title: t('organisation'),
    cell: (row) =>
      row.positions.map((one) => <div key={`${one.organisationId} ${one.title}`}>{one.organisationName}</div>),
  },
];

/** Who is who today; found with or without diacritics. */
export function People() {
  const language = useLanguage();
  const { t } = language;
  const [search, setSearch] = useState('');
  const found = usePeopleNamed(search);
  if (found.isError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  return (
    <>
      <form
        className="tools"
        onSubmit={(event) => {
          event.preventDefault();
          setSearch(String(new FormData(event.currentTarget).get('search') ?? '').trim());
        }}
      >
        <input
          name="search"
          type="search"
          className="search"
          aria-label={t('searchPeople')}
          placeholder={t('searchPeople')}
        />
        <button type="submit" className="plain">
          {t('find')}
        </button>
      </form>
      <DataTable
        label={t('peopleList')}
        columns={peopleColumns(language)}
        rows={found.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => row.id}
        empty={t('peopleEmpty')}
      />
      <MoreButton
        more={found.hasNextPage ? () => void found.fetchNextPage() : null}
        loading={found.isFetchingNextPage}
      />
    </>
  );
}
