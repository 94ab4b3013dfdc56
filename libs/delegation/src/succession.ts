import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type { SuccessionPlan, SuccessionPreview, SuccessionView } from '#contracts/succession.js';
import { type CalendarDay, type Clock, dayOf, formatDay } from '#libs/calendar';
import {
  endInFavour,
  laterOf,
  movePeople,
  organisationsBelow,
  organisationsOn,
  peopleAt,
  peopleOf,
  SuccessionEntity,
} from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { ProfileBook } from '#libs/regulation';
import { addProvinceMessages, canonicalJson, type Principal, type Runtime, recordAudit } from '#libs/runtime';

export interface SuccessionDependencies {
  readonly clock: Clock;
  readonly runtime: Runtime;
  readonly profiles: ProfileBook;
}

export interface Wanted {
  readonly provinceId: string;
  readonly organisationId: string;
  readonly plan: SuccessionPlan;
}

/** What would go over. Throws NOT_FOUND, VALIDATION_FAILED. Changes nothing. */
export async function previewSuccession(
  tx: Tx,
  dependencies: SuccessionDependencies,
  wanted: Wanted,
): Promise<SuccessionPreview> {
  const { provinceId, organisationId, plan } = wanted;
  const { organisation, successor, today } = await requireBoth(tx, dependencies, wanted);
  const change = { from: organisationId, to: plan.successorId };
  const on = laterOf(plan.from, today);
  const cases: SuccessionPreview['cases'] = [];
  for (const row of await casesNaming(tx, { provinceId, organisationId })) {
    const part = dependencies.runtime.handOverPart(await dependencies.runtime.read(tx, row.id), change);
    if (part === null) continue;
    const { id, caseCode, name, kind } = row;
    cases.push({ id, caseCode, name, kind, openTasks: part.tasks.length, moves: moves(plan, plan.caseIds, id) });
  }
  const people = (await peopleOf(tx, { organisationId, on })).map((person) => ({
    ...person,
    moves: moves(plan, plan.personIds, person.id),
  }));
  const below = plan.ends ? await organisationsBelow(tx, { organisationId, on: plan.from }) : [];
  const ids = [cases, people, below].map((rows) => rows.map(({ id }) => id));
  return {
    digest: createHash('sha256').update(canonicalJson({ organisationId, plan, ids })).digest('hex'),
    organisation,
    successor,
    cases,
    people,
    below: below.map(({ id, name }) => ({ id, name })),
    isLater: plan.from > today,
  };
}

const moves = (plan: SuccessionPlan, chosen: readonly string[], id: string) => plan.ends || chosen.includes(id);

/** In the order in which several may be locked. */
function casesNaming(
  tx: Tx,
  { provinceId, organisationId }: { provinceId: string; organisationId: string },
): Promise<{ id: string; caseCode: string; name: string; kind: SuccessionPreview['cases'][number]['kind'] }[]> {
  return tx.query(
    `select i.id, i.case_code as "caseCode", coalesce(p.delegation_name, n.name, f.task, '') as name,
       case i.definition_id when 'annual-plan' then 'plan' when 'plan-item' then 'planItem' when 'follow-up' then 'followUp'
         else 'delegation' end as kind
     from instances i left join proposals p on p.instance_id = i.id left join plan_items n on n.id = i.id
       left join trip_follow_ups f on f.id = i.id
     where i.province_id = $1 and i.status = 'active' and (i.snapshot::text like $2
       or exists (select from shared_contexts s where s.digest = i.shared_digest and s.content::text like $2)
       or exists (select from tasks t where t.instance_id = i.id and t.closed_seq is null and t.organisation_id = $3))
     order by i.id`,
    [provinceId, `%${organisationId}%`, organisationId],
  );
}

/** Both of the province, both there on the day, and an organisation that ends is not one the rules of that day still name. */
async function requireBoth(
  tx: Tx,
  { clock, profiles }: SuccessionDependencies,
  { provinceId, organisationId, plan }: Wanted,
): Promise<{ organisation: Named; successor: Named; today: CalendarDay }> {
  const at = clock.now();
  const today = dayOf(at);
  const on = laterOf(plan.from, today);
  const there = await organisationsOn(tx, { provinceId, on });
  const organisation = there.find(({ id }) => id === organisationId);
  if (organisation === undefined) throw new AppError('NOT_FOUND');
  const successor = there.find(({ id }) => id === plan.successorId);
  if (successor === undefined || successor.id === organisation.id)
    throw refused('plan.successorId', {
      vi: 'Cơ quan tiếp nhận phải là một cơ quan khác của tỉnh, đã có vào ngày đó.',
      en: 'The successor must be another organisation of the province that exists on that day.',
    });
  const rules = await profiles.inForce(tx, { provinceId, day: on, at });
  if (plan.ends && rules !== null && JSON.stringify(rules).includes(`"${organisation.code}"`))
    throw refused('plan.ends', {
      vi: `Quy chế có hiệu lực ngày ${on} còn nhắc đến mã ${organisation.code}. Ban hành bản quy chế mới trước rồi mới kết thúc cơ quan này.`,
      en: `The rules in force on ${on} still name the code ${organisation.code}. Enter a new version of the rules first.`,
    });
  return { organisation, successor, today };
}

interface Named {
  readonly id: string;
  readonly name: string;
}

function refused(path: string, text: { vi: string; en: string }): AppError {
  return new AppError('VALIDATION_FAILED', { text, fields: [{ path, text }] });
}

/** Enters it, and carries it out when its day has come. Throws also VERSION_CONFLICT when something else would move than was seen. */
export async function enterSuccession(
  tx: Tx,
  dependencies: SuccessionDependencies,
  given: Wanted & { digest: string; createdById: string; requestId: string | null },
): Promise<SuccessionView> {
  const { provinceId, organisationId, plan, digest, createdById, requestId } = given;
  const seen = await previewSuccession(tx, dependencies, given);
  if (seen.digest !== digest) throw new AppError('VERSION_CONFLICT');
  const row: SuccessionEntity = {
    ...{ id: randomUUID(), provinceId, organisationId, successorId: plan.successorId, validFrom: plan.from, plan },
    ...{ createdAt: dependencies.clock.now(), createdById, appliedAt: null, moved: null },
  };
  await tx.insert(SuccessionEntity, row);
  const { organisation, successor } = seen;
  const done = seen.isLater ? row : await carryOut(tx, dependencies, { row, requestId });
  return viewOf({ ...done, organisationName: organisation.name, successorName: successor.name });
}

/** Cases first, each locked in turn: the order every decision keeps. Then people, then the organisation itself. */
async function carryOut(
  tx: Tx,
  { clock, runtime }: SuccessionDependencies,
  { row, requestId }: { row: SuccessionEntity; requestId: string | null },
): Promise<SuccessionEntity> {
  const { provinceId, organisationId, successorId, plan } = row;
  const principal: Principal = { personId: row.createdById, requestId };
  const change = { from: organisationId, to: successorId };
  const basis = `${plan.basis.number}, ${plan.basis.date}`;
  const movedIds: string[] = [];
  let tasks = 0;
  for (const { id } of await casesNaming(tx, { provinceId, organisationId })) {
    if (!moves(plan, plan.caseIds, id)) continue;
    const locked = await runtime.lock(tx, { instanceId: id });
    const part = await runtime.handOver(tx, locked, { change, validFrom: row.validFrom, basis, principal });
    if (part === null) continue;
    movedIds.push(id);
    tasks += part.tasks.length;
  }
  for (const [table, id, column] of namedInCases)
    await tx.query(`update ${table} set ${column} = $2 where ${column} = $1 and ${id} = any($3::uuid[])`, [
      organisationId,
      successorId,
      movedIds,
    ]);
  await tx.query(movePlannedFollowUps, [organisationId, successorId, plan.ends, movedIds]);
  const now = clock.now();
  const today = dayOf(now);
  const on = laterOf(row.validFrom, today);
  const concerned = await peopleAt(tx, { organisationIds: [organisationId, successorId], on });
  const personIds = plan.ends ? null : plan.personIds;
  const people = await movePeople(tx, { provinceId, organisationId, successorId, on, personIds });
  if (plan.ends) await endInFavour(tx, { provinceId, organisationId, successorId, on, from: row.validFrom });
  const moved = { cases: movedIds.length, tasks, people };
  await tell(tx, { row, concerned, moved, at: now });
  await tx.update(SuccessionEntity, { id: row.id }, { appliedAt: now, moved });
  await recordAudit(tx, {
    ...{ kind: 'administration', action: 'organisation.succeeded', at: now, provinceId, subjectId: organisationId },
    ...{
      principalId: row.createdById,
      requestId,
      details: { successorId, from: row.validFrom, ends: plan.ends, ...moved },
    },
  });
  return { ...row, appliedAt: now, moved };
}

/** Where an organisation of a case stands beside its context. */
const namedInCases = [
  ['proposals', 'instance_id', 'organisation_id'],
  ['proposals', 'instance_id', 'focal_id'],
  ['proposals', 'instance_id', 'authority_id'],
  ['plan_items', 'id', 'organisation_id'],
  ['trip_follow_ups', 'id', 'organisation_id'],
] as const;

/** A follow-up that waits for its report to be accepted has no case of its own yet. */
const movePlannedFollowUps = `update trip_follow_ups set organisation_id = $2 where organisation_id = $1 and state = 'planned'
  and ($3::boolean or instance_id = any($4::uuid[]))`;

/** One mail to each person of either organisation: what goes where, from when, by which document. */
async function tell(
  tx: Tx,
  given: { row: SuccessionEntity; concerned: readonly string[]; moved: { cases: number; tasks: number }; at: Date },
): Promise<void> {
  const { row, concerned, moved, at } = given;
  const { id, provinceId, organisationId, successorId, validFrom: from, plan } = row;
  const [names] = await tx.query<{ organisation: string; successor: string }[]>(
    `select ${nameOf('$1')} as organisation, ${nameOf('$2')} as successor`,
    [organisationId, successorId],
  );
  const { ends, basis } = plan;
  const { cases, tasks } = moved;
  const data = { ...names, from, ends, basis: `${basis.number} (${formatDay(basis.date)})`, cases, tasks };
  const messages = concerned.map((personId) => ({
    ...{ template: 'organisationSucceeded', recipient: { personId }, data, occasion: `succession:${id}` },
  }));
  await addProvinceMessages(tx, { provinceId, messages, at });
}

/** What waited for a day that has come. Returns how many were carried out; each in the caller's transaction. */
export async function carryOutDue(tx: Tx, dependencies: SuccessionDependencies): Promise<boolean> {
  const today = dayOf(dependencies.clock.now());
  const row = await tx
    .createQueryBuilder(SuccessionEntity, 'row')
    .where('row.applied_at is null and row.valid_from <= :today', { today })
    .orderBy('row.valid_from')
    .addOrderBy('row.created_at')
    .limit(1)
    .setLock('pessimistic_write')
    .setOnLocked('skip_locked')
    .getOne();
  if (row === null) return false;
  await carryOut(tx, dependencies, { row, requestId: null });
  return true;
}

type NamedRow = SuccessionEntity & { organisationName: string; successorName: string };

export async function listSuccessions(tx: Tx, provinceId: string): Promise<SuccessionView[]> {
  const rows: NamedRow[] = await tx.query(
    `select s.id, s.organisation_id as "organisationId", s.successor_id as "successorId", s.valid_from::text as "validFrom", s.plan,
       s.created_at as "createdAt", s.applied_at as "appliedAt", s.moved, ${nameOf('s.organisation_id')} as "organisationName",
       ${nameOf('s.successor_id')} as "successorName"
     from organisation_successions s where s.province_id = $1 order by s.valid_from desc, s.created_at desc limit 500`,
    [provinceId],
  );
  return rows.map(viewOf);
}

/** The newest name: that of an organisation that is no more is its last one. */
const nameOf = (id: string) =>
  `(select name from organisation_versions where organisation_id = ${id} order by valid_from desc limit 1)`;

function viewOf(row: NamedRow): SuccessionView {
  return {
    id: row.id,
    organisation: { id: row.organisationId, name: row.organisationName },
    successor: { id: row.successorId, name: row.successorName },
    from: row.validFrom,
    ends: row.plan.ends,
    basis: row.plan.basis,
    createdAt: row.createdAt.toISOString(),
    appliedAt: row.appliedAt?.toISOString() ?? null,
    moved: row.moved,
  };
}
