import { planCode, planItemCode } from '#contracts/plan-codes.js';
import { type CalendarDay, instantAt } from '#libs/calendar';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import type { ProvinceProfile, YearlyDuty } from '#libs/policy';
import { waitingLineStates, withoutDossier } from './lines-without-dossier.js';
import type { PlanReminderTemplate } from './mails/mail-template.js';

type Data = Readonly<Record<string, unknown>>;

/** What a mail about a duty of the year is written from. */
export function dutyData(
  { id, name, source }: YearlyDuty,
  said: { readonly on: CalendarDay; readonly today: CalendarDay; readonly offset: number },
): Data {
  return { ...said, duty: id, name, source, dueAt: instantAt(said.on, '17:00').toISOString() };
}

/** What a mail about lines without a dossier is written from. */
export function linesData(
  profile: ProvinceProfile,
  lines: { readonly year: number; readonly codes: readonly string[]; readonly days: number },
): Data {
  const { daysBefore, source } = profile.planReminders.itemWithoutDossier;
  return { ...lines, daysBefore, source };
}

const newestLines: PreparedStatement = {
  name: 'delegation_newest_lines_without_dossier',
  text: `select n.year, n.position from plan_items n where n.province_id = $1 and ${withoutDossier}
    order by n.year desc, n.position limit 3`,
};

/** What would be said by the rules of today, for a preview: of the duty that comes next, or of lines of the newest plan. */
export async function planReminderSample(
  tx: Tx,
  given: { template: PlanReminderTemplate; provinceId: string; profile: ProvinceProfile; today: CalendarDay },
): Promise<Data> {
  const { template, provinceId, profile, today } = given;
  if (template === 'yearlyDuty') return nextDuty(profile, today);
  const values = [provinceId, waitingLineStates];
  const rows = await runPrepared<{ year: number; position: number }>(tx, newestLines, values);
  const year = rows[0]?.year ?? Number(today.slice(0, 4));
  const codes = rows.filter((row) => row.year === year).map(({ position }) => planItemCode(year, position));
  const days = Math.max(...profile.planReminders.itemWithoutDossier.daysBefore);
  return linesData(profile, { year, codes: codes.length > 0 ? codes : [`${planCode(year)}-…`], days });
}

function nextDuty(profile: ProvinceProfile, today: CalendarDay): Data {
  const year = Number(today.slice(0, 4));
  const [next] = profile.planReminders.yearly
    .flatMap((duty) => [year, year + 1].map((of) => ({ duty, on: `${of}-${duty.on}` })))
    .filter(({ on }) => on >= today)
    .toSorted((one, other) => (one.on < other.on ? -1 : 1));
  return next ? dutyData(next.duty, { on: next.on, today, offset: Math.min(...next.duty.remindDays) }) : {};
}
