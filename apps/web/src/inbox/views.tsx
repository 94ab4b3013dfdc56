import { useEffect, useRef, useState } from 'react';
import type { InboxFilter } from '#contracts/inbox.js';
import { ApiProblem } from '../api/client';
import { useInboxViews, useRemoveInboxView, useSaveInboxView } from '../api/inbox';
import { useLanguage } from '../language';
import { isSameFilter } from './filter';

function SaveView({ filter, close }: { readonly filter: InboxFilter; readonly close: () => void }) {
  const { t, say } = useLanguage();
  const save = useSaveInboxView();
  const field = useRef<HTMLInputElement>(null);
  // The field appears because somebody asked for it.
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get('name') ?? '').trim();
        if (name !== '') save.mutate({ name, filter }, { onSuccess: close });
      }}
    >
      <input
        name="name"
        className="search short"
        maxLength={60}
        ref={field}
        required
        aria-label={t('viewName')}
        placeholder={t('viewName')}
      />
      <button type="submit" className="plain" disabled={save.isPending}>
        {t('save')}
      </button>
      <button type="button" className="quiet" onClick={close}>
        {t('cancel')}
      </button>
      {save.error instanceof ApiProblem && (
        <span className="late" role="alert">
          {save.error.fields.map((field) => say({ vi: field.detail, en: field.detailEn })).join(' ') ||
            say(save.error.text)}
        </span>
      )}
    </form>
  );
}

/** Filters under a name of one's own; they follow the person to every device. */
export function SavedViews({
  filter,
  show,
}: {
  readonly filter: InboxFilter;
  readonly show: (filter: InboxFilter) => void;
}) {
  const { t } = useLanguage();
  const views = useInboxViews().data?.items ?? [];
  const remove = useRemoveInboxView();
  const [naming, setNaming] = useState(false);
  const isFiltered = Object.keys(filter).length > 0;
  const current = views.find((view) => isSameFilter(view.filter, filter));
  if (views.length === 0 && !isFiltered) return null;
  return (
    <fieldset className="chips views" aria-label={t('savedViews')}>
      {views.map((view) => (
        <button type="button" key={view.id} aria-pressed={view === current} onClick={() => show(view.filter)}>
          ☆ {view.name}
        </button>
      ))}
      {current && (
        <button type="button" className="quiet" onClick={() => remove.mutate(current.id)}>
          {t('removeView', { name: current.name })}
        </button>
      )}
      {isFiltered && !current && !naming && (
        <button type="button" className="quiet" onClick={() => setNaming(true)}>
          {t('saveView')}
        </button>
      )}
      {isFiltered && !naming && (
        <button type="button" className="quiet" onClick={() => show({})}>
          {t('clearFilters')}
        </button>
      )}
      {naming && <SaveView filter={filter} close={() => setNaming(false)} />}
    </fieldset>
  );
}
