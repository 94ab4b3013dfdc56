import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type { NewRestriction, RestrictionView } from '#contracts/regulation.js';
import type { RestrictionKind } from '#contracts/restriction-kinds.js';
import { dayOf } from '#libs/calendar';
import { namesOfPeople, requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import type { RegulationRoom } from './rule-versions.js';
import { TravelRestrictionEntity } from './travel-restriction.entity.js';

/** Kept by the focal agency of the rules in force: its reviewers, clerks and leaders, nobody else (DOMAIN 13). */
async function requireKeeper(tx: Tx, room: RegulationRoom, principal: SessionPrincipal): Promise<void> {
  const at = room.clock.now();
  const profile = await room.profiles.inForce(tx, { provinceId: principal.provinceId, day: dayOf(at), at });
  const roles = principal.roles.filter((held) => held.organisationCode === profile?.focalOrganisationCode);
  requireRole({ roles }, { role: ['reviewer', 'clerk', 'leader'] });
}

export interface RestrictionPosition {
  readonly at: string;
  readonly id: string;
}

interface Row {
  id: string;
  personId: string;
  fullName: string;
  kind: RestrictionKind;
  validFrom: string;
  validTo: string | null;
  recordedAt: Date;
  recordedById: string;
  liftedById: string | null;
}

/** Newest first; looking at the register is on record. Throws FORBIDDEN. */
export function listRestrictions(
  room: RegulationRoom,
  principal: SessionPrincipal,
  given: { holdingOnly?: boolean | undefined; after?: RestrictionPosition | undefined; limit: number },
): Promise<{ items: RestrictionView[]; next: RestrictionPosition | null }> {
  return room.unitOfWork.run(async (tx) => {
    await requireKeeper(tx, room, principal);
    const { provinceId, personId } = principal;
    const { after, limit, holdingOnly = false } = given;
    const at = room.clock.now();
    const rows: Row[] = await tx.query(
      `select r.id, r.person_id as "personId", p.full_name as "fullName", r.kind, r.valid_from::text as "validFrom",
         r.valid_to::text as "validTo", r.recorded_at as "recordedAt", r.recorded_by_id as "recordedById",
         r.lifted_by_id as "liftedById"
       from travel_restrictions r join people p on p.id = r.person_id
       where r.province_id = $1 and (r.recorded_at, r.id) < ($2::timestamptz, $3::uuid)
         and (not $4::boolean or (r.valid_from <= $5::date and (r.valid_to is null or r.valid_to > $5::date)))
       order by r.recorded_at desc, r.id desc limit $6`,
      [
        provinceId,
        after?.at ?? 'infinity',
        after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
        holdingOnly,
        dayOf(at),
        limit + 1,
      ],
    );
    await recordAudit(tx, {
      kind: 'personalData',
      action: 'restrictions.shown',
      at,
      provinceId,
      principalId: personId,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: await viewsOf(tx, provinceId, shown),
      next: last ? { at: last.recordedAt.toISOString(), id: last.id } : null,
    };
  });
}

async function viewsOf(tx: Tx, provinceId: string, rows: readonly Row[]): Promise<RestrictionView[]> {
  const personIds = rows.flatMap((row) => [row.recordedById, row.liftedById]).filter((id) => id !== null);
  const names = await namesOfPeople(tx, { provinceId, personIds });
  const person = (id: string | null) => (id === null ? null : { id, fullName: names.get(id) ?? '' });
  return rows.map((row) => ({
    id: row.id,
    person: { id: row.personId, fullName: row.fullName },
    kind: row.kind,
    validFrom: row.validFrom,
    validTo: row.validTo,
    recordedAt: row.recordedAt.toISOString(),
    recordedBy: person(row.recordedById),
    liftedBy: person(row.liftedById),
  }));
}

/** Throws FORBIDDEN, VALIDATION_FAILED (nobody of this province, or it ends before it begins). */
export function addRestriction(
  room: RegulationRoom,
  principal: SessionPrincipal,
  given: NewRestriction & { requestId: string | null },
): Promise<{ id: string }> {
  return room.unitOfWork.run(async (tx) => {
    await requireKeeper(tx, room, principal);
    const { provinceId } = principal;
    const { personId, kind, validTo, requestId } = given;
    const at = room.clock.now();
    const validFrom = given.validFrom ?? dayOf(at);
    const names = await namesOfPeople(tx, { provinceId, personIds: [personId] });
    if (!names.has(personId)) throw refused('personId', 'Tỉnh không có người này.', 'The province has no such person.');
    if (validTo !== null && validTo <= validFrom) {
      throw refused('validTo', 'Ngày kết thúc phải sau ngày bắt đầu.', 'It must end after it begins.');
    }
    const id = randomUUID();
    const row = { id, provinceId, personId, kind, validFrom, validTo, recordedAt: at, liftedById: null };
    await tx.insert(TravelRestrictionEntity, { ...row, recordedById: principal.personId });
    await note(tx, { action: 'restriction.recorded', at, principal, id, requestId });
    return { id };
  });
}

/** From today on it no longer holds; it stays on record. Throws FORBIDDEN, NOT_FOUND. */
export function liftRestriction(
  room: RegulationRoom,
  principal: SessionPrincipal,
  { id, requestId }: { id: string; requestId: string | null },
): Promise<void> {
  return room.unitOfWork.run(async (tx) => {
    await requireKeeper(tx, room, principal);
    const at = room.clock.now();
    const today = dayOf(at);
    const row = await tx.findOneBy(TravelRestrictionEntity, { id, provinceId: principal.provinceId });
    if (!row || (row.validTo !== null && row.validTo <= today)) throw new AppError('NOT_FOUND');
    const validTo = [row.validFrom, today].toSorted().at(-1)!;
    await tx.update(TravelRestrictionEntity, { id }, { validTo, liftedById: principal.personId });
    await note(tx, { action: 'restriction.lifted', at, principal, id, requestId });
  });
}

function note(
  tx: Tx,
  given: { action: string; at: Date; principal: SessionPrincipal; id: string; requestId: string | null },
): Promise<void> {
  const { action, at, principal, id, requestId } = given;
  const { provinceId, personId } = principal;
  return recordAudit(tx, {
    kind: 'administration',
    action,
    at,
    provinceId,
    subjectId: id,
    principalId: personId,
    requestId,
  });
}

function refused(path: string, vi: string, en: string): AppError {
  return new AppError('VALIDATION_FAILED', { fields: [{ path, text: { vi, en } }] });
}
