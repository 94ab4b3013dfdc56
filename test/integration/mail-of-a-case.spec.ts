import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Email } from 'postal-mime';
import { createAccountLinks } from '#apps/worker/src/account-links.js';
import { instantAt } from '#libs/calendar';
import { everyMailTemplate } from '#libs/delegation';
import { document } from './delegation-house.js';
import { type MailingHouse, openMailingHouse, publicUrl } from './mailing-house.js';

let mailing: MailingHouse;
let webDir: string;
let cases: readonly string[];
let mails: Email[];
beforeAll(async () => {
  webDir = await mkdtemp(path.join(tmpdir(), 'web-'));
  await writeFile(path.join(webDir, 'index.html'), '<!doctype html><title>Thông Hành</title>');
  mailing = await openMailingHouse({ env: { WEB_DIR: webDir } });
  const { house } = mailing;
  await house.query(`update people set language = 'en' where email like 'thamdinh.sngv@%'`);
  const walked = await house.openAbroad();
  await mailing.settle();
  house.clock.set(instantAt('2023-03-10', '15:00'));
  await house.must('chuyenvien.skhdt', walked, { type: 'RETURN_HOME', returnedOn: '2023-03-10' });
  await mailing.settle();
  // Through every reminder of passports, report and settlement, with a digest each morning.
  for (const day of ['13', '14', '15', '16', '17', '20', '21', '22', '27']) {
    house.clock.set(instantAt(`2023-03-${day}`, '07:30'));
    await mailing.settle();
  }
  const other = await house.openWithDossier({ departureDate: '2023-06-05', returnDate: '2023-06-09' });
  await house.must('chuyenvien.skhdt', other, { type: 'SUBMIT' });
  await house.must('giamdoc.skhdt', other, { type: 'SIGN_SUBMIT', document });
  await mailing.settle();
  cases = [walked, other];
  mails = await mailing.received();
});
afterAll(async () => {
  await mailing.close();
  await rm(webDir, { recursive: true });
});

const header = (mail: Email, name: string) => mail.headers.find(({ key }) => key === name)?.value;
const isDigest = ({ subject }: Email) => subject?.startsWith('Thông Hành ') === true;

describe('the mails of a walked case', () => {
  it('are many, of many kinds, one a Message-ID', () => {
    expect(mails.length).toBeGreaterThan(25);
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
    expect(mails.filter(isDigest).length).toBeGreaterThan(3);
  });

  it('say that nobody shall answer automatically, from which list they are, and in which language', () => {
    for (const mail of mails) {
      expect(header(mail, 'auto-submitted')).toBe('auto-generated');
      expect(header(mail, 'list-id')).toBe('<thong-hanh.tuyenquang.example>');
      expect(header(mail, 'content-language')).toMatch(/^(vi|en)$/);
      expect(mail.messageId).toMatch(/^<[0-9a-f-]{36}@tuyenquang\.example>$/);
    }
  });

  it('are one conversation a case, and a digest belongs to none', () => {
    for (const mail of mails) {
      const link = /\/cases\/([0-9a-f-]{36})/.exec(mail.text ?? '')?.[1];
      if (isDigest(mail)) expect([mail.references, mail.inReplyTo]).toEqual([undefined, undefined]);
      else {
        expect(mail.references).toBe(`<case-${link}@tuyenquang.example>`);
        expect(mail.inReplyTo).toBe(mail.references);
      }
    }
    expect(new Set(mails.map(({ references }) => references))).toEqual(
      new Set([undefined, ...cases.map((id) => `<case-${id}@tuyenquang.example>`)]),
    );
  });

  it('say the same as text and as HTML: every date, reason and link', () => {
    for (const { text = '', html = '' } of mails) {
      const plain = html
        .replace(/<[^>]+>/g, ' ')
        .replaceAll('&#39;', "'")
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&')
        .replace(/\s+/g, ' ');
      for (const [, said] of text.matchAll(/^ *(?:Hạn|Cách tính|Due|How it was computed): (.+)$/gm))
        expect(plain).toContain(said);
      for (const link of text.match(/https:\S+/g) ?? []) expect(html).toContain(`href="${link}"`);
    }
  });

  it('are in English for who chose it, and in Vietnamese for everybody else', () => {
    const english = mails.filter((mail) => header(mail, 'content-language') === 'en');
    // How many depends on how much was done before its mail was due to leave.
    expect(english.length).toBeGreaterThan(1);
    for (const mail of mails) {
      const isEnglish = mail.to?.[0]?.address?.startsWith('thamdinh.sngv@') === true;
      expect(header(mail, 'content-language')).toBe(isEnglish ? 'en' : 'vi');
      expect(mail.html).toContain(`<html lang="${isEnglish ? 'en' : 'vi'}">`);
      expect(mail.text).toContain(isEnglish ? 'please do not reply' : 'không trả lời thư này');
    }
  });

  it('hold neither names of travellers, nor countries, nor what the trip is for', () => {
    for (const { subject, text, html } of mails)
      expect(`${subject}${text}${html}`).not.toMatch(/Lê Hồng Phong|Nhật Bản|Gunma|xúc tiến/i);
  });
});

/** Everything the database holds, table by table, without when a session was seen. */
async function wholeDatabase(): Promise<Readonly<Record<string, string>>> {
  const tables = await mailing.house.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' order by 1`,
  );
  const state: Record<string, string> = {};
  for (const { name } of tables) {
    const row = name === 'sessions' ? `to_jsonb(t) - 'last_seen_at'` : 'to_jsonb(t)';
    const [found] = await mailing.house.query<{ sum: string }>(
      `select count(*) || ' ' || coalesce(md5(string_agg(r::text, e'\\n' order by r::text)), '') as sum
       from (select ${row} as r from "${name}" t) s`,
    );
    state[name] = found!.sum;
  }
  return state;
}

const linksIn = ({ text = '', html = '' }: Pick<Email, 'text' | 'html'>) =>
  `${text}${html}`.match(/https:\/\/[^\s"<]+/g) ?? [];

/** Each template about each case, whether or not this story sent one; with the link of a real invitation. */
async function everyKindOfMail(): Promise<{ text: string; html: string }[]> {
  const written: { text: string; html: string }[] = [];
  for (const template of ['digest', ...everyMailTemplate])
    for (const caseCode of ['DR-2023-0001', 'DR-2023-0002']) {
      const query = `template=${template}&caseCode=${caseCode}`;
      const { status, body } = await mailing.house.as('quantri.sngv', `/operations/mail-previews?${query}`);
      expect([query, status, linksIn(body).length > 1]).toEqual([query, 200, true]);
      written.push(body);
    }
  const { unitOfWork, house } = mailing;
  const linkOf = createAccountLinks({ unitOfWork, clock: house.clock, publicUrl });
  const personId = await house.personId('giamdoc.stc');
  const text = await linkOf({ template: 'accountInvitation', personId });
  return [...written, { text: text!, html: '' }];
}

describe('a GET on any link of any mail', () => {
  it('changes nothing in the whole database, signed in or not, however often a scanner opens it', async () => {
    const links = new Set([...mails, ...(await everyKindOfMail())].flatMap(linksIn));
    const places = [...links].map((link) => /^\/[a-z]*/.exec(link.slice(publicUrl.length))?.[0]);
    expect([...new Set(places)].toSorted()).toEqual(['/', '/account', '/cases', '/plan', '/profile']);
    for (const link of links) expect(link.startsWith(`${publicUrl}/`)).toBe(true);
    const feed = (await mailing.house.as('chuyenvien.skhdt', '/me/calendar-feed', { method: 'POST' })).body.url;
    // What the page behind a link reads when a browser opens it.
    const reads = cases.flatMap((id) =>
      ['', '/events', '/timers', '/backward-plan'].map((part) => `/api/v1/cases/${id}${part}`),
    );
    const paths = [
      ...[...links, feed].map((link) => link.slice(publicUrl.length)),
      ...reads,
      '/api/v1/me',
      '/api/v1/inbox',
    ];
    const cookies = [
      undefined,
      ...(await Promise.all(
        ['chuyenvien.skhdt', 'thamdinh.sngv', 'quantri.sngv'].map((one) => mailing.house.cookieOf(one)),
      )),
    ];
    const before = await wholeDatabase();
    const answers = new Set<number>();
    for (const cookie of cookies) {
      for (const method of ['GET', 'HEAD', 'GET']) {
        for (const at of paths) {
          const headers = { 'user-agent': 'Scanner/1.0', ...(cookie && { cookie }) };
          const answer = await fetch(`${mailing.house.api.url}${at}`, { method, headers, redirect: 'manual' });
          await answer.arrayBuffer();
          answers.add(answer.status);
        }
      }
    }
    expect([...answers].filter((status) => ![200, 401, 404].includes(status))).toEqual([]);
    expect(await wholeDatabase()).toEqual(before);
    expect(mailing.sink.mails).toHaveLength(mails.length);
    // The comparison sees what a decision changes.
    await mailing.house.must('thamdinh.sngv', cases[1]!, { type: 'RECEIVE' });
    const changed = Object.entries(await wholeDatabase()).filter(([name, sum]) => before[name] !== sum);
    expect(changed.map(([name]) => name)).toEqual(expect.arrayContaining(['events', 'instances', 'tasks']));
  });
});

describe('the preview of a mail', () => {
  const preview = (query: string, mailbox = 'quantri.sngv') =>
    mailing.house.as(mailbox, `/operations/mail-previews?${query}`);

  it('shows every kind of mail about a real case, in both languages, and sends and writes nothing', async () => {
    await mailing.settle();
    const taken = mailing.sink.mails.length;
    const { body } = await mailing.house.as('quantri.sngv', '/operations/mail-templates');
    const templates = body.items.map(({ template }: { template: string }) => template);
    expect(templates.toSorted()).toEqual(['digest', ...everyMailTemplate].toSorted());
    // Every kind that was ever asked for is one of them, however it came about.
    const asked = await mailing.house.query<{ template: string }>('select distinct template from outbox_messages');
    expect(templates).toEqual(expect.arrayContaining(asked.map(({ template }) => template)));
    const before = await wholeDatabase();
    for (const { template, name } of body.items) {
      expect(name.vi).not.toBe(name.en);
      for (const language of ['vi', 'en']) {
        const { status, body: mail } = await preview(`template=${template}&language=${language}&caseCode=DR-2023-0001`);
        expect([template, status]).toEqual([template, 200]);
        expect(mail.html).toContain(`<html lang="${language}">`);
        expect(`${mail.subject}${mail.text}`).not.toMatch(/undefined|null|\[object|NaN/);
        if (mail.caseCode !== null && template !== 'digest') expect(mail.subject).toContain('[DR-2023-0001]');
      }
    }
    expect(await wholeDatabase()).toEqual(before);
    expect(mailing.sink.mails).toHaveLength(taken);
  });

  it('says when a task of that case is due, and why, with the calendar file that would go along', async () => {
    const { body } = await preview('template=taskOpened&caseCode=DR-2023-0002');
    expect(body.text).toMatch(/Hạn: \d\d:\d\d \d\d\/\d\d\/2023/);
    expect(body.text).toContain('Cách tính: ');
    expect(body.calendar).toContain('BEGIN:VEVENT');
    expect((await preview('template=digest&caseCode=DR-2023-0002')).body.text).toContain('[DR-2023-0002]');
  });

  it('shows what the plan and the duties of the year would say by the rules of today, about no case', async () => {
    const names = (await mailing.house.as('quantri.sngv', '/operations/mail-templates')).body.items;
    expect(names.map(({ template }: { template: string }) => template)).toEqual(
      expect.arrayContaining(['lineWithoutDossier', 'yearlyDuty']),
    );
    const lines = (await preview('template=lineWithoutDossier')).body;
    expect(lines).toMatchObject({ caseCode: null, subject: expect.stringMatching(/Kế hoạch \d{4}: \d dòng/) });
    expect(lines.text).toMatch(/KH-\d{4}-.*: kỳ thực hiện bắt đầu trong vòng \d+ ngày/);
    const duty = (await preview('template=yearlyDuty&language=en')).body;
    expect(duty.subject).toMatch(/^Deadline near: /);
    expect(duty.text).toMatch(/by the calendar of the year in the rules; said \d+ days before/);
  });

  it('shows what a merger would say, with the names of real organisations', async () => {
    const { body } = await preview('template=organisationSucceeded');
    expect(body).toMatchObject({ caseCode: null, subject: expect.stringContaining(' tiếp nhận công việc của ') });
    const [, successor, organisation] = /(?:\] )?(.+) tiếp nhận công việc của (.+)$/.exec(body.subject)!;
    const names = await mailing.house.query<{ name: string }>('select name from organisation_versions');
    expect(names.map(({ name }) => name)).toEqual(expect.arrayContaining([successor, organisation]));
  });

  it('takes the newest case when none is named, and knows neither a made-up template nor a made-up case', async () => {
    expect((await preview('template=completed')).body.caseCode).toBe('DR-2023-0002');
    expect((await preview('template=surprise')).status).toBe(404);
    expect((await preview('template=completed&caseCode=DR-1999-0001')).status).toBe(404);
  });

  it('is for the administrator and the inspector alone', async () => {
    expect((await preview('template=completed', 'giamdoc.sngv')).status).toBe(403);
  });
});
