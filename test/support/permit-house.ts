import { randomUUID } from 'node:crypto';
import { type BusinessCalendar, createBusinessCalendar, createManualClock, vietnamHolidays } from '#libs/calendar';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { type Applied, type ApplyCommand, type Outcome, Runtime } from '#libs/runtime';
import { createTestDatabase, type TestDatabase } from './database.js';
import { type PermitInput, permitDefinition } from './permit-definition.js';

/** A database, a clock that stands still and the runtime on the permit machine: what most runtime specs begin with. */
export interface PermitHouse {
  readonly database: TestDatabase;
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly calendar: BusinessCalendar;
  readonly clock: ReturnType<typeof createManualClock>;
  readonly person: string;
  startPermit(input?: Partial<PermitInput>): Promise<string>;
  /** Lock and apply in one transaction, as a use case does. */
  apply(instanceId: string, command: Omit<ApplyCommand, 'principal'>): Promise<Outcome>;
  /** Several events of the types given, each accepted or the call fails. */
  play(instanceId: string, types: readonly string[]): Promise<Applied>;
  rows<Row>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** A Monday, 09:00 in Viet Nam. */
export const monday = new Date('2026-03-02T02:00:00.000Z');

export async function openPermitHouse({ poolSize = 10 }: { poolSize?: number } = {}): Promise<PermitHouse> {
  const database = await createTestDatabase({ poolSize });
  const clock = createManualClock(monday);
  const calendar = createBusinessCalendar(vietnamHolidays);
  const definitions = [permitDefinition({ withReminders: true })];
  const runtime = new Runtime({ clock, definitions, calendarFor: () => calendar });
  const unitOfWork = createUnitOfWork(database.dataSource);
  const person = randomUUID();
  const provinceId = randomUUID();
  const organisationId = randomUUID();

  const apply: PermitHouse['apply'] = (instanceId, command) =>
    unitOfWork.run(async (tx) => {
      const locked = await runtime.lock(tx, { instanceId });
      return runtime.apply(tx, locked, { ...command, principal: { personId: person } });
    });

  return {
    database,
    unitOfWork,
    runtime,
    calendar,
    clock,
    person,
    apply,
    async startPermit(input = {}) {
      const instanceId = randomUUID();
      const officer = { role: 'officer', organisationId };
      const start = {
        instanceId,
        definitionId: 'permit',
        provinceId,
        caseCode: instanceId.slice(0, 13),
        input: { officer, leader: { personId: person }, ...input },
        principal: { personId: person },
      };
      await unitOfWork.run((tx) => runtime.start(tx, start));
      return instanceId;
    },
    async play(instanceId, types) {
      let last: Outcome | undefined;
      for (const type of types) {
        last = await apply(instanceId, { event: { type } });
        if (last.kind !== 'applied') throw new Error(`${type} was refused: ${last.refusal.text.en}`);
      }
      if (last?.kind !== 'applied') throw new Error('play needs at least one event.');
      return last;
    },
    rows: (sql, values = []) => database.dataSource.query(sql, [...values]),
  };
}
