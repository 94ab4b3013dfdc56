import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { pino } from 'pino';
import { createManualClock, instantAt } from '#libs/calendar';
import { testRedisUrl } from '#test/support/index.js';
import { startApi } from '../integration/api-under-test.js';
import { DelegationHouse, document } from '../integration/delegation-house.js';
import { type MailingHouse, openMailingHouse } from '../integration/mailing-house.js';

/** Each is written by nobody else: wherever one turns up, it came from the case. */
const planted = {
  name: 'Tôn Nữ Zéphyrine Kỳ-Lạ',
  passport: 'ZQ98765431',
  birthDate: '1903-07-19',
  birthDateAsPrinted: '19/07/1903',
  email: 'zephyrine.ky-la@noi-rieng.example',
  telephone: '0987 651 439',
} as const;
const words = `Gặp ${planted.name}, sinh ${planted.birthDateAsPrinted}, hộ chiếu ${planted.passport}, ${planted.email}, ${planted.telephone}`;

type Source = 'log' | 'mails' | 'queue' | 'database';
interface Leak {
  readonly source: Source;
  readonly value: keyof typeof planted;
  readonly where: string;
}

/** Everything the product says outside the tables that are meant to hold it. */
class Ears {
  readonly heard: { source: Source; where: string; text: string }[] = [];

  hear(source: Source, where: string, text: string): void {
    this.heard.push({ source, where, text });
  }

  leaks(): Leak[] {
    const forms = Object.entries(planted).flatMap(([value, text]) =>
      [text, text.normalize('NFD'), JSON.stringify(text).slice(1, -1), encodeURIComponent(text)].map((form) => ({
        value: value as keyof typeof planted,
        form: form.toLowerCase(),
      })),
    );
    const found = this.heard.flatMap(({ source, where, text }) => {
      const lower = text.toLowerCase();
      return forms.filter(({ form }) => lower.includes(form)).map(({ value }) => ({ source, value, where }));
    });
    return [...new Map(found.map((leak) => [JSON.stringify(leak), leak])).values()];
  }
}

/** Where personal words may lie: the proposal and its parts, private words of events, papers (sealed), files, people, saved answers. */
const searched: Readonly<Record<string, string>> = {
  outbox_messages: 'select to_jsonb(t)::text as text from outbox_messages t',
  events: `select (to_jsonb(t) - 'private')::text as text from events t`,
  refusals: 'select to_jsonb(t)::text as text from refusals t',
  instances: 'select to_jsonb(t)::text as text from instances t',
  shared_contexts: 'select to_jsonb(t)::text as text from shared_contexts t',
  tasks: 'select to_jsonb(t)::text as text from tasks t',
  timers: 'select to_jsonb(t)::text as text from timers t',
  audit_records: 'select to_jsonb(t)::text as text from audit_records t',
  mails: 'select to_jsonb(t)::text as text from mails t',
  identity_papers: 'select to_jsonb(t)::text as text from identity_papers t',
  queue: 'select row::text as text from heard_of_queue',
};

const backends = (['redis', 'postgres'] as const).filter((one) => one === 'postgres' || testRedisUrl() !== null);

describe.each(backends)('a case with planted words, played from draft to end with the queue on %s', (backend) => {
  const ears = new Ears();
  const clock = createManualClock(instantAt('2023-01-09', '08:00'));
  let house: DelegationHouse;
  let mailing: MailingHouse;
  let monitor: Redis | undefined;
  let caseId: string;

  beforeAll(async () => {
    const logger = pino({ level: 'trace' }, { write: (line: string) => ears.hear('log', 'pino', line) });
    house = DelegationHouse.on(await startApi({ clock, logger, env: dataKey }), clock);
    if (backend === 'redis') {
      const redis = new Redis(testRedisUrl() ?? '');
      monitor = await redis.monitor();
      redis.disconnect();
      monitor.on('monitor', (_at: string, command: string[]) => ears.hear('queue', 'redis', command.join(' ')));
    }
    const redisUrl = backend === 'redis' ? (testRedisUrl() ?? undefined) : undefined;
    mailing = await openMailingHouse({ house, logger, redisUrl });
    if (backend === 'postgres') await listenToQueueTables(house);
    caseId = await playCase(house, mailing);
    await hearTheRest();
  });
  afterAll(async () => {
    monitor?.disconnect();
    await mailing.close();
  });

  const hearTheRest = async () => {
    for (const mail of await mailing.received())
      ears.hear('mails', String(mail.subject), [mail.subject, mail.text, mail.html].join('\n'));
    for (const [where, sql] of Object.entries(searched)) {
      if (where === 'queue' && backend === 'redis') continue;
      const rows = await house.query<{ text: string }>(sql);
      for (const { text } of rows) ears.hear(where === 'queue' ? 'queue' : 'database', where, text);
    }
  };

  it('was heard in every place', async () => {
    const [instance] = await house.query<{ status: string }>('select status from instances where id = $1', [caseId]);
    expect(instance?.status).toBe('done');
    for (const source of ['log', 'mails', 'queue', 'database'] as const)
      expect({ source, heard: ears.heard.some((one) => one.source === source) }).toEqual({ source, heard: true });
    const kept = await house.query(`select 1 from events where private::text like '%' || $1 || '%'`, [planted.name]);
    expect(kept.length).toBeGreaterThan(5);
  });

  it('left none of them in a log line, a mail, the queue, an event, a snapshot, a task, a timer or a record', () => {
    expect(ears.leaks()).toEqual([]);
  });

  it('is searched by something that finds a leak where there is one', async () => {
    const before = ears.heard.length;
    ears.hear('log', 'planted', JSON.stringify({ message: `Thư của ${planted.name}` }));
    await house.query(
      `insert into outbox_messages (id, instance_id, template, recipient, data, not_before, created_at, relayed_at)
       values (gen_random_uuid(), $1, 'taskOpened', '{}', $2, now(), now(), now())`,
      [caseId, JSON.stringify({ note: words })],
    );
    await hearTheRest();
    const found = ears.leaks();
    expect(found).toContainEqual({ source: 'log', value: 'name', where: 'planted' });
    for (const value of ['passport', 'birthDateAsPrinted', 'email', 'telephone'] as const)
      expect(found).toContainEqual({ source: 'database', value, where: 'outbox_messages' });
    ears.heard.length = before;
  });
});

const dataKey = {
  DATA_KEYS: `k1:${Buffer.from(Array.from({ length: 32 }, (_, at) => (at * 37 + 11) % 256)).toString('base64')}`,
};

/** Jobs are gone as soon as they are done, so each row is copied when it is written. */
async function listenToQueueTables(house: DelegationHouse): Promise<void> {
  await house.query('create table heard_of_queue (row jsonb)');
  await house.query(`create function hear_queue() returns trigger language plpgsql as
    $$ begin insert into public.heard_of_queue values (to_jsonb(new)); return new; end $$`);
  const tables = await house.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('public', 'pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(0);
  for (const { name } of tables)
    await house.query(
      `create trigger hear after insert or update on ${name} for each row execute function hear_queue()`,
    );
}

/** Every free text a person can write on the way says the planted words. */
async function playCase(house: DelegationHouse, mailing: MailingHouse): Promise<string> {
  const caseId = await house.open({
    members: [{ fullName: planted.name, position: words, organisation: words, role: 'leader' }],
    ...{ purpose: words, partners: words, content: words, outOfPlanJustification: words, urgentReason: words },
  });
  const papers = { passportNumber: planted.passport, birthDate: planted.birthDate, passportExpiresOn: '2031-01-01' };
  const at = `/cases/${caseId}/members/1/identity-papers`;
  await house.as('chuyenvien.skhdt', at, { method: 'PUT', body: papers, headers: { 'if-match': '"1"' } });
  for (const kind of dossier)
    expect(
      await house.attach('chuyenvien.skhdt', caseId, { kind, title: words }, undefined, `${planted.name}.pdf`),
    ).toMatchObject({ status: 201 });
  const asked = await house.organisationId('STC');
  const play = async (moves: readonly (readonly [string, object])[]) => {
    for (const [mailbox, event] of moves) {
      await house.must(mailbox, caseId, event);
      await mailing.settle();
    }
  };
  await play([
    ['chuyenvien.skhdt', { type: 'SUBMIT', note: words }],
    ['giamdoc.skhdt', { type: 'SIGN_SUBMIT', document, note: words }],
    ['thamdinh.sngv', { type: 'RECEIVE', note: words }],
    ['thamdinh.sngv', { type: 'REQUEST_SUPPLEMENT', items: [words] }],
    ['chuyenvien.skhdt', { type: 'RESUBMIT', note: words }],
    ['thamdinh.sngv', { type: 'REQUEST_OPINION', organisationIds: [asked], note: words }],
    ['thamdinh.stc', { type: 'OPINION_RECEIVED', organisationId: asked, opinion: 'agree', document, note: words }],
    ['thamdinh.sngv', { type: 'ACCEPT_DOSSIER', note: words }],
    ['thamdinh.sngv', { type: 'FORWARD', note: words }],
    ['giamdoc.sngv', { type: 'APPROVE', document, note: words }],
    ['phochutich.ubnd', { type: 'RETURN', reason: words }],
  ]);
  await playRest({ house, caseId, play });
  await house.fire('chuyenvien.skhdt', caseId, { type: 'WITHDRAW', reason: words });
  for (const path of [
    `/cases?search=${encodeURIComponent(planted.name)}`,
    `/people?search=${encodeURIComponent(planted.email)}`,
  ])
    await house.as('thamdinh.sngv', path);
  await house.as('thamdinh.sngv', `${at}/view`, { body: { reason: 'visa' } });
  await house.as('thamdinh.sngv', '/identity-papers/search', {
    body: { passportNumber: planted.passport, reason: 'visa' },
  });
  await mailing.settle();
  return caseId;
}

interface Play {
  readonly house: DelegationHouse;
  readonly caseId: string;
  readonly play: (moves: readonly (readonly [string, object])[]) => Promise<void>;
}

async function playRest({ house, caseId, play }: Play): Promise<void> {
  const meetings = [{ date: '2023-03-07', partner: words, content: words }];
  const report = { actual: { people: 2, days: 5 }, deviations: words, lessons: words, meetings };
  const refused = await house.fire('giamdoc.sngv', caseId, { type: 'APPROVE', document, note: words });
  expect(refused.status).toBeGreaterThanOrEqual(400);
  const signerId = await house.personId('phochutich.ubnd');
  await play([
    ['thamdinh.sngv', { type: 'CLARIFY', note: words }],
    ['phochutich.ubnd', { type: 'APPROVE', document, note: words }],
    ['thuongtruc.tinhuy', { type: 'APPROVE', document, note: words }],
    ['vanthu.vpubnd', { type: 'ISSUE_DECISION', document, signerId, note: words }],
    ['thamdinh.sngv', { type: 'MOFA_NOTIFIED', document, note: words }],
    ['thamdinh.sngv', { type: 'EMBASSY_NOTIFIED', document, note: words }],
    ['thamdinh.sngv', { type: 'NOTE_VERBALE_ISSUED', document, note: words }],
    ['thamdinh.sngv', { type: 'PASSPORT_GIVEN', note: words }],
    ['chuyenvien.skhdt', { type: 'FUNDING_CONFIRMED', note: words }],
  ]);
  house.clock.set(instantAt('2023-03-06', '08:00'));
  await play([['chuyenvien.skhdt', { type: 'DEPART', departedOn: '2023-03-06', note: words }]]);
  house.clock.set(instantAt('2023-03-10', '16:00'));
  await play([['chuyenvien.skhdt', { type: 'RETURN_HOME', returnedOn: '2023-03-10', note: words }]]);
  // Long enough for the reminders of the report to go out.
  house.clock.set(instantAt('2023-03-22', '09:00'));
  await play([
    ['thamdinh.sngv', { type: 'PASSPORT_RETURNED', note: words }],
    ['chuyenvien.skhdt', { type: 'SUBMIT_REPORT', document, summary: words, report }],
    ['thamdinh.sngv', { type: 'RETURN_REPORT', reason: words }],
    ['chuyenvien.skhdt', { type: 'SUBMIT_REPORT', document, summary: words, report }],
    ['thamdinh.sngv', { type: 'ACCEPT_REPORT', note: words }],
    ['chuyenvien.skhdt', { type: 'SETTLEMENT_DONE', note: words }],
  ]);
}

const dossier = ['proposalLetter', 'programme', 'memberList', 'costEstimate', 'invitation', 'invitationTranslation'];
