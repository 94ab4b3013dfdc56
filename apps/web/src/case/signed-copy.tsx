import { Checkbox, Progress } from 'antd';
import { useState } from 'react';
import type { DelegationEventType } from '#contracts/delegation-events.js';
import type { DossierDocument } from '#contracts/proposal.js';
import { ApiProblem } from '../api/client';
import { useAttachDocument } from '../api/queries';
import { useLanguage } from '../language';
import { FileButton } from '../parts/file-button';

/** As what the signed copy of an event's document goes into the dossier. */
const kinds: Readonly<Partial<Record<DelegationEventType, DossierDocument['kind']>>> = {
  SIGN_SUBMIT: 'proposalLetter',
  ISSUE_DECISION: 'decision',
  SUBMIT_REPORT: 'report',
  SETTLEMENT_DONE: 'settlement',
};

/** Puts the file into the dossier and hands its id to the form; the event then points at it. */
export function SignedCopy({
  id,
  caseId,
  type,
  onChange,
}: {
  readonly caseId: string;
  readonly type: DelegationEventType;
  /** Given by the form. */
  readonly id?: string;
  readonly onChange?: (fileId: string | undefined) => void;
}) {
  const { t, say } = useLanguage();
  const attach = useAttachDocument(caseId);
  const [percent, setPercent] = useState(0);
  const [declared, setDeclared] = useState(false);
  const put = (file: File) => {
    setPercent(0);
    attach.mutate(
      { kind: kinds[type] ?? 'other', file, progress: (part) => setPercent(Math.round(part * 100)) },
      { onSuccess: (document) => onChange?.(document.file?.id) },
    );
  };
  return (
    <div className="stack" style={{ gap: 4 }}>
      <Checkbox checked={declared} onChange={({ target }) => setDeclared(target.checked)}>
        {t('declareFile')}
      </Checkbox>
      <FileButton
        {...(id !== undefined && { id })}
        accept=".pdf,.docx,.png,.jpg,.jpeg"
        take={put}
        disabled={!declared}
        loading={attach.isPending}
        style={{ justifySelf: 'start' }}
      >
        {attach.data?.file?.name ?? t('chooseFile')}
      </FileButton>
      {attach.isPending && <Progress percent={percent} size="small" aria-label={t('uploading', { percent })} />}
      {attach.isError && (
        <div className="late" role="alert">
          {attach.error instanceof ApiProblem ? say(attach.error.text) : t('failed')}
        </div>
      )}
    </div>
  );
}
