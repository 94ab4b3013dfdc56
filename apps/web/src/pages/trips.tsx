import { Button, Empty, Input, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { CaseSummary } from '#contracts/case.js';
import { useCases } from '../api/queries';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { type Language, useLanguage } from '../language';
import type { TextKey } from '../texts';

const columns = (language: Language, t: (key: TextKey) => string) => [
  {
    title: t('caseCode'),
    width: 140,
    render: (_: unknown, row: CaseSummary) => <Link to={`/cases/${row.id}`}>{row.caseCode}</Link>,
  },
  {
    title: t('delegation'),
    render: (_: unknown, row: CaseSummary) => (
      <>
        <div>{row.delegationName}</div>
        <div className="muted">{row.leader}</div>
      </>
    ),
  },
  { title: t('countries'), render: (_: unknown, row: CaseSummary) => row.countries.join(', ') },
  {
    title: t('dates'),
    width: 200,
    render: (_: unknown, row: CaseSummary) =>
      row.departureDate ? `${formatDay(row.departureDate)} – ${formatDay(row.returnDate)}` : '–',
  },
  { title: t('unit'), render: (_: unknown, row: CaseSummary) => row.organisation.name },
  {
    title: t('state'),
    render: (_: unknown, row: CaseSummary) => (
      <>
        <Tag color={row.status === 'done' ? 'default' : 'blue'}>{row.phase.text[language]}</Tag>
        <div>{row.state.text[language]}</div>
      </>
    ),
  },
  { title: t('due'), width: 160, render: (_: unknown, row: CaseSummary) => formatInstant(row.dueAt) },
];

export function TripsPage() {
  const { t, language } = useLanguage();
  const [q, setQ] = useState('');
  const cases = useCases(q);
  if (cases.isError) return <Failure problem={cases.error} retry={() => cases.refetch()} />;
  return (
    <>
      <Typography.Title level={4}>{t('trips')}</Typography.Title>
      <Input.Search
        allowClear
        placeholder={t('search')}
        style={{ maxWidth: 420, marginBottom: 12 }}
        onSearch={(value) => setQ(value.trim())}
      />
      <Table<CaseSummary>
        rowKey="id"
        size="middle"
        scroll={{ x: 900 }}
        loading={cases.isPending}
        pagination={false}
        columns={columns(language, t)}
        dataSource={cases.data?.pages.flatMap((page) => page.items) ?? []}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('tripsEmpty')} /> }}
      />
      {cases.hasNextPage && (
        <Button style={{ marginTop: 12 }} loading={cases.isFetchingNextPage} onClick={() => cases.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </>
  );
}
