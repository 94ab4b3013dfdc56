import { App, DatePicker, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { Link } from 'react-router';
import type { FollowUpEventInput, FollowUpView } from '#contracts/trip-report.js';
import { useSendFollowUp } from '../api/trip-reports';
import { Refusal } from '../case/action-dialog';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { type Column, DataTable } from '../parts/data-table';
import { tripReportTexts } from './trip-report-texts';

type Kind = 'close' | 'move' | 'cancelTask';
interface Chosen {
  readonly item: FollowUpView;
  readonly kind: Kind;
}

export function FollowUpList({
  items,
  at,
}: {
  readonly items: readonly FollowUpView[] | undefined;
  readonly at?: string;
}) {
  const { say } = useLanguage();
  const [chosen, choose] = useState<Chosen>();
  const button = (item: FollowUpView, kind: Kind) => (
    <button type="button" className="quiet" onClick={() => choose({ item, kind })}>
      {say(tripReportTexts[kind])}
    </button>
  );
  const columns: Column<FollowUpView>[] = [
    {
      title: say(tripReportTexts.task),
      cell: (item) => (
        <>
          <span className={item.id === at ? 'mark on' : undefined}>{item.task}</span>
          <div className="muted">
            <Link to={`/trip-reports/${item.caseId}`}>{item.caseCode}</Link>
          </div>
          {item.closingNote && <div className="sentence muted">{item.closingNote}</div>}
        </>
      ),
    },
    { title: say(tripReportTexts.owner), cell: (item) => item.organisation.name },
    { title: say(tripReportTexts.dueDate), kind: 'exact', cell: (item) => formatDay(item.dueDate) },
    {
      title: say(tripReportTexts.state),
      cell: (item) => (
        <>
          <span className={item.state === 'overdue' ? 'late' : undefined}>{say(tripReportTexts[item.state])}</span>
          <div className="row no-print">
            {item.may.close && button(item, 'close')}
            {item.may.manage && button(item, 'move')}
            {item.may.manage && button(item, 'cancelTask')}
          </div>
        </>
      ),
    },
  ];
  return (
    <>
      <DataTable
        label={say(tripReportTexts.followUps)}
        columns={columns}
        rows={items}
        rowKey={(item) => item.id}
        empty={say(tripReportTexts.noFollowUps)}
      />
      {chosen && <FollowUpDialog {...chosen} close={() => choose(undefined)} />}
    </>
  );
}

function FollowUpDialog({ item, kind, close }: Chosen & { readonly close: () => void }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const send = useSendFollowUp();
  const required = [{ required: true, message: t('required') }];
  const submit = ({ words, day }: { words: string; day?: Dayjs }) =>
    send.mutate(
      { id: item.id, event: eventOf(kind, { words, day: day?.format('YYYY-MM-DD') ?? '' }), idempotencyKey },
      {
        onSuccess: () => {
          message.success(t('actionDone', { action: say(tripReportTexts[kind]) }));
          close();
        },
        onError: () => setKey(crypto.randomUUID()),
      },
    );
  const check = () => form.validateFields().then(submit, () => undefined);
  return (
    <Modal
      open
      title={`${say(tripReportTexts[kind])}: ${item.task}`}
      okText={say(tripReportTexts[kind])}
      cancelText={t('cancel')}
      confirmLoading={send.isPending}
      onCancel={close}
      onOk={check}
    >
      {send.isError && <Refusal problem={send.error} />}
      <Form form={form} layout="vertical" onFinish={check}>
        {kind === 'move' && (
          <Form.Item name="day" label={say(tripReportTexts.newDay)} rules={required}>
            <DatePicker format="DD/MM/YYYY" placeholder={t('dateExample')} style={{ width: '100%' }} />
          </Form.Item>
        )}
        <Form.Item
          name="words"
          label={say(kind === 'close' ? tripReportTexts.result : tripReportTexts.reason)}
          rules={[...required, { min: 3, message: t('tooShort') }]}
        >
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}

function eventOf(kind: Kind, { words, day }: { words: string; day: string }): FollowUpEventInput {
  if (kind === 'close') return { type: 'CLOSE_FOLLOW_UP', note: words };
  if (kind === 'move') return { type: 'MOVE_FOLLOW_UP', dueDate: day, reason: words };
  return { type: 'CANCEL_FOLLOW_UP', reason: words };
}
