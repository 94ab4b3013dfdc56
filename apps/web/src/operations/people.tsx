import { useState } from 'react';
import type { PersonView } from '#contracts/organisation.js';
import { usePeopleNamed } from '../api/directory';
import { useMe } from '../api/queries';
import { Failure } from '../failure';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable, MoreButton } from '../parts/data-table';
import { directoryTexts } from './directory-texts';
import { NewPerson, OnePerson } from './person';

const peopleColumns = ({ t, say }: LanguageValue, open: ((personId: string) => void) | null): Column<PersonView>[] => [
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
  ...(open
    ? [
        {
          title: say(directoryTexts.open),
          cell: (row: PersonView) => (
            <button
              type="button"
              className="quiet"
              aria-label={`${say(directoryTexts.open)}: ${row.fullName}`}
              onClick={() => open(row.id)}
            >
              {say(directoryTexts.open)}
            </button>
          ),
        },
      ]
    : []),
];

/** Who is who today; found with or without diacritics. */
export function People() {
  const language = useLanguage();
  const { t, say } = language;
  const me = useMe().data;
  const [search, setSearch] = useState('');
  const [opened, open] = useState<string | null>(null);
  const found = usePeopleNamed(search);
  const mayChange = me?.roles.some((held) => held.role === 'administrator') ?? false;
  if (found.isLoadingError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  return (
    <div className="stack">
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
        {mayChange && opened !== 'new' && (
          <button type="button" className="plain" onClick={() => open('new')}>
            {say(directoryTexts.addPerson)}
          </button>
        )}
      </form>
      {opened === 'new' && <NewPerson done={() => open(null)} />}
      {opened !== null && opened !== 'new' && (
        <OnePerson key={opened} personId={opened} today={me?.today ?? ''} done={() => open(null)} />
      )}
      <DataTable
        label={t('peopleList')}
        columns={peopleColumns(language, mayChange ? open : null)}
        rows={found.data?.pages.flatMap((page) => page.items)}
        rowKey={(row) => row.id}
        empty={t('peopleEmpty')}
      />
      <MoreButton
        more={found.hasNextPage ? () => void found.fetchNextPage() : null}
        loading={found.isFetchingNextPage}
      />
    </div>
  );
}
