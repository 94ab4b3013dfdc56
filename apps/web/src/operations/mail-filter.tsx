import { DatePicker, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { mailStatusNames } from '#contracts/mail-ledger.js';
import { type MailFilter, useMailTemplates } from '../api/mails';
import { useFoundPeople } from '../api/profile';
import { useLanguage } from '../language';
import { matches } from '../plain';
import { mailStatusTexts, mailTexts } from './mail-texts';

const names = ['caseCode', 'personId', 'template', 'from', 'to'] as const;

/** The filter stands in the address, so that a link to what went wrong can be kept. */
export function useMailFilter() {
  const [params, setParams] = useSearchParams();
  const filter = useMemo((): MailFilter => {
    const status = mailStatusNames.find((one) => one === params.get('status'));
    const rest = Object.fromEntries(names.flatMap((name) => (params.get(name) ? [[name, params.get(name)]] : [])));
    return { ...(status && { status }), ...(params.get('bounced') === 'true' && { bounced: 'true' }), ...rest };
  }, [params]);
  const show = (next: { [name in keyof MailFilter]: MailFilter[name] | undefined }) => {
    const entries = Object.entries(next).filter((entry): entry is [string, string] => Boolean(entry[1]));
    setParams(new URLSearchParams(entries), { replace: true });
  };
  return { filter, show };
}

interface FieldProps {
  readonly filter: MailFilter;
  readonly show: ReturnType<typeof useMailFilter>['show'];
}

function PersonField({ filter, show }: FieldProps) {
  const { say } = useLanguage();
  const [search, setSearch] = useState('');
  const people = useFoundPeople(useDeferredValue(search));
  const options = (people.data?.items ?? [])
    .filter((one) => one.id === filter.personId || matches(search, [one.fullName]))
    .map((one) => ({ value: one.id, label: one.fullName }));
  return (
    <Select
      aria-label={say(mailTexts.recipient)}
      placeholder={say(mailTexts.recipient)}
      style={{ minWidth: 190 }}
      allowClear
      showSearch={{ filterOption: false, onSearch: setSearch }}
      value={filter.personId ?? null}
      onChange={(personId: string | undefined) => show({ ...filter, personId })}
      options={options}
    />
  );
}

function TemplateField({ filter, show }: FieldProps) {
  const { say } = useLanguage();
  const templates = useMailTemplates();
  const options = (templates.data?.items ?? []).map(({ template, name }) => ({ value: template, label: say(name) }));
  return (
    <Select
      aria-label={say(mailTexts.template)}
      placeholder={say(mailTexts.template)}
      style={{ minWidth: 190 }}
      allowClear
      showSearch={{ filterOption: (search, option) => matches(search, [String(option?.label)]) }}
      value={filter.template ?? null}
      onChange={(template: string | undefined) => show({ ...filter, template })}
      options={options}
    />
  );
}

function DayField({ name, filter, show }: FieldProps & { readonly name: 'from' | 'to' }) {
  const { say } = useLanguage();
  const value = filter[name];
  return (
    <DatePicker
      aria-label={say(mailTexts[name])}
      placeholder={say(mailTexts[name])}
      format="DD/MM/YYYY"
      value={value === undefined ? null : dayjs(value)}
      onChange={(day: Dayjs | null) => show({ ...filter, [name]: day?.format('YYYY-MM-DD') })}
    />
  );
}

export function MailFilterBar({ filter, show }: FieldProps) {
  const { t, say } = useLanguage();
  const isNarrowed = names.some((name) => filter[name] !== undefined);
  return (
    <>
      <fieldset className="chips tools" style={{ border: 0, margin: '0 0 12px' }} aria-label={t('status')}>
        {[undefined, ...mailStatusNames].map((one) => (
          <button
            type="button"
            key={one ?? ''}
            aria-pressed={filter.status === one && filter.bounced === undefined}
            onClick={() => show({ ...filter, status: one, bounced: undefined })}
          >
            {one === undefined ? t('all') : say(mailStatusTexts[one])}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={filter.bounced === 'true'}
          onClick={() => show({ ...filter, status: undefined, bounced: 'true' })}
        >
          {say(mailTexts.bounced)}
        </button>
      </fieldset>
      <search className="tools">
        <Input
          aria-label={t('caseCode')}
          placeholder={t('caseCode')}
          style={{ width: 160 }}
          allowClear
          key={filter.caseCode ?? ''}
          defaultValue={filter.caseCode}
          onBlur={(event) => show({ ...filter, caseCode: event.target.value.trim() || undefined })}
          onPressEnter={(event) => show({ ...filter, caseCode: event.currentTarget.value.trim() || undefined })}
          onClear={() => show({ ...filter, caseCode: undefined })}
        />
        <PersonField filter={filter} show={show} />
        <TemplateField filter={filter} show={show} />
        <DayField name="from" filter={filter} show={show} />
        <DayField name="to" filter={filter} show={show} />
        {isNarrowed && (
          <button type="button" className="quiet" onClick={() => show({ status: filter.status })}>
            {say(mailTexts.clear)}
          </button>
        )}
      </search>
    </>
  );
}
