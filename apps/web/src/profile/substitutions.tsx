import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { roleTexts } from '#contracts/roles.js';
import type { Me } from '#contracts/session.js';
import type { SubstitutionOffer, SubstitutionView } from '#contracts/substitution.js';
import { useEndSubstitution, useSubstitutionOffers, useSubstitutions } from '../api/profile';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { type LanguageValue, useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';
import { SubstitutionForm } from './substitution-form';

function scopeOf({ role, organisation }: SubstitutionView, { say }: LanguageValue): string {
  if (role === null && organisation === null) return say(profileTexts.allTheirWork);
  return [role && say(roleTexts[role]), organisation?.name].filter(Boolean).join(', ');
}

function EndButton({ one }: { readonly one: SubstitutionView }) {
  const { t, say } = useLanguage();
  const end = useEndSubstitution();
  if (!one.endable) return null;
  return (
    <>
      <Problem error={end.error} />
      <Popconfirm
        title={say(profileTexts.endNowAsk)}
        okText={say(profileTexts.endNow)}
        cancelText={t('cancel')}
        onConfirm={() => end.mutate(one.id)}
      >
        <Button size="small" loading={end.isPending}>
          {say(profileTexts.endNow)}
        </Button>
      </Popconfirm>
    </>
  );
}

function columns(language: LanguageValue, other: 'substitute' | 'person'): Column<SubstitutionView>[] {
  const { say } = language;
  return [
    {
      title: say(other === 'substitute' ? profileTexts.substitute : profileTexts.absent),
      cell: (one) => one[other].fullName,
    },
    { title: say(profileTexts.scope), cell: (one) => scopeOf(one, language) },
    {
      title: say(profileTexts.days),
      kind: 'exact',
      cell: (one) => `${formatDay(one.firstDay)} – ${formatDay(one.lastDay)}`,
    },
    {
      title: say(profileTexts.state),
      cell: (one) => (
        <div className="row">
          <span className={one.state === 'running' ? 'mark on' : 'mark'}>{say(profileTexts[one.state])}</span>
          <EndButton one={one} />
        </div>
      ),
    },
  ];
}

function Offer({ offer, take }: { readonly offer: SubstitutionOffer; readonly take: () => void }) {
  const { say } = useLanguage();
  return (
    <div className="row apart">
      <div>
        <Link to={`/cases/${offer.caseId}`}>{offer.caseCode}</Link> {offer.delegationName}
        <div className="muted">
          {formatDay(offer.firstDay)} – {formatDay(offer.lastDay)}
        </div>
      </div>
      <Button onClick={take}>{say(profileTexts.nameForTrip)}</Button>
    </div>
  );
}

/** Who stands in for me and for whom I stand in; a trip of mine comes with its days filled in. */
export function Substitutions({ me }: { readonly me: Me }) {
  const language = useLanguage();
  const { say } = language;
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState(false);
  const list = useSubstitutions();
  const offers = useSubstitutionOffers();
  if (list.isPending || offers.isPending) return <Bones />;
  if (list.isLoadingError) return <Failure problem={list.error} retry={() => list.refetch()} />;
  const trips = offers.data?.items ?? [];
  const chosen = trips.find((one) => one.caseId === params.get('trip')) ?? null;
  const close = () => {
    setOpen(false);
    setParams({}, { replace: true });
  };
  return (
    <Panel
      title={say(profileTexts.substitution)}
      extra={
        <Button size="small" onClick={() => setOpen(true)}>
          {say(profileTexts.nameSubstitute)}
        </Button>
      }
    >
      <div className="stack">
        <p className="muted">{say(profileTexts.substitutionIntro)}</p>
        {trips.map((offer) => (
          <Offer key={offer.caseId} offer={offer} take={() => setParams({ trip: offer.caseId }, { replace: true })} />
        ))}
        {list.data.made.length === 0 && trips.length === 0 && <p>{say(profileTexts.nobodyNamed)}</p>}
        {list.data.made.length > 0 && (
          <DataTable
            label={say(profileTexts.made)}
            columns={columns(language, 'substitute')}
            rows={list.data.made}
            rowKey={(one) => one.id}
            empty=""
          />
        )}
        {list.data.received.length > 0 && (
          <>
            <h3>{say(profileTexts.received)}</h3>
            <DataTable
              label={say(profileTexts.received)}
              columns={columns(language, 'person')}
              rows={list.data.received}
              rowKey={(one) => one.id}
              empty=""
            />
          </>
        )}
      </div>
      {(open || chosen) && <SubstitutionForm me={me} offer={open ? null : chosen} close={close} />}
    </Panel>
  );
}
