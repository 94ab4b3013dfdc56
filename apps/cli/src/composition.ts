import type { DataSource } from 'typeorm';
import {
  type BusinessCalendar,
  type Clock,
  createBusinessCalendar,
  systemClock,
  vietnamHolidays,
} from '#libs/calendar';
import { type AppConfig, loadOperatorConfig } from '#libs/config';
import { createUnitOfWork, type Tx, type UnitOfWork } from '#libs/persistence';
import { tuyenQuangDemoProfile } from '#libs/policy';
import { Runtime } from '#libs/runtime';
import { createAppDataSource } from '#migrations/data-source.js';

export type { Tx, UnitOfWork };

/** Everything a command may use; the only file of this app that sees the runtime and the database. */
export interface House {
  readonly config: AppConfig;
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly demoProfileId: string;
  /** Applies what is missing, once even when several processes start together. Returns the names applied. */
  migrate(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Throws ConfigError and SystemNotRunningError. Close it. */
export async function openHouse(): Promise<House> {
  const config = loadOperatorConfig();
  const dataSource = await createAppDataSource({
    url: config.databaseUrl,
    poolSize: 4,
    applicationName: 'thong-hanh-cli',
  }).initialize();
  const clock = systemClock;
  const calendar: BusinessCalendar = createBusinessCalendar(vietnamHolidays);
  return {
    config,
    clock,
    unitOfWork: createUnitOfWork(dataSource),
    runtime: new Runtime({ clock, definitions: [], calendarFor: () => calendar }),
    demoProfileId: tuyenQuangDemoProfile.id,
    migrate: () => migrate(dataSource),
    close: () => dataSource.destroy(),
  };
}

/** Any number of our own; every process that migrates waits on it. */
const migrationLock = 763_700_000;

async function migrate(dataSource: DataSource): Promise<readonly string[]> {
  const holder = dataSource.createQueryRunner();
  try {
    await holder.query('select pg_advisory_lock($1)', [migrationLock]);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  } finally {
    await holder.query('select pg_advisory_unlock($1)', [migrationLock]);
    await holder.release();
  }
}
