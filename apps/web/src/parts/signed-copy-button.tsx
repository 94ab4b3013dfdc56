import { App } from 'antd';
import { useLanguage } from '../language';
import { FileButton } from './file-button';

/** Takes the signed copy of a document once its file is declared to hold no state secret. `send` never fails: it says so itself. */
export function SignedCopyButton({
  send,
  ...button
}: {
  readonly size?: 'small';
  readonly loading: boolean;
  readonly send: (file: File) => Promise<unknown>;
}) {
  const { t } = useLanguage();
  const { modal } = App.useApp();
  return (
    <FileButton
      {...button}
      className="no-print"
      accept=".pdf,.docx,.png,.jpg,.jpeg"
      take={(file) =>
        modal.confirm({
          title: `${t('attachSignedCopy')}: ${file.name}`,
          content: t('declareFile'),
          okText: t('declareAndUpload'),
          cancelText: t('cancel'),
          onOk: () => send(file),
        })
      }
    >
      {t('attachSignedCopy')}
    </FileButton>
  );
}
