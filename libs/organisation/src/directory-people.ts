import { randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import type { HeldPosition, HeldRole, NewPosition, NewRole, PersonPatch, PersonRecord } from '#contracts/directory.js';
import { AppError } from '#contracts/errors.js';
import type { CalendarDay } from '#libs/calendar';
import { isUniqueViolation, type Tx } from '#libs/persistence';
import { requireAdministratorLeft, requireOrganisation, wrongField } from './directory-checks.js';
import { cleanEmail, cleanName, emailTaken } from './people.js';
import { PersonEntity } from './person.entity.js';
import { PositionEntity } from './position.entity.js';
import { ProviderAccountEntity } from './provider-account.entity.js';
import { RoleAssignmentEntity } from './role-assignment.entity.js';
import { searchKey } from './search-key.js';
import { readSecondFactor } from './second-factor.js';
import { SessionEntity } from './session.entity.js';

/** All that is kept of somebody. Throws NOT_FOUND. */
export async function readPerson(
  tx: Tx,
  { provinceId, personId, on }: { provinceId: string; personId: string; on: CalendarDay },
): Promise<PersonRecord> {
  const person = await tx.findOneBy(PersonEntity, { id: personId, provinceId });
  if (person === null) throw new AppError('NOT_FOUND');
  const { id, fullName, email, language, active, passwordHash } = person;
  const positions: HeldPosition[] = await tx.query(heldRows('positions', 'title, x.rank'), [personId, on]);
  const roles: HeldRole[] = await tx.query(heldRows('role_assignments', 'role'), [personId, on]);
  const { enabled: hasSecondFactor } = await readSecondFactor(tx, personId);
  const hasProviderAccount = await tx.existsBy(ProviderAccountEntity, { personId });
  const account = { hasPassword: passwordHash !== null, hasSecondFactor, hasProviderAccount };
  return { id, fullName, email, language, active, ...account, positions, roles };
}

/** What holds or will hold first, then what is over, newest first. */
const heldRows = (table: 'positions' | 'role_assignments', columns: string) => `
  select x.id, x.${columns}, x.valid_from::text as "validFrom", x.valid_to::text as "validTo",
    jsonb_build_object('id', o.id, 'code', o.code, 'name', coalesce(v.name, o.code)) as organisation
  from ${table} x join organisations o on o.id = x.organisation_id
  left join lateral (select name from organisation_versions where organisation_id = o.id and valid_from <= $2::date
    order by valid_from desc limit 1) v on true
  where x.person_id = $1 order by (x.valid_to is not null and x.valid_to <= $2::date), x.valid_from desc, x.id`;

/** Throws NOT_FOUND, VALIDATION_FAILED, DUPLICATE. Whoever is switched off is signed out everywhere. */
export async function changePerson(
  tx: Tx,
  given: PersonPatch & { provinceId: string; personId: string; signedOutAt: Date },
): Promise<void> {
  const { provinceId, personId, fullName, email, active, signedOutAt } = given;
  const person = await tx.findOne(PersonEntity, {
    where: { id: personId, provinceId },
    lock: { mode: 'pessimistic_write' },
  });
  if (person === null) throw new AppError('NOT_FOUND');
  const name = fullName === undefined ? undefined : cleanName(fullName);
  const change = {
    ...(name !== undefined && { fullName: name, searchName: searchKey(name) }),
    ...(email !== undefined && { email: cleanEmail(email) }),
    ...(active !== undefined && { active }),
  };
  if (Object.keys(change).length === 0) return;
  try {
    await tx.update(PersonEntity, { id: personId }, change);
  } catch (error) {
    if (!isUniqueViolation(error, 'uq_people_email')) throw error;
    throw emailTaken(error);
  }
  if (active === false) {
    await tx.update(SessionEntity, { personId, revokedAt: IsNull() }, { revokedAt: signedOutAt });
    await requireAdministratorLeft(tx, provinceId);
  }
}

async function requirePerson(tx: Tx, given: { provinceId: string; personId: string }): Promise<void> {
  const { provinceId, personId } = given;
  const found = await tx.findOne(PersonEntity, {
    where: { id: personId, provinceId },
    lock: { mode: 'pessimistic_write' },
  });
  if (found === null) throw new AppError('NOT_FOUND');
}

interface Of {
  readonly provinceId: string;
  readonly personId: string;
}

/** Throws NOT_FOUND, VALIDATION_FAILED (an organisation of another province). */
export async function addPosition(tx: Tx, given: NewPosition & Of): Promise<{ id: string }> {
  const { provinceId, personId, organisationId, title, rank, from } = given;
  await requirePerson(tx, given);
  await requireOrganisation(tx, { provinceId, organisationId, path: 'organisationId' });
  const id = randomUUID();
  await tx.insert(PositionEntity, { id, personId, organisationId, title, rank, validFrom: from, validTo: null });
  return { id };
}

/** Throws NOT_FOUND, VALIDATION_FAILED, DUPLICATE (held already). */
export async function addRole(tx: Tx, given: NewRole & Of): Promise<{ id: string }> {
  const { provinceId, personId, organisationId, role, from } = given;
  await requirePerson(tx, given);
  await requireOrganisation(tx, { provinceId, organisationId, path: 'organisationId' });
  const held = await tx.existsBy(RoleAssignmentEntity, { personId, organisationId, role, validTo: IsNull() });
  if (held) {
    const text = { vi: 'Người này đang giữ vai trò đó.', en: 'The person holds this role already.' };
    throw new AppError('DUPLICATE', { text, fields: [{ path: 'role', text }] });
  }
  const id = randomUUID();
  await tx.insert(RoleAssignmentEntity, { id, personId, organisationId, role, validFrom: from, validTo: null });
  return { id };
}

/**
 * Ends a position or a role on a day that is not over; what was to begin later and never did is taken away. What was decided in it
 * before stays. Throws NOT_FOUND, VALIDATION_FAILED.
 */
export async function endHeld(
  tx: Tx,
  given: { what: 'position' | 'role'; provinceId: string; id: string; from: CalendarDay; today: CalendarDay },
): Promise<{ personId: string }> {
  const { what, provinceId, id, from, today } = given;
  const entity = what === 'position' ? PositionEntity : RoleAssignmentEntity;
  const row = await tx.findOne<PositionEntity | RoleAssignmentEntity>(entity, {
    where: { id },
    lock: { mode: 'pessimistic_write' },
  });
  const owner = row && (await tx.existsBy(PersonEntity, { id: row.personId, provinceId }));
  if (!row || !owner || (row.validTo !== null && row.validTo <= today)) throw new AppError('NOT_FOUND');
  if (from < today) throw wrongField('from', 'Không kết thúc lùi về ngày đã qua.', 'It cannot end in the past.');
  if (from > row.validFrom) await tx.update(entity, { id }, { validTo: from });
  else if (row.validFrom >= today) await tx.delete(entity, { id });
  else throw wrongField('from', 'Ngày kết thúc phải sau ngày bắt đầu.', 'It must end after it began.');
  if (what === 'role') await requireAdministratorLeft(tx, provinceId);
  return { personId: row.personId };
}
