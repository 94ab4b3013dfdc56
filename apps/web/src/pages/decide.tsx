import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import type { InboxItem } from '#contracts/inbox.js';
import { pathOfCase } from '#contracts/plan-codes.js';
import { useInbox } from '../api/inbox';
import { useCase } from '../api/queries';
import { ActionDialog, type Available, useActionName } from '../case/action-dialog';
import { Amendment } from '../case/amendment';
import { Finding } from '../case/finding';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { useLanguage } from '../language';
import { PageHead } from '../parts/page-head';
import { Bones, Empty } from '../parts/waiting';

/** What a leader is asked at any time; stopping a case by directive is rare and stays in the dossier. */
const verdicts = [
  'APPROVE',
  'APPROVE_WITH_CONDITION',
  'RETURN',
  'REJECT',
  'AMENDMENT_APPROVED',
  'AMENDMENT_REJECTED',
  'EXTENSION_GRANTED',
  'EXTENSION_REFUSED',
];

/** Who, where to and when: what must be known before deciding. */
function ThreeFacts({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const { proposal } = view;
  const leader = proposal.members.find((member) => member.role === 'leader');
  return (
    <dl className="three">
      <div>
        <dt>{t('whoGoes')}</dt>
        <dd>
          {[leader?.fullName, leader?.position].filter(Boolean).join(', ') || '–'}
          {proposal.members.length > 1 && ` ${t('andOthers', { n: proposal.members.length - 1 })}`}
        </dd>
      </div>
      <div>
        <dt>{t('whereTo')}</dt>
        <dd>{proposal.countries.map((country) => country.name).join(' → ') || '–'}</dd>
      </div>
      <div>
        <dt>{t('when')}</dt>
        <dd>
          {proposal.departureDate
            ? `${formatDay(proposal.departureDate)} – ${formatDay(proposal.returnDate)}${proposal.dayCount ? ` (${t('dayCount', { n: proposal.dayCount })})` : ''}`
            : '–'}
        </dd>
      </div>
    </dl>
  );
}

function Verdicts({ view, done }: { readonly view: CaseView; readonly done: () => void }) {
  const { t } = useLanguage();
  const [action, setAction] = useState<Available>();
  const name = useActionName(view);
  const mine = view.availableEvents.filter((one) => verdicts.includes(one.type));
  const allowed = mine.filter((one) => one.allowed);
  return (
    <div className="stack">
      {allowed.length === 0 && <p className="muted">{t('noActions')}</p>}
      {allowed.map((one, index) => (
        <Button
          key={one.type}
          block
          size="large"
          type={index === 0 ? 'primary' : 'default'}
          onClick={() => setAction(one)}
        >
          {name(one)}
        </Button>
      ))}
      <Refused actions={mine.filter((one) => !one.allowed)} />
      {action && <ActionDialog view={view} action={action} close={() => setAction(undefined)} done={done} />}
    </div>
  );
}

function Refused({ actions }: { readonly actions: readonly Available[] }) {
  const { say } = useLanguage();
  return actions.map((one) => (
    <p key={one.type} className="muted">
      {say(one.text)}: {one.rules.map((rule) => say(rule.text)).join(' ')}
    </p>
  ));
}

/** What waits and is no case: a plan, a line of it, a task after a trip. It is decided on its own page. */
function OtherCard({ item }: { readonly item: InboxItem }) {
  const { t, say } = useLanguage();
  return (
    <article className="panel">
      <div className="stack">
        <div className="muted">{[item.caseCode, item.unit].filter(Boolean).join(' · ')}</div>
        <h2 className="big">{`${say(item.text)}: ${item.delegationName}`}</h2>
        {item.dueAt && (
          <div className={item.overdue ? 'late' : undefined}>
            {`${t('due')} ${formatInstant(item.dueAt)}${item.overdue ? ` · ${t('overdue')}` : ''}`}
          </div>
        )}
        <Link to={pathOfCase(item.caseCode, item.caseId)}>{t('openIt')}</Link>
      </div>
    </article>
  );
}

/** One thing to decide: what is asked, by whom, the three facts, what the rules warn of, the verdicts. */
function Card({ item, done }: { readonly item: InboxItem; readonly done: () => void }) {
  const { t, say } = useLanguage();
  const found = useCase(item.caseId);
  if (found.isPending) return <Bones />;
  if (found.isLoadingError) return <Failure problem={found.error} retry={() => found.refetch()} />;
  const view = found.data;
  const warnings = view.findings.filter((finding) => finding.outcome !== 'pass');
  return (
    <article className="panel">
      <div className="stack">
        <div>
          <div className="muted">
            {view.caseCode} · {t('askedBy', { who: view.organisation.name })}
          </div>
          <h2 className="big">{`${say(item.text)}: ${view.proposal.delegationName}`}</h2>
          {item.dueAt && (
            <div className={item.overdue ? 'late' : undefined}>
              {`${t('due')} ${formatInstant(item.dueAt)}${item.overdue ? ` · ${t('overdue')}` : ''}`}
            </div>
          )}
        </div>
        <ThreeFacts view={view} />
        {view.proposal.purpose && <p className="sentence">{view.proposal.purpose}</p>}
        <Amendment view={view} />
        {warnings.map((finding) => (
          <Finding key={`${finding.rule}-${finding.text.en}`} finding={finding} />
        ))}
        <Verdicts view={view} done={done} />
        <Link to={`/cases/${view.id}`}>{t('wholeDossier')}</Link>
      </div>
    </article>
  );
}

/** One object: a new one at each drawing would ask again. */
const wholeInbox = {};

/** For a leader between two meetings: one card at a time, on a telephone. */
export function DecidePage() {
  const { t } = useLanguage();
  const inbox = useInbox(wholeInbox);
  const [position, setPosition] = useState(0);
  if (inbox.isLoadingError) return <Failure problem={inbox.error} retry={() => inbox.refetch()} />;
  const items = inbox.data?.pages.flatMap((page) => page.items);
  const at = Math.max(0, Math.min(position, (items?.length ?? 0) - 1));
  const item = items?.[at];
  return (
    <div style={{ maxWidth: 640, margin: '0 auto' }}>
      <PageHead title={t('decide')}>
        {items && items.length > 0 && (
          <div className="row">
            <Button aria-label={t('previous')} disabled={at === 0} onClick={() => setPosition(at - 1)}>
              ‹
            </Button>
            <span aria-live="polite">{t('cardOf', { n: at + 1, all: items.length })}</span>
            <Button aria-label={t('next')} disabled={at === items.length - 1} onClick={() => setPosition(at + 1)}>
              ›
            </Button>
          </div>
        )}
      </PageHead>
      {items === undefined ? (
        <Bones />
      ) : item === undefined ? (
        <Empty>{t('decideEmpty')}</Empty>
      ) : pathOfCase(item.caseCode, item.caseId).startsWith('/cases/') ? (
        <Card key={item.taskId} item={item} done={() => setPosition(at)} />
      ) : (
        <OtherCard item={item} />
      )}
    </div>
  );
}
