import { Alert, Button, Popconfirm } from 'antd';
import { useNavigate } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import { ApiProblem } from '../api/client';
import { useSaveProposal } from '../api/queries';
import { useLanguage } from '../language';

/** A case whose content is classified keeps its days and its steps here, and nothing else. */
export function Outside({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const navigate = useNavigate();
  const save = useSaveProposal(view.id);
  const { handledOutside, revision } = view.proposal;
  if (handledOutside) return <Alert type="info" showIcon title={t('handledOutside')} />;
  const choose = () =>
    save.mutate({ patch: { handledOutside: true }, revision }, { onSuccess: () => void navigate(`/cases/${view.id}`) });
  return (
    <div className="stack" style={{ gap: 8 }}>
      {save.error instanceof ApiProblem && <Alert type="error" showIcon title={say(save.error.text)} />}
      <Popconfirm title={t('handledOutside')} okText={t('handleOutside')} cancelText={t('cancel')} onConfirm={choose}>
        <Button loading={save.isPending}>{t('handleOutside')}</Button>
      </Popconfirm>
    </div>
  );
}
