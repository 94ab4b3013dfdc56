import { App, Button, Empty, Flex, Select, Table, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { PlanItemView, PlanView } from '#contracts/plan.js';
import type { Me } from '#contracts/session.js';
import { ApiProblem } from '../api/client';
import { useCreateProposal, usePlanItems, usePlans } from '../api/queries';
import { Failure } from '../failure';
import { useLanguage } from '../language';
import { PlanImportDrawer } from '../plan/plan-import';

function StartTrip({ item }: { readonly item: PlanItemView }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const create = useCreateProposal();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  return (
    <Button
      size="small"
      loading={create.isPending}
      onClick={() =>
        create.mutate(
          { planItemId: item.id, idempotencyKey },
          {
            onSuccess: (receipt) => navigate(`/cases/${receipt.id}`),
            onError: (problem) => message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed')),
          },
        )
      }
    >
      {t('startTrip')}
    </Button>
  );
}

function PlanTable({ plan, mayStart }: { readonly plan: PlanView; readonly mayStart: boolean }) {
  const { t } = useLanguage();
  const items = usePlanItems(plan.id);
  if (items.isError) return <Failure problem={items.error} retry={() => items.refetch()} />;
  return (
    <Table<PlanItemView>
      rowKey="id"
      size="middle"
      scroll={{ x: 1000 }}
      loading={items.isPending}
      pagination={false}
      dataSource={items.data?.items ?? []}
      expandable={{
        expandedRowRender: (item) => (
          <div className="sentence">{[item.partners, item.content].filter(Boolean).join('\n')}</div>
        ),
      }}
      columns={[
        { title: 'TT', dataIndex: 'number', width: 56, align: 'right' },
        { title: t('delegation'), dataIndex: 'name' },
        { title: t('leader'), dataIndex: 'head' },
        { title: t('countries'), dataIndex: 'countriesLabel' },
        { title: t('people'), dataIndex: 'peopleCount', width: 90, align: 'right' },
        { title: t('days'), dataIndex: 'days', width: 90, align: 'right' },
        { title: t('period'), width: 140, render: (_, item) => item.period?.label ?? '–' },
        { title: t('funding'), dataIndex: 'funding' },
        ...(mayStart && plan.direction === 'outbound'
          ? [{ title: '', width: 120, render: (_: unknown, item: PlanItemView) => <StartTrip item={item} /> }]
          : []),
      ]}
    />
  );
}

export function PlanPage({ me }: { readonly me: Me }) {
  const { t } = useLanguage();
  const plans = usePlans();
  const [chosen, choose] = useState<string>();
  const [importing, setImporting] = useState(false);
  if (plans.isError) return <Failure problem={plans.error} retry={() => plans.refetch()} />;
  const list = plans.data?.items ?? [];
  const plan = list.find((one) => one.id === chosen) ?? list.find((one) => one.direction === 'outbound') ?? list[0];
  const mayImport = me.roles.some(
    (role) => role.role === 'reviewer' || role.role === 'leader' || role.role === 'administrator',
  );
  return (
    <>
      <Flex justify="space-between" align="center" wrap gap={8} style={{ marginBottom: 12 }}>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('plan')}
        </Typography.Title>
        <Flex gap={8}>
          {list.length > 0 && (
            <Select
              style={{ minWidth: 220 }}
              value={plan?.id}
              onChange={choose}
              options={list.map((one) => ({
                value: one.id,
                label: `${one.year} · ${one.document.number ?? one.document.title ?? one.direction}`,
              }))}
            />
          )}
          {mayImport && (
            <Button type="primary" onClick={() => setImporting(true)}>
              {t('importPlan')}
            </Button>
          )}
        </Flex>
      </Flex>
      {plan ? (
        <PlanTable plan={plan} mayStart={me.roles.some((role) => role.role === 'unitOfficer')} />
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('planEmpty')} />
      )}
      <PlanImportDrawer open={importing} close={() => setImporting(false)} />
    </>
  );
}
