import { App, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { PlanItemView } from '#contracts/plan.js';
import type { PlanAvailableEvent } from '#contracts/plan-cycle.js';
import type { PlanCycleEventType, PlanItemPersonEventType } from '#contracts/plan-events.js';
import { ApiProblem } from '../api/client';
import { type PlanEvent, usePlanLines, useSendPlanEvent } from '../api/plan';
import { Refusal } from '../case/action-dialog';
import type { EventField } from '../case/event-fields';
import { EventForm, type EventValues, eventInput } from '../case/event-form';
import { useLanguage } from '../language';
import { planTexts } from './plan-texts';

/** What a person fills in for an event of the plan; a missing one does not compile. */
const fieldsOf: Readonly<Record<PlanCycleEventType | PlanItemPersonEventType, readonly EventField[]>> = {
  OPEN_REGISTRATION: ['note'],
  UNIT_REGISTERED: ['optionalDocument', 'note'],
  CLOSE_REGISTRATION: ['note'],
  REOPEN_REGISTRATION: ['reason'],
  START_CONSOLIDATION: ['note'],
  REQUEST_OPINION: ['organisations', 'note'],
  OPINION_RECEIVED: ['opinion', 'optionalDocument', 'note'],
  SUBMIT_PLAN: ['document', 'note'],
  FORWARD_PLAN: ['document', 'note'],
  RETURN_PLAN: ['reason'],
  APPROVE_PLAN: ['document', 'note'],
  MINISTRY_NOTIFIED: ['document', 'note'],
  ISSUE_PLAN: ['document', 'note'],
  BEGIN_ADJUSTMENT: ['note'],
  ABANDON_ADJUSTMENT: ['reason'],
  CLOSE_YEAR: ['note'],
  SUBMIT: ['note'],
  RECEIVE: ['note'],
  RETURN_TO_DRAFT: ['reason'],
  REQUEST_SUPPLEMENT: ['items', 'note'],
  RESUBMIT: ['note'],
  INCLUDE: ['note'],
  REJECT: ['reason', 'optionalDocument'],
  MERGE: ['note'],
  DEFER: ['reason'],
  WITHDRAW: ['reason'],
  CONDITION_CLEARED: ['document', 'note'],
  CHANGE: ['reason'],
  DROP: ['reason', 'optionalDocument'],
};

/** Events that end a line or send the plan back: they stand last. */
const grave: ReadonlySet<string> = new Set([
  'REJECT',
  'WITHDRAW',
  'DROP',
  'RETURN_PLAN',
  'DEFER',
  'MERGE',
  'ABANDON_ADJUSTMENT',
]);

export interface PlanSubject {
  readonly of: PlanEvent['of'];
  readonly id: string;
  readonly planId: string;
  readonly version: number;
}

/** What the reader may do now; what is not allowed yet says why. */
export function PlanActions({
  about,
  events,
}: {
  readonly about: PlanSubject;
  readonly events: readonly PlanAvailableEvent[];
}) {
  const { say } = useLanguage();
  const [chosen, choose] = useState<PlanAvailableEvent>();
  const sorted = events.toSorted((a, b) => Number(grave.has(a.type)) - Number(grave.has(b.type)));
  const nameOf = (event: PlanAvailableEvent) =>
    event.subject === null ? say(event.text) : `${say(event.text)}: ${event.subject.name}`;
  const waiting = sorted.filter((event) => !event.allowed);
  return (
    <div className="stack no-print">
      {sorted.length === 0 && <p className="muted">{say(planTexts.nothingToDo)}</p>}
      <div className="row">
        {sorted
          .filter((event) => event.allowed)
          .map((event) => (
            <button
              type="button"
              key={`${event.type} ${event.subject?.id ?? ''}`}
              className={grave.has(event.type) ? 'quiet' : 'primary'}
              onClick={() => choose(event)}
            >
              {nameOf(event)}
            </button>
          ))}
      </div>
      {waiting.length > 0 && (
        <details>
          <summary className="muted">{`${say(planTexts.notNow)} (${waiting.length})`}</summary>
          <ul>
            {waiting.map((event) => (
              <li key={`${event.type} ${event.subject?.id ?? ''}`}>
                {nameOf(event)}
                <div className="muted">{event.rules.map((rule) => say(rule.text)).join(' ')}</div>
              </li>
            ))}
          </ul>
        </details>
      )}
      {chosen && <PlanDialog about={about} event={chosen} name={nameOf(chosen)} close={() => choose(undefined)} />}
    </div>
  );
}

interface LineChoice {
  readonly kind: 'agree' | 'agreeOnCondition' | 'leaveOut';
  readonly words: string;
}

function PlanDialog({
  about,
  event,
  name,
  close,
}: {
  readonly about: PlanSubject;
  readonly event: PlanAvailableEvent;
  readonly name: string;
  readonly close: () => void;
}) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm();
  const [lines, setLines] = useState<Readonly<Record<string, LineChoice>>>({});
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const send = useSendPlanEvent();
  const type = event.type as keyof typeof fieldsOf;
  const fields = fieldsOf[type];
  const submit = (values: EventValues) =>
    send.mutate(
      {
        ...about,
        idempotencyKey,
        event: {
          type,
          ...eventInput(fields, values),
          ...(event.subject && { organisationId: event.subject.id }),
          ...(type === 'MERGE' && { intoItemId: values.intoItemId }),
          ...lineWords(type, lines),
        },
      },
      {
        onSuccess: () => {
          message.success(t('actionDone', { action: say(event.text) }));
          close();
        },
        onError: (problem) => problem instanceof ApiProblem && problem.status > 0 && setKey(crypto.randomUUID()),
      },
    );
  const check = () => form.validateFields().then(submit, () => undefined);
  return (
    <Modal
      open
      title={name}
      okText={say(event.text)}
      cancelText={t('cancel')}
      confirmLoading={send.isPending}
      onCancel={close}
      onOk={check}
    >
      <div className="stack">
        {send.isError && <Refusal problem={send.error} />}
        <EventForm form={form} fields={fields} submit={check} view={null} upload={null} />
        {type === 'MERGE' && (
          <Form form={form} layout="vertical">
            <MergeTarget about={about} />
          </Form>
        )}
        {(type === 'APPROVE_PLAN' || type === 'FORWARD_PLAN') && (
          <LineChoices
            planId={about.planId}
            state={type === 'APPROVE_PLAN' ? 'party' : 'committee'}
            withConditions={type === 'APPROVE_PLAN'}
            chosen={lines}
            choose={(id, choice) => setLines((before) => ({ ...before, [id]: choice }))}
          />
        )}
      </div>
    </Modal>
  );
}

function lineWords(type: string, lines: Readonly<Record<string, LineChoice>>): object {
  const of = (kind: LineChoice['kind']) => Object.entries(lines).filter(([, choice]) => choice.kind === kind);
  const excluded = of('leaveOut').map(([planItemId, { words }]) => ({ planItemId, reason: words }));
  if (type === 'FORWARD_PLAN') return { excluded };
  if (type !== 'APPROVE_PLAN') return {};
  const conditions = of('agreeOnCondition').map(([planItemId, { words }]) => ({ planItemId, condition: words }));
  return { excluded, conditions };
}

const over: ReadonlySet<string> = new Set(['notIncluded', 'merged', 'deferred', 'withdrawn', 'dropped', 'closed']);
const lineLabel = (item: PlanItemView) =>
  [`${item.position}.`, item.name, item.countriesLabel].filter(Boolean).join(' ');

function MergeTarget({ about }: { readonly about: PlanSubject }) {
  const { t, say } = useLanguage();
  const lines = usePlanLines(about.planId);
  const others = lines.data?.items.filter((item) => item.id !== about.id && !over.has(item.state));
  return (
    <Form.Item name="intoItemId" label={say(planTexts.mergeInto)} rules={[{ required: true, message: t('required') }]}>
      <Select
        loading={lines.isPending}
        options={others?.map((item) => ({ value: item.id, label: lineLabel(item) })) ?? []}
      />
    </Form.Item>
  );
}

function LineChoices({
  planId,
  state,
  withConditions,
  chosen,
  choose,
}: {
  readonly planId: string;
  readonly state: string;
  readonly withConditions: boolean;
  readonly chosen: Readonly<Record<string, LineChoice>>;
  readonly choose: (id: string, choice: LineChoice) => void;
}) {
  const { say } = useLanguage();
  const lines = usePlanLines(planId);
  const kinds = withConditions
    ? (['agree', 'agreeOnCondition', 'leaveOut'] as const)
    : (['agree', 'leaveOut'] as const);
  return (
    <fieldset className="stack" aria-label={say(planTexts.eachLine)}>
      <strong>{say(planTexts.eachLine)}</strong>
      {lines.data?.items
        .filter((item) => item.state === state)
        .map((item) => {
          const choice = chosen[item.id] ?? { kind: 'agree', words: '' };
          return (
            <div key={item.id}>
              <div>{lineLabel(item)}</div>
              <Select
                aria-label={lineLabel(item)}
                style={{ width: '100%' }}
                value={choice.kind}
                onChange={(kind) =>
                  choose(item.id, { kind, words: kind === 'agreeOnCondition' ? say(planTexts.usualCondition) : '' })
                }
                options={kinds.map((kind) => ({ value: kind, label: say(planTexts[kind]) }))}
              />
              {choice.kind !== 'agree' && (
                <Input
                  aria-label={say(choice.kind === 'leaveOut' ? planTexts.why : planTexts.condition)}
                  placeholder={say(choice.kind === 'leaveOut' ? planTexts.why : planTexts.condition)}
                  value={choice.words}
                  onChange={({ target }) => choose(item.id, { ...choice, words: target.value })}
                />
              )}
            </div>
          );
        })}
    </fieldset>
  );
}
