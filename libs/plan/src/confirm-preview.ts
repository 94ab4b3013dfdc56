import { randomUUID } from 'node:crypto';
import { AppError, type ErrorDetails } from '#contracts/errors.js';
import type { PlanDirection, PlanImport } from '#contracts/plan.js';
import { searchKey } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { plain } from './plain.js';
import { insertItems, knownDigests, lastPosition, lockOrCreatePlan, lockPreview } from './plan.repository.js';
import type { PlanItemEntity } from './plan-item.entity.js';
import { PlanPreviewEntity } from './plan-preview.entity.js';
import type { ReadPlan, ReadPlanRow } from './plan-reader.js';

export interface Confirmation {
  readonly provinceId: string;
  readonly previewId: string;
  readonly personId: string | null;
  readonly skipRows: readonly number[];
  readonly at: Date;
}

/** One transaction: preview locked, plans locked, new lines added, outcome kept with the preview. */
export async function confirmPreview(tx: Tx, confirmation: Confirmation): Promise<PlanImport> {
  const preview = await lockPreview(tx, confirmation);
  if (!preview) throw new AppError('NOT_FOUND');
  if (preview.outcome) return preview.outcome;
  const { reading } = preview;
  const skipped = new Set(confirmation.skipRows);
  const { year, rows } = importable(reading, skipped);
  const planIds: string[] = [];
  let added = 0;
  for (const direction of ['outbound', 'inbound'] as const) {
    const lines = rows.filter((row) => row.direction === direction);
    if (lines.length === 0) continue;
    const result = await addLines(tx, { confirmation, reading, year, direction, lines });
    planIds.push(result.planId);
    added += result.added;
  }
  const outcome = outcomeOf({
    planIds,
    added,
    alreadyThere: rows.length - added,
    skipped: reading.rows.length - rows.length,
  });
  const { personId, at } = confirmation;
  await tx.update(PlanPreviewEntity, { id: preview.id }, { outcome, confirmedAt: at, confirmedById: personId });
  return outcome;
}

/** Throws VALIDATION_FAILED with a field for each row that has an error and was not left out on purpose. */
function importable(reading: ReadPlan, skipped: ReadonlySet<number>): { year: number; rows: ReadPlanRow[] } {
  const fields: NonNullable<ErrorDetails['fields']>[number][] = [];
  for (const problem of reading.problems) {
    if (problem.severity === 'error') fields.push({ path: 'file', text: problem.text });
  }
  const unknown = [...skipped].filter((index) => !reading.rows.some((row) => row.index === index));
  for (const index of unknown) {
    const text = { vi: `Bản xem trước không có dòng ${index}.`, en: `The preview has no row ${index}.` };
    fields.push({ path: 'skipRows', text });
  }
  const rows = reading.rows.filter((row) => !skipped.has(row.index));
  for (const row of rows) {
    for (const problem of row.problems) {
      if (problem.severity !== 'error') continue;
      const place = problem.column === null ? `${row.row}` : `${row.row}, ${problem.column}`;
      const text = { vi: `Dòng ${place}: ${problem.text.vi}`, en: `Row ${place}: ${problem.text.en}` };
      fields.push({ path: `rows.${row.index}`, text });
    }
  }
  if (reading.year === null || fields.length > 0) {
    const text = {
      vi: 'Còn dòng có lỗi. Hãy sửa tệp rồi tải lại, hoặc bỏ qua các dòng đó.',
      en: 'Some rows have errors. Correct the file and upload it again, or leave those rows out.',
    };
    throw new AppError('VALIDATION_FAILED', { text, fields: fields.slice(0, 200) });
  }
  return { year: reading.year, rows };
}

interface Lines {
  readonly confirmation: Confirmation;
  readonly reading: ReadPlan;
  readonly year: number;
  readonly direction: PlanDirection;
  readonly lines: readonly ReadPlanRow[];
}

async function addLines(tx: Tx, add: Lines): Promise<{ planId: string; added: number }> {
  const { confirmation, year, direction, lines } = add;
  const { document } = add.reading;
  const plan = await lockOrCreatePlan(tx, {
    id: randomUUID(),
    provinceId: confirmation.provinceId,
    year,
    direction,
    title: document.title,
    documentNumber: document.number,
    documentDate: document.date,
    documentIssuer: document.issuer,
    importedById: confirmation.personId,
    importedAt: confirmation.at,
  });
  const digests = lines.map((line) => line.digest);
  const known = await knownDigests(tx, { provinceId: confirmation.provinceId, year, digests });
  const position = await lastPosition(tx, plan.id);
  const items = lines
    .filter((line) => !known.has(line.digest))
    .map((line, at) => itemOf(line, { add, planId: plan.id, position: position + at + 1 }));
  await insertItems(tx, items);
  return { planId: plan.id, added: items.length };
}

function itemOf(line: ReadPlanRow, place: { add: Lines; planId: string; position: number }): PlanItemEntity {
  const { values } = line;
  const { confirmation, reading, year, direction } = place.add;
  const { period, ...rest } = values;
  const name = values.name ?? '';
  return {
    ...rest,
    id: randomUUID(),
    provinceId: confirmation.provinceId,
    planId: place.planId,
    position: place.position,
    year,
    direction,
    ...conditionOf(values.note),
    organisationId: null,
    leaderRank: null,
    revision: 1,
    name,
    periodFrom: period?.from ?? null,
    periodTo: period?.to ?? null,
    periodLabel: period?.label ?? null,
    documentTitle: reading.document.title,
    documentNumber: reading.document.number,
    documentDate: reading.document.date,
    documentIssuer: reading.document.issuer,
    rowDigest: line.digest,
    searchName: searchKey([name, values.head, values.countriesLabel, values.partners, values.content].join(' ')),
    previewId: confirmation.previewId,
    createdAt: confirmation.at,
  };
}

/** A note such as "Báo cáo cụ thể đối tác, chương trình trước khi đi" is a condition of the approval (DOMAIN 0.3, plan of Thái Nguyên 2019). */
function conditionOf(note: string | null): Pick<PlanItemEntity, 'state' | 'condition'> {
  const isCondition = note !== null && /bao cao .*truoc khi di/.test(plain(note));
  return isCondition ? { state: 'approvedWithCondition', condition: note } : { state: 'approved', condition: null };
}

function outcomeOf(counts: Omit<PlanImport, 'text'>): PlanImport {
  const { added, alreadyThere, skipped } = counts;
  const nothing = added === 0 && alreadyThere > 0;
  const vi = nothing
    ? `Không thêm dòng nào: cả ${alreadyThere} dòng đã có trong kế hoạch.`
    : `Đã thêm ${added} dòng; ${alreadyThere} dòng đã có; bỏ qua ${skipped} dòng.`;
  const en = nothing
    ? `Nothing was added: all ${alreadyThere} lines are in the plan already.`
    : `${added} lines added; ${alreadyThere} were there already; ${skipped} left out.`;
  return { ...counts, text: { vi, en } };
}
