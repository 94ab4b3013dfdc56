import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { AppError } from '#contracts/errors.js';
import type { BackupHouse, Tx } from './composition.js';

const manifestSchema = z.object({
  format: z.literal('thong-hanh-backup-1'),
  madeAt: z.string(),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: z.string(), rows: z.int(), sha256: z.string() })),
  /** Stored files by their hash, which is their name. */
  files: z.array(z.string()),
});
type Manifest = z.output<typeof manifestSchema>;

/**
 * Tables as of one instant, then every stored file and every copy of a checkpoint, while the system works on: files are only ever added,
 * so each one a row names is there. The folder appears under its name when it is whole. The keys are not in it: keep them elsewhere.
 */
export async function createBackup(house: BackupHouse, target: string): Promise<Manifest> {
  const draft = `${target}.unfinished`;
  await mkdir(path.dirname(target), { recursive: true });
  await mkdir(draft);
  const { tables, migrations } = await house.unitOfWork.run(async (tx) => {
    await tx.query('set transaction isolation level repeatable read read only');
    return { migrations: await migrationsOf(tx), tables: await house.dumpTables(tx, path.join(draft, 'tables')) };
  });
  const files: string[] = [];
  for await (const sha256 of house.files.names()) {
    const { stream } = await house.files.open(sha256);
    await writeChecked(stream, fileIn(path.join(draft, 'files'), sha256));
    files.push(sha256);
  }
  await copyAll(house.auditDir, path.join(draft, 'audit'));
  const madeAt = house.now().toISOString();
  const manifest: Manifest = { format: 'thong-hanh-backup-1', madeAt, migrations, tables, files };
  await writeFile(path.join(draft, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 });
  await rename(draft, target);
  return manifest;
}

/**
 * Into an empty database, all or nothing. Files that are there already are left, since equal names mean equal content. Throws
 * VALIDATION_FAILED for a folder that is no backup or one of another version, DUPLICATE when the database has data.
 */
export async function restoreBackup(house: BackupHouse, source: string): Promise<Manifest> {
  const manifest = await readManifest(source);
  await house.migrate();
  await house.unitOfWork.run(async (tx) => {
    const [{ used } = { used: true }]: { used: boolean }[] = await tx.query(
      'select exists (select from provinces) or exists (select from instances) or exists (select from people) as used',
    );
    if (used) throw new AppError('DUPLICATE', { text: notEmpty });
    const present = await migrationsOf(tx);
    if (present.join() !== manifest.migrations.join()) throw new AppError('VALIDATION_FAILED', { text: otherVersion });
    await house.loadTables(tx, { directory: path.join(source, 'tables'), tables: manifest.tables });
  });
  for (const sha256 of manifest.files)
    if (!(await house.files.has(sha256)))
      await house.files.restore(sha256, createReadStream(fileIn(path.join(source, 'files'), sha256)));
  await copyAll(path.join(source, 'audit'), house.auditDir);
  return manifest;
}

async function readManifest(source: string): Promise<Manifest> {
  const text = await readFile(path.join(source, 'manifest.json'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new AppError('VALIDATION_FAILED', { text: noBackup }, { cause: error });
    throw error;
  });
  return manifestSchema.parse(JSON.parse(text));
}

async function migrationsOf(tx: Tx): Promise<string[]> {
  const rows: { name: string }[] = await tx.query('select name from schema_migrations order by timestamp, id');
  return rows.map((row) => row.name);
}

/** Throws when the bytes are not what the name says. */
async function writeChecked(source: Readable, to: string): Promise<void> {
  await mkdir(path.dirname(to), { recursive: true });
  const hash = createHash('sha256');
  const counted = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  await pipeline(source, counted, createWriteStream(`${to}.draft`, { flush: true, mode: 0o600 }));
  if (hash.digest('hex') !== path.basename(to)) throw new Error(`The stored file ${path.basename(to)} is damaged.`);
  await rename(`${to}.draft`, to);
}

async function copyAll(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const name of await readdir(from).catch(absent)) await copyFile(path.join(from, name), path.join(to, name));
}

function absent(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

const fileIn = (directory: string, sha256: string): string => path.join(directory, sha256.slice(0, 2), sha256);

const noBackup = { vi: 'Thư mục này không phải bản sao lưu.', en: 'This folder is no backup.' };
const notEmpty = {
  vi: 'Cơ sở dữ liệu đã có dữ liệu; chỉ khôi phục vào cơ sở dữ liệu trống.',
  en: 'The database has data; a backup is restored into an empty one only.',
};
const otherVersion = {
  vi: 'Bản sao lưu thuộc phiên bản khác. Khôi phục bằng đúng phiên bản đã sao lưu, rồi nâng cấp.',
  en: 'The backup is of another version. Restore it with the version that made it, then upgrade.',
};
