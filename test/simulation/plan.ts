import { addDays } from '#libs/calendar';
import type { WorkflowEvent } from '#libs/engine';
import { type Delivery, deliveries } from './delivery.js';
import type { Dice } from './dice.js';
import { permitModel } from './permit-ladder.js';

/** See world.ts. */
const officerCount = 3;
const leaderCount = 2;
const peopleCount = 8;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export interface SimulationSettings {
  readonly seed: number;
  readonly cases: number;
  readonly days: number;
}

/** How bad the world of one seed is: the chance of each fault at each point where it can happen. */
export interface Weather {
  /** A worker dies at a point where it waits for something. */
  readonly dies: number;
  /** A transaction is rolled back, or committed with the answer lost, and the worker lives on. */
  readonly databaseFails: number;
  readonly jobLost: number;
  readonly jobTwice: number;
  readonly queueEmptied: number;
  readonly temporary: number;
  readonly permanent: number;
  readonly dropped: number;
  /** A mail hangs until its worker is thought to have vanished, and is answered after all. */
  readonly hangs: number;
  /** An operator sends an uncertain mail again on purpose. */
  readonly resends: number;
}

export const calm: Weather = {
  dies: 0,
  databaseFails: 0,
  jobLost: 0,
  jobTwice: 0,
  queueEmptied: 0,
  temporary: 0,
  permanent: 0,
  dropped: 0,
  hangs: 0,
  resends: 0,
};

export type Happening =
  | { readonly kind: 'start'; readonly caseNumber: number }
  | { readonly kind: 'act'; readonly caseNumber: number; readonly choice: number }
  | { readonly kind: 'workers' | 'queue' | 'mailServer'; readonly isUp: boolean }
  | { readonly kind: 'person'; readonly number: number; readonly isHere: boolean }
  | { readonly kind: 'delivery'; readonly number: number; readonly delivery: Delivery }
  | { readonly kind: 'substitute'; readonly number: number; readonly days: number }
  /** The departure of a case moves, of whose draft a reminder is due and unsaid, to so many days from now. */
  | { readonly kind: 'moveOwed'; readonly inDays: number }
  /** A day off is announced: so many days from now. */
  | { readonly kind: 'holiday'; readonly inDays: number }
  | { readonly kind: 'restart' };

export interface Planned {
  readonly at: number;
  readonly happening: Happening;
}

export interface Plan {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly workers: number;
  readonly weather: Weather;
  readonly timeline: readonly Planned[];
}

/** Starts that bring a Tết, a year's end or a swapped Saturday into the 400 days. */
const starts = ['2023-11-06T01:00:00Z', '2024-08-19T02:30:00Z', '2025-01-02T07:45:00Z', '2025-12-01T00:30:00Z'];

export function planOf(settings: SimulationSettings, dice: Dice): Plan {
  const startsAt = new Date(dice.pick(starts));
  const from = startsAt.getTime();
  const until = from + settings.days * day;
  const timeline: Planned[] = [];
  for (let caseNumber = 0; caseNumber < settings.cases; caseNumber += 1)
    timeline.push(...lifeOf(caseNumber, { from: from + dice.next() * (until - from) * 0.8, until, dice }));
  const outages = { workers: dice.between(1, 3), queue: dice.between(0, 2), mailServer: dice.between(0, 2) };
  for (const kind of ['workers', 'queue', 'mailServer'] as const)
    for (let number = 0; number < outages[kind]; number += 1) timeline.push(...outage(kind, { from, until, dice }));
  for (let number = 0; number < dice.between(1, 4); number += 1) timeline.push(...absence({ from, until, dice }));
  for (let number = 0; number < dice.between(0, 4); number += 1)
    timeline.push({ at: from + dice.next() * (until - from), happening: { kind: 'restart' } });
  timeline.push(...changesOfOrder({ from, until, dice }));
  for (const { at, happening } of [...timeline])
    if (happening.kind === 'workers' && happening.isUp) timeline.push(...busyBefore(at, dice));
  return {
    startsAt,
    endsAt: new Date(until),
    workers: dice.pick([1, 1, 2, 2, 4]),
    weather: weatherOf(dice),
    timeline: timeline.filter(({ at }) => at < until).sort((a, b) => a.at - b.at),
  };
}

interface Span {
  readonly from: number;
  readonly until: number;
  readonly dice: Dice;
}

/** Some cases hurry, some are forgotten until the last step of a ladder has passed. */
function lifeOf(caseNumber: number, { from, until, dice }: Span): Planned[] {
  const life: Planned[] = [{ at: from, happening: { kind: 'start', caseNumber } }];
  let at = from;
  for (let number = dice.between(1, 8); number > 0; number -= 1) {
    at += dice.pick([5 * minute, 3 * hour, day, 2 * day, 4 * day, 9 * day, 25 * day]) * (0.5 + dice.next());
    if (at >= until) break;
    life.push({ at, happening: { kind: 'act', caseNumber, choice: dice.between(0, 1000) } });
  }
  return life;
}

function outage(kind: 'workers' | 'queue' | 'mailServer', { from, until, dice }: Span): Planned[] {
  const at = from + dice.next() * (until - from);
  const lasts = dice.pick([20 * minute, 3 * hour, 30 * hour, 6 * day]) * (kind === 'mailServer' ? 0.1 : 1);
  return [
    { at, happening: { kind, isUp: false } },
    { at: at + lasts, happening: { kind, isUp: true } },
  ];
}

/** Life goes on while the workers are away: what was due meanwhile is still owed when a departure moves, or a day off is announced. */
function busyBefore(until: number, dice: Dice): Planned[] {
  const moves = [1, 2, 3].map((minutes): Planned => {
    return { at: until - minutes * minute, happening: { kind: 'moveOwed', inDays: dice.between(8, 18) } };
  });
  const dayOff: Planned = { at: until - 4 * minute, happening: { kind: 'holiday', inDays: dice.between(1, 3) } };
  return dice.chance(0.7) ? [dayOff, ...moves] : moves;
}

function absence({ from, until, dice }: Span): Planned[] {
  const at = from + dice.next() * (until - from);
  const number = dice.between(0, officerCount - 1);
  return [
    { at, happening: { kind: 'person', number, isHere: false } },
    { at: at + dice.between(1, 20) * day, happening: { kind: 'person', number, isHere: true } },
  ];
}

/** How people want their mail, who stands in for whom, and days off nobody knew of. */
function changesOfOrder({ from, until, dice }: Span): Planned[] {
  const sometime = () => from + dice.next() * (until - from);
  const planned: Planned[] = [];
  for (let number = 0; number < peopleCount; number += 1) {
    const delivery = dice.pick(deliveries);
    planned.push({ at: from, happening: { kind: 'delivery', number, delivery } });
  }
  for (let times = dice.between(0, 3); times > 0; times -= 1) {
    const number = dice.between(0, peopleCount - 1);
    planned.push({ at: sometime(), happening: { kind: 'delivery', number, delivery: dice.pick(deliveries) } });
  }
  for (let times = dice.between(0, 4); times > 0; times -= 1) {
    const number = dice.between(0, leaderCount - 1);
    planned.push({ at: sometime(), happening: { kind: 'substitute', number, days: dice.between(0, 30) } });
  }
  for (let times = dice.between(0, 3); times > 0; times -= 1)
    planned.push({ at: sometime(), happening: { kind: 'holiday', inDays: dice.between(1, 12) } });
  return planned;
}

/** A seed has a few kinds of trouble, not all: two rare faults that need each other are then likely in some seeds. */
function weatherOf(dice: Dice): Weather {
  const some = (probability: number) => (dice.chance(0.4) ? probability : 0);
  return {
    dies: some(0.01),
    databaseFails: some(0.005),
    jobLost: some(0.005),
    jobTwice: some(0.1),
    queueEmptied: some(0.005),
    temporary: some(0.2),
    permanent: some(0.1),
    dropped: some(0.1),
    hangs: some(0.05),
    resends: some(0.3),
  };
}

/** What a person may do on that day with a case in that state, or null when it has ended. */
export function actionIn(state: string, { choice, today }: { choice: number; today: string }): WorkflowEvent | null {
  const types = Object.keys(permitModel[state]?.on ?? {});
  const type = types[choice % Math.max(types.length, 1)];
  if (type === undefined) return null;
  return type === 'MOVE_DEPARTURE' ? { type, day: addDays(today, 10 + (choice % 60)) } : { type };
}

/** Soon or in some months: a few are over before the case comes that far. */
export function departureOf(caseNumber: number, today: string): string {
  return addDays(today, 15 + ((caseNumber * 37) % 90));
}
