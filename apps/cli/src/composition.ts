import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import { type Clock, systemClock, vietnamHolidays } from '#libs/calendar';
import { type AppConfig, loadOperatorConfig } from '#libs/config';
import { type CalendarDependencies, type ExportDependencies, hasTripOnPlanItem } from '#libs/delegation';
import { mintAccountLink } from '#libs/organisation';
import {
  createPreparedReader,
  createUnitOfWork,
  type DumpedTable,
  dumpTables,
  loadTables,
  type Tx,
  type UnitOfWork,
} from '#libs/persistence';
import { PlanService } from '#libs/plan';
import { shippedProfiles } from '#libs/policy';
import { type KeyAge, keyAges, type RetentionHouse, type Rotation, rotateKeys } from '#libs/privacy';
import { CalendarBook, ProfileBook } from '#libs/regulation';
import {
  addPersonalMessage,
  type ChainReport,
  type CheckpointReport,
  copyCheckpoints,
  createSigner,
  Runtime,
  readDatabaseClock,
  recordAudit,
  type Signer,
  sealCheckpoint,
  verifyCheckpoints,
} from '#libs/runtime';
import { type FileStore, openStore } from '#libs/storage';
import { createAppDataSource } from '#migrations/data-source.js';
import { workflowDefinitions } from '#workflows/definitions.js';

export type { Tx, UnitOfWork };

/** What a backup is made of and goes back to; given by the composition root. */
export interface BackupHouse {
  readonly unitOfWork: UnitOfWork;
  readonly files: Pick<FileStore, 'names' | 'open' | 'has' | 'restore'>;
  readonly auditDir: string;
  readonly now: () => Date;
  migrate(): Promise<readonly string[]>;
  dumpTables(tx: Tx, directory: string): Promise<DumpedTable[]>;
  loadTables(tx: Tx, given: { directory: string; tables: readonly DumpedTable[] }): Promise<void>;
}

/** `provider`: everybody signs in there, and nobody has a password here. */
export type Invitation = { readonly invited: 'mail' | 'provider' } | { readonly invited: 'link'; readonly url: string };

/** Everything a command may use; the only file of this app that sees the runtime and the database. */
export interface House {
  readonly config: AppConfig;
  readonly clock: Clock;
  readonly unitOfWork: UnitOfWork;
  readonly runtime: Runtime;
  readonly calendar: CalendarDependencies;
  readonly plans: PlanService;
  /** The real plan of Tuyên Quang the demo province starts with. */
  readonly demo: { readonly planFiles: readonly string[] };
  /** Applies what is missing, once even when several processes start together. Returns the names applied. */
  migrate(): Promise<readonly string[]>;
  /** Lets somebody new set their own password: by a mail, or by a link to hand over. On record. */
  invite(tx: Tx, given: { provinceId: string; personId: string; byMail: boolean }): Promise<Invitation>;
  readonly exports: ExportDependencies;
  /** Passport numbers and the like, and how long what is kept. */
  readonly privacy: RetentionHouse & { rotateKeys(): Promise<Rotation>; keyAges(): Promise<readonly KeyAge[]> };
  readonly backups: BackupHouse;
  /** Both in one picture of the database, while decisions go on. */
  verifyAudit(given: {
    directory: string;
    keyIds?: readonly string[];
  }): Promise<{ chains: ChainReport; checkpoints: CheckpointReport }>;
  /** Throws UNAVAILABLE without AUDIT_SIGNING_KEY. */
  sealAudit(): Promise<{ leaves: number; copied: number; keyId: string }>;
  close(): Promise<void>;
}

/** Throws ConfigError and SystemNotRunningError. Close it. */
export async function openHouse(config: AppConfig = loadOperatorConfig()): Promise<House> {
  const dataSource = await createAppDataSource({
    url: config.databaseUrl,
    poolSize: 4,
    applicationName: 'thong-hanh-cli',
  }).initialize();
  const clock = await openClock(config, dataSource);
  const unitOfWork = createUnitOfWork(dataSource);
  const reader = createPreparedReader(dataSource);
  const calendars = new CalendarBook(vietnamHolidays);
  await calendars.refresh(reader).catch((error: { code?: unknown }) => {
    // A role made a moment ago reads nothing before `system prepare` has given it what it needs.
    if (error.code !== notGranted || config.migrationDatabaseUrl === config.databaseUrl) throw error;
  });
  const { calendarFor } = calendars;
  const runtime = new Runtime({ clock, definitions: workflowDefinitions, calendarFor });
  const signer = config.audit.signingKey && createSigner(config.audit.signingKey);
  const store = openStore(config);
  return {
    config,
    clock,
    unitOfWork,
    runtime,
    calendar: { unitOfWork, reader, clock, runtime, calendars },
    invite: (tx, given) => invite(tx, { ...given, config, clock }),
    exports: { unitOfWork, clock, store, signer },
    privacy: {
      ...{ unitOfWork, clock },
      rotateKeys: () => rotateKeys({ unitOfWork, keys: config.dataKeys, now: () => clock.now() }),
      keyAges: () => {
        const given = { keys: config.dataKeys, signingKeyId: signer?.keyId ?? null, now: clock.now() };
        return unitOfWork.run((tx) => keyAges(tx, given));
      },
    },
    backups: {
      ...{ unitOfWork, dumpTables, loadTables },
      files: store,
      auditDir: config.audit.directory,
      now: () => clock.now(),
      migrate: () => migrateBy(config, dataSource),
    },
    verifyAudit: (given) => verifyAudit({ unitOfWork, runtime, ...given }),
    sealAudit: () => sealAudit({ unitOfWork, clock, signer, directory: config.audit.directory }),
    plans: new PlanService({
      ...{ unitOfWork, clock, runtime, calendarFor },
      profiles: new ProfileBook(shippedProfiles),
      hasTrip: hasTripOnPlanItem,
    }),
    demo: { planFiles: [fileURLToPath(new URL(demoPlan, import.meta.url))] },
    migrate: () => migrateBy(config, dataSource),
    close: () => dataSource.destroy(),
  };
}

async function invite(
  tx: Tx,
  given: { config: AppConfig; clock: Clock; provinceId: string; personId: string; byMail: boolean },
): Promise<Invitation> {
  const { config, clock, provinceId, personId, byMail } = given;
  if (!config.localSignIn) return { invited: 'provider' };
  const note = { kind: 'administration', action: 'accountLink.invitation', provinceId, subjectId: personId } as const;
  // Links live by the time of browsers, mails go out by that of the province.
  await recordAudit(tx, { ...note, at: systemClock.now(), details: { byOperator: true, byMail } });
  if (!byMail) {
    const token = await mintAccountLink(tx, { personId, at: systemClock.now() });
    return { invited: 'link', url: `${config.publicUrl}/account#${token}` };
  }
  await addPersonalMessage(tx, { provinceId, personId, template: 'accountInvitation', at: clock.now() });
  return { invited: 'mail' };
}

function verifyAudit(given: {
  unitOfWork: UnitOfWork;
  runtime: Runtime;
  directory: string;
  keyIds?: readonly string[];
}): Promise<{ chains: ChainReport; checkpoints: CheckpointReport }> {
  const { unitOfWork, runtime, ...rest } = given;
  return unitOfWork.run(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only');
    return { chains: await runtime.verifyChains(tx), checkpoints: await verifyCheckpoints(tx, rest) };
  });
}

async function sealAudit(given: {
  unitOfWork: UnitOfWork;
  clock: Clock;
  signer: Signer | undefined;
  directory: string;
}): Promise<{ leaves: number; copied: number; keyId: string }> {
  const { unitOfWork, signer, directory } = given;
  if (signer === undefined)
    throw new AppError('UNAVAILABLE', {
      text: { vi: 'Chưa đặt AUDIT_SIGNING_KEY.', en: 'AUDIT_SIGNING_KEY is not set.' },
    });
  let leaves = 0;
  for (let more = true; more; ) {
    const sealed = await unitOfWork.run((tx) => sealCheckpoint(tx, { at: given.clock.now(), signer }));
    leaves += sealed.leaves;
    more = sealed.more;
  }
  const copied = await unitOfWork.run((tx) => copyCheckpoints(tx, directory));
  return { leaves, copied, keyId: signer.keyId };
}

/** The same place from the sources and from the build, which copies what lies beside the sources. */
const demoPlan = '../../../libs/plan/plans/tuyen-quang-2023-doan-ra.xlsx';

/** What the hands show; the command line never moves them, and makes no clock where the system has none yet. */
async function openClock(config: AppConfig, dataSource: DataSource): Promise<Clock> {
  if (config.clock === 'system') return systemClock;
  return (await readDatabaseClock(dataSource, { runs: config.clock === 'trial' })) ?? systemClock;
}

/** insufficient_privilege of PostgreSQL. */
const notGranted = '42501';

/** With the role that owns the schema, where there is one of its own; the service's role then gets what it needs of what is new. */
async function migrateBy(config: AppConfig, service: DataSource): Promise<readonly string[]> {
  if (config.migrationDatabaseUrl === config.databaseUrl) return migrate(service);
  const [row]: { role: string }[] = await service.query('select quote_ident(current_user) as role');
  const settings = { url: config.migrationDatabaseUrl, poolSize: 2, applicationName: 'thong-hanh-migrate' };
  const owner = await createAppDataSource(settings).initialize();
  try {
    const applied = await migrate(owner);
    for (const grant of serviceGrants) await owner.query(grant.replace('ROLE', row!.role));
    return applied;
  } finally {
    await owner.destroy();
  }
}

/** Rows, and no more: no table is dropped, altered or emptied by the service, no trigger is switched off, no record of the audit changed. */
const serviceGrants = [
  'grant usage on schema public to ROLE',
  'grant select, insert, update, delete on all tables in schema public to ROLE',
  'grant usage, select on all sequences in schema public to ROLE',
  'revoke insert, update, delete on schema_migrations from ROLE',
  'revoke update, delete on events, refusals, audit_records from ROLE',
  'grant update (checkpoint_number) on refusals, audit_records to ROLE',
  'grant update (private, private_salt) on events to ROLE',
];

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
