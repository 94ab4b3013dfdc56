import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type { PublishProfile, RuleVersionSummary, RuleVersionView } from '#contracts/regulation.js';
import { ruleProfile } from '#contracts/rule-profile.js';
import { type Clock, dayOf } from '#libs/calendar';
import { namesOfPeople, organisationsOn, ProvinceEntity, requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { groundsOf, type ProfileProblem, type ProvinceProfile, readProfile } from '#libs/policy';
import { recordAudit } from '#libs/runtime';
import { type ProfileBook, versionInForce } from './profile-book.js';
import { RuleVersionEntity } from './rule-version.entity.js';

export interface RegulationRoom {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly profiles: ProfileBook;
}

/** Whoever works in the province may read its rules; only an administrator changes them. */
const changers = ['administrator'] as const;

/** Newest first. */
export function listVersions(room: RegulationRoom, principal: SessionPrincipal): Promise<RuleVersionSummary[]> {
  return room.unitOfWork.run(async (tx) => {
    const { provinceId } = principal;
    const at = room.clock.now();
    // A province that was never used has its shipped profile after this.
    await room.profiles.inForce(tx, { provinceId, day: dayOf(at), at });
    const rows = await tx.find(RuleVersionEntity, { where: { provinceId }, order: { version: 'DESC' } });
    return summaries(tx, { rows, provinceId, day: dayOf(at) });
  });
}

/** Throws NOT_FOUND. */
export function readVersion(
  room: RegulationRoom,
  principal: SessionPrincipal,
  version: number,
): Promise<RuleVersionView> {
  return room.unitOfWork.run(async (tx) => {
    const { provinceId } = principal;
    const row = await tx.findOneBy(RuleVersionEntity, { provinceId, version });
    if (!row) throw new AppError('NOT_FOUND');
    const [summary] = await summaries(tx, { rows: [row], provinceId, day: dayOf(room.clock.now()) });
    return { ...summary!, profile: ruleProfile.parse(row.content) };
  });
}

async function summaries(
  tx: Tx,
  given: { rows: readonly RuleVersionEntity[]; provinceId: string; day: string },
): Promise<RuleVersionSummary[]> {
  const { rows, provinceId, day } = given;
  const personIds = rows.map(({ createdById }) => createdById).filter((id) => id !== null);
  const names = await namesOfPeople(tx, { provinceId, personIds });
  const [held]: { id: string | null }[] = await tx.query(
    `select ${versionInForce({ province: '$1', day: '$2' })} as id`,
    [provinceId, day],
  );
  return rows.map(({ content, createdById, createdAt, ...row }) => ({
    version: row.version,
    name: content.name,
    validFrom: row.validFrom,
    validTo: row.validTo,
    inForce: row.id === held?.id,
    ...groundsOf(content),
    note: row.note,
    createdAt: createdAt.toISOString(),
    createdBy: createdById === null ? null : { id: createdById, fullName: names.get(createdById) ?? '' },
  }));
}

/**
 * A profile that could come into force in this province, or what is in the way: its own problems, another province's code, an office
 * the province does not have. The last would stop every case that meets it.
 */
export async function readForProvince(
  tx: Tx,
  given: { value: unknown; provinceId: string; day: string },
): Promise<{ profile: ProvinceProfile | null; problems: readonly ProfileProblem[] }> {
  const { profile, problems } = readProfile(given.value);
  if (profile === null) return { profile, problems };
  const { provinceId, day } = given;
  const { code } = await tx.findOneByOrFail(ProvinceEntity, { id: provinceId });
  const known = new Set((await organisationsOn(tx, { provinceId, on: day })).map((row) => row.code));
  const found = [
    ...(profile.provinceCode === code ? [] : [foreign(profile.provinceCode, code)]),
    ...officesOf(profile).flatMap(([path, office]) => (known.has(office) ? [] : [unknownOffice(path, office)])),
  ];
  return found.length > 0 ? { profile: null, problems: found } : { profile, problems: [] };
}

function officesOf(profile: ProvinceProfile): [string, string][] {
  return [
    ['focalOrganisationCode', profile.focalOrganisationCode],
    ['decisionOfficeCode', profile.decisionOfficeCode],
    ['authorityOrganisationCode', profile.authorityOrganisationCode],
    ...profile.routes.flatMap(({ steps, decision }, at): [string, string][] => [
      ...steps.map((step, index): [string, string] => [
        `routes.${at}.steps.${index}.organisationCode`,
        step.organisationCode,
      ]),
      [`routes.${at}.decision.organisationCode`, decision.organisationCode],
    ]),
    ...profile.opinions.map((row, at): [string, string] => [`opinions.${at}.organisationCode`, row.organisationCode]),
  ];
}

function foreign(found: string, own: string): ProfileProblem {
  const text = {
    vi: `Quy chế này của tỉnh mã ${found}, không phải ${own}.`,
    en: `This is a profile of province ${found}, not ${own}.`,
  };
  return { path: 'provinceCode', text };
}

function unknownOffice(path: string, office: string): ProfileProblem {
  return {
    path,
    text: {
      vi: `Tỉnh chưa khai báo cơ quan mã ${office}. Khai báo cơ quan trước, hoặc sửa mã.`,
      en: `The province has no organisation ${office}. Register it first, or mend the code.`,
    },
  };
}

/**
 * A new version, in force from a day that is not over. `expectedVersion`: the newest version whoever edits has seen. Throws FORBIDDEN,
 * VALIDATION_FAILED with the problem of each field, VERSION_CONFLICT.
 */
export function publishVersion(
  room: RegulationRoom,
  principal: SessionPrincipal,
  given: PublishProfile & { expectedVersion: number; requestId: string | null },
): Promise<{ version: number }> {
  requireRole(principal, { role: changers });
  return room.unitOfWork.run(async (tx) => {
    const { provinceId, personId } = principal;
    const { validFrom, validTo, note, expectedVersion, requestId } = given;
    const at = room.clock.now();
    requireDays({ validFrom, validTo, today: dayOf(at) });
    // One change at a time: two administrators must not number their versions alike.
    await tx.query('select 1 from provinces where id = $1 for update', [provinceId]);
    const [last]: { version: number }[] = await tx.query(
      'select coalesce(max(version), 0) as version from rule_versions where province_id = $1',
      [provinceId],
    );
    if (last!.version !== expectedVersion) throw new AppError('VERSION_CONFLICT', { version: last!.version });
    const version = expectedVersion + 1;
    const value = { ...(given.profile as object), version, validFrom, validTo };
    const { profile, problems } = await readForProvince(tx, { value, provinceId, day: validFrom });
    if (profile === null) throw new AppError('VALIDATION_FAILED', { fields: problems });
    const { $schema: _, ...content } = profile;
    const id = randomUUID();
    await tx.insert(RuleVersionEntity, {
      ...{ id, provinceId, version, validFrom, validTo, note },
      focalOrganisationCode: profile.focalOrganisationCode,
      // The driver's type wants mutable lists; nothing here changes them.
      content: content as never,
      createdAt: at,
      createdById: personId,
    });
    await recordAudit(tx, {
      kind: 'administration',
      action: 'rules.published',
      at,
      provinceId,
      subjectId: id,
      principalId: personId,
      requestId,
      details: { version, validFrom },
    });
    return { version };
  });
}

function requireDays(given: { validFrom: string; validTo: string | null; today: string }): void {
  const { validFrom, validTo, today } = given;
  const refuse = (path: string, vi: string, en: string) => {
    throw new AppError('VALIDATION_FAILED', { fields: [{ path, text: { vi, en } }] });
  };
  if (validFrom < today)
    refuse('validFrom', 'Quy chế không có hiệu lực trở về trước.', 'Rules do not apply backwards.');
  if (validTo !== null && validTo <= validFrom) {
    refuse('validTo', 'Ngày hết hiệu lực phải sau ngày có hiệu lực.', 'It must end after it begins.');
  }
}
