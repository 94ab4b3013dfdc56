import { App, Form, Input, InputNumber, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { reportPresets } from '#contracts/periodic-report.js';
import type { OpenReportRound, ReportKind } from '#contracts/report-round.js';
import type { Text } from '#contracts/text.js';
import { useOpenRound } from '../api/report-rounds';
import { Refusal } from '../case/action-dialog';
import { useLanguage } from '../language';
import { DayField } from '../parts/day-field';
import { Ways } from '../parts/ways';
import { reportTexts } from './report-texts';
import { roundTexts } from './round-texts';

const kinds: readonly ReportKind[] = ['halfYear', 'year', 'adHoc'];

/** The usual days of a kind; of an ad hoc report the year so far. */
function usualDays(kind: ReportKind, today: string): { from: string; to: string } {
  const year = Number(today.slice(0, 4));
  const preset = reportPresets(year).find(({ id }) => id === kind);
  return preset ? { from: preset.from, to: preset.to } : { from: `${year}-01-01`, to: today };
}

/** Asks every unit for its report on a period. */
export function RequestDialog({ today, close }: { readonly today: string; readonly close: () => void }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const [command, setCommand] = useState<OpenReportRound>({ kind: 'halfYear', ...usualDays('halfYear', today) });
  const [idempotencyKey, setKey] = useState(() => crypto.randomUUID());
  const open = useOpenRound();
  const { kind, from, to, dueOn } = command;
  const submit = () =>
    open.mutate(
      { command, idempotencyKey },
      {
        onSuccess: () => {
          message.success(say(roundTexts.requested));
          close();
        },
        onError: () => setKey(crypto.randomUUID()),
      },
    );
  return (
    <Modal
      open
      title={say(roundTexts.request)}
      okText={say(roundTexts.request)}
      cancelText={t('cancel')}
      confirmLoading={open.isPending}
      onCancel={close}
      onOk={submit}
    >
      <div className="stack">
        {open.isError && <Refusal problem={open.error} />}
        <Ways<ReportKind>
          label={say(roundTexts.kind)}
          ways={kinds.map((one) => [one, say(roundTexts[one])] as const)}
          chosen={kind}
          choose={(one) => setCommand({ kind: one, ...usualDays(one, today) })}
        />
        <div className="tools" style={{ alignItems: 'end' }} key={kind}>
          <DayField
            label={say(reportTexts.from)}
            value={from}
            change={(day) => day !== '' && setCommand({ ...command, from: day })}
          />
          <DayField
            label={say(reportTexts.to)}
            value={to}
            change={(day) => day !== '' && setCommand({ ...command, to: day })}
          />
        </div>
        <DayField
          label={say(roundTexts.dueOn)}
          value={dueOn ?? ''}
          required={kind === 'adHoc'}
          change={(day) => {
            const { dueOn: _before, ...rest } = command;
            setCommand(day === '' ? rest : { ...rest, dueOn: day });
          }}
        />
        {kind !== 'adHoc' && <p className="muted">{say(roundTexts.dueHint)}</p>}
      </div>
    </Modal>
  );
}

interface Written {
  readonly reason?: string;
  readonly startAt?: number | null;
}

/** One decision, with what it needs to know. */
export function DecisionDialog({
  action,
  asks,
  children,
  decision,
  decide,
  close,
}: {
  readonly action: Text;
  readonly asks: 'reason' | 'number' | 'nothing';
  readonly children?: ReactNode;
  readonly decision: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly decide: (written: Written, done: () => void) => void;
  readonly close: () => void;
}) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const [form] = Form.useForm<Written>();
  const done = () => {
    message.success(say(roundTexts.done).replace('{action}', say(action)));
    close();
  };
  const check = () =>
    form.validateFields().then(
      (written) => decide(written, done),
      () => undefined,
    );
  return (
    <Modal
      open
      title={say(action)}
      okText={say(action)}
      cancelText={t('cancel')}
      confirmLoading={decision.isPending}
      onCancel={close}
      onOk={check}
    >
      {decision.isError && <Refusal problem={decision.error} />}
      {children}
      <Form form={form} layout="vertical" onFinish={check}>
        {asks === 'reason' && (
          <Form.Item
            name="reason"
            label={say(roundTexts.reason)}
            rules={[
              { required: true, message: t('required') },
              { min: 3, message: t('tooShort') },
            ]}
          >
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
          </Form.Item>
        )}
        {asks === 'number' && (
          <Form.Item name="startAt" label={say(roundTexts.startAt)}>
            <InputNumber min={1} max={99_999} precision={0} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

interface Offer {
  readonly type: string;
  readonly text: Text;
  readonly allowed: boolean;
  readonly rules: readonly { readonly text: Text }[];
}

/** What may be decided, the refused with its reasons; `lesser` is the one that is not asked for first. */
export function OfferButtons<One extends Offer>(given: {
  readonly offers: readonly One[];
  readonly lesser: One['type'];
  readonly choose: (offer: One) => void;
}) {
  const { say } = useLanguage();
  return given.offers
    .filter(({ allowed, rules }) => allowed || rules.length > 0)
    .map((offer) => (
      <button
        type="button"
        key={offer.type}
        className={offer.type === given.lesser ? 'plain' : 'primary'}
        disabled={!offer.allowed}
        title={offer.rules.map(({ text }) => say(text)).join(' ')}
        onClick={() => given.choose(offer)}
      >
        {say(offer.text)}
      </button>
    ));
}
