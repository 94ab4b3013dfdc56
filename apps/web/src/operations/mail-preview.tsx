import { Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { MailPreview } from '#contracts/mail-ledger.js';
import { useMailPreview, useMailTemplates } from '../api/mails';
import { Failure } from '../failure';
import { useLanguage } from '../language';
import { Panel } from '../parts/panel';
import { Bones } from '../parts/waiting';
import { matches } from '../plain';
import { mailTexts } from './mail-texts';

const ways = ['asDesk', 'asPhone', 'asText', 'asCalendar'] as const;
type Way = (typeof ways)[number];

/** Nothing in the mail may run, open or send anything: the frame has no rights at all. */
function Letter({ html, title, width }: { readonly html: string; readonly title: string; readonly width: number }) {
  return (
    <iframe
      sandbox=""
      srcDoc={html}
      title={title}
      style={{ width, maxWidth: '100%', height: 720, border: '1px solid var(--line)', background: '#fff' }}
    />
  );
}

function Shown({ mail, way }: { readonly mail: MailPreview; readonly way: Way }) {
  const { say } = useLanguage();
  if (way === 'asText' || way === 'asCalendar') {
    const text = way === 'asText' ? mail.text : (mail.calendar ?? say(mailTexts.noCalendar));
    return <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>{text}</pre>;
  }
  return <Letter html={mail.html} title={mail.subject} width={way === 'asPhone' ? 340 : 680} />;
}

/** Every kind of mail about any case, as its reader would see it. */
export function MailPreviews() {
  const { t, say, language } = useLanguage();
  const [params, setParams] = useSearchParams();
  const [way, setWay] = useState<Way>('asDesk');
  const templates = useMailTemplates();
  const template = params.get('template') ?? 'taskOpened';
  const caseCode = params.get('case') ?? undefined;
  const inLanguage = (params.get('language') ?? language) === 'en' ? 'en' : 'vi';
  const mail = useMailPreview({ template, language: inLanguage, ...(caseCode && { caseCode }) });
  const ask = (change: Readonly<Record<string, string>>) => {
    const next = { template, language: inLanguage, ...(caseCode && { case: caseCode }), ...change };
    setParams(new URLSearchParams(Object.entries(next).filter(([, value]) => value !== '')), { replace: true });
  };
  return (
    <div className="stack">
      <p className="muted">{say(mailTexts.previewIntro)}</p>
      <search className="tools">
        <Select
          aria-label={say(mailTexts.template)}
          style={{ minWidth: 240 }}
          showSearch={{ filterOption: (search, option) => matches(search, [String(option?.label)]) }}
          value={template}
          onChange={(chosen: string) => ask({ template: chosen })}
          options={(templates.data?.items ?? []).map((one) => ({ value: one.template, label: say(one.name) }))}
        />
        <Input
          aria-label={t('caseCode')}
          placeholder={say(mailTexts.newestCase)}
          style={{ width: 180 }}
          allowClear
          key={caseCode ?? ''}
          defaultValue={caseCode}
          onBlur={(event) => ask({ case: event.target.value.trim() })}
          onPressEnter={(event) => ask({ case: event.currentTarget.value.trim() })}
          onClear={() => ask({ case: '' })}
        />
        <Radio.Group
          aria-label={say(mailTexts.languageOfMail)}
          optionType="button"
          value={inLanguage}
          onChange={(event) => ask({ language: String(event.target.value) })}
          options={[
            { value: 'vi', label: 'Tiếng Việt' },
            { value: 'en', label: 'English' },
          ]}
        />
      </search>
      <fieldset className="chips tools" style={{ border: 0, margin: 0 }} aria-label={say(mailTexts.shownAs)}>
        {ways.map((one) => (
          <button type="button" key={one} aria-pressed={way === one} onClick={() => setWay(one)}>
            {say(mailTexts[one])}
          </button>
        ))}
      </fieldset>
      {mail.isError && <Failure problem={mail.error} retry={() => mail.refetch()} />}
      {mail.isPending && <Bones />}
      {mail.data && (
        <Panel title={mail.data.subject} extra={<span className="muted">{mail.data.caseCode}</span>}>
          <Shown mail={mail.data} way={way} />
        </Panel>
      )}
    </div>
  );
}
