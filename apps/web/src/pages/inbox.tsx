import { Badge, Button, Empty, Segmented, Table, Tooltip, Typography } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { InboxItem } from '#contracts/inbox.js';
import { useInbox } from '../api/queries';
import { Failure } from '../failure';
import { formatDay, formatInstant } from '../format';
import { type Language, useLanguage } from '../language';
import type { TextKey } from '../texts';

type T = (key: TextKey) => string;

function DueCell({ item, language, t }: { readonly item: InboxItem; readonly language: Language; readonly t: T }) {
  if (item.dueAt === null) return <span className="muted">{t('noDue')}</span>;
  return (
    <Tooltip title={item.dueExplanation?.[language]}>
      <span className={item.overdue ? 'late' : undefined}>
        {formatInstant(item.dueAt)}
        {item.overdue ? ` · ${t('overdue')}` : ''}
      </span>
    </Tooltip>
  );
}

const columns = (language: Language, t: T) => [
  {
    title: t('task'),
    render: (_: unknown, item: InboxItem) => <Link to={`/cases/${item.caseId}`}>{item.text[language]}</Link>,
  },
  { title: t('caseCode'), dataIndex: 'caseCode', width: 140 },
  {
    title: t('delegation'),
    render: (_: unknown, item: InboxItem) => (
      <>
        <div>{item.delegationName}</div>
        <div className="muted">{item.leader}</div>
      </>
    ),
  },
  { title: t('departureDate'), width: 120, render: (_: unknown, item: InboxItem) => formatDay(item.departureDate) },
  {
    title: t('due'),
    width: 220,
    render: (_: unknown, item: InboxItem) => <DueCell item={item} language={language} t={t} />,
  },
];

/** Everything that waits for me, the earliest due first. */
export function InboxPage() {
  const { t, language } = useLanguage();
  const [kind, setKind] = useState<string>();
  const inbox = useInbox(kind);
  if (inbox.isError) return <Failure problem={inbox.error} retry={() => inbox.refetch()} />;
  const pages = inbox.data?.pages ?? [];
  const counts = pages[0]?.counts ?? [];
  const total = counts.reduce((sum, count) => sum + count.open, 0);
  return (
    <>
      <Typography.Title level={4}>{t('inbox')}</Typography.Title>
      <div style={{ overflowX: 'auto', marginBottom: 12 }}>
        <Segmented
          value={kind ?? ''}
          onChange={(value) => setKind(value === '' ? undefined : value)}
          options={[
            { value: '', label: `${t('all')} (${total})` },
            ...counts.map((count) => ({
              value: count.kind,
              label: (
                <Badge dot={count.overdue > 0} offset={[6, 4]}>
                  {`${count.text[language]} (${count.open})`}
                </Badge>
              ),
            })),
          ]}
        />
      </div>
      <Table<InboxItem>
        rowKey="taskId"
        size="middle"
        scroll={{ x: 800 }}
        loading={inbox.isPending}
        pagination={false}
        columns={columns(language, t)}
        dataSource={pages.flatMap((page) => page.items)}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('inboxEmpty')} /> }}
      />
      {inbox.hasNextPage && (
        <Button style={{ marginTop: 12 }} loading={inbox.isFetchingNextPage} onClick={() => inbox.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
    </>
  );
}
