import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, createBusinessCalendar, dayOf, instantAt, vietnamHolidays } from '#libs/calendar';
import { createPlanReminders, delegationMails, renderMail } from '#libs/delegation';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork } from '#libs/persistence';
import { shippedProfiles } from '#libs/policy';
import { ProfileBook } from '#libs/regulation';
import { addProvinceMessages, claimMails, planDigests, relayOutbox } from '#libs/runtime';
import { DelegationHouse } from './delegation-house.js';

const plan = new URL('../../libs/plan/plans/tuyen-quang-2023-doan-ra.xlsx', import.meta.url);
const calendar = createBusinessCalendar(vietnamHolidays);

/** By hand from the calendars of 2022 and 2023: a Saturday or holiday goes to the Friday before it, or after the duty to the Monday after. */
const expectedDuties = [
  ['2022-08-15', 'registrationOpens'],
  ...['2022-09-16', '2022-09-23', '2022-09-29', '2022-10-03'].map((day) => [day, 'registrationCloses']),
  ...['2022-10-24', '2022-10-28', '2022-11-01'].map((day) => [day, 'consolidation']),
  ...['2022-11-08', '2022-11-14', '2022-11-16'].map((day) => [day, 'partySubmission']),
  ...['2022-11-23', '2022-11-29', '2022-12-01'].map((day) => [day, 'centralSubmission']),
  ...['2022-11-10', '2022-11-15'].map((day) => [day, 'yearlyReportRequest']),
  ...['2022-11-24', '2022-11-30', '2022-12-02'].map((day) => [day, 'yearlyReport']),
  ...['2023-04-17', '2023-04-24', '2023-04-28'].map((day) => [day, 'midYearAdjustment']),
  ...['2023-05-25', '2023-05-30'].map((day) => [day, 'halfYearReportRequest']),
  ...['2023-06-08', '2023-06-14', '2023-06-16'].map((day) => [day, 'halfYearReport']),
  ['2023-08-15', 'registrationOpens'],
  ...['2023-09-15', '2023-09-22', '2023-09-29', '2023-10-02'].map((day) => [day, 'registrationCloses']),
].toSorted();

interface Said {
  day: string;
  template: string;
  data: { duty?: string; codes?: string[]; days?: number; offset?: number };
  role: string;
  office: string;
}

describe('the annual plan and the duties of the year', () => {
  let house: DelegationHouse;
  let said: Said[];
  beforeAll(async () => {
    house = await DelegationHouse.open(instantAt('2022-08-01', '08:00'));
    await walkTheYear();
    said = await house.query<Said>(
      `select (o.created_at at time zone 'Asia/Ho_Chi_Minh')::date::text as day, o.template, o.data,
         o.recipient->>'role' as role, g.code as office
       from outbox_messages o join organisations g on g.id = (o.recipient->>'organisationId')::uuid
       where o.template in ('yearlyDuty', 'lineWithoutDossier') order by o.created_at, o.id`,
    );
  }, 240_000);
  afterAll(() => house.close());

  /** Every day from August 2022 to October 2023, rest days too, with two workers that look at the same instant. */
  async function walkTheYear(): Promise<void> {
    const unitOfWork = createUnitOfWork(house.api.database.dataSource);
    const { clock } = house;
    const calendarFor = () => calendar;
    const room = { unitOfWork, clock, profiles: new ProfileBook(shippedProfiles), calendarFor };
    const ledger = { clock, calendarFor, directory: mailDirectory, templates: delegationMails, domain: 'tinh.example' };
    const relay = () => unitOfWork.run((tx) => relayOutbox(tx, ledger, { limit: 500 }));
    for (let day = '2022-08-01'; day <= '2023-10-31'; day = addDays(day, 1)) {
      if (day === '2023-01-16') await importPlan();
      // A worker that has just been started again knows nothing of yesterday.
      const workers = [createPlanReminders(room), createPlanReminders(room)];
      // At night and in the evening nothing is said; once a week is enough to see it.
      for (const time of day.endsWith('5') ? ['03:00', '07:45', '18:30'] : ['07:45']) {
        clock.set(instantAt(day, time));
        await Promise.all(workers.map((remind) => remind()));
        await relay();
      }
    }
  }

  /** The plan of 2023; two of its lines are given to units, and on one of them a dossier is opened. */
  async function importPlan(): Promise<void> {
    house.clock.set(instantAt('2023-01-16', '07:31'));
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(readFileSync(plan))]), 'ke-hoach.xlsx');
    form.append('noStateSecrets', 'true');
    const headers = { cookie: await house.cookieOf('thamdinh.sngv') };
    const answer = await fetch(`${house.api.url}/api/v1/plan-previews`, { method: 'POST', body: form, headers });
    const preview = { body: (await answer.json()) as { id: string } };
    const path = `/plan-previews/${preview.body.id}/confirm`;
    expect((await house.as('thamdinh.sngv', path, { body: {} })).status).toBe(200);
    const period = "period_from = '2023-04-01', period_to = '2023-06-30'";
    await house.query(`update plan_items set period_from = '2023-01-01' where true`);
    await house.query(`update plan_items set ${period}, organisation_id = $1 where position = 1`, [
      await house.organisationId('SKHDT'),
    ]);
    await house.query(`update plan_items set ${period}, host_unit = 'Sở Tài chính' where position = 2`);
    await house.query(`update plan_items set ${period} where position in (3, 4)`);
    await house.query(`update plan_items set ${period} where position = 5`);
    const [line] = await house.query<{ id: string }>('select id from plan_items where position = 5');
    const opened = await house.as('chuyenvien.skhdt', '/proposals', { body: { planItemId: line!.id } });
    expect(opened.status).toBe(201);
  }

  it('are said on the days of the rules, never on a rest day, and each once', () => {
    const duties = said.filter(({ template }) => template === 'yearlyDuty');
    const days = [...new Set(duties.map(({ day, data }) => `${day} ${data.duty}`))].map((one) => one.split(' '));
    expect(days.filter(([day]) => day! <= '2023-10-02').toSorted()).toEqual(expectedDuties);
    const perOffice = duties.map(({ day, data, role, office }) => `${day} ${data.duty} ${role} ${office}`);
    expect(new Set(perOffice).size).toBe(perOffice.length);
    for (const { day } of said) expect(calendar.isWorkingDay(day)).toBe(true);
  });

  it('are said to whom the rules name', () => {
    const officesOf = (duty: string, day: string) =>
      said
        .filter((one) => one.data.duty === duty && one.day === day)
        .map(({ role, office }) => `${role} ${office}`)
        .toSorted();
    expect(officesOf('consolidation', '2022-10-24')).toEqual(['reviewer SNGV']);
    expect(officesOf('halfYearReportRequest', '2023-05-25')).toEqual(['reviewer SNGV']);
    expect(officesOf('halfYearReport', '2023-06-08')).toEqual(
      ['SKHDT', 'SNGV', 'STC', 'SVHTTDL'].map((code) => `unitOfficer ${code}`),
    );
    expect(officesOf('registrationOpens', '2022-08-15')).toContain('reviewer SNGV');
  });

  it('reach a person once, who is both in a unit and in the focal agency', async () => {
    const personId = await house.personId('thamdinh2.sngv');
    const rows = await house.query<{ status: string; reason: string | null }>(
      `select m.status, m.suppressed_reason as reason from mails m join outbox_messages o on o.id = m.outbox_message_id
       where m.person_id = $1 and o.data->>'duty' = 'registrationOpens' order by m.status desc`,
      [personId],
    );
    expect(rows.filter(({ status }) => status === 'planned')).toHaveLength(2);
    expect(rows.filter(({ reason }) => reason === 'duplicate')).toHaveLength(2);
  });

  it('remind the unit of a line whose period begins soon without a dossier, and at last the focal agency', () => {
    const lines = said
      .filter(({ template }) => template === 'lineWithoutDossier')
      .map(({ day, data, role, office }) => `${day} ${data.days}: ${data.codes!.join(' ')} → ${role} ${office}`);
    expect(lines.toSorted()).toEqual(
      [
        '2023-02-15 45: KH-2023-001 → unitOfficer SKHDT',
        '2023-02-15 45: KH-2023-002 → unitOfficer STC',
        '2023-02-15 45: KH-2023-003 KH-2023-004 → reviewer SNGV',
        '2023-03-02 30: KH-2023-001 → unitOfficer SKHDT',
        '2023-03-02 30: KH-2023-002 → unitOfficer STC',
        '2023-03-02 30: KH-2023-003 KH-2023-004 → reviewer SNGV',
        '2023-03-10 20: KH-2023-001 → unitOfficer SKHDT',
        '2023-03-10 20: KH-2023-002 → unitOfficer STC',
        '2023-03-10 20: KH-2023-001 KH-2023-002 KH-2023-003 KH-2023-004 → reviewer SNGV',
      ].toSorted(),
    );
  });

  it('are mails like any other: in the ledger, inside working hours, put into the digest, with the reason in words', async () => {
    const mails = await house.query<{
      status: string;
      in_digest: boolean;
      not_before: Date;
      subject: string;
      template: string;
      data: Record<string, unknown>;
    }>(
      `select m.status, m.in_digest, m.not_before, m.subject, o.template, o.data
       from mails m join outbox_messages o on o.id = m.outbox_message_id
       where o.template in ('yearlyDuty', 'lineWithoutDossier') and m.status = 'planned'`,
    );
    expect(mails.length).toBeGreaterThan(100);
    for (const { not_before, template, data, subject } of mails) {
      expect(calendar.isWorkingTime(not_before)).toBe(true);
      const about = { template, data, caseCode: null, instanceId: null, publicUrl: 'https://thong-hanh.example' };
      for (const language of ['vi', 'en'] as const) {
        const mail = renderMail({ ...about, language });
        expect(mail.text).not.toMatch(/undefined|NaN|\[object/);
        expect(mail.text).toContain('https://thong-hanh.example/plan');
        expect(mail.text).toContain({ vi: 'giả định', en: 'assumption' }[language]);
        if (language === 'vi') expect(mail.subject).toBe(subject);
      }
    }
    expect(mails.some(({ in_digest }) => in_digest)).toBe(true);
    const closing = mails.find(({ data }) => data.duty === 'registrationCloses' && data.offset === -14)!;
    expect(closing.subject).toBe('Sắp đến hạn: đăng ký kế hoạch đoàn ra năm sau');
    expect(closing).toMatchObject({ in_digest: true, data: { today: dayOf(closing.not_before) } });
  });

  describe('of lines on which a dossier is opened before the mail leaves', () => {
    const ledgerOf = () => ({
      clock: house.clock,
      calendarFor: () => calendar,
      directory: mailDirectory,
      templates: delegationMails,
      domain: 'tinh.example',
    });
    /** Tells the officers of a unit of these lines, and puts everything else away. */
    const tell = async (...groups: string[][]) => {
      const unitOfWork = createUnitOfWork(house.api.database.dataSource);
      await house.query(
        `update mails set status = 'suppressed', suppressed_reason = 'duplicate' where status = 'planned'`,
      );
      const recipient = { role: 'unitOfficer', organisationId: await house.organisationId('SKHDT') };
      const messages = groups.map((codes) => {
        const data = { year: 2023, codes, days: 20, daysBefore: [45, 30, 20], source: null };
        return { template: 'lineWithoutDossier', recipient, data };
      });
      const { provinceId } = house.api;
      await unitOfWork.run((tx) => addProvinceMessages(tx, { provinceId, messages, at: house.clock.now() }));
      await unitOfWork.run((tx) => relayOutbox(tx, ledgerOf(), { limit: 500 }));
      return unitOfWork;
    };
    const fates = () =>
      house.query<{ codes: string; status: string; reason: string | null }>(
        `select o.data->>'codes' as codes, m.status, m.suppressed_reason as reason from mails m
         join outbox_messages o on o.id = m.outbox_message_id
         where m.person_id = $1 and o.created_at = $2 and o.template = 'lineWithoutDossier' order by length(o.data->>'codes')`,
        [officer, house.clock.now()],
      );
    let officer: string;

    it('are withdrawn from the digest, or tell only of the lines that are left', async () => {
      officer = await house.personId('chuyenvien.skhdt');
      house.clock.set(instantAt('2023-11-06', '09:00'));
      const unitOfWork = await tell(['KH-2023-001'], ['KH-2023-001', 'KH-2023-002']);
      expect((await fates()).map(({ status }) => status)).toEqual(['planned', 'planned']);
      const [line] = await house.query<{ id: string }>('select id from plan_items where position = 1');
      expect((await house.as('chuyenvien.skhdt', '/proposals', { body: { planItemId: line!.id } })).status).toBe(201);
      await unitOfWork.run((tx) => planDigests(tx, ledgerOf()));
      const claims = await unitOfWork.run((tx) => claimMails(tx, ledgerOf(), { limit: 500 }));
      const digest = claims.find((one) => one.kind === 'claimed' && one.mail.personId === officer && one.mail.digest);
      const notes = digest?.kind === 'claimed' ? digest.mail.digest!.notes : [];
      expect(notes.map(({ data }) => data.codes)).toEqual([['KH-2023-002']]);
      expect((await fates()).map(({ reason }) => reason)).toEqual(['overtaken', 'inDigest']);
    });

    it('are withdrawn one by one, too, with a subject that says how many are left', async () => {
      await house.query(`update people set mail_delivery = 'single' where id = $1`, [officer]);
      house.clock.set(instantAt('2023-11-07', '09:00'));
      const unitOfWork = await tell(['KH-2023-001'], ['KH-2023-002', 'KH-2023-003']);
      await house.query(`update plan_items set state = 'dropped' where position = 2`);
      const claims = await unitOfWork.run((tx) => claimMails(tx, ledgerOf(), { limit: 500 }));
      const mine = claims.flatMap((one) =>
        one.kind === 'claimed' && one.mail.personId === officer && one.mail.template === 'lineWithoutDossier'
          ? [one.mail]
          : [],
      );
      expect(mine.map(({ data, subject }) => [data.codes, subject])).toEqual([
        [['KH-2023-003'], expect.stringContaining(': 1 dòng')],
      ]);
      expect((await fates()).map(({ status, reason }) => reason ?? status)).toEqual(['overtaken', 'sending']);
    });
  });
});
