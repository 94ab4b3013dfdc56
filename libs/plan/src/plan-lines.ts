import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type { PlanValues } from '#contracts/plan.js';
import { planItemCode } from '#contracts/plan-codes.js';
import type { PlanItemPatch, RegisterPlanItem } from '#contracts/plan-cycle.js';
import type { Text } from '#contracts/text.js';
import { searchKey } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { PlanEntity } from './plan.entity.js';
import { lastPosition, viewOfItem } from './plan.repository.js';
import { readCountries } from './plan-countries.js';
import { PlanItemEntity } from './plan-item.entity.js';
import { parsePeriod } from './plan-period.js';
import { rowDigest } from './row-digest.js';

const emptyValues: PlanValues = {
  number: null,
  section: null,
  name: null,
  capacity: null,
  head: null,
  countries: [],
  countriesLabel: null,
  partners: null,
  content: null,
  peopleCount: null,
  delegationCount: null,
  peopleLabel: null,
  days: null,
  includesTravel: null,
  period: null,
  furtherActivities: [],
  funding: null,
  hostUnit: null,
  note: null,
};

/** A new line of a unit, last in the plan. `plan` is locked, so that no two lines get one position. */
export async function insertLine(
  tx: Tx,
  given: {
    plan: PlanEntity;
    unit: { readonly id: string; readonly name: string };
    fields: RegisterPlanItem;
    at: Date;
  },
): Promise<PlanItemEntity> {
  const { plan, unit, fields, at } = given;
  const { organisationId: _, noStateSecrets: __, ...patch } = fields;
  const values = withPatch({ ...emptyValues, hostUnit: unit.name }, { patch, year: plan.year });
  const position = (await lastPosition(tx, plan.id)) + 1;
  const item: PlanItemEntity = {
    ...columnsOf(values),
    id: randomUUID(),
    provinceId: plan.provinceId,
    planId: plan.id,
    position,
    year: plan.year,
    direction: plan.direction,
    state: 'draft',
    documentTitle: null,
    documentNumber: null,
    documentDate: null,
    documentIssuer: null,
    rowDigest: await freeDigest(tx, { planId: plan.id, values, exceptId: null }),
    searchName: searchNameOf(values),
    previewId: null,
    createdAt: at,
    organisationId: unit.id,
    leaderRank: patch.leaderRank ?? null,
    condition: null,
    revision: 1,
  };
  await tx.insert(PlanItemEntity, item);
  return item;
}

/** Throws VERSION_CONFLICT when it was edited since, VALIDATION_FAILED for a period that names no time. */
export async function updateLine(
  tx: Tx,
  given: { item: PlanItemEntity; patch: PlanItemPatch; expectedRevision: number },
): Promise<void> {
  const { item, patch, expectedRevision } = given;
  if (item.revision !== expectedRevision) throw new AppError('VERSION_CONFLICT', { version: item.revision });
  const values = withPatch(viewOfItem(item), { patch, year: item.year });
  const columns = {
    ...columnsOf(values),
    ...(patch.leaderRank !== undefined && { leaderRank: patch.leaderRank }),
    rowDigest: await freeDigest(tx, { planId: item.planId, values, exceptId: item.id }),
    searchName: searchNameOf(values),
    revision: item.revision + 1,
  };
  await tx.update(PlanItemEntity, { id: item.id }, columns as Partial<PlanItemEntity>);
}

/** What Mẫu 04 asks of a line, and the rank that decides which levels must agree. */
export function missingLineFields(item: PlanItemEntity): { field: string; text: Text }[] {
  const missing = (field: string, isThere: boolean, vi: string, en: string) =>
    isThere ? [] : [{ field, text: { vi, en } }];
  return [
    ...missing('head', Boolean(item.head), 'Trưởng đoàn', 'Head of the delegation'),
    ...missing('leaderRank', item.leaderRank !== null, 'Diện quản lý của trưởng đoàn', 'Rank of the head'),
    ...missing('countries', item.countries.length > 0, 'Nước đi', 'Countries'),
    ...missing('content', Boolean(item.content), 'Nội dung hoạt động', 'Activities'),
    ...missing('peopleCount', item.peopleCount !== null, 'Số người', 'People'),
    ...missing('days', item.days !== null, 'Số ngày', 'Days'),
    ...missing('period', item.periodFrom !== null, 'Thời gian thực hiện', 'Period'),
    ...missing('funding', Boolean(item.funding), 'Kinh phí', 'Funding'),
  ];
}

export function lineCode(item: Pick<PlanItemEntity, 'year' | 'position'>): string {
  return planItemCode(item.year, item.position);
}

function withPatch(values: PlanValues, { patch, year }: { patch: PlanItemPatch; year: number }): PlanValues {
  const { countries, period, leaderRank: _, ...plain } = patch;
  const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
  return {
    ...values,
    ...given,
    ...(countries !== undefined && {
      countriesLabel: countries,
      countries: countries === null ? [] : readCountries(countries),
    }),
    ...(period !== undefined && { period: period === null ? null : periodFrom(period, year) }),
    ...(patch.peopleCount !== undefined && { peopleLabel: null }),
  };
}

function periodFrom(label: string, year: number): PlanValues['period'] {
  const period = parsePeriod(label, year);
  if (period !== null) return period;
  const text = {
    vi: 'Viết thời gian như trong kế hoạch: "Quý II", "Tháng 4", "Quý II-III".',
    en: 'Write the time as plans do: "Quý II", "Tháng 4", "Quý II-III".',
  };
  throw new AppError('VALIDATION_FAILED', { fields: [{ path: 'period', text }] });
}

function columnsOf({ period, ...values }: PlanValues) {
  // A view carries more than the values; only what the form has is written.
  const { number, section, name, capacity, head, countries, countriesLabel, partners, content } = values;
  const { peopleCount, delegationCount, peopleLabel, days, includesTravel, furtherActivities } = values;
  const { funding, hostUnit, note } = values;
  return {
    ...{ number, section, capacity, head, countries, countriesLabel, partners, content, peopleCount, delegationCount },
    ...{ peopleLabel, days, includesTravel, furtherActivities, funding, hostUnit, note },
    name: name ?? '',
    periodFrom: period?.from ?? null,
    periodTo: period?.to ?? null,
    periodLabel: period?.label ?? null,
  };
}

function searchNameOf(values: PlanValues): string {
  return searchKey([values.name, values.head, values.countriesLabel, values.partners, values.content].join(' '));
}

/** Two units may propose the same words; each line is one of its own, as in a file with equal lines. */
async function freeDigest(
  tx: Tx,
  given: { planId: string; values: PlanValues; exceptId: string | null },
): Promise<string> {
  for (let count = 1; ; count += 1) {
    const digest = rowDigest('outbound', given.values, count);
    const found: unknown[] = await tx.query(
      'select 1 from plan_items where plan_id = $1 and row_digest = $2 and ($3::uuid is null or id <> $3)',
      [given.planId, digest, given.exceptId],
    );
    if (found.length === 0) return digest;
  }
}
