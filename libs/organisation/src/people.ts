import { randomUUID } from 'node:crypto';
import { IsNull } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import type { PersonView } from '#contracts/organisation.js';
import { type Role, roles } from '#contracts/roles.js';
import type { Me } from '#contracts/session.js';
import { type CalendarDay, type Clock, dayOf } from '#libs/calendar';
import { isUniqueViolation, type PreparedReader, type PreparedStatement, type Tx } from '#libs/persistence';
import { OrganisationEntity } from './organisation.entity.js';
import { hashPassword } from './password.js';
import { PersonEntity } from './person.entity.js';
import { PositionEntity } from './position.entity.js';
import { RoleAssignmentEntity } from './role-assignment.entity.js';
import { searchKey } from './search-key.js';
import { SessionEntity } from './session.entity.js';
import { isLent, isRunning } from './substitution-sql.js';

export interface NewPerson {
  readonly provinceId: string;
  readonly fullName: string;
  readonly email: string;
  readonly language?: 'vi' | 'en';
  /** Null: cannot sign in until a password is set. */
  readonly password: string | null;
  readonly positions?: readonly { readonly organisationCode: string; readonly title: string; readonly rank: string }[];
  readonly roles?: readonly { readonly organisationCode: string; readonly role: Role }[];
  /** First day of the positions and roles; absent: today. */
  readonly from?: CalendarDay;
}

const emailPattern = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,189}$/;

/**
 * Throws VALIDATION_FAILED (e-mail, name, password, an organisation or role that does not exist) and DUPLICATE when the
 * e-mail is taken.
 */
export async function createPerson(tx: Tx, person: NewPerson, clock: Clock): Promise<{ personId: string }> {
  const now = clock.now();
  const email = cleanEmail(person.email);
  const fullName = cleanName(person.fullName);
  const row: PersonEntity = {
    id: randomUUID(),
    provinceId: person.provinceId,
    fullName,
    searchName: searchKey(fullName),
    email,
    language: person.language ?? 'vi',
    mailDelivery: 'both',
    passwordHash: person.password === null ? null : await hashPassword(person.password),
    active: true,
    createdAt: now,
  };
  try {
    await tx.insert(PersonEntity, row);
  } catch (error) {
    if (!isUniqueViolation(error, 'uq_people_email')) throw error;
    throw emailTaken(error);
  }
  await place(tx, { person, personId: row.id, from: person.from ?? dayOf(now) });
  return { personId: row.id };
}

/** Throws VALIDATION_FAILED. */
export function cleanEmail(given: string): string {
  const email = given.trim().toLowerCase();
  if (!emailPattern.test(email)) throw invalid('email', 'Thư điện tử chưa đúng.', 'The e-mail address is not valid.');
  return email;
}

/** Throws VALIDATION_FAILED. */
export function cleanName(given: string): string {
  const fullName = given.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (fullName === '' || fullName.length > 200) throw invalid('fullName', 'Thiếu họ tên.', 'The name is missing.');
  return fullName;
}

export function emailTaken(cause: unknown): AppError {
  const text = { vi: 'Thư điện tử này đã có người dùng.', en: 'Another person has this e-mail address.' };
  return new AppError('DUPLICATE', { text, fields: [{ path: 'email', text }] }, { cause });
}

async function place(tx: Tx, given: { person: NewPerson; personId: string; from: CalendarDay }): Promise<void> {
  const { person, personId, from } = given;
  const organisations = await tx.findBy(OrganisationEntity, { provinceId: person.provinceId });
  const idOf = (code: string): string => {
    const found = organisations.find((organisation) => organisation.code === code);
    if (!found) throw invalid('organisationCode', `Không có cơ quan ${code}.`, `There is no organisation ${code}.`);
    return found.id;
  };
  const period = { personId, validFrom: from, validTo: null };
  for (const { organisationCode, title, rank } of person.positions ?? []) {
    const organisationId = idOf(organisationCode);
    await tx.insert(PositionEntity, { ...period, id: randomUUID(), organisationId, title, rank });
  }
  for (const { organisationCode, role } of person.roles ?? []) {
    if (!roles.includes(role)) throw invalid('role', `Không có vai trò ${role}.`, `There is no role ${role}.`);
    const organisationId = idOf(organisationCode);
    await tx.insert(RoleAssignmentEntity, { ...period, id: randomUUID(), organisationId, role });
  }
}

function invalid(path: string, vi: string, en: string): AppError {
  return new AppError('VALIDATION_FAILED', { text: { vi, en }, fields: [{ path, text: { vi, en } }] });
}

export interface PeopleAfter {
  readonly searchName: string;
  readonly id: string;
}

export interface PeopleFilter {
  readonly provinceId: string;
  /** Part of a name, with or without diacritics. */
  readonly search?: string;
  /** Only people with a position in this organisation on that day. */
  readonly organisationId?: string;
  readonly on: CalendarDay;
  readonly after?: PeopleAfter;
  readonly limit: number;
}

/** By name without diacritics. `next` is where the following page starts, null at the end. Inactive people are left out. */
export async function readPeople(
  reader: PreparedReader,
  filter: PeopleFilter,
): Promise<{ items: readonly PersonView[]; next: PeopleAfter | null }> {
  const found = await reader.read<PersonView & { searchName: string }>(peopleByName, [
    filter.provinceId,
    `%${escapeLike(searchKey(filter.search ?? ''))}%`,
    filter.organisationId ?? null,
    filter.on,
    filter.after?.searchName ?? null,
    filter.after?.id ?? null,
    filter.limit + 1,
  ]);
  const shown = found.slice(0, filter.limit);
  const last = found.length > filter.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(({ id, fullName, positions }) => ({ id, fullName, positions })),
    next: last === undefined ? null : { searchName: last.searchName, id: last.id },
  };
}

const positionsOn = (
  day: '$3' | '$4',
) => `coalesce((select jsonb_agg(jsonb_build_object('title', x.title, 'rank', x.rank, 'organisationId', o.id,
      'organisationCode', o.code, 'organisationName', coalesce(v.name, o.code)) order by o.code, x.title)
    from positions x join organisations o on o.id = x.organisation_id
    left join organisation_versions v on v.organisation_id = o.id
      and v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date)
    where x.person_id = p.id and x.valid_from <= ${day}::date and (x.valid_to is null or x.valid_to > ${day}::date)), '[]')`;

const peopleByName: PreparedStatement = {
  name: 'organisation_people_by_name',
  text: `select p.id, p.full_name as "fullName", p.search_name as "searchName", ${positionsOn('$4')} as positions
  from people p
  where p.province_id = $1 and p.active and p.search_name like $2
    and ($3::uuid is null or exists (select from positions y where y.person_id = p.id and y.organisation_id = $3::uuid
      and y.valid_from <= $4::date and (y.valid_to is null or y.valid_to > $4::date)))
    and ($5::text is null or (p.search_name, p.id) > ($5::text, $6::uuid))
  order by p.search_name, p.id limit $7`,
};

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

/** For the operator, and for who forgot it. Ends every session of the person. Throws NOT_FOUND, VALIDATION_FAILED. */
export async function setPassword(
  tx: Tx,
  given: { provinceId: string; email: string; password: string },
  wallClock: Clock,
): Promise<void> {
  const person = await tx.findOneBy(PersonEntity, {
    provinceId: given.provinceId,
    email: given.email.trim().toLowerCase(),
  });
  if (person === null) throw new AppError('NOT_FOUND');
  await tx.update(PersonEntity, { id: person.id }, { passwordHash: await hashPassword(given.password) });
  await tx.update(SessionEntity, { personId: person.id, revokedAt: IsNull() }, { revokedAt: wallClock.now() });
}

/** Names by id, for views of a case; only people of the province, inactive ones too. A name is that of today. */
export async function namesOfPeople(
  tx: Tx,
  given: { provinceId: string; personIds: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  if (given.personIds.length === 0) return new Map();
  const rows: { id: string; fullName: string }[] = await tx.query(
    'select id, full_name as "fullName" from people where province_id = $1 and id = any($2::uuid[])',
    [given.provinceId, given.personIds],
  );
  return new Map(rows.map((row) => [row.id, row.fullName]));
}

/** Who is signed in, with names. Throws NOT_FOUND when the person is gone. */
export async function readMe(
  reader: PreparedReader,
  given: { personId: string; sessionId: string; on: CalendarDay },
): Promise<Omit<Me, 'trial' | 'awaits'>> {
  const [row] = await reader.read<Omit<Me, 'trial' | 'awaits' | 'today' | 'sessionExpiresAt'> & { expiresAt: Date }>(
    meBySession,
    [given.personId, given.sessionId, given.on],
  );
  if (row === undefined) throw new AppError('NOT_FOUND');
  const { expiresAt, ...view } = row;
  return { ...view, today: given.on, sessionExpiresAt: expiresAt.toISOString() };
}

const meBySession: PreparedStatement = {
  name: 'organisation_me_by_session',
  text: `select p.id as "personId", p.full_name as "fullName", p.email, p.language,
    jsonb_build_object('id', c.id, 'code', c.code, 'name', c.name) as province,
    coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'organisationId', o.id, 'organisationCode', o.code,
        'organisationName', coalesce(v.name, o.code)) order by o.code, r.role)
      from role_assignments r join organisations o on o.id = r.organisation_id
      left join organisation_versions v on v.organisation_id = o.id
        and v.valid_from <= $3::date and (v.valid_to is null or v.valid_to > $3::date)
      where r.person_id = p.id and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)), '[]') as roles,
    ${positionsOn('$3')} as positions,
    coalesce((select jsonb_agg(jsonb_build_object('person', jsonb_build_object('id', absent.id, 'fullName', absent.full_name),
        'role', r.role, 'organisationId', o.id, 'organisationName', coalesce(v.name, o.code), 'lastDay', x.last_day)
        order by o.code, r.role, absent.id)
      from substitutions x
      join people absent on absent.id = x.person_id and absent.active
      join role_assignments r on ${isLent}
      join organisations o on o.id = r.organisation_id
      left join organisation_versions v on v.organisation_id = o.id
        and v.valid_from <= $3::date and (v.valid_to is null or v.valid_to > $3::date)
      where x.substitute_id = p.id and ${isRunning('$3')}
        and r.valid_from <= $3::date and (r.valid_to is null or r.valid_to > $3::date)), '[]') as substituting,
    s.expires_at as "expiresAt", s.by_provider as "byProvider"
  from people p join provinces c on c.id = p.province_id join sessions s on s.id = $2 and s.person_id = p.id
  where p.id = $1`,
};
