import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deadlineNames } from '#contracts/deadline-names.js';
import { delegationMachine } from '#workflows/outbound-delegation/machine.js';
import { taskKinds } from '#workflows/outbound-delegation/tasks.js';
import { isMailTemplate, isUrgentMail, mailTemplates } from './mail-template.js';
import { delegationMails, type RenderMailInput, renderMail } from './render-mail.js';

const mailSubject = delegationMails.subject;

const languages = ['vi', 'en'] as const;
/** A mail holds no itinerary: due on a day of the trip, and due by a sentence that names one. */
const onATripDay = ['recordDeparture', 'recordReturn', 'departureDue', 'returnDue'];
const besideATripDay = [
  ...onATripDay,
  'preparePassports',
  'notifyMofa',
  'notifyEmbassy',
  'decideExtension',
  'passportIssueDeadline',
  'mofaNotificationDeadline',
  'embassyNotificationDeadline',
  'extensionDeadline',
];
const explanation = { vi: '3 ngày làm việc, tính từ 12/01', en: '3 working days, counted from 12/01' };
const dueAt = new Date('2023-01-17T10:00:00Z');
const base: Omit<RenderMailInput, 'template'> = {
  language: 'vi',
  caseCode: 'DR-2023-0007',
  instanceId: '6f1c7a3e-0000-4000-8000-000000000001',
  publicUrl: 'https://thong-hanh.example',
  data: {},
};

describe('the mails of a delegation', () => {
  it.each(mailTemplates.flatMap((template) => languages.map((language) => ({ template, language }))))(
    'renders $template in $language with the case code and the link',
    ({ template, language }) => {
      const mail = renderMail({
        ...base,
        template,
        language,
        data: { kind: 'appraise', deadline: 'appraisalDeadline' },
      });
      expect(mail.subject).toMatch(/^\[DR-2023-0007\] \S.{5,}/);
      for (const body of [mail.text, mail.html]) {
        expect(body).toContain('DR-2023-0007');
        expect(body).toContain('https://thong-hanh.example/cases/6f1c7a3e-0000-4000-8000-000000000001');
        expect(body).not.toMatch(/undefined|null|\[object/);
      }
    },
  );

  it('is held together by a table of its own where Word lays it out', () => {
    const { html } = renderMail({ ...base, template: 'taskOpened', data: { kind: 'appraise' } });
    const forWord = [...html.matchAll(/<!--\[if mso\]>(.*?)<!\[endif\]-->/g)].map(([, part]) => part ?? '');
    expect(forWord[0]).toContain('width="600"');
    const tags = forWord.join('').match(/<\/?\w+/g);
    expect(tags).toEqual(['<table', '<tr', '<td', '</td', '</tr', '</table']);
  });

  it.each(languages)('tells of a merger in %s: both names, the day, the document and the counts', (language) => {
    const data = {
      ...{ organisation: 'Sở Kế hoạch và Đầu tư', successor: 'Sở Tài chính', from: '2025-07-01', ends: true },
      ...{ basis: '01/NQ-HĐND (20/06/2025)', cases: 4, tasks: 7 },
    };
    const about = { ...base, caseCode: null, instanceId: null, template: 'organisationSucceeded', language };
    const { subject, text, html } = renderMail({ ...about, data });
    expect(subject).toMatch(/Sở Tài chính.*Sở Kế hoạch và Đầu tư/);
    for (const body of [text, html]) {
      for (const said of ['01/07/2025', '01/NQ-HĐND (20/06/2025)', '4 ', '7 ']) expect(body).toContain(said);
      expect(body).not.toMatch(/undefined|null|\[object|…/);
    }
    const part = renderMail({ ...about, data: { ...data, ends: false } }).text;
    expect(part).not.toBe(text);
    expect(isUrgentMail('organisationSucceeded')).toBe(false);
  });

  it('has a renderer for every template the machine names', () => {
    const named = new Set<string>();
    JSON.stringify(delegationMachine.config, (_, value: unknown) => {
      if (isNotify(value)) {
        const params = value.params({ context: anyContext(), event: { type: 'X' } });
        named.add(params.template);
      }
      return value;
    });
    expect(named.size).toBeGreaterThan(10);
    for (const template of named) expect(isMailTemplate(template)).toBe(true);
  });

  it.each(taskKinds)('asks the holder of the task %s for something of its own', (kind) => {
    for (const language of languages) {
      const mail = renderMail({ ...base, language, template: 'taskOpened', task: { kind, dueAt, explanation } });
      const other = renderMail({
        ...base,
        language,
        template: 'taskOpened',
        task: { kind: 'none', dueAt, explanation },
      });
      expect(mail.subject).not.toBe(other.subject);
      expect(mail.text.includes('17:00 17/01/2023')).toBe(!onATripDay.includes(kind));
      expect(mail.text.includes(explanation[language])).toBe(!besideATripDay.includes(kind));
      expect(mail.html.includes(explanation[language])).toBe(!besideATripDay.includes(kind));
    }
  });

  it.each(deadlineNames)('names the deadline %s in a reminder, in its subject, and says why it is due then', (name) => {
    for (const language of languages) {
      const mail = renderMail({
        ...base,
        language,
        template: 'deadlineOverdue',
        deadline: { name, dueAt, explanation },
      });
      const subject = mailSubject({ ...base, language, template: 'deadlineOverdue', data: { deadline: name } });
      expect(mail.subject).toBe(subject);
      expect(mail.text.includes('17:00 17/01/2023')).toBe(!onATripDay.includes(name));
      expect(mail.text.includes(explanation[language])).toBe(!besideATripDay.includes(name));
    }
  });

  it('shows nothing that was not asked for, whatever the data holds', () => {
    const data = { note: 'bí mật', fullName: 'Nguyễn Văn A', passport: 'C1234567', kind: 'appraise' };
    for (const template of mailTemplates) {
      const { subject, text, html } = renderMail({ ...base, template, data });
      expect(subject + text + html).not.toMatch(/bí mật|Nguyễn Văn A|C1234567/);
    }
  });

  it('cannot be broken out of by a case code', () => {
    const { html, subject } = renderMail({ ...base, template: 'completed', caseCode: '<script>"x"\r\nBcc: y' });
    expect(html).not.toContain('<script>');
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('lays out in tables of 600 px without style sheets, scripts or remote images', () => {
    const { html } = renderMail({ ...base, template: 'taskOpened', task: { kind: 'receive', dueAt, explanation } });
    expect(html).toContain('max-width:600px');
    expect(html).not.toMatch(/<style|<script|<img|<link|url\(/);
    expect(html.length).toBeLessThan(10_000);
  });

  it('refuses a template nobody wrote, and keeps its subject harmless', () => {
    expect(() => renderMail({ ...base, template: 'surprise' })).toThrow(/No mail template "surprise"/);
    expect(mailSubject({ ...base, template: 'surprise' })).toBe('DR-2023-0007');
    expect(isUrgentMail('surprise')).toBe(false);
  });

  it('wakes people at night only when a trip stops', () => {
    expect(mailTemplates.filter(isUrgentMail)).toEqual(
      expect.arrayContaining(['frozen', 'cancelled', 'postponed', 'extensionDecided', 'passportsLost']),
    );
    expect(isUrgentMail('taskOpened')).toBe(false);
    expect(isUrgentMail('deadlineOverdue')).toBe(false);
  });

  it('leaves personal data out of the room that writes mails', () => {
    for (const file of ['mail-content', 'render-mail', 'mail-layout']) {
      const source = readFileSync(new URL(`./${file}.ts`, import.meta.url), 'utf8');
      expect(source).not.toMatch(/fullName|passportNumber|privatePayload/);
    }
  });
});

interface NotifyAction {
  readonly type: 'notify';
  params(about: { context: unknown; event: { type: string } }): { template: string };
}

function isNotify(value: unknown): value is NotifyAction {
  const action = value as NotifyAction | null;
  return typeof action === 'object' && action?.type === 'notify' && typeof action.params === 'function';
}

/** Whatever organisation a notice goes to, its template does not depend on the case. */
function anyContext(): unknown {
  return { organisations: {} };
}
