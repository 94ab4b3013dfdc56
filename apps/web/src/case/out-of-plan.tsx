import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiProblem } from '../api/client';
import { useCreateProposal } from '../api/queries';
import { useLanguage } from '../language';

interface Values {
  readonly delegationName: string;
  readonly outOfPlanJustification: string;
}

/** Opens a case that is not in the annual plan; why it cannot wait is asked for at once. */
export function OutOfPlanButton() {
  const { t, say } = useLanguage();
  const [form] = Form.useForm<Values>();
  const navigate = useNavigate();
  const create = useCreateProposal();
  const [idempotencyKey, setKey] = useState<string>();
  const required = [{ required: true, whitespace: true, message: t('required') }];
  const submit = (proposal: Values) =>
    create.mutate(
      { start: { proposal }, idempotencyKey: idempotencyKey ?? '' },
      { onSuccess: (receipt) => navigate(`/cases/${receipt.id}/proposal`) },
    );
  return (
    <>
      <Button className="no-print" onClick={() => setKey(crypto.randomUUID())}>
        {t('startOutOfPlan')}
      </Button>
      <Modal
        open={idempotencyKey !== undefined}
        title={t('startOutOfPlan')}
        okText={t('startTrip')}
        cancelText={t('cancel')}
        confirmLoading={create.isPending}
        onCancel={() => setKey(undefined)}
        onOk={() => form.submit()}
      >
        {create.isError && (
          <Alert
            type="error"
            showIcon
            style={{ marginBottom: 12 }}
            title={create.error instanceof ApiProblem ? say(create.error.text) : t('failed')}
          />
        )}
        <Form<Values> form={form} layout="vertical" onFinish={submit}>
          <Form.Item name="delegationName" label={t('delegation')} rules={required}>
            <Input maxLength={500} />
          </Form.Item>
          <Form.Item name="outOfPlanJustification" label={t('outOfPlanReason')} rules={required}>
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
