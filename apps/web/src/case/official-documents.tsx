import { App, Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import type { OfficialDocumentList, OfficialDocumentView } from '#contracts/official-documents.js';
import { ApiProblem } from '../api/client';
import {
  useAttachSignedCopy,
  useDraftDocument,
  useNumberDocument,
  useOfficialDocuments,
  useVoidDocument,
} from '../api/official-documents';
import { usePeople } from '../api/queries';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { SignedCopyButton } from '../parts/signed-copy-button';
import { matches } from '../plain';
import type { TextKey } from '../texts';

const stateTexts: Readonly<Record<OfficialDocumentView['state'], TextKey>> = {
  draft: 'documentDraft',
  numbered: 'documentNumbered',
  signed: 'documentSigned',
  void: 'documentVoid',
};
type Offer = OfficialDocumentList['offers'][number];

/** Văn bản của hồ sơ: what was drafted, its number, its signed copy, and what the reader may draft next. */
export function OfficialDocuments({ view }: { readonly view: CaseView }) {
  const { t } = useLanguage();
  const documents = useOfficialDocuments(view.id);
  if (!documents.data) return null;
  const { items, offers } = documents.data;
  if (items.length === 0 && offers.length === 0) return null;
  return (
    <Panel title={t('officialDocuments')}>
      <div className="stack">
        {items.length === 0 && <p className="muted">{t('noOfficialDocuments')}</p>}
        {items.map((document) => (
          <OneDocument key={document.id} document={document} />
        ))}
        {offers.length > 0 && <NewDraft caseId={view.id} offers={offers} />}
      </div>
    </Panel>
  );
}

function OneDocument({ document }: { readonly document: OfficialDocumentView }) {
  const { t, say } = useLanguage();
  const { number, date, signature, signedFile, state } = document;
  return (
    <div>
      <div className="row apart" style={{ alignItems: 'start' }}>
        <div style={{ minWidth: 0 }}>
          <a href={`/api/v1/official-documents/${document.id}/file`}>{say(document.text)}</a>{' '}
          <span className={state === 'signed' ? 'mark on' : 'mark'}>{t(stateTexts[state])}</span>
          <div className="muted">
            {[number, date && formatDay(date), document.issuer.name].filter(Boolean).join(' · ')}
          </div>
          <div className="muted">{[...signature.lines, signature.name].join(' · ')}</div>
          {signedFile && <a href={`/api/v1/files/${signedFile.id}`}>{`${t('signedCopyOf')}: ${signedFile.name}`}</a>}
          {document.voidReason && <div className="sentence">{document.voidReason}</div>}
          {document.outdated && <div className="late">{t('documentOutdated')}</div>}
        </div>
        <Deeds document={document} />
      </div>
    </div>
  );
}

/** What the clerk does with a document: take the number, upload the signed copy, void it. */
function Deeds({ document }: { readonly document: OfficialDocumentView }) {
  const { t, say } = useLanguage();
  const { message, modal } = App.useApp();
  const { caseId, id, may } = document;
  const [take, sign, cancel] = [useNumberDocument(caseId), useAttachSignedCopy(caseId), useVoidDocument(caseId)];
  const failed = (problem: Error) => {
    message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed'));
  };
  const askReason = () => {
    let reason = '';
    modal.confirm({
      title: t('voidNumber'),
      content: <Input.TextArea aria-label={t('voidReason')} onChange={(event) => (reason = event.target.value)} />,
      okText: t('voidNumber'),
      cancelText: t('cancel'),
      onOk: () => cancel.mutateAsync({ id, reason }).catch(failed),
    });
  };
  return (
    <div className="row no-print" style={{ gap: 4 }}>
      {may.number && (
        <Button size="small" loading={take.isPending} onClick={() => take.mutate(id, { onError: failed })}>
          {t('takeNumber')}
        </Button>
      )}
      {may.attachSigned && (
        <SignedCopyButton
          size="small"
          loading={sign.isPending}
          send={(file) => sign.mutateAsync({ id, file }).catch(failed)}
        />
      )}
      {may.void && (
        <Button size="small" danger onClick={askReason}>
          {t('voidNumber')}
        </Button>
      )}
    </div>
  );
}

function NewDraft({ caseId, offers }: { readonly caseId: string; readonly offers: readonly Offer[] }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const draft = useDraftDocument(caseId);
  const [type, setType] = useState<Offer['type'] | null>(null);
  const [subject, setSubject] = useState<string | undefined>();
  const [reason, setReason] = useState('');
  const [signerId, setSigner] = useState<string | undefined>();
  const people = usePeople(true).data?.items ?? [];
  const offer = offers.find((one) => one.type === type) ?? offers.find((one) => one.allowed) ?? offers[0];
  if (!offer) return null;
  const asksReason = offer.type === 'refusal' || offer.type === 'cancellationDecision';
  const make = () =>
    draft.mutate(
      {
        type: offer.type,
        ...(subject !== undefined && offer.subjects.length > 0 && { subject }),
        ...(signerId !== undefined && { signerId }),
        ...(asksReason && reason.trim() !== '' && { reason }),
      },
      {
        onSuccess: (made) => message.success(t('drafted', { name: say(made.text) })),
        onError: (problem) => message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed')),
      },
    );
  return (
    <div className="stack no-print" style={{ gap: 8 }}>
      <Select
        aria-label={t('documentToDraft')}
        value={offer.type}
        onChange={(value) => {
          setType(value);
          setSubject(undefined);
        }}
        options={offers.map((one) => ({ value: one.type, label: say(one.text) }))}
      />
      {offer.subjects.length > 1 && (
        <Select
          aria-label={t('documentSubject')}
          placeholder={t('documentSubject')}
          value={subject ?? null}
          onChange={(value) => setSubject(value ?? undefined)}
          options={offer.subjects.map((one) => ({ value: one.id, label: one.name }))}
        />
      )}
      {asksReason && (
        <Input.TextArea
          aria-label={t('documentReason')}
          placeholder={t('documentReason')}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          autoSize={{ minRows: 2 }}
        />
      )}
      <Select
        aria-label={t('signer')}
        placeholder={t('signerOfCase')}
        allowClear
        value={signerId ?? null}
        onChange={(value) => setSigner(value ?? undefined)}
        showSearch={{ filterOption: (search, option) => matches(search, [String(option?.label ?? '')]) }}
        options={people.map((one) => ({
          value: one.id,
          label: [one.fullName, one.positions[0]?.title].filter(Boolean).join(', '),
        }))}
      />
      {offer.allowed ? (
        <div>
          <Button loading={draft.isPending} onClick={make}>
            {t('draftDocument')}
          </Button>
        </div>
      ) : (
        <div className="muted">{say(offer.reason)}</div>
      )}
    </div>
  );
}
