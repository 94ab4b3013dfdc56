import { Alert, Button, Checkbox, DatePicker, Form, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useEffect } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { CaseView } from '#contracts/case.js';
import { purposeKinds } from '#contracts/proposal-kinds.js';
import { useCase } from '../api/queries';
import { TriedPlan } from '../case/backward-plan';
import { Coming } from '../case/coming';
import { Documents } from '../case/documents';
import { purposeTexts } from '../case/kind-texts';
import { Failure } from '../failure';
import { useLanguage } from '../language';
import { PageHead } from '../parts/page-head';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { type SaveState, useAutosave } from '../proposal/autosave';
import { ConflictBox } from '../proposal/conflict';
import { FindingsFor, LiveFindings, RulesInSum } from '../proposal/findings';
import { Outside } from '../proposal/outside';
import { Countries, Exceptions, Funding, Members } from '../proposal/rows';
import { type ProposalValues, valuesOf } from '../proposal/values';
import type { TextKey } from '../texts';

const area = { minRows: 2, maxRows: 12 };

function Trip() {
  const { t } = useLanguage();
  return (
    <Panel title={t('sectionTrip')}>
      <Form.Item name="delegationName" label={t('delegation')} rules={[{ required: true, message: t('required') }]}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name="capacity" label={t('capacity')}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="two">
        <Form.Item name="purposeKind" label={t('purposeKind')}>
          <Select options={purposeKinds.map((value) => ({ value, label: t(purposeTexts[value]) }))} />
        </Form.Item>
        <Form.Item name="dates" label={t('dates')}>
          <DatePicker.RangePicker format="DD/MM/YYYY" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="dayCount" label={t('days')}>
          <InputNumber min={1} max={400} style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name="includesTravelDays" valuePropName="checked" label=" " colon={false}>
          <Checkbox>{t('includesTravel')}</Checkbox>
        </Form.Item>
      </div>
      <FindingsFor place="dates" />
      <Form.Item name="purpose" label={t('purpose')}>
        <Input.TextArea autoSize={area} maxLength={4000} />
      </Form.Item>
      <FindingsFor place="purpose" />
    </Panel>
  );
}

function Work() {
  const { t } = useLanguage();
  return (
    <Panel title={t('sectionWork')}>
      <Form.Item name="partners" label={t('partners')}>
        <Input.TextArea autoSize={area} maxLength={4000} />
      </Form.Item>
      <Form.Item name="content" label={t('content')}>
        <Input.TextArea autoSize={area} maxLength={20000} />
      </Form.Item>
    </Panel>
  );
}

function Reasons({ outOfPlan }: { readonly outOfPlan: boolean }) {
  const { t } = useLanguage();
  return (
    <Panel title={t('sectionReasons')}>
      {outOfPlan && (
        <Form.Item name="outOfPlanJustification" label={t('outOfPlanReason')}>
          <Input.TextArea autoSize={area} maxLength={4000} />
        </Form.Item>
      )}
      <Form.Item name="urgentReason" label={t('urgentReason')}>
        <Input.TextArea autoSize={area} maxLength={2000} />
      </Form.Item>
      <h3 style={{ marginBottom: 8 }}>{t('exceptions')}</h3>
      <Exceptions />
      <Form.Item name="noStateSecrets" valuePropName="checked" style={{ margin: '16px 0 0' }}>
        <Checkbox>{t('noStateSecrets')}</Checkbox>
      </Form.Item>
      <FindingsFor place="reasons" />
    </Panel>
  );
}

const stateTexts: Readonly<Record<SaveState, TextKey>> = {
  saved: 'autosaved',
  changed: 'unsaved',
  saving: 'saving',
  failed: 'saveFailed',
  conflict: 'unsaved',
};

/** Tells of every change, also of those the form made itself: a paste, a person chosen from the list. The rules judge each. */
function Watch({
  view,
  changed,
  children,
}: {
  readonly view: CaseView;
  readonly changed: (values: ProposalValues) => void;
  readonly children: ReactNode;
}) {
  const form = Form.useFormInstance<ProposalValues>();
  const values = Form.useWatch((all: ProposalValues) => all, { form, preserve: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the values are what is watched; `changed` is another function each time.
  useEffect(() => {
    if (values !== undefined) changed(form.getFieldsValue(true));
  }, [values]);
  return (
    <LiveFindings view={view} values={values}>
      {children}
    </LiveFindings>
  );
}

function Editor({ view }: { readonly view: CaseView }) {
  const { t, say } = useLanguage();
  const navigate = useNavigate();
  const [form] = Form.useForm<ProposalValues>();
  const autosave = useAutosave(view, (merged) => form.setFieldsValue(merged));
  const values = () => form.getFieldsValue(true) as ProposalValues;
  const leave = async () => {
    if (await autosave.flush()) navigate(`/cases/${view.id}`);
  };
  return (
    <Form<ProposalValues> form={form} layout="vertical" initialValues={valuesOf(view.proposal)}>
      <PageHead title={`${t('proposal')} ${view.caseCode}`}>
        <div className="row">
          <span role="status" className={autosave.state === 'failed' ? 'late' : 'muted'}>
            {t(stateTexts[autosave.state])}
          </span>
          <Button type="primary" onClick={leave}>
            {t('saveAndClose')}
          </Button>
        </div>
      </PageHead>
      <div className="stack">
        {autosave.conflict && <ConflictBox conflict={autosave.conflict} mine={values()} settle={autosave.settle} />}
        {autosave.problem && (
          <Alert
            type="error"
            showIcon
            title={say(autosave.problem.text)}
            description={autosave.problem.fields.map((field) => (
              <div key={field.path}>{say({ vi: field.detail, en: field.detailEn })}</div>
            ))}
          />
        )}
        <Watch view={view} changed={autosave.changed}>
          <div className="columns">
            <div className="stack">
              <Trip />
              <Panel title={t('members')}>
                <Members />
                <FindingsFor place="members" />
              </Panel>
              <Panel title={t('countriesInOrder')}>
                <Countries />
                <FindingsFor place="countries" />
              </Panel>
              <Work />
              <Panel title={t('funding')}>
                <Funding />
                <FindingsFor place="funding" />
              </Panel>
              <Reasons outOfPlan={view.proposal.planItemId === null} />
              <Outside view={view} />
            </div>
            <div className="stack">
              <TriedPlan view={view} />
              <RulesInSum />
              <Coming view={view} />
              <Documents view={view} />
            </div>
          </div>
        </Watch>
        {/* Where a hand on the keyboard or a telephone arrives at the end of a long form. */}
        <div>
          <Button type="primary" onClick={leave}>
            {t('saveAndClose')}
          </Button>
        </div>
      </div>
    </Form>
  );
}

/** The proposal as one page of sections, saved as it is written; what the rules say of it stands beside it. */
export function ProposalPage() {
  const { t } = useLanguage();
  const { id = '' } = useParams();
  const view = useCase(id);
  if (view.isPending) return <Bones />;
  if (view.isLoadingError) return <Failure problem={view.error} retry={() => view.refetch()} />;
  if (!view.data.editable)
    return (
      <>
        <PageHead title={t('proposal')} />
        <p>
          {t('notEditable')} <Link to={`/cases/${id}`}>{t('openCase')}</Link>
        </p>
      </>
    );
  return <Editor view={view.data} />;
}
