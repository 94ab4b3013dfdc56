import { Checkbox, DatePicker, Form, type FormInstance, Input, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { ReactNode } from 'react';
import { amendableFields } from '#contracts/amendable-fields.js';
import type { CaseView } from '#contracts/case.js';
import { outsideDocumentNumber } from '#contracts/outside-document.js';
import { stepDocumentTexts, stepDocumentTypes } from '#contracts/rule-profile-kinds.js';
import { useOrganisations, usePeople } from '../api/queries';
import { useLanguage } from '../language';
import { matches } from '../plain';
import type { TextKey } from '../texts';
import { ReportFields, reportInput } from '../trip-report/report-fields';
import type { EventField } from './event-fields';

export type EventValues = Readonly<Record<string, unknown>>;

const day = (value: unknown) => (dayjs.isDayjs(value) ? value.format('YYYY-MM-DD') : undefined);
const given = (text: unknown) => (typeof text === 'string' && text.trim() !== '' ? text.trim() : undefined);

const documentFields: ReadonlySet<EventField> = new Set([
  'document',
  'optionalDocument',
  'stepDocument',
  'furtherDocument',
]);

/** What the form holds → the user's part of the event. Empty optional fields are left out. */
export function eventInput(fields: readonly EventField[], values: EventValues): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  for (const field of fields) {
    if (documentFields.has(field)) {
      const number = given(values.documentNumber);
      const fileId = given(values.documentFile);
      const type = given(values.documentType);
      if (number !== undefined)
        input.document = {
          ...{ number, date: day(values.documentDate) },
          ...(type !== undefined && { type }),
          ...(fileId !== undefined && { fileId }),
        };
    } else if (field === 'items') {
      input.items = String(values.items ?? '')
        .split('\n')
        .map((item) => item.trim())
        .filter(Boolean);
    } else if (field === 'report') input.report = reportInput(values.report);
    else if (field === 'organisations') input.organisationIds = values.organisations;
    else if (field === 'signer') input.signerId = values.signer;
    else if (field === 'newDates') {
      const [from, to] = (values.newDates ?? []) as [Dayjs?, Dayjs?];
      input.departureDate = day(from);
      input.returnDate = day(to);
    } else if (dayjs.isDayjs(values[field])) input[field] = day(values[field]);
    else if (typeof values[field] === 'string') input[field] = given(values[field]);
    else if (values[field] !== undefined) input[field] = values[field];
  }
  return input;
}

const byLabel = (search: string, option?: { readonly label?: unknown }) =>
  matches(search, [String(option?.label ?? '')]);

const dateFormat = 'DD/MM/YYYY';

function DocumentFields({ required, upload }: { readonly required: boolean; readonly upload: ReactNode }) {
  const { t } = useLanguage();
  const form = Form.useFormInstance();
  const outside = Form.useWatch('documentNumber', form) === outsideDocumentNumber;
  const rules = [{ required, message: t('required') }];
  return (
    <>
      <Form.Item name="documentNumber" label={t('documentNumber')} rules={rules} style={{ marginBottom: 4 }}>
        <Input placeholder={t('documentNumberExample')} maxLength={60} disabled={outside} />
      </Form.Item>
      <Form.Item>
        <Checkbox
          checked={outside}
          onChange={({ target }) =>
            form.setFieldValue('documentNumber', target.checked ? outsideDocumentNumber : undefined)
          }
        >
          {t('documentKeptOutside')}
        </Checkbox>
      </Form.Item>
      <Form.Item
        name="documentDate"
        label={t('documentDate')}
        required={required}
        dependencies={['documentNumber']}
        rules={[
          (form) => ({
            validator: (_, value) =>
              value || !(required || given(form.getFieldValue('documentNumber')))
                ? Promise.resolve()
                : Promise.reject(new Error(t('required'))),
          }),
        ]}
      >
        <DatePicker format={dateFormat} placeholder={t('dateExample')} style={{ width: '100%' }} />
      </Form.Item>
      {upload}
    </>
  );
}

/**
 * The type of the document, the one the rules want of this level first; another may be chosen where they only warn. `step`: a level that
 * has agreed, to which a document is added; null: the level whose turn it is.
 */
function StepDocumentType({ view, step }: { readonly view: CaseView; readonly step: string | null }) {
  const { t, say } = useLanguage();
  const asked = view.stepDocuments.find((one) => (step === null ? one.state === 'awaited' : one.step === step));
  const wanted = asked?.types ?? [];
  const others = stepDocumentTypes.filter((type) => !wanted.includes(type));
  return (
    <Form.Item
      name="documentType"
      label={t('documentType')}
      initialValue={wanted[0]}
      rules={[{ required: step !== null || wanted.length > 0, message: t('required') }]}
      extra={asked && `${t(asked.severity === 'block' ? 'typeRequired' : 'typeWanted')} ${say(asked.text)}`}
    >
      <Select
        options={[...wanted, ...others].map((value) => ({
          value,
          label: say(stepDocumentTexts[value]),
          disabled: asked?.severity === 'block' && !wanted.includes(value),
        }))}
      />
    </Form.Item>
  );
}

/** Agencies to ask; those the rules name and nobody has asked yet stand there already. */
function OrganisationsField({ view }: { readonly view: CaseView | null }) {
  const { t } = useLanguage();
  const organisations = useOrganisations(true);
  const wanted = (view?.opinionsWanted ?? []).filter(({ required, state }) => required && state === 'notAsked');
  return (
    <Form.Item
      name="organisations"
      label={t('consulted')}
      rules={[{ required: true, message: t('required') }]}
      initialValue={wanted.map(({ organisation }) => organisation.id)}
    >
      <Select
        mode="multiple"
        loading={organisations.isPending}
        showSearch={{ filterOption: byLabel }}
        options={organisations.data?.items.map((one) => ({ value: one.id, label: one.name }))}
      />
    </Form.Item>
  );
}

function SignerField() {
  const { t } = useLanguage();
  const people = usePeople(true);
  return (
    <Form.Item name="signer" label={t('signer')} rules={[{ required: true, message: t('required') }]}>
      <Select
        showSearch={{ filterOption: byLabel }}
        loading={people.isPending}
        options={people.data?.items.map((one) => ({
          value: one.id,
          label: [one.fullName, one.positions[0]?.title].filter(Boolean).join(', '),
        }))}
      />
    </Form.Item>
  );
}

const choices = {
  opinion: [
    ['agree', 'agree'],
    ['agreeWithComments', 'agreeWithComments'],
    ['disagree', 'disagree'],
  ],
  recommendation: [
    ['approve', 'recommendApprove'],
    ['reject', 'recommendReject'],
  ],
} as const satisfies Record<string, readonly (readonly [string, TextKey])[]>;

const fieldTexts: Record<(typeof amendableFields)[number], TextKey> = {
  members: 'fieldMembers',
  dates: 'fieldDates',
  countries: 'fieldCountries',
  partners: 'fieldPartners',
  funding: 'fieldFunding',
  purpose: 'fieldPurpose',
  leader: 'fieldLeader',
};

interface Drawn {
  /** Null: an event of the annual plan. */
  readonly view: CaseView | null;
  /** The agency or level the event is about, where there is one event for each. */
  readonly subject?: string | null;
  /** The field for the signed copy of the document, where there is one. */
  readonly upload: ReactNode;
}

function OneField({ field, view, subject = null, upload }: Drawn & { readonly field: EventField }) {
  const { t } = useLanguage();
  const required = [{ required: true, message: t('required') }];
  switch (field) {
    case 'document':
    case 'optionalDocument':
      return <DocumentFields required={field === 'document'} upload={upload} />;
    case 'stepDocument':
    case 'furtherDocument':
      return (
        <>
          {view && <StepDocumentType view={view} step={field === 'furtherDocument' ? subject : null} />}
          <DocumentFields required upload={upload} />
        </>
      );
    case 'report':
      return <ReportFields />;
    case 'organisations':
      return <OrganisationsField view={view} />;
    case 'signer':
      return <SignerField />;
    case 'opinion':
    case 'recommendation':
      return (
        <Form.Item name={field} label={t(field)} rules={required} initialValue={choices[field][0][0]}>
          <Radio.Group options={choices[field].map(([value, key]) => ({ value, label: t(key) }))} />
        </Form.Item>
      );
    case 'changedFields':
      return (
        <Form.Item name={field} label={t(field)} rules={required}>
          <Select mode="multiple" options={amendableFields.map((value) => ({ value, label: t(fieldTexts[value]) }))} />
        </Form.Item>
      );
    case 'newDates':
      return (
        <Form.Item name={field} label={t('dates')} rules={required}>
          <DatePicker.RangePicker format={dateFormat} style={{ width: '100%' }} />
        </Form.Item>
      );
    case 'departedOn':
    case 'returnedOn':
    case 'newReturnDate':
      return (
        <Form.Item name={field} label={t(field)} rules={required}>
          <DatePicker format={dateFormat} placeholder={t('dateExample')} style={{ width: '100%' }} />
        </Form.Item>
      );
    default: {
      const isOptional = field === 'note' || field === 'urgentReason';
      const enough = { min: field === 'summary' ? 10 : 3, message: t('tooShort') };
      return (
        <Form.Item
          name={field}
          label={t(field)}
          rules={field === 'note' ? [] : isOptional ? [enough] : [...required, enough]}
        >
          <Input.TextArea
            autoSize={{ minRows: isOptional ? 2 : 4, maxRows: 12 }}
            maxLength={field === 'condition' ? 1000 : field === 'summary' ? 20_000 : 4000}
          />
        </Form.Item>
      );
    }
  }
}

export function EventForm({
  form,
  fields,
  submit,
  ...drawn
}: Drawn & {
  readonly form: FormInstance;
  readonly fields: readonly EventField[];
  readonly submit: () => void;
}) {
  return (
    <Form form={form} layout="vertical" onFinish={submit}>
      {fields.map((field) => (
        <OneField key={field} field={field} {...drawn} />
      ))}
    </Form>
  );
}
