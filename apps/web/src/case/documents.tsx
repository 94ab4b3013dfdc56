import { App, Button, Checkbox, Progress, Select, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import type { DossierDocument } from '#contracts/proposal.js';
import { documentKinds } from '#contracts/proposal-kinds.js';
import { ApiProblem } from '../api/client';
import { useAttachDocument, useRecordOutside } from '../api/queries';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { FileButton } from '../parts/file-button';
import { Panel } from '../parts/panel';
import { documentTexts } from './kind-texts';

const accepted = '.pdf,.docx,.xlsx,.png,.jpg,.jpeg';

function Attached({ document }: { readonly document: DossierDocument }) {
  const { t } = useLanguage();
  return (
    <li>
      {t(documentTexts[document.kind])}
      {document.file ? (
        <>
          {': '}
          <a href={`/api/v1/files/${document.file.id}`}>{document.file.name}</a>
        </>
      ) : (
        <span className="muted">{`: ${t('keptOutside')}`}</span>
      )}
      <span className="muted">
        {' '}
        {[document.title, document.number, document.date && formatDay(document.date)].filter(Boolean).join(' · ')}
      </span>
    </li>
  );
}

/** What is missing may also be a field of the proposal; only a document can be attached. */
const isDocument = (kind: string) => (documentKinds as readonly string[]).includes(kind);

/** Several may be on their way at once; each has its own progress and its own answer. */
function useAttach(caseId: string) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const attach = useAttachDocument(caseId);
  const [percents, setPercents] = useState<Readonly<Record<string, number>>>({});
  const put = (kind: string, file: File) => {
    const progress = (part: number) => setPercents((before) => ({ ...before, [kind]: Math.round(part * 100) }));
    progress(0);
    attach
      .mutateAsync({ kind, file, progress })
      .then(
        () => message.success(t('attached', { name: file.name })),
        (problem) => message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed')),
      )
      .finally(() => setPercents(({ [kind]: _, ...others }) => others));
    return false;
  };
  return { put, percents };
}

/** Any document of the dossier by its kind: dropped here or chosen. */
function AnyDocument({
  put,
  disabled,
}: {
  readonly put: (kind: string, file: File) => boolean;
  readonly disabled: boolean;
}) {
  const { t } = useLanguage();
  const [kind, setKind] = useState<string>('other');
  return (
    <div className="stack no-print" style={{ gap: 8 }}>
      <Select
        aria-label={t('documentKind')}
        value={kind}
        onChange={setKind}
        options={documentKinds.map((value) => ({ value, label: t(documentTexts[value]) }))}
      />
      <Upload.Dragger
        disabled={disabled}
        accept={accepted}
        showUploadList={false}
        beforeUpload={(file) => put(kind, file)}
      >
        {t('dropDocument')}
      </Upload.Dragger>
    </div>
  );
}

/** What the approving levels have to record, and what one of them left out. */
function StepDocuments({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  if (view.stepDocuments.length === 0) return null;
  return (
    <div>
      {view.stepDocuments.map(({ step, state, text }) => (
        <div key={`${step}-${state}`}>
          <span className={state === 'missing' ? 'late' : 'muted'}>
            {t(state === 'missing' ? 'stepDocumentMissing' : 'stepDocumentAwaited')}:
          </span>{' '}
          {say(text)}
        </div>
      ))}
    </div>
  );
}

/** A document that came takes its row along, and the focus with it: then the next one that is missing has it. */
function useNextMissing(count: number) {
  const list = useRef<HTMLDivElement>(null);
  const before = useRef(count);
  useEffect(() => {
    if (count < before.current && document.activeElement === document.body)
      list.current?.querySelector<HTMLElement>('button:enabled')?.focus();
    before.current = count;
  }, [count]);
  return list;
}

/** The dossier checklist: what is there, what is missing, and an upload beside each missing document. */
export function Documents({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const { put, percents } = useAttach(view.id);
  const outside = useRecordOutside(view.id);
  const [declared, setDeclared] = useState(false);
  const { documents, handledOutside } = view.proposal;
  const uploads = view.editable && !handledOutside;
  const list = useNextMissing(view.missingDocuments.length);
  return (
    <Panel title={t('documents')}>
      <div className="stack" ref={list}>
        {documents.length === 0 && view.missingDocuments.length === 0 && <p className="muted">{t('noDocuments')}</p>}
        {documents.length > 0 && (
          <ul style={{ margin: 0, paddingLeft: 16 }}>
            {documents.map((document) => (
              <Attached key={document.id} document={document} />
            ))}
          </ul>
        )}
        {uploads && (
          <Checkbox className="no-print" checked={declared} onChange={(event) => setDeclared(event.target.checked)}>
            {t('fileHoldsNoSecrets')}
          </Checkbox>
        )}
        <StepDocuments view={view} />
        {view.missingDocuments.length > 0 && (
          <div>
            <h3>{t('missingDocuments')}</h3>
            {view.missingDocuments.map((missing) => (
              <div
                key={`${missing.kind}-${missing.text.en}`}
                className="row apart"
                style={{ flexWrap: 'nowrap', marginTop: 4 }}
              >
                <span>{say(missing.text)}</span>
                {view.editable && isDocument(missing.kind) && (
                  <span className="row no-print" style={{ flex: 'none', flexWrap: 'nowrap' }}>
                    <FileButton
                      size="small"
                      accept={accepted}
                      take={(file) => put(missing.kind, file)}
                      disabled={!declared}
                      title={t(declared ? 'fileTypes' : 'declareFirst')}
                      aria-label={`${t('attach')}: ${say(missing.text)}`}
                      loading={missing.kind in percents}
                    >
                      {t('attach')}
                    </FileButton>
                    <Button
                      size="small"
                      title={t('keptOutsideWhy')}
                      aria-label={`${t('keptOutside')}: ${say(missing.text)}`}
                      loading={outside.isPending && outside.variables === missing.kind}
                      onClick={() => outside.mutate(missing.kind)}
                    >
                      {t('classified')}
                    </Button>
                  </span>
                )}
              </div>
            ))}
          </div>
        )}
        {Object.entries(percents).map(([kind, percent]) => (
          <Progress key={kind} percent={percent} size="small" aria-label={t('uploading', { percent })} />
        ))}
        {uploads && <AnyDocument put={put} disabled={!declared} />}
      </div>
    </Panel>
  );
}
