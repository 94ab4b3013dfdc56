import { Button } from 'antd';
import { type FormEvent, useState } from 'react';
import {
  type MaskedPapers,
  type ShownPapers,
  type ViewReason,
  viewReasons,
  viewReasonTexts,
} from '#contracts/identity-papers.js';
import { useIdentityPapers, useRecordPapers, useShowPapers } from '../api/privacy';
import { formatDay } from '../format';
import { useLanguage } from '../language';
import { DayField } from '../parts/day-field';
import { Panel } from '../parts/panel';
import { Problem } from '../profile/problem';
import { identityTexts as texts } from './identity-texts';

interface OfMember {
  readonly caseId: string;
  readonly member: MaskedPapers;
  readonly done: () => void;
}

function ReasonForm({ caseId, member, done, show }: OfMember & { readonly show: (shown: ShownPapers) => void }) {
  const { say } = useLanguage();
  const ask = useShowPapers(caseId);
  const [reason, setReason] = useState<ViewReason | ''>('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason !== '') ask.mutate({ position: member.position, reason }, { onSuccess: show });
  };
  return (
    <form className="row no-print" style={{ alignItems: 'end', flexWrap: 'wrap' }} onSubmit={submit}>
      <Problem error={ask.error} />
      <label className="labelled">
        {say(texts.reason)}
        <select
          className="search short"
          required
          value={reason}
          onChange={({ target }) => setReason(viewReasons.find((one) => one === target.value) ?? '')}
        >
          <option value="">{say(texts.chooseReason)}</option>
          {viewReasons.map((one) => (
            <option key={one} value={one}>
              {say(viewReasonTexts[one])}
            </option>
          ))}
        </select>
      </label>
      <Button type="primary" htmlType="submit" loading={ask.isPending} disabled={reason === ''}>
        {say(texts.view)}
      </Button>
      <Button onClick={done}>{say(texts.cancel)}</Button>
    </form>
  );
}

function EnterForm({ caseId, member, done, revision }: OfMember & { readonly revision: number }) {
  const { say } = useLanguage();
  const record = useRecordPapers(caseId);
  const [passportNumber, setPassportNumber] = useState('');
  const [birthDate, setBirthDate] = useState('');
  const [passportExpiresOn, setExpiresOn] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const patch = {
      ...(passportNumber.trim() !== '' && { passportNumber }),
      ...(birthDate !== '' && { birthDate }),
      ...(passportExpiresOn !== '' && { passportExpiresOn }),
    };
    record.mutate({ position: member.position, revision, patch }, { onSuccess: done });
  };
  return (
    <form className="stack no-print" autoComplete="off" onSubmit={submit}>
      <Problem error={record.error} />
      <div className="row" style={{ alignItems: 'end', flexWrap: 'wrap' }}>
        <label className="labelled">
          {say(texts.passportNumber)}
          <input
            className="search short"
            value={passportNumber}
            maxLength={20}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setPassportNumber(target.value)}
          />
        </label>
        <DayField label={say(texts.birthDate)} value={birthDate} change={setBirthDate} />
        <DayField label={say(texts.expiresOn)} value={passportExpiresOn} change={setExpiresOn} />
        <Button type="primary" htmlType="submit" loading={record.isPending}>
          {say(texts.save)}
        </Button>
        <Button onClick={done}>{say(texts.cancel)}</Button>
      </div>
      <p className="muted">{say(texts.keepEmpty)}</p>
    </form>
  );
}

function Member({ caseId, member, revision }: Omit<OfMember, 'done'> & { readonly revision: number }) {
  const { say } = useLanguage();
  const [doing, setDoing] = useState<'reading' | 'writing' | null>(null);
  const [shown, setShown] = useState<ShownPapers | null>(null);
  const done = () => setDoing(null);
  const values = shown ?? member;
  const isKept = member.passportNumber !== null || member.birthDate !== null;
  const birthDate = shown === null ? member.birthDate : shown.birthDate && formatDay(shown.birthDate);
  const facts = [
    [texts.passportNumber, values.passportNumber],
    [texts.birthDate, birthDate],
    [texts.expiresOn, values.passportExpiresOn && formatDay(values.passportExpiresOn)],
  ] as const;
  return (
    <div>
      <div className="row apart">
        <strong>{member.fullName}</strong>
        <span className="row no-print" style={{ gap: 4 }}>
          {shown !== null && (
            <Button size="small" onClick={() => setShown(null)}>
              {say(texts.hide)}
            </Button>
          )}
          {shown === null && isKept && member.mayView && (
            <Button
              size="small"
              aria-label={`${say(texts.view)}: ${member.fullName}`}
              onClick={() => setDoing('reading')}
            >
              {say(texts.view)}
            </Button>
          )}
          {member.mayWrite && (
            <Button
              size="small"
              aria-label={`${say(texts.enter)}: ${member.fullName}`}
              onClick={() => setDoing('writing')}
            >
              {say(texts.enter)}
            </Button>
          )}
        </span>
      </div>
      <dl className="three" aria-live="polite">
        {facts.map(([name, value]) => (
          <div key={name.en}>
            <dt>{say(name)}</dt>
            <dd className={value ? undefined : 'muted'}>{value ?? say(texts.none)}</dd>
          </div>
        ))}
      </dl>
      {doing === 'reading' && (
        <ReasonForm
          {...{ caseId, member, done }}
          show={(papers) => {
            setShown(papers);
            done();
          }}
        />
      )}
      {doing === 'writing' && <EnterForm {...{ caseId, member, done, revision }} />}
    </div>
  );
}

/** What is kept of the passports of a delegation: masked, shown for a reason. Nothing for whoever neither enters nor sees any. */
export function IdentityPapers({ caseId }: { readonly caseId: string }) {
  const { say } = useLanguage();
  const papers = useIdentityPapers(caseId);
  const items = papers.data?.items ?? [];
  const concerns = items.some((one) => one.mayWrite || one.passportNumber !== null || one.birthDate !== null);
  if (papers.data === undefined || !concerns) return null;
  return (
    <Panel title={say(texts.title)}>
      <div className="stack">
        <p className="muted">{say(texts.intro)}</p>
        {items.map((member) => (
          <Member key={member.position} {...{ caseId, member, revision: papers.data.revision }} />
        ))}
      </div>
    </Panel>
  );
}
