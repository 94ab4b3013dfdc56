import { useDeferredValue, useState } from 'react';
import type { RestrictionView } from '#contracts/regulation.js';
import { type RestrictionKind, restrictionKinds, restrictionTexts } from '#contracts/restriction-kinds.js';
import type { Me } from '#contracts/session.js';
import { ApiProblem } from '../api/client';
import { useFoundPeople } from '../api/profile';
import { useAddRestriction, useLiftRestriction, useRestrictions } from '../api/rules';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable, MoreButton } from '../parts/data-table';
import { DayField } from '../parts/day-field';
import { PageHead } from '../parts/page-head';
import { Panel } from '../parts/panel';
import { Ways } from '../parts/ways';
import { matches } from '../plain';
import { ruleTexts } from '../rules/rule-texts';
import { put } from '../rules/words';

function Lift({ row }: { readonly row: RestrictionView }) {
  const { say } = useLanguage();
  const lift = useLiftRestriction();
  const who = row.person.fullName;
  return (
    <button
      type="button"
      className="plain no-print"
      disabled={lift.isPending}
      aria-label={`${say(ruleTexts.lift)}: ${who}`}
      onClick={() => window.confirm(put(say(ruleTexts.liftAsk), { who })) && lift.mutate(row.id)}
    >
      {say(ruleTexts.lift)}
    </button>
  );
}

const columns = ({ say }: LanguageValue, today: string): Column<RestrictionView>[] => [
  { title: say(ruleTexts.person), cell: (row) => row.person.fullName },
  { title: say(ruleTexts.why), cell: (row) => say(restrictionTexts[row.kind]) },
  {
    title: say(ruleTexts.days),
    cell: (row) =>
      `${formatDay(row.validFrom)} – ${row.validTo === null ? say(ruleTexts.stillHolds) : formatDay(row.validTo)}`,
  },
  {
    title: say(ruleTexts.recorded),
    cell: (row) => (
      <>
        {row.recordedBy?.fullName ?? '–'} <span className="muted">{formatDay(row.recordedAt)}</span>
        {row.liftedBy && <div className="muted">{put(say(ruleTexts.lifted), { who: row.liftedBy.fullName })}</div>}
      </>
    ),
  },
  {
    title: say(ruleTexts.lift),
    cell: (row) => (row.validTo === null || row.validTo > today) && <Lift row={row} />,
  },
];

/** Somebody of the province, found by the server; then why and until when. */
function NewRestriction({ close }: { readonly close: () => void }) {
  const { t, say } = useLanguage();
  const add = useAddRestriction();
  const [search, setSearch] = useState('');
  const found = useFoundPeople(useDeferredValue(search)).data?.items ?? [];
  const people = found.filter((one) => matches(search, [one.fullName]));
  const [personId, choose] = useState('');
  const [kind, setKind] = useState<RestrictionKind>('exitSuspension');
  const [validFrom, setFrom] = useState('');
  const [validTo, setTo] = useState('');
  const problem = add.error instanceof ApiProblem ? add.error : null;
  const chosen = people.some((one) => one.id === personId) ? personId : '';
  return (
    <Panel title={say(ruleTexts.addPerson)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const days = { ...(validFrom && { validFrom }), validTo: validTo || null };
          add.mutate({ personId: chosen, kind, ...days }, { onSuccess: close });
        }}
      >
        <div className="row" style={{ alignItems: 'end' }}>
          <label className="labelled">
            {say(ruleTexts.searchPerson)}
            <input type="search" className="search" value={search} onChange={({ target }) => setSearch(target.value)} />
          </label>
          <label className="labelled">
            {say(ruleTexts.person)}
            <select className="search" required value={chosen} onChange={({ target }) => choose(target.value)}>
              <option value="" />
              {people.map((one) => (
                <option key={one.id} value={one.id}>
                  {[one.fullName, one.positions[0]?.title].filter(Boolean).join(', ')}
                </option>
              ))}
            </select>
          </label>
          <label className="labelled">
            {say(ruleTexts.why)}
            <select className="search" value={kind} onChange={({ target }) => setKind(target.value as RestrictionKind)}>
              {restrictionKinds.map((one) => (
                <option key={one} value={one}>
                  {say(restrictionTexts[one])}
                </option>
              ))}
            </select>
          </label>
          <DayField
            label={`${say(ruleTexts.validFrom)} (${say(ruleTexts.optional)})`}
            value={validFrom}
            change={setFrom}
          />
          <DayField label={`${say(ruleTexts.validTo)} (${say(ruleTexts.optional)})`} value={validTo} change={setTo} />
        </div>
        {add.isError && (
          <p className="late" role="alert">
            {problem
              ? [say(problem.text), ...problem.fields.map((one) => say({ vi: one.detail, en: one.detailEn }))].join(' ')
              : t('failed')}
          </p>
        )}
        <div className="row">
          <button type="submit" className="primary" disabled={add.isPending || chosen === ''}>
            {say(ruleTexts.save)}
          </button>
          <button type="button" className="plain" onClick={close}>
            {say(ruleTexts.cancel)}
          </button>
        </div>
      </form>
    </Panel>
  );
}

/** The focal agency's register of who may not be sent abroad at present. */
export function RestrictionsPage({ me }: { readonly me: Me }) {
  const language = useLanguage();
  const { say } = language;
  const [holding, setHolding] = useState<'holding' | 'all'>('holding');
  const [adding, setAdding] = useState(false);
  const register = useRestrictions(holding === 'holding');
  if (register.isLoadingError) return <Failure problem={register.error} retry={() => register.refetch()} />;
  return (
    <>
      <PageHead title={say(ruleTexts.restrictions)}>
        {!adding && (
          <button type="button" className="plain no-print" onClick={() => setAdding(true)}>
            {say(ruleTexts.addPerson)}
          </button>
        )}
      </PageHead>
      <div className="stack">
        <p className="muted">{say(ruleTexts.restrictionsIntro)}</p>
        {adding && <NewRestriction close={() => setAdding(false)} />}
        <div className="no-print">
          <Ways
            label={say(ruleTexts.restrictions)}
            ways={[
              ['holding', say(ruleTexts.holding)],
              ['all', say(ruleTexts.all)],
            ]}
            chosen={holding}
            choose={setHolding}
          />
        </div>
        <DataTable
          label={say(ruleTexts.restrictions)}
          columns={columns(language, me.today)}
          rows={register.data?.pages.flatMap((page) => page.items)}
          rowKey={(row) => row.id}
          empty={say(ruleTexts.restrictionsEmpty)}
        />
        <MoreButton
          more={register.hasNextPage ? () => void register.fetchNextPage() : null}
          loading={register.isFetchingNextPage}
        />
      </div>
    </>
  );
}
