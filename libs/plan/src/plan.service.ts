import { createHash, randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import type {
  PlanDirection,
  PlanImport,
  PlanItemQuery,
  PlanItemView,
  PlanListQuery,
  PlanPreview,
  PlanView,
  PreviewPlan,
} from '#contracts/plan.js';
import type { ExportPlan } from '#contracts/plan-export.js';
import { includedPlanStates, standingPlanStates } from '#contracts/plan-states.js';
import { dayOf } from '#libs/calendar';
import { readTables, type UploadedFile, writeTableDocument, writeTableWorkbook } from '#libs/documents';
import { requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { requireUnmarkedContent, secrecyOfFile } from '#libs/regulation';
import { findStoredAnswer, type Idempotency, IdempotencyKeyEntity, recordAudit } from '#libs/runtime';
import { downloadHeaders } from '#libs/storage';
import { confirmPreview } from './confirm-preview.js';
import { planAsTable, usualColumnSet } from './export-plan.js';
import {
  findItem,
  findItems,
  findPlan,
  findPlans,
  findPreview,
  knownDigests,
  viewOfItem,
  viewOfPlanDocument,
  wasFileImported,
} from './plan.repository.js';
import { visibleUnits } from './plan-authority.js';
import { PlanPreviewEntity } from './plan-preview.entity.js';
import { type ReadPlan, readPlan } from './plan-reader.js';
import { type PlanRoom, planSetup } from './plan-setup.js';

const onlyStanding = { states: standingPlanStates };
/** As many lines as a file may have that is imported. */
const mostExported = 5_000;
const mediaTypes = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
} as const;

/**
 * Who imports or reads. `operator`: the command line or the seed on the server itself, which needs no role; a request over
 * HTTP is never one.
 */
export type PlanPrincipal =
  | (Pick<SessionPrincipal, 'provinceId' | 'personId' | 'roles'> & { readonly operator?: undefined })
  | { readonly operator: true; readonly provinceId: string; readonly personId: null };

/** The annual plans of a province. Importing needs a reviewer, leader or administrator of the focal agency. */
export class PlanService {
  constructor(private readonly room: PlanRoom) {}

  /**
   * Reads the file and keeps what was read; the plan itself is not touched. Throws FORBIDDEN, FILE_REJECTED or
   * FILE_TOO_LARGE, and VALIDATION_FAILED for a line with a marking of secrecy. A file that is read but holds errors gives a preview that lists them.
   */
  async previewPlan(principal: PlanPrincipal, file: UploadedFile, choice: PreviewPlan = {}): Promise<PlanPreview> {
    const { provinceId, personId } = principal;
    await this.room.unitOfWork.run((tx) => this.requireImporter(tx, principal));
    const reading = readPlan(await readTables(file), { ...choice, fileName: file.name });
    requireUnclassified(file.name, reading);
    const preview: PlanPreviewEntity = {
      id: randomUUID(),
      provinceId,
      fileName: shownName(file.name),
      fileSha256: createHash('sha256').update(file.bytes).digest('hex'),
      kind: reading.kind,
      reading,
      createdById: personId,
      createdAt: this.room.clock.now(),
      confirmedById: null,
      confirmedAt: null,
      outcome: null,
    };
    return this.room.unitOfWork.run(async (tx) => {
      await tx.insert(PlanPreviewEntity, preview);
      return viewOfPreview(tx, preview);
    });
  }

  /** Throws NOT_FOUND, FORBIDDEN. */
  getPreview(principal: PlanPrincipal, previewId: string): Promise<PlanPreview> {
    return this.room.unitOfWork.run(async (tx) => {
      await this.requireImporter(tx, principal);
      const preview = await findPreview(tx, { provinceId: principal.provinceId, previewId });
      if (!preview) throw new AppError('NOT_FOUND');
      return viewOfPreview(tx, preview);
    });
  }

  /**
   * Imports the rows of a preview but those left out on purpose. Lines the plan holds already are not added again.
   * A preview is confirmed once; confirming it again gives the first outcome. Throws NOT_FOUND, FORBIDDEN,
   * VALIDATION_FAILED while a row that is not left out has an error, and IDEMPOTENCY_KEY_REUSED.
   */
  confirmPlan(
    principal: PlanPrincipal,
    command: { readonly previewId: string; readonly skipRows?: readonly number[]; readonly idempotency?: Idempotency },
  ): Promise<PlanImport> {
    const { provinceId, personId } = principal;
    const { previewId, skipRows = [], idempotency } = command;
    const confirm = async (tx: Tx) => {
      await this.requireImporter(tx, principal);
      return confirmPreview(tx, { provinceId, previewId, personId, skipRows, at: this.room.clock.now() });
    };
    return this.room.unitOfWork.run(async (tx) => {
      if (!idempotency || personId === null) return confirm(tx);
      const answered = await findStoredAnswer(tx, { principal: { personId }, idempotency });
      if (answered) return answered.body as PlanImport;
      const body = await confirm(tx);
      const { key, bodyHash } = idempotency;
      const createdAt = this.room.clock.now();
      await tx.insert(IdempotencyKeyEntity, { principalId: personId, key, bodyHash, status: 200, body, createdAt });
      return body;
    });
  }

  listPlans(principal: Pick<PlanPrincipal, 'provinceId'>, filter: PlanListQuery = {}): Promise<PlanView[]> {
    return this.room.unitOfWork.run((tx) => findPlans(tx, principal.provinceId, filter));
  }

  /** after: the position of the last item shown. Throws NOT_FOUND for a plan of another province. */
  async listItems(
    principal: Pick<PlanPrincipal, 'provinceId'> | SessionPrincipal,
    page: Pick<PlanItemQuery, 'search' | 'limit'> & {
      readonly planId: string;
      readonly after?: number;
      readonly scope?: PlanItemQuery['scope'];
    },
  ): Promise<{ items: PlanItemView[]; next: { position: number } | null }> {
    const { provinceId } = principal;
    return this.room.unitOfWork.run(async (tx) => {
      if (!(await findPlan(tx, { provinceId, planId: page.planId }))) throw new AppError('NOT_FOUND');
      const shown = page.scope === 'all' && 'sessionId' in principal ? await this.seenBy(tx, principal) : onlyStanding;
      const found = await findItems(tx, { ...page, ...shown, provinceId, limit: page.limit + 1 });
      const items = found.slice(0, page.limit).map(viewOfItem);
      const last = items.at(-1);
      return { items, next: found.length > page.limit && last ? { position: last.position } : null };
    });
  }

  /**
   * The plan as a file that imports again without loss. `columns` absent: form 04 or 05. The export is on record. Throws NOT_FOUND.
   */
  async exportPlan(
    principal: Pick<SessionPrincipal, 'provinceId' | 'personId'>,
    { planId, columns, format }: ExportPlan & { readonly planId: string },
  ): Promise<{ bytes: Buffer; headers: Readonly<Record<string, string>> }> {
    const { provinceId, personId } = principal;
    const plan = await this.room.unitOfWork.run(async (tx) => {
      const found = await findPlan(tx, { provinceId, planId });
      if (!found) throw new AppError('NOT_FOUND');
      const items = await findItems(tx, { provinceId, planId, limit: mostExported, states: includedPlanStates });
      await recordAudit(tx, {
        kind: 'export',
        action: 'plan.exported',
        at: this.room.clock.now(),
        provinceId,
        subjectId: planId,
        principalId: personId,
        details: { format },
      });
      const { year, direction } = found;
      return { year, direction, document: viewOfPlanDocument(found), items: items.map(viewOfItem) };
    });
    const table = planAsTable(plan, columns ?? usualColumnSet(plan));
    const bytes = await (format === 'xlsx' ? writeTableWorkbook([table]) : writeTableDocument([table]));
    const name = `Kế hoạch ${plan.direction === 'inbound' ? 'đoàn vào' : 'đoàn ra'} năm ${plan.year}.${format}`;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { bytes, headers: downloadHeaders({ name, mediaType: mediaTypes[format], size: bytes.length, sha256 }) };
  }

  /** A line of the plan, or one that the reader's unit proposes. Throws NOT_FOUND. */
  getItem(principal: SessionPrincipal, planItemId: string): Promise<PlanItemView> {
    const { provinceId } = principal;
    return this.room.unitOfWork.run(async (tx) => {
      const item = await findItem(tx, { provinceId, planItemId });
      if (!item) throw new AppError('NOT_FOUND');
      const { states, ownUnits } = await this.seenBy(tx, principal);
      const isOwn = ownUnits === null || (item.organisationId !== null && ownUnits.includes(item.organisationId));
      if (!isOwn && !states.includes(item.state)) throw new AppError('NOT_FOUND');
      return viewOfItem(item);
    });
  }

  /** Besides the lines of the plan, those that are not in it (yet), as far as the reader may see them. */
  private async seenBy(tx: Tx, principal: SessionPrincipal) {
    const { ids } = await planSetup(tx, this.room, principal.provinceId);
    return { states: includedPlanStates, ownUnits: visibleUnits(principal, ids.focalId) };
  }

  private async requireImporter(tx: Tx, principal: PlanPrincipal): Promise<void> {
    if (principal.operator) return;
    const at = this.room.clock.now();
    const profile = await this.room.profiles.inForce(tx, { provinceId: principal.provinceId, day: dayOf(at), at });
    if (!profile) throw new AppError('FORBIDDEN');
    const roles = principal.roles.filter((held) => held.organisationCode === profile.focalOrganisationCode);
    requireRole({ roles }, { role: ['reviewer', 'leader', 'administrator'] });
  }
}

/** A line of the plan for another use case of the same transaction. Throws NOT_FOUND, also for another province's line. */
export async function getPlanItem(
  tx: Tx,
  key: { readonly provinceId: string; readonly planItemId: string },
): Promise<PlanItemView> {
  const item = await findItem(tx, key);
  if (!item) throw new AppError('NOT_FOUND');
  return viewOfItem(item);
}

async function viewOfPreview(tx: Tx, preview: PlanPreviewEntity): Promise<PlanPreview> {
  const { id, provinceId, reading, outcome } = preview;
  const digests = reading.rows.map((row) => row.digest);
  const known = reading.year === null ? new Set() : await knownDigests(tx, { provinceId, year: reading.year, digests });
  const problems = [...reading.problems, ...reading.rows.flatMap((row) => row.problems)];
  const count = (severity: 'error' | 'warning') => problems.filter((problem) => problem.severity === severity).length;
  return {
    id,
    fileName: preview.fileName,
    fileSha256: preview.fileSha256,
    kind: preview.kind,
    year: reading.year,
    directions: [...new Set<PlanDirection>(reading.rows.map((row) => row.direction))],
    document: reading.document,
    rows: reading.rows.map(({ digest, ...row }) => ({ ...row, known: known.has(digest) })),
    problems: [...reading.problems],
    errorCount: count('error'),
    warningCount: count('warning'),
    createdAt: preview.createdAt.toISOString(),
    importedBefore: await wasFileImported(tx, { provinceId, sha256: preview.fileSha256, exceptPreviewId: id }),
    imported: outcome,
  };
}

/** Nothing of a file that carries a marking of secrecy is kept, not even as a preview. Throws FILE_REJECTED, VALIDATION_FAILED. */
function requireUnclassified(fileName: string, { document, rows }: ReadPlan): void {
  const text = secrecyOfFile({ fileName, title: document.title ?? '', number: document.number ?? '' });
  if (text !== null) throw new AppError('FILE_REJECTED', { text });
  requireUnmarkedContent(Object.fromEntries(rows.map(({ row, values }) => [row, values])), 'rows');
}

/** The last part of the name, without control characters, for showing only. */
function shownName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? '';
  return last.replace(/\p{C}/gu, '').trim().slice(-255) || 'tep';
}
