import { App, Button, Card, Flex, Upload } from 'antd';
import type { CaseView } from '#contracts/case.js';
import type { DossierDocument } from '#contracts/proposal.js';
import { documentKinds } from '#contracts/proposal-kinds.js';
import { ApiProblem } from '../api/client';
import { useAttachDocument } from '../api/queries';
import { formatDay } from '../format';
import { useLanguage } from '../language';

function Attached({ document }: { readonly document: DossierDocument }) {
  return (
    <div>
      {document.file ? (
        <a href={`/api/v1/files/${document.file.id}`}>{document.file.name}</a>
      ) : (
        (document.title ?? document.kind)
      )}
      <span className="muted">
        {' '}
        {[document.number, document.date && formatDay(document.date)].filter(Boolean).join(' · ')}
      </span>
    </div>
  );
}

/** The dossier checklist: what is there, what is missing, and an upload beside each missing document. */
/** What is missing may also be a field of the proposal; only a document can be attached. */
const isDocument = (kind: string) => (documentKinds as readonly string[]).includes(kind);

export function Documents({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const attach = useAttachDocument(view.id);
  return (
    <Card size="small" title={t('documents')}>
      {view.proposal.documents.map((document) => (
        <Attached key={document.id} document={document} />
      ))}
      {view.missingDocuments.length > 0 && <div className="late">{t('missingDocuments')}</div>}
      {view.missingDocuments.map((missing) => (
        <Flex key={missing.kind} justify="space-between" align="center" gap={8} style={{ marginTop: 4 }}>
          <span>{say(missing.text)}</span>
          {view.editable && isDocument(missing.kind) && (
            <Upload
              accept=".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
              showUploadList={false}
              beforeUpload={(file) => {
                attach.mutate(
                  { kind: missing.kind, file },
                  {
                    onError: (problem) =>
                      message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed')),
                  },
                );
                return false;
              }}
            >
              <Button
                size="small"
                title={t('fileTypes')}
                loading={attach.isPending && attach.variables.kind === missing.kind}
              >
                {t('attach')}
              </Button>
            </Upload>
          )}
        </Flex>
      ))}
    </Card>
  );
}
