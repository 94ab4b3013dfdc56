import { planItemCode } from '#contracts/plan-codes.js';
import { type BusinessCalendar, type CalendarDay, type Clock, dayOf } from '#libs/calendar';
import { mailDirectory, organisationsOn, searchKey } from '#libs/organisation';
import { type PreparedStatement, runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import type { ProvinceProfile } from '#libs/policy';
import type { ProfileBook } from '#libs/regulation';
import { addProvinceMessages, type ProvinceMessage } from '#libs/runtime';
import { waitingLineStates, withoutDossier } from './lines-without-dossier.js';
import { dutyData, linesData } from './plan-reminder-data.js';
import { stepToSay } from './plan-reminder-days.js';

export interface PlanReminderRoom {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly profiles: ProfileBook;
  readonly calendarFor: (provinceId: string) => BusinessCalendar;
}

/** One reminder: said once, whatever happens to the worker. */
interface Reminder {
  readonly key: string;
  readonly messages: readonly ProvinceMessage[];
}

/**
 * Once a working morning of each province: lines of the annual plan whose period begins soon and which have no dossier, and the duties of
 * the year. Call it as often as you like: it looks once a day, and what was said is on record. Returns a function that gives the number of
 * messages.
 */
export function createPlanReminders(room: PlanReminderRoom): () => Promise<number> {
  const looked = new Map<string, CalendarDay>();
  let provinces: readonly string[] | null = null;
  return async () => {
    const now = room.clock.now();
    const today = dayOf(now);
    const isDue = (id: string) => looked.get(id) !== today && room.calendarFor(id).isWorkingTime(now);
    if (provinces !== null && provinces.length > 0 && !provinces.some(isDue)) return 0;
    provinces = await room.unitOfWork.run((tx) => mailDirectory.provinceIds(tx));
    let said = 0;
    for (const provinceId of provinces.filter(isDue)) {
      said += await room.unitOfWork.run((tx) => remind(tx, { room, provinceId, now }));
      looked.set(provinceId, today);
    }
    return said;
  };
}

async function remind(tx: Tx, given: { room: PlanReminderRoom; provinceId: string; now: Date }): Promise<number> {
  const { room, provinceId, now } = given;
  const today = dayOf(now);
  const profile = await room.profiles.inForce(tx, { provinceId, day: today, at: now });
  if (profile === null) return 0;
  const looking: Looking = {
    provinceId,
    profile,
    today,
    calendar: room.calendarFor(provinceId),
    offices: await officesOf(tx, { provinceId, profile, today }),
  };
  const reminders = [...duties(looking), ...(await lines(tx, looking))];
  const fresh = await newKeys(tx, { provinceId, keys: reminders.map(({ key }) => key), now });
  const messages = joined(reminders.filter(({ key }) => fresh.has(key)).flatMap((one) => one.messages));
  await addProvinceMessages(tx, { provinceId, messages, at: now });
  return messages.length;
}

interface Looking {
  readonly provinceId: string;
  readonly profile: ProvinceProfile;
  readonly today: CalendarDay;
  readonly calendar: BusinessCalendar;
  readonly offices: Offices;
}

type Office = { readonly role: string; readonly organisationId: string };

interface Offices {
  readonly units: readonly Office[];
  readonly focalReviewer: readonly Office[];
  readonly focalLeader: readonly Office[];
  readonly decisionClerk: readonly Office[];
  /** By the plain name, long and short. */
  readonly byName: ReadonlyMap<string, string>;
}

const unitStatement: PreparedStatement = {
  name: 'delegation_units_of_province',
  text: `select distinct r.organisation_id as id from role_assignments r
    join organisations o on o.id = r.organisation_id join people p on p.id = r.person_id and p.active
    where o.province_id = $1 and r.role = 'unitOfficer' and r.valid_from <= $2::date
      and (r.valid_to is null or r.valid_to > $2::date) order by r.organisation_id`,
};

async function officesOf(
  tx: Tx,
  { provinceId, profile, today }: Pick<Looking, 'provinceId' | 'profile' | 'today'>,
): Promise<Offices> {
  const organisations = await organisationsOn(tx, { provinceId, on: today });
  const units = await runPrepared<{ id: string }>(tx, unitStatement, [provinceId, today]);
  const at = (role: string, code: string): Office[] =>
    organisations.flatMap((row) => (row.code === code ? [{ role, organisationId: row.id }] : []));
  return {
    units: units.map(({ id }) => ({ role: 'unitOfficer', organisationId: id })),
    focalReviewer: at('reviewer', profile.focalOrganisationCode),
    focalLeader: at('leader', profile.focalOrganisationCode),
    decisionClerk: at('clerk', profile.decisionOfficeCode),
    byName: new Map(
      organisations.flatMap(({ id, name, shortName }) => [name, shortName].map((one) => [searchKey(one), id])),
    ),
  };
}

/** Registration, reports and the like: a day of each year, told to whom the profile says. */
function duties({ provinceId, profile, today, calendar, offices }: Looking): Reminder[] {
  const thisYear = Number(today.slice(0, 4));
  return profile.planReminders.yearly.flatMap((duty) =>
    [thisYear - 1, thisYear, thisYear + 1].flatMap((year): Reminder[] => {
      const on = `${year}-${duty.on}`;
      const offset = stepToSay({ on, remindDays: duty.remindDays }, { today, calendar });
      if (offset === null) return [];
      const key = dutyKey(duty.id, { year, offset });
      const data = dutyData(duty, { on, today, offset });
      const to = [...new Set(duty.to.flatMap((recipient) => offices[recipient]))];
      const occasion = `plan:${provinceId}:${key}`;
      return [{ key, messages: to.map((recipient) => ({ template: 'yearlyDuty', recipient, data, occasion })) }];
    }),
  );
}

/** The duty of this year is done, or asked for by name now: what would still be said of it is taken as said. */
export async function takeDutyAsSaid(
  tx: Tx,
  given: { provinceId: string; duty: ProvinceProfile['planReminders']['yearly'][number]; year: number; now: Date },
): Promise<void> {
  const { provinceId, duty, year, now } = given;
  await newKeys(tx, { provinceId, keys: duty.remindDays.map((offset) => dutyKey(duty.id, { year, offset })), now });
}

const dutyKey = (id: string, { year, offset }: { year: number; offset: number }) => `duty:${id}:${year}:${offset}`;

interface LineRow {
  readonly id: string;
  readonly year: number;
  readonly position: number;
  readonly periodFrom: CalendarDay;
  readonly organisationId: string | null;
  readonly hostUnit: string | null;
}

const lineStatement: PreparedStatement = {
  name: 'delegation_lines_without_dossier',
  text: `select n.id, n.year, n.position, n.period_from::text as "periodFrom", n.organisation_id as "organisationId",
      n.host_unit as "hostUnit"
    from plan_items n
    where n.province_id = $1 and ${withoutDossier} and n.period_from > $3::date and n.period_from <= $3::date + $4::int
    order by n.year, n.position`,
};

/** Rest days may bring a step forward by so much. */
const spareDays = 15;

async function lines(tx: Tx, looking: Looking): Promise<Reminder[]> {
  const { provinceId, profile, today, calendar, offices } = looking;
  const { daysBefore } = profile.planReminders.itemWithoutDossier;
  const values = [provinceId, waitingLineStates, today, Math.max(...daysBefore) + spareDays];
  const rows = await runPrepared<LineRow>(tx, lineStatement, values);
  const lastStep = Math.min(...daysBefore);
  return rows.flatMap((row): Reminder[] => {
    const offset = stepToSay({ on: row.periodFrom, remindDays: daysBefore.map((days) => -days) }, { today, calendar });
    if (offset === null) return [];
    const unit = row.organisationId ?? offices.byName.get(searchKey(row.hostUnit ?? ''));
    const own: Office[] = unit === undefined ? [] : [{ role: 'unitOfficer', organisationId: unit }];
    // A line of no unit we know, and the last word about any line, is for those who keep the plan.
    const to = own.length === 0 || -offset === lastStep ? [...own, ...offices.focalReviewer] : own;
    const codes = [planItemCode(row.year, row.position)];
    const data = linesData(profile, { year: row.year, codes, days: -offset });
    const key = `line:${row.id}:${row.periodFrom}:${offset}`;
    return [{ key, messages: to.map((recipient) => ({ template: 'lineWithoutDossier', recipient, data })) }];
  });
}

/** Lines of one year that one office hears of on one morning stand in one mail. */
function joined(messages: readonly ProvinceMessage[]): ProvinceMessage[] {
  const groups = new Map<string, ProvinceMessage[]>();
  for (const message of messages) {
    const { template, recipient, data, occasion } = message;
    const key = JSON.stringify([template, recipient, occasion, data.year, data.days]);
    groups.set(key, [...(groups.get(key) ?? []), message]);
  }
  return [...groups.values()].map(([first, ...rest]) => {
    const codes = [first!, ...rest].flatMap(({ data }) => (Array.isArray(data.codes) ? data.codes : []));
    return rest.length === 0 ? first! : { ...first!, data: { ...first!.data, codes } };
  });
}

const insertKeys: PreparedStatement = {
  name: 'delegation_plan_reminders_said',
  text: `insert into plan_reminders (province_id, key, said_at) select $1, key, $3 from unnest($2::text[]) as key
    on conflict do nothing returning key`,
};

/** Two workers may look at once: a key is taken by one of them. */
async function newKeys(
  tx: Tx,
  { provinceId, keys, now }: { provinceId: string; keys: readonly string[]; now: Date },
): Promise<ReadonlySet<string>> {
  const rows = await runPrepared<{ key: string }>(tx, insertKeys, [provinceId, [...keys].toSorted(), now]);
  return new Set(rows.map(({ key }) => key));
}
