import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import {
  type OpenReportRound,
  type ReportReceipt,
  roundCode,
  roundTitle,
  unitReportCode,
} from '#contracts/report-round.js';
import { type CaseDependencies, type CommandMeta, takeDutyAsSaid } from '#libs/delegation';
import type { SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { Principal, Runtime, StoredAnswer } from '#libs/runtime';
import type { ReportRoundInput } from '#workflows/periodic-report/report-round.js';
import type { UnitReportInput } from '#workflows/periodic-report/unit-report.js';
import { ReportRoundEntity, UnitReportEntity } from './report-round.entity.js';
import { nextRoundNumber, unitsThatReport } from './report-rounds.repository.js';
import { dueDay, dutiesAskedFor, holdingFor, type ReportSetup, reportDeadlines, reportSetup } from './report-setup.js';

interface Wanted {
  readonly dependencies: CaseDependencies;
  readonly principal: SessionPrincipal;
  readonly command: OpenReportRound;
  readonly meta: CommandMeta;
}

/** Throws FORBIDDEN, VALIDATION_FAILED (day, unit), and what the database says of a second request for the same period. */
export async function openRound(tx: Tx, wanted: Wanted): Promise<StoredAnswer> {
  const { dependencies, principal, command, meta } = wanted;
  const { personId, provinceId } = principal;
  const { runtime, clock } = dependencies;
  const setup = await reportSetup(tx, dependencies, provinceId);
  const held = setup && holdingFor('REQUEST_REPORTS', principal, { unitId: null, focalId: setup.focalId });
  if (setup === null || !held) throw new AppError('FORBIDDEN');
  const acting: Principal = {
    personId,
    onBehalfOfId: held.onBehalfOfId ?? null,
    organisationVersionId: held.organisationVersionId,
    requestId: meta.requestId,
  };
  if (meta.idempotency) {
    const earlier = await runtime.storedAnswer(tx, { principal: acting, idempotency: meta.idempotency });
    if (earlier !== null) return earlier;
  }
  const due = dueDay(setup, command);
  const unitIds = await askedUnits(tx, { setup, command, provinceId });
  const year = Number(setup.today.slice(0, 4));
  const code = roundCode(year, await nextRoundNumber(tx, { provinceId, year }));
  const { reportConsolidationDue, ...unitDeadlines } = reportDeadlines(setup, due);
  const id = randomUUID();
  const title = `Báo cáo đoàn ra ${roundTitle(command).vi}`;
  const input: ReportRoundInput = { title, focalId: setup.focalId, deadlines: { reportConsolidationDue } };
  const { version } = await runtime.start(tx, {
    instanceId: id,
    definitionId: 'report-round',
    provinceId,
    caseCode: code,
    input,
    principal: acting,
    ...(meta.idempotency && { idempotency: meta.idempotency }),
    answer: (applied) => openedAnswer(id, applied.version),
  });
  await tx.insert(ReportRoundEntity, roundRow({ id, title, provinceId, personId, command, due, at: clock.now() }));
  for (const organisationId of unitIds)
    await askUnit(tx, {
      runtime,
      acting,
      roundId: id,
      provinceId,
      caseCode: unitReportCode(code, setup.organisations.get(organisationId)?.code ?? ''),
      input: { title, organisationId, focalId: setup.focalId, deadlines: unitDeadlines },
    });
  const aboutYear = Number(command.to.slice(0, 4));
  for (const duty of dutiesAskedFor(setup.profile, command.kind))
    await takeDutyAsSaid(tx, { provinceId, duty, year: aboutYear, now: clock.now() });
  return openedAnswer(id, version);
}

function roundRow(given: {
  id: string;
  title: string;
  provinceId: string;
  personId: string;
  command: OpenReportRound;
  due: { dueOn: string; source: string | null };
  at: Date;
}): ReportRoundEntity {
  const { id, title, provinceId, personId, command, due, at } = given;
  const { kind, from, to } = command;
  return {
    id,
    provinceId,
    kind,
    title,
    periodFrom: from,
    periodTo: to,
    dueOn: due.dueOn,
    dueSource: due.source,
    state: 'collecting',
    requestedAt: at,
    requestedById: personId,
    figures: null,
    consolidatedAt: null,
  };
}

/** The unit's report begins as a case of its own: its task, its reminders. */
async function askUnit(
  tx: Tx,
  given: {
    runtime: Runtime;
    acting: Principal;
    roundId: string;
    provinceId: string;
    caseCode: string;
    input: UnitReportInput;
  },
): Promise<void> {
  const { runtime, acting, roundId, provinceId, caseCode, input } = given;
  const id = randomUUID();
  await runtime.start(tx, {
    instanceId: id,
    definitionId: 'unit-report',
    provinceId,
    caseCode,
    input,
    principal: acting,
  });
  await tx.insert(UnitReportEntity, {
    id,
    roundId,
    provinceId,
    organisationId: input.organisationId,
    state: 'requested',
    remarks: null,
    remarksRevision: 0,
    remarksSavedAt: null,
    figures: null,
    submittedAt: null,
    submittedById: null,
    returnReason: null,
  });
}

function openedAnswer(id: string, version: number): StoredAnswer {
  const body: ReportReceipt = {
    id,
    version,
    state: 'collecting',
    text: { vi: 'Yêu cầu báo cáo', en: 'Reports requested' },
  };
  return { status: 201, body };
}

/** Throws VALIDATION_FAILED for an organisation that drafts no trips, or when nobody would be asked. */
async function askedUnits(
  tx: Tx,
  given: { setup: ReportSetup; command: OpenReportRound; provinceId: string },
): Promise<readonly string[]> {
  const { setup, command, provinceId } = given;
  const known = await unitsThatReport(tx, { provinceId, today: setup.today });
  const wanted = [...new Set(command.organisationIds ?? known)];
  const isWrong = wanted.length === 0 || wanted.some((id) => !known.includes(id));
  if (!isWrong) return wanted;
  const text = {
    vi: 'Có cơ quan không thuộc tỉnh hoặc chưa có chuyên viên lập hồ sơ.',
    en: 'One of them is no organisation of the province, or has nobody who drafts.',
  };
  throw new AppError('VALIDATION_FAILED', { fields: [{ path: 'organisationIds', text }] });
}
