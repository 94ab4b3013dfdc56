import { randomUUID } from 'node:crypto';
import {
  type BusinessCalendar,
  type Clock,
  createBusinessCalendar,
  systemClock,
  vietnamHolidays,
} from '#libs/calendar';
import { type Tx, type UnitOfWork } from '#libs/persistence';
import { Runtime } from '#libs/runtime';
import { permitDefinition } from '#test/support/permit-definition.js';

/** Five decisions a case from outside; each state has one task and one durable deadline. */
export const decisionsOfCase = ['SUBMIT', 'FORWARD', 'APPROVE', 'ISSUE', 'CLOSE'] as const;

/** Share of events sent that the present state does not take. */
export const misfitShare = 0.05;

export interface Case {
  readonly instanceId: string;
  readonly principalId: string;
}

/** One way of taking a decision. True: accepted and committed. False: refused, logged and committed. */
export interface Contender {
  readonly name: string;
  decide(one: Case, event: { type: string; step: number }): Promise<boolean>;
}

export interface BenchHouse {
  readonly runtime: Runtime;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly calendar: BusinessCalendar;
}

export function createBenchHouse(unitOfWork: UnitOfWork): BenchHouse {
  const calendar = createBusinessCalendar(vietnamHolidays);
  const definitions = [permitDefinition({ withReminders: false })];
  const runtime = new Runtime({ clock: systemClock, definitions, calendarFor: () => calendar });
  return { runtime, unitOfWork, clock: systemClock, calendar };
}

/** Started before the clock runs: both contenders decide on cases that lie there in the same way. */
export async function startCases(house: BenchHouse, count: number): Promise<Case[]> {
  const cases: Case[] = [];
  const provinceId = randomUUID();
  const organisationId = randomUUID();
  const startOne = async (tx: Tx): Promise<void> => {
    const instanceId = randomUUID();
    const principalId = randomUUID();
    const input = { officer: { role: 'officer', organisationId }, leader: { personId: principalId } };
    await house.runtime.start(tx, {
      instanceId,
      definitionId: 'permit',
      provinceId,
      caseCode: instanceId,
      input,
      principal: { personId: principalId },
    });
    cases.push({ instanceId, principalId });
  };
  for (let done = 0; done < count; done += 100) {
    await house.unitOfWork.run(async (tx) => {
      for (let n = done; n < Math.min(done + 100, count); n += 1) await startOne(tx);
    });
  }
  return cases;
}

export interface Round {
  readonly accepted: number;
  readonly refused: number;
  readonly seconds: number;
  /** Milliseconds of each accepted decision. */
  readonly latencies: readonly number[];
}

/** `clients` clients take cases from the pile and drive each to its end. */
export async function runRound(contender: Contender, cases: readonly Case[], clients: number): Promise<Round> {
  const pile = [...cases];
  const latencies: number[] = [];
  let refused = 0;
  let sent = 0;
  const client = async (): Promise<void> => {
    for (let one = pile.pop(); one; one = pile.pop()) {
      for (const [step, type] of decisionsOfCase.entries()) {
        sent += 1;
        // Every twentieth event is a misfit: the same number in every round.
        if (sent % Math.round(1 / misfitShare) === 0) {
          if (await contender.decide(one, { type: 'MISFIT', step })) throw new Error('A misfit was accepted.');
          refused += 1;
        }
        const began = performance.now();
        if (!(await contender.decide(one, { type, step }))) throw new Error(`${contender.name} refused ${type}.`);
        latencies.push(performance.now() - began);
      }
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  return { accepted: latencies.length, refused, seconds: (performance.now() - began) / 1000, latencies };
}
