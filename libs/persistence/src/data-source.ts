import { DataSource, type DataSourceOptions } from 'typeorm';

export interface DataSourceSettings {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  readonly entities: NonNullable<DataSourceOptions['entities']>;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  /** Connections of this process, 1..100. A decision holds one for its whole transaction. */
  readonly poolSize?: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName?: string;
}

/**
 * Not connected yet: call `initialize()`. The isolation level is set once for the connection, so that opening a
 * transaction costs one round trip and not two. The page cost is that of a disk without moving parts: a prepared statement
 * planned while its tables were new must use their indexes too. The memory of a sort keeps a year's report off the disk.
 */
export function createDataSource(settings: DataSourceSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url: settings.url,
    entities: settings.entities,
    migrations: settings.migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    poolSize: settings.poolSize ?? 10,
    applicationName: settings.applicationName ?? 'thong-hanh',
    extra: {
      // A statement leaves without waiting for the answer to the one before it; see createUnitOfWork.
      pipeline: true,
      options:
        '-c default_transaction_isolation=read\\ committed -c timezone=UTC -c random_page_cost=1.1 -c work_mem=32MB',
    },
  });
}
