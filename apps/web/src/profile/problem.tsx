import { Alert } from 'antd';
import { ApiProblem } from '../api/client';
import { useLanguage } from '../language';

/** Why a change was refused, in the server's words: the field's own sentence where there is one. */
export function Problem({ error }: { readonly error: unknown }) {
  const { t, say } = useLanguage();
  if (error === null || error === undefined) return null;
  const known = error instanceof ApiProblem ? error : null;
  const [field] = known?.fields ?? [];
  const text = field ? say({ vi: field.detail, en: field.detailEn }) : say(known?.text);
  return <Alert type="error" showIcon role="alert" style={{ marginBottom: 12 }} title={text || t('failed')} />;
}
