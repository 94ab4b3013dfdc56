import { AppError } from '#contracts/errors.js';
import type { IdentityPapersPatch, ShownPapers } from '#contracts/identity-papers.js';
import { type SealingKey, seal, searchKey, unseal } from '#libs/organisation';
import { runPrepared, type Tx } from '#libs/persistence';
import { passportIndex } from './passport-index.js';

export interface StoredPapers {
  readonly instanceId: string;
  readonly memberKey: string;
  readonly sealedPassportNumber: Buffer | null;
  readonly sealedBirthDate: Buffer | null;
  readonly passportExpiresOn: string | null;
  readonly updatedAt: Date;
}

/** What the seal is bound to: a value copied to another member, case or field opens nothing. */
export const sealOwner = (row: Pick<StoredPapers, 'instanceId' | 'memberKey'>, field: 'passportNumber' | 'birthDate') =>
  `${row.instanceId}/${row.memberKey}/${field}`;

export function memberKeyOf(member: { readonly personId: string | null; readonly fullName: string }): string {
  return member.personId === null ? `name:${searchKey(member.fullName)}` : `person:${member.personId}`;
}

export const paperColumns = `i.instance_id as "instanceId", i.member_key as "memberKey",
    i.sealed_passport_number as "sealedPassportNumber", i.sealed_birth_date as "sealedBirthDate",
    i.passport_expires_on::text as "passportExpiresOn", i.updated_at as "updatedAt"`;

const selectOfCase = {
  name: 'privacy_papers_of_case',
  text: `select ${paperColumns} from identity_papers i where i.instance_id = $1`,
};

export async function papersOfCase(tx: Tx, caseId: string): Promise<ReadonlyMap<string, StoredPapers>> {
  const rows = await runPrepared<StoredPapers>(tx, selectOfCase, [caseId]);
  return new Map(rows.map((row) => [row.memberKey, row]));
}

/** Throws when a key is missing or the row was tampered with. */
export function openPapers(
  keys: readonly SealingKey[],
  row: StoredPapers | undefined,
): Omit<ShownPapers, 'position' | 'fullName'> {
  const open = (field: 'passportNumber' | 'birthDate', sealed: Buffer | null | undefined) =>
    row && sealed ? unseal(keys, { sealed, belongsTo: sealOwner(row, field) }) : null;
  return {
    passportNumber: open('passportNumber', row?.sealedPassportNumber),
    birthDate: open('birthDate', row?.sealedBirthDate),
    passportExpiresOn: row?.passportExpiresOn ?? null,
  };
}

const upsert = {
  name: 'privacy_write_papers',
  text: `insert into identity_papers (instance_id, member_key, province_id, sealed_passport_number, passport_index,
      sealed_birth_date, passport_expires_on, updated_by_id, updated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (instance_id, member_key) do update set
      sealed_passport_number = case when $10::boolean then excluded.sealed_passport_number
        else identity_papers.sealed_passport_number end,
      passport_index = case when $10::boolean then excluded.passport_index else identity_papers.passport_index end,
      sealed_birth_date = case when $11::boolean then excluded.sealed_birth_date else identity_papers.sealed_birth_date end,
      passport_expires_on = case when $12::boolean then excluded.passport_expires_on
        else identity_papers.passport_expires_on end,
      updated_by_id = excluded.updated_by_id, updated_at = excluded.updated_at`,
};

/** The caller holds the lock of the case. Throws UNAVAILABLE without DATA_KEYS. */
export async function writePapers(
  tx: Tx,
  given: {
    readonly keys: readonly SealingKey[];
    readonly owner: { readonly instanceId: string; readonly memberKey: string; readonly provinceId: string };
    readonly patch: IdentityPapersPatch;
    readonly personId: string;
    readonly at: Date;
  },
): Promise<void> {
  const { keys, owner, patch } = given;
  if (keys.length === 0) throw noKeys();
  const sealed = (field: 'passportNumber' | 'birthDate') => {
    const text = patch[field];
    return text ? seal(keys, { text, belongsTo: sealOwner(owner, field) }) : null;
  };
  await runPrepared(tx, upsert, [
    owner.instanceId,
    owner.memberKey,
    owner.provinceId,
    sealed('passportNumber'),
    patch.passportNumber ? passportIndex(keys, patch.passportNumber) : null,
    sealed('birthDate'),
    patch.passportExpiresOn ?? null,
    given.personId,
    given.at,
    patch.passportNumber !== undefined,
    patch.birthDate !== undefined,
    patch.passportExpiresOn !== undefined,
  ]);
}

export function noKeys(): AppError {
  return new AppError('UNAVAILABLE', {
    text: {
      vi: 'Chưa đặt DATA_KEYS nên không giữ được số hộ chiếu, ngày sinh.',
      en: 'DATA_KEYS is not set, so no passport number or birth date can be kept.',
    },
  });
}
