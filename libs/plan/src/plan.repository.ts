import { In } from 'typeorm';
import type { PlanItemView, PlanListQuery, PlanView } from '#contracts/plan.js';
import { type PlanItemState, standingPlanStates } from '#contracts/plan-states.js';
import { searchKey } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { PlanEntity } from './plan.entity.js';
import { PlanItemEntity } from './plan-item.entity.js';
import { PlanPreviewEntity } from './plan-preview.entity.js';

/** Newest year first; outbound before inbound. */
export async function findPlans(tx: Tx, provinceId: string, filter: PlanListQuery): Promise<PlanView[]> {
  const { year, direction } = filter;
  const plans = await tx.find(PlanEntity, {
    where: { provinceId, ...(year === undefined ? {} : { year }), ...(direction === undefined ? {} : { direction }) },
    order: { year: 'DESC', direction: 'DESC' },
  });
  const counts: { planId: string; count: number }[] = plans.length
    ? await tx.query(
        `select plan_id as "planId", count(*)::int as count from plan_items
          where province_id = $1 and plan_id = any($2) and state = any($3) group by plan_id`,
        [provinceId, plans.map((plan) => plan.id), standingPlanStates],
      )
    : [];
  const countOf = new Map(counts.map(({ planId, count }) => [planId, count]));
  return plans.map((plan) => ({
    id: plan.id,
    year: plan.year,
    direction: plan.direction,
    document: documentOf(plan),
    itemCount: countOf.get(plan.id) ?? 0,
    importedAt: plan.importedAt.toISOString(),
  }));
}

export function findPlan(tx: Tx, key: { provinceId: string; planId: string }): Promise<PlanEntity | null> {
  return tx.findOneBy(PlanEntity, { id: key.planId, provinceId: key.provinceId });
}

export interface ItemPage {
  readonly provinceId: string;
  readonly planId: string;
  readonly search?: string;
  /** The last position shown. */
  readonly after?: number;
  readonly limit: number;
  readonly states: readonly PlanItemState[];
  /** Lines in other states are shown as well when they are of one of these units; null: of any. */
  readonly ownUnits?: readonly string[] | null;
}

/** In the order of the plan. Every word of the search must occur, in any order. */
export async function findItems(tx: Tx, page: ItemPage): Promise<PlanItemEntity[]> {
  const query = tx
    .createQueryBuilder(PlanItemEntity, 'item')
    .where('item.provinceId = :provinceId and item.planId = :planId', page)
    .andWhere('item.position > :after', { after: page.after ?? 0 })
    .andWhere('(item.state = any(:states) or (:anyUnit or item.organisationId = any(:ownUnits)))', {
      states: page.states,
      anyUnit: page.ownUnits === null,
      ownUnits: page.ownUnits ?? [],
    })
    .orderBy('item.position')
    .take(page.limit);
  const words = searchKey(page.search ?? '')
    .split(' ')
    .filter((word) => word !== '');
  for (const [at, word] of words.slice(0, 10).entries()) {
    query.andWhere(`item.searchName like :word${at}`, { [`word${at}`]: `%${escapeLike(word)}%` });
  }
  return query.getMany();
}

export function findItem(tx: Tx, key: { provinceId: string; planItemId: string }): Promise<PlanItemEntity | null> {
  return tx.findOneBy(PlanItemEntity, { id: key.planItemId, provinceId: key.provinceId });
}

export function findPreview(tx: Tx, key: { provinceId: string; previewId: string }): Promise<PlanPreviewEntity | null> {
  return tx.findOneBy(PlanPreviewEntity, { id: key.previewId, provinceId: key.provinceId });
}

/** The row stays locked until the transaction ends: one of two simultaneous confirmations waits and finds it done. */
export function lockPreview(tx: Tx, key: { provinceId: string; previewId: string }): Promise<PlanPreviewEntity | null> {
  return tx.findOne(PlanPreviewEntity, {
    where: { id: key.previewId, provinceId: key.provinceId },
    lock: { mode: 'pessimistic_write' },
  });
}

export async function wasFileImported(
  tx: Tx,
  file: { provinceId: string; sha256: string; exceptPreviewId: string },
): Promise<boolean> {
  const found: unknown[] = await tx.query(
    `select 1 from plan_previews
      where province_id = $1 and file_sha256 = $2 and id <> $3 and confirmed_at is not null limit 1`,
    [file.provinceId, file.sha256, file.exceptPreviewId],
  );
  return found.length > 0;
}

/** Digests of lines the plans of that year hold already, by direction and digest ("outbound:…"). */
export async function knownDigests(
  tx: Tx,
  lines: { provinceId: string; year: number; digests: readonly string[] },
): Promise<Set<string>> {
  if (lines.digests.length === 0) return new Set();
  const items = await tx.find(PlanItemEntity, {
    select: { rowDigest: true },
    where: { provinceId: lines.provinceId, year: lines.year, rowDigest: In([...lines.digests]) },
  });
  return new Set(items.map((item) => item.rowDigest));
}

/** The plan of that year and direction, made when there is none, locked until the transaction ends. */
export async function lockOrCreatePlan(tx: Tx, plan: PlanEntity): Promise<PlanEntity> {
  await tx.createQueryBuilder().insert().into(PlanEntity).values(plan).orIgnore().execute();
  return tx.findOneOrFail(PlanEntity, {
    where: { provinceId: plan.provinceId, year: plan.year, direction: plan.direction },
    lock: { mode: 'pessimistic_write' },
  });
}

export async function lastPosition(tx: Tx, planId: string): Promise<number> {
  const [row]: { last: number }[] = await tx.query(
    'select coalesce(max(position), 0)::int as last from plan_items where plan_id = $1',
    [planId],
  );
  return row?.last ?? 0;
}

const rowsPerInsert = 200;

export async function insertItems(tx: Tx, items: readonly PlanItemEntity[]): Promise<void> {
  for (let at = 0; at < items.length; at += rowsPerInsert) {
    await tx.insert(PlanItemEntity, items.slice(at, at + rowsPerInsert) as PlanItemEntity[]);
  }
}

export function viewOfItem(item: PlanItemEntity): PlanItemView {
  const { periodFrom: from, periodTo: to, periodLabel: label } = item;
  return {
    id: item.id,
    planId: item.planId,
    year: item.year,
    direction: item.direction,
    position: item.position,
    state: item.state,
    organisationId: item.organisationId,
    leaderRank: item.leaderRank,
    condition: item.condition,
    revision: item.revision,
    document: documentOf({ ...item, title: item.documentTitle }),
    number: item.number,
    section: item.section,
    name: item.name,
    capacity: item.capacity,
    head: item.head,
    countries: item.countries,
    countriesLabel: item.countriesLabel,
    partners: item.partners,
    content: item.content,
    peopleCount: item.peopleCount,
    delegationCount: item.delegationCount,
    peopleLabel: item.peopleLabel,
    days: item.days,
    includesTravel: item.includesTravel,
    period: from !== null && to !== null && label !== null ? { from, to, label } : null,
    furtherActivities: item.furtherActivities,
    funding: item.funding,
    hostUnit: item.hostUnit,
    note: item.note,
  };
}

export function viewOfPlanDocument(plan: PlanEntity): PlanView['document'] {
  return documentOf(plan);
}

function documentOf(
  row: Pick<PlanEntity, 'title' | 'documentNumber' | 'documentDate' | 'documentIssuer'>,
): PlanView['document'] {
  return { title: row.title, number: row.documentNumber, date: row.documentDate, issuer: row.documentIssuer };
}

function escapeLike(word: string): string {
  return word.replace(/[\\%_]/g, '\\$&');
}
