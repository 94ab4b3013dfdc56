import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import type { Me } from '#contracts/session.js';
import { useCase } from '../api/queries';
import { Actions } from '../case/actions';
import { Amendment } from '../case/amendment';
import { BackwardPlan } from '../case/backward-plan';
import { Coming } from '../case/coming';
import { Documents } from '../case/documents';
import { EarlierReports } from '../case/earlier-reports';
import { IdentityPapers } from '../case/identity-papers';
import { OfficialDocuments } from '../case/official-documents';
import { Opinions } from '../case/opinions';
import { restingStates } from '../case/phases';
import { Progress } from '../case/progress';
import { ProposalFacts } from '../case/proposal-facts';
import { Revisions } from '../case/revisions';
import { Approvals, Deadlines, History, Rules, Waiting } from '../case/sections';
import { SubstitutionOffer } from '../case/substitution-offer';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { useDocumentTitle } from '../parts/page-head';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';

function Head({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const { proposal } = view;
  const leader = proposal.members.find((member) => member.role === 'leader');
  useDocumentTitle(`${view.caseCode} ${proposal.delegationName}`);
  return (
    <section className="panel" aria-label={t('summaryOfCase')}>
      <div>
        <div className="row apart" style={{ alignItems: 'start' }}>
          <div style={{ minWidth: 0 }}>
            <div className="muted">
              {view.caseCode} · {view.organisation.name}
            </div>
            <h1>{proposal.delegationName}</h1>
            <div>
              {[
                leader && [leader.fullName, leader.position].filter(Boolean).join(', '),
                proposal.countries.map((country) => country.name).join(', '),
                proposal.departureDate && `${formatDay(proposal.departureDate)} – ${formatDay(proposal.returnDate)}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </div>
          </div>
          <div className="row" style={{ gap: 4 }}>
            {restingStates(view.states).map((state) => (
              <span key={state.id} className={view.status === 'done' ? 'mark' : 'mark on'}>
                {say(state.text)}
              </span>
            ))}
            <Button className="no-print" size="small" onClick={() => window.print()}>
              {t('print')}
            </Button>
          </div>
        </div>
        <Progress view={view} />
      </div>
    </section>
  );
}

/** The dossier: the facts that matter, the five phases, what I may do, why each date is what it is, what happened. */
export function CasePage({ me }: { readonly me: Me }) {
  const { t } = useLanguage();
  const { id = '' } = useParams();
  const view = useCase(id);
  if (view.isPending) return <Bones />;
  if (view.isLoadingError) return <Failure problem={view.error} retry={() => view.refetch()} />;
  const operates = me.roles.some((role) => role.role === 'administrator' || role.role === 'inspector');
  return (
    <div className="stack">
      <Head view={view.data} />
      <div className="columns">
        <div className="stack">
          <SubstitutionOffer view={view.data} />
          <Actions view={view.data} />
          <Amendment view={view.data} />
          <Panel
            title={t('proposal')}
            extra={
              view.data.editable && (
                <Link className="no-print" to={`/cases/${id}/proposal`}>
                  {t('edit')}
                </Link>
              )
            }
          >
            <ProposalFacts view={view.data} />
          </Panel>
          <Documents view={view.data} />
          <OfficialDocuments view={view.data} />
          <IdentityPapers caseId={id} />
          <Revisions view={view.data} />
          <History view={view.data} />
        </div>
        <div className="stack">
          <Waiting view={view.data} />
          <BackwardPlan plan={view.data.backwardPlan} />
          <Deadlines view={view.data} reminders={operates} />
          <Coming view={view.data} />
          <Opinions view={view.data} />
          <Rules view={view.data} />
          <Approvals view={view.data} />
          <EarlierReports view={view.data} />
        </div>
      </div>
    </div>
  );
}
