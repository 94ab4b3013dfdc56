import { Form, Input } from 'antd';
import { passwordMaxLength } from '#contracts/session.js';
import { useMe } from '../api/queries';
import { useLanguage } from '../language';
import { profileTexts } from './profile-texts';

/** The field with which somebody shows once more who they are; whoever came through the provider shows it by having come just now. */
export function ProofItem() {
  const { t, say } = useLanguage();
  const me = useMe().data;
  if (me?.byProvider) return <p className="muted">{say(profileTexts.byProviderProof)}</p>;
  return (
    <Form.Item
      name="currentPassword"
      label={say(profileTexts.currentPassword)}
      rules={[{ required: true, message: t('required') }]}
    >
      <Input.Password autoComplete="current-password" maxLength={passwordMaxLength} />
    </Form.Item>
  );
}
