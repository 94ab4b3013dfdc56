import { Button, Card, Descriptions, Flex, Skeleton, Steps, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import { useCase } from '../api/queries';
import { Actions } from '../case/actions';
import { Documents } from '../case/documents';
import { phases } from '../case/phases';
import { ProposalForm } from '../case/proposal-form';
import { Approvals, Deadlines, History, Rules, Waiting } from '../case/sections';
import { Failure } from '../failure';
import { formatDay } from '../format';
import { useLanguage } from '../language';

function Head({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const { proposal } = view;
  const leader = proposal.members.find((member) => member.role === 'leader');
  const current = phases.findIndex((phase) => phase.id === view.phase.id);
  return (
    <Card size="small">
      <Flex justify="space-between" wrap gap={8}>
        <div>
          <div className="muted">
            {view.caseCode} · {view.organisation.name}
          </div>
          <Typography.Title level={4} style={{ margin: '4px 0' }}>
            {proposal.delegationName}
          </Typography.Title>
          <div>
            {[
              leader && [leader.fullName, leader.position].filter(Boolean).join(', '),
              proposal.countries.map((country) => country.name).join(', '),
            ]
              .filter(Boolean)
              .join(' · ')}
            {proposal.departureDate
              ? ` · ${formatDay(proposal.departureDate)} – ${formatDay(proposal.returnDate)}`
              : ''}
          </div>
        </div>
        <Flex gap={4} wrap align="start">
          {view.states.map((state) => (
            <Tag key={state.id} color={view.status === 'done' ? 'default' : 'blue'}>
              {say(state.text)}
            </Tag>
          ))}
        </Flex>
      </Flex>
      <Steps
        size="small"
        style={{ marginTop: 16 }}
        current={view.status === 'done' && current < 0 ? phases.length : current}
        items={phases.map((phase) => ({ title: say(phase.text) }))}
        aria-label={t('state')}
      />
    </Card>
  );
}

function Proposal({ view, edit }: { readonly view: CaseView; readonly edit: () => void }) {
  const { t } = useLanguage();
  const { proposal } = view;
  const rows = [
    [t('capacity'), proposal.capacity],
    [t('purpose'), proposal.purpose],
    [
      t('members'),
      proposal.members
        .map((member) => [member.fullName, member.position, member.organisation].filter(Boolean).join(', '))
        .join('\n'),
    ],
    [t('partners'), proposal.partners],
    [t('content'), proposal.content],
    [t('days'), proposal.dayCount === null ? '' : String(proposal.dayCount)],
    [t('funding'), proposal.funding.map((line) => line.label || line.source).join('; ')],
    [t('urgentReason'), proposal.urgentReason],
    [t('outOfPlanReason'), proposal.outOfPlanJustification],
  ].filter(([, value]) => value);
  return (
    <Card
      size="small"
      title={t('proposal')}
      extra={
        view.editable && (
          <Button size="small" onClick={edit}>
            {t('edit')}
          </Button>
        )
      }
    >
      <Descriptions column={1} size="small" styles={{ label: { width: 160 } }}>
        {rows.map(([label, value]) => (
          <Descriptions.Item key={label} label={label}>
            <span className="sentence">{value}</span>
          </Descriptions.Item>
        ))}
      </Descriptions>
    </Card>
  );
}

/** The dossier: the facts that matter, the five phases, what I may do, why each date is what it is, what happened. */
export function CasePage() {
  const { id = '' } = useParams();
  const view = useCase(id);
  const [editing, setEditing] = useState(false);
  if (view.isPending) return <Skeleton active />;
  if (view.isError) return <Failure problem={view.error} retry={() => view.refetch()} />;
  return (
    <Flex vertical gap={12}>
      <Head view={view.data} />
      <Flex gap={12} wrap align="start">
        <Flex vertical gap={12} style={{ flex: '2 1 480px', minWidth: 0 }}>
          <Actions view={view.data} />
          <Proposal view={view.data} edit={() => setEditing(true)} />
          <Documents view={view.data} />
          <History view={view.data} />
        </Flex>
        <Flex vertical gap={12} style={{ flex: '1 1 300px', minWidth: 0 }}>
          <Waiting view={view.data} />
          <Deadlines view={view.data} />
          <Rules view={view.data} />
          <Approvals view={view.data} />
        </Flex>
      </Flex>
      {editing && <ProposalForm view={view.data} close={() => setEditing(false)} />}
    </Flex>
  );
}
