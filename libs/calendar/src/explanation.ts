import type { Text } from '#contracts/text.js';
import type { Count } from './count.js';
import type { DeadlineRule } from './types.js';
import type { WorkingDays } from './working-days.js';
import { dayFromNumber, formatDay } from './zone.js';

const weekend: Text = { vi: 'cuối tuần', en: 'weekend' };

/** The sentence that lets a person check a due date by hand: what was counted, what was skipped and why. */
export function explain(days: WorkingDays, { rule, count }: { rule: DeadlineRule; count: Count }): Text {
  const parts: (Text | null)[] = [
    opening({ rule, count }),
    late(days, count),
    rule.unit === 'calendarDay' ? moved(days, { rule, count }) : skipped(days, count),
    stayed(days, { rule, count }),
    rule.unit === 'calendarDay' ? null : swapsWorked(days, count),
    noData(days, count),
    unverified(days, count),
  ];
  const said = parts.filter((part) => part !== null);
  return { vi: said.map((part) => part.vi).join('; '), en: said.map((part) => part.en).join('; ') };
}

function opening({ rule, count }: { rule: DeadlineRule; count: Count }): Text {
  const { amount, unit } = rule;
  const event = count.start.countsAs;
  if (count.firstCounted === null && count.dueDay !== event) {
    return {
      vi: `ngày ${long(event)} là ngày nghỉ nên lấy ngày làm việc ${long(count.dueDay)}`,
      en: `${long(event)} is a rest day, so the working day ${long(count.dueDay)} is taken`,
    };
  }
  if (count.firstCounted === null) {
    return { vi: `đúng ngày ${long(event)}`, en: `on the day itself, ${long(event)}` };
  }
  const size = amountText(amount, unit);
  if (rule.direction === 'before') {
    return {
      vi: `${size.vi} trước ngày ${long(event)} (không tính ngày ${short(event)})`,
      en: `${size.en} before ${long(event)} (${short(event)} itself is not counted)`,
    };
  }
  return {
    vi: `${size.vi}, tính từ ${long(count.firstCounted)} (không tính ngày ${short(event)})`,
    en: `${size.en}, counted from ${long(count.firstCounted)} (${short(event)} itself is not counted)`,
  };
}

function amountText(amount: number, unit: DeadlineRule['unit']): Text {
  if (unit === 'calendarDay') return { vi: `${amount} ngày`, en: amount === 1 ? '1 day' : `${amount} days` };
  const workingDays = unit === 'halfWorkingDay' ? amount / 2 : amount;
  return {
    vi: `${String(workingDays).replace('.', ',')} ngày làm việc`,
    en: workingDays === 1 ? '1 working day' : `${workingDays} working days`,
  };
}

function late(days: WorkingDays, { start }: Count): Text | null {
  if (start.lateBecause === null) return null;
  const [on, as] = [short(start.happenedOn), short(start.countsAs)];
  const rest = range(start.happenedOn, start.countsAs).filter((day) => !days.isWorking(day));
  const list = rest.length === 0 ? null : restList(days, rest);
  const why = list ? { vi: `, nghỉ ${list.vi}`, en: `, rest ${list.en}` } : { vi: '', en: '' };
  return start.lateBecause === 'afterHours'
    ? {
        vi: `sau 17:00 ngày ${on} nên coi như ngày ${as}${why.vi}`,
        en: `after 17:00 on ${on}, so taken as ${as}${why.en}`,
      }
    : {
        vi: `rơi vào ngày nghỉ ${on} nên coi như ngày ${as}${why.vi}`,
        en: `on a rest day, ${on}, so taken as ${as}${why.en}`,
      };
}

/** Every day that decided something: from the event to the due day, ends included. */
function seen({ start, dueDay, movedFrom }: Count): number[] {
  const all = [start.happenedOn, start.countsAs, dueDay, movedFrom ?? dueDay];
  return range(Math.min(...all), Math.max(...all));
}

/** The days that were counted or skipped. */
function counted({ start, dueDay }: Count): number[] {
  const from = start.countsAs;
  return from < dueDay ? range(from + 1, dueDay) : range(dueDay, from - 1);
}

function skipped(days: WorkingDays, count: Count): Text | null {
  const rest = counted(count).filter((day) => !days.isWorking(day));
  // Nothing is counted, and the day itself was not worked: that is why another day was taken.
  if (count.firstCounted === null && count.dueDay !== count.start.countsAs) rest.push(count.start.countsAs);
  if (rest.length === 0) return null;
  const list = restList(
    days,
    rest.toSorted((a, b) => a - b),
  );
  return { vi: `bỏ qua ${list.vi}`, en: `skips ${list.en}` };
}

function moved(days: WorkingDays, { rule, count }: { rule: DeadlineRule; count: Count }): Text | null {
  if (count.movedFrom === null) return null;
  const [from, to] = [count.movedFrom, count.dueDay];
  const list = restList(days, from < to ? range(from, to - 1) : range(to + 1, from));
  return rule.direction === 'after'
    ? {
        vi: `ngày cuối ${short(from)} là ngày nghỉ nên chuyển sang ngày làm việc tiếp theo ${short(to)}; nghỉ ${list.vi}`,
        en: `the last day, ${short(from)}, is a rest day, so moved to the next working day ${short(to)}; rest ${list.en}`,
      }
    : {
        vi: `ngày ${short(from)} là ngày nghỉ nên lùi về ngày làm việc liền trước ${short(to)}; nghỉ ${list.vi}`,
        en: `${short(from)} is a rest day, so moved back to the working day before, ${short(to)}; rest ${list.en}`,
      };
}

function stayed(days: WorkingDays, { rule, count }: { rule: DeadlineRule; count: Count }): Text | null {
  if (rule.lastRestDay !== 'stays' || count.firstCounted === null || days.isWorking(count.dueDay)) return null;
  const list = restList(days, [count.dueDay]);
  return {
    vi: `ngày cuối là ngày nghỉ ${list.vi}, theo quy chế không chuyển`,
    en: `the last day is a rest day, ${list.en}, and by the rules it does not move`,
  };
}

function swapsWorked(days: WorkingDays, count: Count): Text | null {
  const worked = seen(count).filter((day) => day !== count.start.countsAs && days.rowOf(day)?.kind === 'swappedWorked');
  if (worked.length === 0) return null;
  const list = worked.map((day) => ({ on: short(day), why: days.rowOf(day)?.name ?? weekend }));
  return {
    vi: `kể cả ${list.map(({ on, why }) => `${on} (${why.vi})`).join(', ')}`,
    en: `includes ${list.map(({ on, why }) => `${on} (${why.en})`).join(', ')}`,
  };
}

function noData(days: WorkingDays, count: Count): Text | null {
  const years = new Set(
    seen(count)
      .filter((day) => !days.isCovered(day))
      .map((day) => dayFromNumber(day).slice(0, 4)),
  );
  if (years.size === 0) return null;
  const list = [...years].join(', ');
  return {
    vi: `chưa có lịch nghỉ lễ năm ${list}, mới trừ cuối tuần`,
    en: `no holiday data for ${list}, only weekends are taken out`,
  };
}

function unverified(days: WorkingDays, count: Count): Text | null {
  if (!seen(count).some((day) => days.rowOf(day)?.verified === false)) return null;
  return {
    vi: 'lịch nghỉ đoạn này có ngày chưa đối chiếu văn bản',
    en: 'some holidays in this span are not yet checked against a document',
  };
}

/** "17–18/01, 24–25/01 (cuối tuần), 16–20/02 (Tết Nguyên đán)": one group a reason, in order of first appearance. */
function restList(days: WorkingDays, rest: readonly number[]): Text {
  const groups = new Map<string, { why: Text; days: number[] }>();
  for (const day of rest) {
    const why = days.rowOf(day)?.name ?? weekend;
    const group = groups.get(why.vi) ?? { why, days: [] };
    group.days.push(day);
    groups.set(why.vi, group);
  }
  const said = [...groups.values()].map((group) => ({ why: group.why, spans: spans(group.days) }));
  return {
    vi: said.map(({ why, spans: list }) => `${list} (${why.vi})`).join(', '),
    en: said.map(({ why, spans: list }) => `${list} (${why.en})`).join(', '),
  };
}

function spans(days: readonly number[]): string {
  const runs: { first: number; last: number }[] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run && run.last === day - 1) run.last = day;
    else runs.push({ first: day, last: day });
  }
  return runs.map(spanText).join(', ');
}

function spanText({ first, last }: { first: number; last: number }): string {
  if (first === last) return short(first);
  const [from, to] = [short(first), short(last)];
  return from.slice(2) === to.slice(2) ? `${from.slice(0, 2)}–${to}` : `${from}–${to}`;
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function long(day: number): string {
  return formatDay(dayFromNumber(day));
}

function short(day: number): string {
  return long(day).slice(0, 5);
}
