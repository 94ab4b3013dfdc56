import { Alert, App, Form, Modal } from 'antd';
import { useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { Text } from '#contracts/text.js';
import { ApiProblem } from '../api/client';
import { useMe, useSendEvent } from '../api/queries';
import { useLanguage } from '../language';
import { consequences } from './consequences';
import { asideEvents, type EventField, eventFields } from './event-fields';
import { EventForm, type EventValues, eventInput } from './event-form';
import { Finding } from './finding';
import { MovedDeadlines } from './moved-deadlines';
import { useRequestInTime } from './request-in-time';
import { SignedCopy } from './signed-copy';

export type Available = CaseView['availableEvents'][number];

/** What the server said no with: the rule and its source, or the fields. */
export function Refusal({ problem }: { readonly problem: unknown }) {
  const { t, say } = useLanguage();
  if (!(problem instanceof ApiProblem)) return <Alert type="error" showIcon title={t('failed')} />;
  return (
    <Alert
      type="error"
      showIcon
      title={problem.status === 412 ? t('conflict') : say(problem.text)}
      description={
        <>
          {problem.rules.map((rule) => (
            <div key={rule.name}>
              {say(rule.text)}
              <div className="muted">
                {t('source')}: {rule.source ?? t('assumption')}
              </div>
            </div>
          ))}
          {problem.missing.length > 0 && (
            <div>
              {t('missingDocuments')}: {problem.missing.map((one) => say(one.text)).join('; ')}
            </div>
          )}
          {problem.fields.map((field) => (
            <div key={field.path}>{say({ vi: field.detail, en: field.detailEn })}</div>
          ))}
        </>
      }
    />
  );
}

/** What the event is about, when there is one for each: the agency of an opinion, the level of a document. */
function subjectOf(view: CaseView, action: Available): Text | string {
  if (action.subject === null) return '';
  if (action.type === 'RECORD_STEP_DOCUMENT')
    return view.approvals.find(({ step }) => step === action.subject)?.text ?? action.subject;
  const task = view.tasks.find(
    (one) => one.assignee.organisation?.id === action.subject || one.assignee.person?.id === action.subject,
  );
  return task?.assignee.organisation?.name ?? task?.assignee.person?.fullName ?? '';
}

/** Under which name the subject of an action travels in its event. */
function subjectField(type: DelegationEventType, subject: string): Readonly<Record<string, string>> {
  if (type === 'OPINION_RECEIVED') return { organisationId: subject };
  return type === 'RECORD_STEP_DOCUMENT' ? { stepId: subject } : {};
}

/** An action as people read it: its name, and whom it is about when that differs from button to button. */
export function useActionName(view: CaseView) {
  const { say } = useLanguage();
  return (action: Available) => {
    const about = subjectOf(view, action);
    const subject = typeof about === 'string' ? about : say(about);
    return subject === '' ? say(action.text) : `${say(action.text)}: ${subject}`;
  };
}

/** Enough of the event to tell what it moves; a document and a reason do not change that. Null: the new days are missing. */
function lookedAt(given: {
  type: DelegationEventType;
  fields: readonly EventField[];
  newDates: unknown;
  documentType: unknown;
  today: string;
}): Readonly<Record<string, unknown>> | null {
  const { type, fields, newDates, documentType, today } = given;
  const { departureDate, returnDate } = eventInput(['newDates'], { newDates });
  if (fields.includes('newDates') && !(departureDate && returnDate)) return null;
  return {
    type,
    ...((fields.includes('document') || fields.includes('stepDocument')) && {
      document: { number: 'xem trước', date: today, ...(documentType !== undefined && { type: documentType }) },
    }),
    ...(fields.includes('reason') && { reason: 'xem trước' }),
    ...(fields.includes('newDates') && { departureDate, returnDate }),
  };
}

/** One action: what follows from it, its fields, and the rule when it is refused. What was typed stays until it is accepted. */
export function ActionDialog({
  view,
  action,
  close,
  done,
}: {
  readonly view: CaseView;
  readonly action: Available;
  readonly close: () => void;
  readonly done?: () => void;
}) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const send = useSendEvent();
  const name = useActionName(view);
  const type = action.type as DelegationEventType;
  // Of a trip handled outside nothing but number and day is recorded.
  const fields = (eventFields[type] ?? []).filter((field) => !(field === 'report' && view.proposal.handledOutside));
  const newDates = Form.useWatch('newDates', form);
  const documentType = Form.useWatch('documentType', form);
  const urgentReason = String(Form.useWatch('urgentReason', form) ?? '').trim();
  const today = useMe().data?.today ?? '';
  const inTime = useRequestInTime({ caseId: view.id, type, today, isUrgent: urgentReason.length >= 3 });
  // A reason for the urgency is asked of whoever is late; while the answer to a reason typed is on its way, its field stays.
  const asksWhy = urgentReason !== '' || inTime.some(({ outcome }) => outcome !== 'pass');
  const shown = fields.filter((field) => field !== 'urgentReason' || asksWhy);
  const submit = (values: EventValues) =>
    send.mutate(
      {
        caseId: view.id,
        version: view.version,
        idempotencyKey,
        event: {
          type,
          ...eventInput(fields, values),
          ...(action.subject !== null && subjectField(type, action.subject)),
        },
      },
      {
        onSuccess: () => {
          message.success(t('actionDone', { action: say(action.text) }));
          done?.();
          close();
        },
        // An answer was given: what is sent next is another intention, with another version or other words.
        onError: (problem) => problem instanceof ApiProblem && problem.status > 0 && setKey(crypto.randomUUID()),
      },
    );
  return (
    <Modal
      open
      title={name(action)}
      okText={say(action.text)}
      cancelText={t('cancel')}
      confirmLoading={send.isPending}
      onCancel={close}
      onOk={() => form.validateFields().then(submit, () => undefined)}
    >
      <div className="stack">
        <p>{say(consequences[type])}</p>
        {action.onBehalfOf && (
          <p className="mark on" style={{ justifySelf: 'start' }}>
            {t('onBehalfOf')} {action.onBehalfOf.fullName}
          </p>
        )}
        <MovedDeadlines
          caseId={view.id}
          type={type}
          event={asideEvents.has(type) ? null : lookedAt({ type, fields, newDates, documentType, today })}
        />
        <div role="status">
          {inTime.map((finding) => (
            <Finding key={finding.rule} finding={finding} />
          ))}
        </div>
        {send.isError && <Refusal problem={send.error} />}
        <EventForm
          form={form}
          fields={shown}
          view={view}
          subject={action.subject}
          submit={() => form.validateFields().then(submit, () => undefined)}
          upload={
            <Form.Item name="documentFile" label={t('signedCopy')}>
              <SignedCopy caseId={view.id} type={type} />
            </Form.Item>
          }
        />
      </div>
    </Modal>
  );
}
