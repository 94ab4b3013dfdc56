import { type SealingKey, seal, unseal } from '#libs/organisation';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { passportIndex } from './passport-index.js';
import { noKeys } from './stored-papers.js';

/** Every column that holds something sealed. A new one belongs into this list, or its key can never be taken away. */
export const sealedColumns = [
  { table: 'second_factors', column: 'sealed_secret', owner: `person_id::text` },
  {
    table: 'identity_papers',
    column: 'sealed_passport_number',
    owner: `instance_id || '/' || member_key || '/passportNumber'`,
  },
  { table: 'identity_papers', column: 'sealed_birth_date', owner: `instance_id || '/' || member_key || '/birthDate'` },
] as const;
type SealedColumn = (typeof sealedColumns)[number];

/** The version of the algorithm stands in front of what is sealed, then the id of its key after its length. */
const keyIdOf = (column: string) => `convert_from(substr(${column}, 3, get_byte(${column}, 1)), 'UTF8')`;

export interface Rotation {
  /** What is sealed with the first key now, and was not before. */
  readonly resealed: number;
  /** Key ids that still open something: only these must stay in DATA_KEYS. */
  readonly inUse: readonly string[];
  readonly firstKey: string;
}

const batch = 500;

/**
 * Seals with the first of DATA_KEYS whatever another one sealed, batch by batch, while the system runs: readers open both. May be cut off and
 * started again. Throws UNAVAILABLE without keys, and a fault when a key is missing.
 */
export async function rotateKeys(given: {
  readonly unitOfWork: UnitOfWork;
  readonly keys: readonly SealingKey[];
  readonly now: () => Date;
}): Promise<Rotation> {
  const { unitOfWork, keys } = given;
  const [first] = keys;
  if (first === undefined) throw noKeys();
  let resealed = 0;
  for (const column of sealedColumns)
    for (let done = batch; done === batch; ) {
      done = await unitOfWork.run((tx) => resealBatch(tx, { column, keys, first }));
      resealed += done;
    }
  const inUse = await unitOfWork.run((tx) => keysInUse(tx));
  await unitOfWork.run((tx) =>
    recordAudit(tx, {
      ...{ kind: 'administration', action: 'dataKeys.rotated', at: given.now() },
      details: { resealed, firstKey: first.id, inUse },
    }),
  );
  return { resealed, inUse, firstKey: first.id };
}

/** Ids of the keys that something is sealed with, in order. */
export async function keysInUse(tx: Tx): Promise<string[]> {
  const parts = sealedColumns.map(
    ({ table, column }) => `select ${keyIdOf(column)} as id from ${table} where ${column} is not null`,
  );
  const rows: { id: string }[] = await tx.query(`select distinct id from (${parts.join(' union all ')}) k order by id`);
  return rows.map((row) => row.id);
}

async function resealBatch(
  tx: Tx,
  given: { column: SealedColumn; keys: readonly SealingKey[]; first: SealingKey },
): Promise<number> {
  const { table, column, owner } = given.column;
  const rows: { place: string; owner: string; sealed: Buffer }[] = await tx.query(
    `select ctid::text as place, ${owner} as owner, ${column} as sealed from ${table}
     where ${column} is not null and ${keyIdOf(column)} <> $1 limit ${batch} for update`,
    [given.first.id],
  );
  for (const row of rows) {
    const text = unseal(given.keys, { sealed: row.sealed, belongsTo: row.owner });
    const values = [row.place, seal(given.keys, { text, belongsTo: row.owner })];
    // Locked above, so the row stays where it is until this transaction moves it.
    if (column === 'sealed_passport_number')
      await tx.query(`update ${table} set ${column} = $2, passport_index = $3 where ctid = $1::tid`, [
        ...values,
        passportIndex(given.keys, text),
      ]);
    else await tx.query(`update ${table} set ${column} = $2 where ctid = $1::tid`, values);
  }
  return rows.length;
}
