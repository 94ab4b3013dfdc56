import { Alert, Button, Form, Input } from 'antd';
import { passwordMaxLength, passwordMinLength } from '#contracts/session.js';
import { useChangePassword } from '../api/profile';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { Problem } from './problem';
import { profileTexts } from './profile-texts';

interface Values {
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly again: string;
}

/** The account's name stands in the form unseen, so that a password manager knows whose password it keeps. */
export function Password({ email }: { readonly email: string }) {
  const { t, say } = useLanguage();
  const [form] = Form.useForm<Values>();
  const change = useChangePassword();
  const required = { required: true, message: t('required') };
  const submit = ({ currentPassword, newPassword }: Values) =>
    change.mutate({ currentPassword, newPassword }, { onSuccess: () => form.resetFields() });
  return (
    <Panel title={say(profileTexts.password)}>
      <Problem error={change.error} />
      {change.isSuccess && (
        <Alert
          type="success"
          showIcon
          role="status"
          style={{ marginBottom: 12 }}
          title={say(profileTexts.passwordChanged)}
        />
      )}
      <Form<Values> form={form} layout="vertical" onFinish={submit} style={{ maxWidth: 400 }}>
        <input
          className="unseen"
          type="email"
          autoComplete="username"
          value={email}
          readOnly
          tabIndex={-1}
          aria-hidden
        />
        <Form.Item name="currentPassword" label={say(profileTexts.currentPassword)} rules={[required]}>
          <Input.Password autoComplete="current-password" maxLength={passwordMaxLength} />
        </Form.Item>
        <Form.Item
          name="newPassword"
          label={say(profileTexts.newPassword)}
          extra={say(profileTexts.passwordRule)}
          rules={[required, { min: passwordMinLength, message: say(profileTexts.passwordRule) }]}
        >
          <Input.Password autoComplete="new-password" maxLength={passwordMaxLength} />
        </Form.Item>
        <Form.Item
          name="again"
          label={say(profileTexts.newPasswordAgain)}
          dependencies={['newPassword']}
          rules={[
            required,
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                !value || value === getFieldValue('newPassword')
                  ? Promise.resolve()
                  : Promise.reject(new Error(say(profileTexts.notTheSame))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" maxLength={passwordMaxLength} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {say(profileTexts.changePassword)}
        </Button>
      </Form>
    </Panel>
  );
}
