import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { runPrepared } from './prepared.js';
import type { Tx } from './unit-of-work.js';

export interface DumpedTable {
  readonly name: string;
  readonly rows: number;
  /** Of the compressed file, hex. */
  readonly sha256: string;
}

const fetchRows = 2000;
const insertRows = 500;
const plainName = /^[a-z_][a-z0-9_]*$/;

/**
 * Writes every table into `directory` as one JSON line a row, as the server prints it, so that nothing is rounded on the way. Call it in a
 * transaction of isolation REPEATABLE READ: all tables then show the same instant while the system works on.
 */
export async function dumpTables(tx: Tx, directory: string): Promise<DumpedTable[]> {
  await mkdir(directory, { recursive: true });
  const dumped: DumpedTable[] = [];
  for (const name of await tablesOf(tx)) {
    const hash = createHash('sha256');
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const counted = { rows: 0 };
    const file = createWriteStream(fileOf(directory, name), { flush: true, mode: 0o600 });
    await pipeline(Readable.from(linesOf(tx, name, counted)), createGzip(), measure, file);
    dumped.push({ name, rows: counted.rows, sha256: hash.digest('hex') });
  }
  return dumped;
}

async function* linesOf(tx: Tx, name: string, counted: { rows: number }): AsyncGenerator<string> {
  await tx.query(`declare dump_of_table no scroll cursor for select row_to_json(t)::text as line from ${name} t`);
  for (;;) {
    const rows: { line: string }[] = await tx.query(`fetch ${fetchRows} from dump_of_table`);
    if (rows.length === 0) break;
    counted.rows += rows.length;
    yield `${rows.map((row) => row.line).join('\n')}\n`;
  }
  await tx.query('close dump_of_table');
}

/**
 * Fills the tables of a migrated database with no data of its own. Foreign keys are taken off meanwhile and checked when they come back.
 * Throws when a file is not what `tables` says; the transaction then leaves everything as it was.
 */
export async function loadTables(
  tx: Tx,
  { directory, tables }: { directory: string; tables: readonly DumpedTable[] },
): Promise<void> {
  const known = await tablesOf(tx);
  const keys: { table: string; name: string; definition: string }[] = await tx.query(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  for (const key of keys) await tx.query(`alter table ${key.table} drop constraint ${key.name}`);
  for (const table of tables) {
    if (!known.includes(table.name)) throw new Error(`The backup has a table ${table.name} that this version lacks.`);
    await loadTable(tx, { directory, table });
  }
  for (const key of keys) await tx.query(`alter table ${key.table} add constraint ${key.name} ${key.definition}`);
}

async function loadTable(tx: Tx, { directory, table }: { directory: string; table: DumpedTable }): Promise<void> {
  const { name } = table;
  const columns: { column: string }[] = await tx.query(
    `select quote_ident(column_name) as column from information_schema.columns
      where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER' order by ordinal_position`,
    [name],
  );
  const list = columns.map(({ column }) => column).join(', ');
  // What a migration put there comes with the backup.
  await tx.query(`delete from ${name}`);
  const insert = {
    name: `persistence_load_${name}`,
    text: `insert into ${name} (${list}) overriding system value
      select ${list} from jsonb_populate_recordset(null::${name}, $1::jsonb)`,
  };
  const hash = createHash('sha256');
  const source = createReadStream(fileOf(directory, name));
  source.on('data', (chunk) => hash.update(chunk));
  let batch: string[] = [];
  let rows = 0;
  for await (const line of createInterface({
    input: source.pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    rows += 1;
    if (batch.push(line) < insertRows) continue;
    await runPrepared(tx, insert, [`[${batch.join(',')}]`]);
    batch = [];
  }
  if (batch.length > 0) await runPrepared(tx, insert, [`[${batch.join(',')}]`]);
  if (rows !== table.rows || hash.digest('hex') !== table.sha256)
    throw new Error(`The file of the table ${name} is not what the backup says: ${rows} rows of ${table.rows}.`);
}

/** Ours, without the list of migrations: the queue keeps its tables in a schema of its own and needs no backup. */
async function tablesOf(tx: Tx): Promise<string[]> {
  const rows: { name: string }[] = await tx.query(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'schema_migrations' order by 1`,
  );
  return rows.map((row) => row.name).filter((name) => plainName.test(name));
}

function fileOf(directory: string, name: string): string {
  return path.join(directory, `${name}.jsonl.gz`);
}
