import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { Email } from 'postal-mime';
import { instantAt } from '#libs/calendar';
import { send } from './api-under-test.js';
import { document } from './delegation-house.js';
import { type MailingHouse, openMailingHouse } from './mailing-house.js';

let mailing: MailingHouse;
let caseId: string;
beforeAll(async () => {
  mailing = await openMailingHouse();
  await mailing.house.query(`update people set mail_delivery = 'single'`);
});
afterAll(() => mailing.close());

interface Read {
  readonly method: unknown;
  readonly events: ICAL.Event[];
}
const readCalendar = (text: string): Read => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: calendar.getFirstPropertyValue('method'),
    events: calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one)),
  };
};
const calendarOf = ({ attachments }: Email): Read | null => {
  const [file] = attachments;
  if (file === undefined) return null;
  expect(file.mimeType).toBe('text/calendar');
  return readCalendar(
    typeof file.content === 'string' ? file.content : new TextDecoder().decode(file.content as ArrayBuffer),
  );
};
/** The newest mail with these words in its subject. */
const newest = async (words: string) => (await mailing.received()).findLast(({ subject }) => subject?.includes(words));
const to = async (day: string, time = '08:00') => {
  mailing.house.clock.set(instantAt(day, time));
  await mailing.settle();
};

describe('the calendar file of a mail', () => {
  it('tells when the task is due, and why, under a uid of its own', async () => {
    caseId = await mailing.house.openInApproval();
    await mailing.settle();
    const mail = await newest('Xem xét, cho ý kiến phê duyệt');
    const [task] = await mailing.house.query<{ id: string; due_at: Date; due_explanation: { vi: string } }>(
      `select id, due_at, due_explanation from tasks where instance_id = $1 and kind = 'approveStep' and closed_at is null`,
      [caseId],
    );
    const calendar = calendarOf(mail!);
    expect(calendar?.method).toBe('PUBLISH');
    const [event] = calendar?.events ?? [];
    expect(calendar?.events).toHaveLength(1);
    expect(event?.uid).toBe(`task-${task!.id}@tuyenquang.example`);
    expect(event?.endDate.toJSDate()).toEqual(task!.due_at);
    expect(event?.summary).toMatch(/^\[DR-2023-0001\] \S/);
    expect(event?.description).toContain(task!.due_explanation.vi);
    expect(event?.description).toContain(`https://thong-hanh.example/cases/${caseId}`);
    expect(event?.component.getFirstPropertyValue('organizer')).toBe('mailto:th@tuyenquang.example');
  });

  it('takes the place of the earlier one when a reminder of the same task comes', async () => {
    const [reminder] = await mailing.house.query<{ due_at: Date }>(
      `select r.due_at from timers r join timers d on d.id = r.deadline_id where r.instance_id = $1
        and r.fired_at is null and r.cancelled_at is null order by r.due_at limit 1`,
      [caseId],
    );
    const before = calendarOf((await newest('Xem xét, cho ý kiến phê duyệt'))!)?.events[0];
    const known = mailing.sink.mails.length;
    mailing.house.clock.set(reminder!.due_at);
    await mailing.settle();
    const reminded = (await mailing.received()).slice(known);
    const event = reminded.flatMap((mail) => calendarOf(mail)?.events ?? []).find(({ uid }) => uid === before?.uid);
    expect(reminded.map(({ subject }) => subject)).toContainEqual(expect.stringContaining('hạn'));
    expect(event?.sequence).toBeGreaterThanOrEqual(before?.sequence ?? Number.POSITIVE_INFINITY);
    const stamped = (one?: ICAL.Event) => one?.component.getFirstPropertyValue('dtstamp')?.toString() ?? '';
    expect(stamped(event) > stamped(before)).toBe(true);
  });

  it('is left out where nothing is due, and where the due day is a day of the trip', async () => {
    const plain = (await mailing.received()).filter(({ attachments }) => attachments.length === 0);
    for (const { text } of plain) expect(text).not.toMatch(/^Hạn: /m);
    const dated = (await mailing.received()).filter(({ attachments }) => attachments.length > 0);
    expect(dated.length).toBeGreaterThan(0);
  });

  it('tells the days of an approved trip, and no country and no name', async () => {
    const signerId = await mailing.house.personId('phochutich.ubnd');
    for (const mailbox of ['giamdoc.sngv', 'phochutich.ubnd', 'thuongtruc.tinhuy'])
      await mailing.house.must(mailbox, caseId, { type: 'APPROVE', document });
    await mailing.house.must('vanthu.vpubnd', caseId, { type: 'ISSUE_DECISION', document, signerId });
    await mailing.settle();
    const mail = await newest('Quyết định cử đoàn đã ban hành');
    const trip = calendarOf(mail!)?.events.find(({ uid }) => uid === `trip-${caseId}@tuyenquang.example`);
    expect([trip?.startDate.toString(), trip?.endDate.toString()]).toEqual(['2023-03-06', '2023-03-11']);
    const whole = JSON.stringify(trip?.component.toJSON());
    expect(whole).not.toMatch(/Nhật Bản|Gunma|Lê Hồng Phong|xúc tiến/i);
    // The days are in the file only; the mail itself holds no itinerary.
    expect(`${mail?.text}${mail?.html}`).not.toMatch(/0?6\/0?3\/2023|10\/0?3\/2023/);
  });

  it('takes the trip back when it is off', async () => {
    const published = calendarOf((await newest('Quyết định cử đoàn đã ban hành'))!)?.events.find(({ uid }) =>
      uid.startsWith('trip-'),
    );
    await mailing.house.must('vanthu.vpubnd', caseId, { type: 'CANCEL', document, reason: 'Theo chỉ đạo' });
    await mailing.settle();
    const calendar = calendarOf((await newest('Chuyến đi đã hủy'))!);
    expect(calendar?.method).toBe('CANCEL');
    const [event] = calendar?.events ?? [];
    expect([event?.uid, event?.component.getFirstPropertyValue('status')]).toEqual([published?.uid, 'CANCELLED']);
    expect(event?.sequence).toBeGreaterThan(published?.sequence ?? Number.POSITIVE_INFINITY);
  });

  it('goes with the digest of a morning, one entry for each task that is still to come', async () => {
    await mailing.house.query(`update people set mail_delivery = 'both'`);
    const own = await mailing.house.open();
    await mailing.house.query(`update tasks set due_at = $2 where instance_id = $1 and closed_at is null`, [
      own,
      instantAt('2023-02-02', '17:00'),
    ]);
    await to('2023-02-01', '07:30');
    const digest = await newest('Thông Hành 01/02/2023');
    const events = calendarOf(digest!)?.events ?? [];
    expect(events.length).toBeGreaterThan(0);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    expect(events.map(({ endDate }) => endDate.toString())).toContain('2023-02-02T10:00:00Z');
  });
});

describe('the private calendar of a person', () => {
  const own = (given: Parameters<typeof send>[2] = {}) => mailing.house.as('thamdinh.sngv', '/me/calendar-feed', given);
  const open = async (url: string) => send(mailing.house.api, new URL(url).pathname);

  it('does not exist until its owner asks for it', async () => {
    expect((await own()).body).toEqual({ createdAt: null });
    expect((await send(mailing.house.api, `/api/v1/calendar-feeds/${'a'.repeat(43)}.ics`)).status).toBe(404);
    expect((await send(mailing.house.api, '/api/v1/calendar-feeds/x.ics')).status).toBe(404);
  });

  it('holds the open tasks of its owner with code, due date and link, and follows them', async () => {
    const review = await mailing.house.openWithDossier();
    await mailing.house.must('chuyenvien.skhdt', review, { type: 'SUBMIT' });
    await mailing.house.must('giamdoc.skhdt', review, { type: 'SIGN_SUBMIT', document });
    const { status, body } = await own({ method: 'POST' });
    expect(status).toBe(201);
    const answer = await open(body.url);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const of = (text: string) => readCalendar(text).events.filter(({ description }) => description.includes(review));
    const [first] = of(answer.body);
    expect(first?.summary).toMatch(/^\[DR-2023-\d{4}\] Tiếp nhận/);
    await mailing.house.must('thamdinh.sngv', review, { type: 'RECEIVE' });
    const [second] = of((await open(body.url)).body);
    expect(second?.uid).not.toBe(first?.uid);
    expect(second?.summary).toMatch(/Thẩm định/);
    expect(answer.body).not.toMatch(/Nhật Bản|Gunma|Lê Hồng Phong|@tuyenquang\.example>/);
  });

  it('shows a traveller the days of the own decided trip', async () => {
    const traveller = await mailing.house.personId('giamdoc.skhdt');
    const member = { fullName: 'Giám đốc', position: 'Giám đốc', organisation: 'SKHĐT', role: 'leader' };
    const tripCase = await mailing.house.openDecided({ members: [{ ...member, personId: traveller }] });
    const { body } = await mailing.house.as('giamdoc.skhdt', '/me/calendar-feed', { method: 'POST' });
    const uid = `trip-${tripCase}@tuyenquang.example`;
    const trip = readCalendar((await open(body.url)).body).events.find((event) => event.uid === uid);
    expect([trip?.startDate.toString(), trip?.endDate.toString()]).toEqual(['2023-03-06', '2023-03-11']);
  });

  it('is opened by the newest address alone, and by none once it is closed or its owner has left', async () => {
    const first = (await own({ method: 'POST' })).body.url;
    const second = (await own({ method: 'POST' })).body.url;
    expect([(await open(first)).status, (await open(second)).status]).toEqual([404, 200]);
    await mailing.house.query(`update people set active = false where email like 'thamdinh.sngv@%'`);
    expect((await open(second)).status).toBe(404);
    await mailing.house.query(`update people set active = true`);
    expect((await own({ method: 'DELETE' })).status).toBe(204);
    expect((await open(second)).status).toBe(404);
    expect((await own()).body).toEqual({ createdAt: null });
  });

  it('leaves no secret in the database, and its making on record', async () => {
    const { url } = (await own({ method: 'POST' })).body;
    const secret = new URL(url).pathname.split('/').at(-1)?.replace('.ics', '') ?? '';
    const stored = await mailing.house.query<{ row: string }>(
      `select f::text as row from calendar_feeds f union all select a::text from audit_records a`,
    );
    expect(stored.map(({ row }) => row).join()).not.toContain(secret);
    const actions = await mailing.house.query<{ action: string }>(
      `select distinct action from audit_records where action like 'calendarFeed.%' order by action`,
    );
    expect(actions.map(({ action }) => action)).toEqual(['calendarFeed.made', 'calendarFeed.removed']);
  });
});
