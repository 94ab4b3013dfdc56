import { randomUUID } from 'node:crypto';
import type { DelegationEventInput } from '#contracts/delegation-events.js';
import { AppError } from '#contracts/errors.js';
import { followUpCode } from '#contracts/plan-codes.js';
import type { TripReport } from '#contracts/trip-report.js';
import { dayOf } from '#libs/calendar';
import { organisationsOn, searchKey } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import type { LockedInstance, Principal } from '#libs/runtime';
import type { FollowUpInput } from '#workflows/follow-up/follow-up.js';
import type { CaseDependencies } from './case-dependencies.js';
import { findProposal } from './proposal.repository.js';
import { TripFollowUpEntity } from './trip-report.entity.js';

export const followUpDefinitionId = 'follow-up';

interface Kept {
  readonly dependencies: CaseDependencies;
  readonly locked: LockedInstance;
  readonly event: DelegationEventInput;
  readonly who: Principal;
  readonly focalId: string;
}

/** What an accepted event leaves in the library of reports: a report as it was filed, and what follows from it once it is accepted. */
export async function keepReport(tx: Tx, kept: Kept): Promise<void> {
  if (kept.event.type === 'SUBMIT_REPORT') await fileReport(tx, { ...kept, event: kept.event });
  if (kept.event.type === 'ACCEPT_REPORT') await acceptReport(tx, kept);
}

interface Filed {
  readonly event: DelegationEventInput;
  readonly caseId: string;
  readonly provinceId: string;
  readonly now: Date;
}

/**
 * A report says what was done, except of a trip handled outside, of which nothing is stored here; what went otherwise than approved has
 * its reason (DOMAIN 6). Throws VALIDATION_FAILED.
 */
export async function requireSoundReport(tx: Tx, { event, caseId, ...place }: Filed): Promise<void> {
  if (event.type !== 'SUBMIT_REPORT') return;
  const proposal = await findProposal(tx, caseId);
  if (!proposal) throw new AppError('NOT_FOUND');
  const { handledOutside, members, dayCount } = proposal.content;
  if (handledOutside !== (event.report === undefined))
    throw wrongReport([{ path: 'report', text: handledOutside ? nothingStored : contentMissing }]);
  if (event.report === undefined) return;
  const { actual, deviations, followUps } = event.report;
  const otherwise = actual.people !== members.length || (dayCount !== null && actual.days !== dayCount);
  if (otherwise && deviations === '') throw wrongReport([{ path: 'report.deviations', text: reasonMissing }]);
  await requireSoundFollowUps(tx, { followUps, ...place });
}

const contentMissing = {
  vi: 'Báo cáo phải có nội dung: số người, số ngày, chi phí thực tế, các cuộc làm việc, kiến nghị.',
  en: 'The report must have its content: people, days, actual costs, meetings, proposals.',
};
const nothingStored = {
  vi: 'Đoàn xử lý ngoài hệ thống: chỉ ghi số, ngày văn bản, không ghi nội dung báo cáo.',
  en: 'The trip is handled outside: only number and day of the document are recorded, no content.',
};
const reasonMissing = {
  vi: 'Số người hoặc số ngày thực tế khác với quyết định: nêu lý do.',
  en: 'The people or days differ from what was decided: say why.',
};

function wrongReport(fields: readonly { path: string; text: { vi: string; en: string } }[]): AppError {
  return new AppError('VALIDATION_FAILED', { fields });
}

/** Organisations that are given something to do are of the province, and their day is still to come. */
async function requireSoundFollowUps(
  tx: Tx,
  { followUps, provinceId, now }: Omit<Filed, 'event' | 'caseId'> & Pick<TripReport, 'followUps'>,
): Promise<void> {
  if (followUps.length === 0) return;
  const today = dayOf(now);
  const known = new Set((await organisationsOn(tx, { provinceId, on: today })).map(({ id }) => id));
  const fields = followUps.flatMap(({ organisationId, dueDate }, index) => [
    ...(known.has(organisationId)
      ? []
      : [
          {
            path: `report.followUps.${index}.organisationId`,
            text: { vi: 'Tỉnh không có cơ quan này.', en: 'The province has no such organisation.' },
          },
        ]),
    ...(dueDate >= today
      ? []
      : [{ path: `report.followUps.${index}.dueDate`, text: { vi: 'Hạn đã qua.', en: 'The day has passed.' } }]),
  ]);
  if (fields.length > 0) throw wrongReport(fields);
}

async function fileReport(
  tx: Tx,
  { dependencies, locked, event, who }: Kept & { event: Extract<DelegationEventInput, { type: 'SUBMIT_REPORT' }> },
): Promise<void> {
  const proposal = await findProposal(tx, locked.id);
  if (!proposal) throw new Error(`Case ${locked.id} has no proposal.`);
  const { report = null, summary, document } = event;
  const { content } = proposal;
  const searched = [
    proposal.caseCode,
    content.delegationName,
    ...content.countries.map(({ name }) => name),
    content.partners,
    content.purpose,
    summary,
    ...wordsIn(report),
  ];
  await tx.query(
    `insert into trip_reports (instance_id, province_id, content, summary, document_number, document_date, search_text,
       submitted_at, submitted_by_id)
     values ($1, $2, $3::jsonb, $4, $5, $6, $7, $8, $9)
     on conflict (instance_id) do update set content = excluded.content, summary = excluded.summary,
       document_number = excluded.document_number, document_date = excluded.document_date,
       search_text = excluded.search_text, submitted_at = excluded.submitted_at, submitted_by_id = excluded.submitted_by_id`,
    [
      locked.id,
      locked.provinceId,
      report && JSON.stringify(report),
      summary,
      document.number,
      document.date,
      searchKey(searched.join(' ')),
      dependencies.clock.now(),
      who.personId,
    ],
  );
  // A report that was returned is filed anew, and so is what it proposes.
  await tx.query('delete from trip_follow_ups where instance_id = $1', [locked.id]);
  const followUps = report?.followUps ?? [];
  const rows = followUps.map(
    (one, index): TripFollowUpEntity => ({
      id: randomUUID(),
      instanceId: locked.id,
      provinceId: locked.provinceId,
      position: index + 1,
      ...one,
      state: 'planned',
      closedAt: null,
      closedById: null,
      closingNote: null,
    }),
  );
  if (rows.length > 0) await tx.insert(TripFollowUpEntity, rows);
}

/** From now on others read the report, and each follow-up is a task of its organisation with a deadline of its own. */
async function acceptReport(tx: Tx, { dependencies, locked, who, focalId }: Kept): Promise<void> {
  const now = dependencies.clock.now();
  await tx.query('update trip_reports set accepted_at = $2 where instance_id = $1', [locked.id, now]);
  const planned = await tx.find(TripFollowUpEntity, {
    where: { instanceId: locked.id, state: 'planned' },
    order: { position: 'ASC' },
  });
  if (planned.length === 0) return;
  const [row]: { code: string }[] = await tx.query('select case_code as code from instances where id = $1', [
    locked.id,
  ]);
  for (const { id, position, organisationId, dueDate } of planned) {
    const input: FollowUpInput = { organisationId, focalId, dueDate };
    await dependencies.runtime.start(tx, {
      instanceId: id,
      definitionId: followUpDefinitionId,
      provinceId: locked.provinceId,
      caseCode: followUpCode(row!.code, position),
      input,
      principal: who,
    });
  }
  await tx.query(`update trip_follow_ups set state = 'open' where instance_id = $1 and state = 'planned'`, [locked.id]);
}

function wordsIn(report: TripReport | null): string[] {
  if (report === null) return [];
  const { deviations, lessons, meetings, agreements, followUps } = report;
  return [
    deviations,
    lessons,
    ...meetings.flatMap(({ place, partner, content }) => [place, partner, content]),
    ...agreements.flatMap(({ title, partner }) => [title, partner]),
    ...followUps.map(({ task }) => task),
  ];
}
