import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Email } from 'postal-mime';
import { createBusinessCalendar, instantAt, vietnamHolidays } from '#libs/calendar';
import { createUnitOfWork } from '#libs/persistence';
import { Runtime } from '#libs/runtime';
import { workflowDefinitions } from '#workflows/definitions.js';
import { DelegationHouse, document } from './delegation-house.js';
import { type MailingHouse, openMailingHouse } from './mailing-house.js';

/** A worker that comes only after the date moved, as after an outage: reminders were due and unsaid. */
describe('a due date that moves while a reminder is owed', () => {
  let house: DelegationHouse;
  let mailing: MailingHouse;
  let byDecision: string;
  let byCalendar: string;
  let mails: Email[];

  beforeAll(async () => {
    house = await DelegationHouse.open();
    await house.query(`update people set mail_delivery = 'single'`);
    await house.query(`update people set language = 'en' where email like 'thamdinh2.sngv@%'`);
    byCalendar = await house.openWithDossier();
    await house.must('chuyenvien.skhdt', byCalendar, { type: 'SUBMIT' });
    await house.must('giamdoc.skhdt', byCalendar, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', byCalendar, { type: 'RECEIVE' });
    house.clock.set(instantAt('2023-01-11', '08:00'));
    await recomputeWithThursdayOff(byCalendar);
    byDecision = await house.openDecided();
    await house.must('chuyenvien.skhdt', byDecision, {
      ...{ type: 'REQUEST_AMENDMENT', changedFields: ['dates'], reason: 'Đối tác đổi lịch' },
    });
    expect((await house.edit(byDecision, { departureDate: '2023-03-01', returnDate: '2023-03-05' })).status).toBe(200);
    house.clock.set(instantAt('2023-02-20', '09:00'));
    await house.must('phochutich.ubnd', byDecision, { type: 'AMENDMENT_APPROVED', document });
    mailing = await openMailingHouse({ house });
    await mailing.settle();
    mails = await mailing.received();
  });
  afterAll(() => mailing.close());

  async function recomputeWithThursdayOff(instanceId: string): Promise<void> {
    const off = {
      day: '2023-01-12',
      kind: 'swappedOff',
      name: { vi: 'nghỉ', en: 'off' },
      verified: true,
      source: 'thử',
    };
    const table = { ...vietnamHolidays, version: 'trial', days: [...vietnamHolidays.days, off as never] };
    const calendar = createBusinessCalendar(table);
    const runtime = new Runtime({ clock: house.clock, definitions: workflowDefinitions, calendarFor: () => calendar });
    await createUnitOfWork(house.api.database.dataSource).run(async (tx) => {
      const locked = await runtime.lock(tx, { instanceId });
      expect(await runtime.recomputeDeadlines(tx, locked, { principal: { personId: null } })).toHaveLength(1);
    });
  }

  const about = (caseCode: string, name: string) =>
    mails.flatMap(({ subject = '', to }) =>
      subject.startsWith(`[${caseCode}]`) && subject.endsWith(`: ${name}`)
        ? to!.map(({ address }) => `${address?.split('@')[0]} ${subject.slice(caseCode.length + 3, -name.length - 2)}`)
        : [],
    );
  const read = (subject: string) => mails.find((mail) => mail.subject === subject)!;

  it('by a decision is told to whoever holds the work in one mail, and the others read the reminder alone', () => {
    expect(about('DR-2023-0002', 'thông báo Bộ Ngoại giao').toSorted()).toEqual([
      'giamdoc.sngv Quá hạn',
      'thamdinh.sngv Đổi hạn, đã quá hạn',
    ]);
    expect(about('DR-2023-0002', 'Ministry of Foreign Affairs is notified')).toEqual([
      'thamdinh2.sngv New due date, overdue',
    ]);
  });

  it('by a new calendar is told in one mail too', () => {
    expect(about('DR-2023-0001', 'cơ quan đầu mối thẩm định').toSorted()).toEqual([
      'giamdoc.sngv Quá hạn',
      'thamdinh.sngv Đổi hạn, đã quá hạn',
    ]);
  });

  it('says in that mail that it moved, why, and how things stand, in the language of the reader, as text and as HTML', () => {
    const ours = read('[DR-2023-0001] Đổi hạn, đã quá hạn: cơ quan đầu mối thẩm định');
    const theirs = mails.find(({ subject }) => subject?.startsWith('[DR-2023-0002] New due date, overdue'))!;
    for (const said of [
      'Lịch làm việc thay đổi nên thời hạn của việc này được tính lại. Thời hạn đã qua mà việc chưa xong.',
      ...['17:00 13/01/2023', 'Hạn cũ', '17:00 12/01/2023', 'bỏ qua 12/01 (nghỉ)'],
    ]) {
      expect(ours.text).toContain(said);
      expect(ours.html).toContain(said);
    }
    for (const said of [
      'The case has changed, so the deadline of this was computed again. The deadline has passed and this is not done.',
      ...['17:00 15/02/2023', 'Before', '17:00 20/02/2023'],
    ]) {
      expect(theirs.text).toContain(said);
      expect(theirs.html).toContain(said);
    }
  });

  it('by a decision is told at once, and alone, where no reminder is owed', () => {
    expect(about('DR-2023-0002', 'giao hộ chiếu cho đoàn')).toContain('thamdinh.sngv Đổi hạn');
  });
});
