import { Button, Form, Input, QRCode } from 'antd';
import { useState } from 'react';
import type { SecondFactorSetUp } from '#contracts/session.js';
import {
  useBeginSecondFactor,
  useConfirmSecondFactor,
  useRemoveSecondFactor,
  useRenewCodes,
  useSecondFactor,
} from '../api/profile';
import { Failure } from '../failure';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';
import { ProofItem } from './proof-item';

function CodeItem() {
  const { t, say } = useLanguage();
  return (
    <Form.Item name="code" label={say(profileTexts.sixDigits)} rules={[{ required: true, message: t('required') }]}>
      <Input autoComplete="one-time-code" maxLength={40} />
    </Form.Item>
  );
}

function SwitchOn({ begun }: { readonly begun: (setUp: SecondFactorSetUp) => void }) {
  const { say } = useLanguage();
  const begin = useBeginSecondFactor();
  return (
    <>
      <Problem error={begin.error} />
      <Form<{ currentPassword?: string }>
        name="switchOn"
        layout="vertical"
        onFinish={(values) => begin.mutate(values, { onSuccess: begun })}
      >
        <ProofItem />
        <Button htmlType="submit" loading={begin.isPending}>
          {say(profileTexts.switchOn)}
        </Button>
      </Form>
    </>
  );
}

function Confirm({ setUp, done }: { readonly setUp: SecondFactorSetUp; readonly done: (codes: string[]) => void }) {
  const { say } = useLanguage();
  const confirm = useConfirmSecondFactor();
  return (
    <div className="stack">
      <p>{say(profileTexts.scan)}</p>
      <QRCode
        aria-label={say(profileTexts.qrCode)}
        value={setUp.uri}
        size={200}
        bordered={false}
        style={{ background: '#fff' }}
      />
      <p>
        {say(profileTexts.secretKey)}: <code style={{ overflowWrap: 'anywhere' }}>{setUp.secret}</code>
      </p>
      <Problem error={confirm.error} />
      <Form<{ code: string }>
        name="confirm"
        layout="vertical"
        onFinish={(values) => confirm.mutate(values, { onSuccess: ({ codes }) => done(codes) })}
      >
        <CodeItem />
        <Button type="primary" htmlType="submit" loading={confirm.isPending}>
          {say(profileTexts.confirm)}
        </Button>
      </Form>
    </div>
  );
}

interface Both {
  readonly currentPassword?: string;
  readonly code: string;
}

/** Both ask for password and code: what a browser left open must not do. */
function SwitchedOn({
  codesLeft,
  renewed,
}: {
  readonly codesLeft: number;
  readonly renewed: (codes: string[]) => void;
}) {
  const { say } = useLanguage();
  const [form] = Form.useForm<Both>();
  const remove = useRemoveSecondFactor();
  const renew = useRenewCodes();
  const switchOff = () =>
    form.validateFields().then(
      (values) => remove.mutate(values),
      () => undefined,
    );
  return (
    <div className="stack">
      <p>{say(profileTexts.secondFactorOn).replace('{n}', String(codesLeft))}</p>
      <Problem error={remove.error ?? renew.error} />
      <Form<Both>
        form={form}
        name="switchOff"
        layout="vertical"
        onFinish={(values) => renew.mutate(values, { onSuccess: ({ codes }) => renewed(codes) })}
      >
        <ProofItem />
        <CodeItem />
        <div className="row">
          <Button htmlType="submit" loading={renew.isPending}>
            {say(profileTexts.renewCodes)}
          </Button>
          <Button loading={remove.isPending} onClick={switchOff}>
            {say(profileTexts.switchOff)}
          </Button>
        </div>
      </Form>
    </div>
  );
}

/** Off, being set up, its codes to keep, on: one after the other in the same place. `done`: the codes have been kept. */
export function SecondFactor({ done }: { readonly done?: () => void }) {
  const { say } = useLanguage();
  const status = useSecondFactor();
  const [setUp, setSetUp] = useState<SecondFactorSetUp | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  if (status.isPending) return <Bones />;
  if (status.isLoadingError) return <Failure problem={status.error} retry={() => status.refetch()} />;
  const kept = () => {
    setCodes(null);
    done?.();
  };
  const step = () => {
    if (codes !== null)
      return (
        <div className="stack">
          <p>{say(profileTexts.recoveryCodes)}</p>
          <ul style={{ columns: 2, margin: 0 }}>
            {codes.map((code) => (
              <li key={code}>
                <code>{code}</code>
              </li>
            ))}
          </ul>
          <Button onClick={kept}>{say(profileTexts.keptThem)}</Button>
        </div>
      );
    if (status.data.enabled) return <SwitchedOn codesLeft={status.data.codesLeft} renewed={setCodes} />;
    if (setUp === null) return <SwitchOn begun={setSetUp} />;
    const confirmed = (printed: string[]) => {
      setSetUp(null);
      setCodes(printed);
    };
    return <Confirm setUp={setUp} done={confirmed} />;
  };
  return (
    <Panel title={say(profileTexts.secondFactor)}>
      <div className="stack">
        {!status.data.enabled && setUp === null && <p className="muted">{say(profileTexts.secondFactorIntro)}</p>}
        {step()}
      </div>
    </Panel>
  );
}
