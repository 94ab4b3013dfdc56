import { Alert, App, Button, Card, Flex, Form, Modal, Tooltip } from 'antd';
import { useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import type { DelegationEventType } from '#contracts/delegation-events.js';
import { ApiProblem } from '../api/client';
import { useSendEvent } from '../api/queries';
import { useLanguage } from '../language';
import { eventFields, graveEvents } from './event-fields';
import { EventForm, type EventValues, eventInput } from './event-form';

type Available = CaseView['availableEvents'][number];

function Refusal({ problem }: { readonly problem: unknown }) {
  const { t, say } = useLanguage();
  if (!(problem instanceof ApiProblem)) return <Alert type="error" showIcon title={t('failed')} />;
  return (
    <Alert
      type="error"
      showIcon
      title={problem.status === 412 ? t('conflict') : say(problem.text)}
      description={problem.rules.map((rule) => <div key={rule.name}>{say(rule.text)}</div>)}
    />
  );
}

/** One action in its dialog: fields, confirmation, and the rule when it is refused. What was typed stays until it is accepted. */
function ActionDialog({
  view,
  action,
  close,
}: {
  readonly view: CaseView;
  readonly action: Available;
  readonly close: () => void;
}) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const [idempotencyKey] = useState(() => crypto.randomUUID());
  const send = useSendEvent();
  const fields = eventFields[action.type as DelegationEventType] ?? [];
  const submit = (values: EventValues) =>
    send.mutate(
      {
        caseId: view.id,
        version: view.version,
        idempotencyKey,
        event: {
          type: action.type,
          ...eventInput(fields, values),
          ...(action.type === 'OPINION_RECEIVED' && action.subject ? { organisationId: action.subject } : {}),
        },
      },
      {
        onSuccess: () => {
          message.success(say(action.text));
          close();
        },
      },
    );
  return (
    <Modal
      open
      title={say(action.text)}
      okText={say(action.text)}
      cancelText={t('cancel')}
      okButtonProps={{ danger: graveEvents.has(action.type) }}
      confirmLoading={send.isPending}
      onCancel={close}
      onOk={() => form.validateFields().then(submit, () => undefined)}
    >
      <Flex vertical gap={12}>
        {send.isError && <Refusal problem={send.error} />}
        <EventForm form={form} fields={fields} />
      </Flex>
    </Modal>
  );
}

/** Only what the server says this person may do; what is not possible yet stands below with its rule. */
export function Actions({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const [action, setAction] = useState<Available>();
  const allowed = view.availableEvents.filter((one) => one.allowed);
  const notYet = view.availableEvents.filter((one) => !one.allowed);
  return (
    <Card size="small" title={t('actions')} className="no-print">
      {allowed.length === 0 && <span className="muted">{t('noActions')}</span>}
      <Flex wrap gap={8}>
        {allowed.map((one, index) => (
          <Button
            key={`${one.type}-${one.subject ?? ''}`}
            type={index === 0 && !graveEvents.has(one.type) ? 'primary' : 'default'}
            danger={graveEvents.has(one.type)}
            onClick={() => setAction(one)}
          >
            {say(one.text)}
          </Button>
        ))}
      </Flex>
      {notYet.length > 0 && (
        <div style={{ marginTop: 12 }}>
          <div className="muted">{t('notYet')}</div>
          {notYet.map((one) => (
            <div key={`${one.type}-${one.subject ?? ''}`} style={{ marginTop: 4 }}>
              <strong>{say(one.text)}</strong>
              {one.rules.map((rule) => (
                <Tooltip key={rule.name} title={`${t('source')}: ${rule.source ?? t('assumption')}`}>
                  <div className="muted">{say(rule.text)}</div>
                </Tooltip>
              ))}
            </div>
          ))}
        </div>
      )}
      {action && <ActionDialog view={view} action={action} close={() => setAction(undefined)} />}
    </Card>
  );
}
