import { AppError } from '#contracts/errors.js';
import {
  type FollowUpEventInput,
  type FollowUpEventType,
  type FollowUpQuery,
  type FollowUpReceipt,
  type FollowUpView,
  followUpStates,
  type TripReport,
  type TripReportQuery,
  type TripReportSummary,
  type TripReportView,
} from '#contracts/trip-report.js';
import { dayOf } from '#libs/calendar';
import { holdingsOf, may, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import { requireUnmarkedEvent } from '#libs/regulation';
import type { LockedInstance, StoredAnswer } from '#libs/runtime';
import { type FollowUpContext, followUpNames, mayFollowUp } from '#workflows/follow-up/follow-up.js';
import { requireCase } from './case-access.js';
import type { CaseDependencies, CommandMeta } from './case-dependencies.js';
import { contextOf } from './case-facts.js';
import { decidedContent } from './content-after.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { findProposal } from './proposal.repository.js';
import { anywhere, wordsOf } from './search-words.js';
import { followUpDefinitionId } from './trip-reports.js';

interface SummaryRow extends Omit<TripReportSummary, 'acceptedAt'> {
  acceptedAt: Date | null;
}

const unitName = (unit: string, day: string) => `
  (select v.name from organisation_versions v where v.organisation_id = ${unit} and v.valid_from <= ${day}::date
    order by v.valid_from desc limit 1)`;

const summaryColumns = `
  r.instance_id as "caseId", p.case_code as "caseCode", p.delegation_name as "delegationName",
  coalesce(${unitName('p.organisation_id', '$2')}, '') as unit,
  (select coalesce(json_agg(c->>'name'), '[]') from jsonb_array_elements(p.countries) c) as countries,
  i.snapshot->'context'->>'departedOn' as "departedOn", i.snapshot->'context'->>'returnedOn' as "returnedOn",
  left(r.summary, 600) as summary, coalesce(jsonb_array_length(r.content->'agreements'), 0) as agreements,
  (select count(*)::int from trip_follow_ups f where f.instance_id = r.instance_id) as "followUps",
  r.accepted_at as "acceptedAt"`;

/** Accepted reports of the province, newest first. $3 patterns, $4 country, $5/$6 before (accepted, id), $7 rows. */
const libraryStatement = {
  name: 'delegation_report_library',
  text: `select ${summaryColumns}
    from trip_reports r join proposals p on p.instance_id = r.instance_id join instances i on i.id = r.instance_id
    where r.province_id = $1 and r.accepted_at is not null
      and (r.accepted_at, r.instance_id) < ($5::timestamptz, $6::uuid)
      and ($3::text[] is null or r.search_text like all($3::text[]))
      and ($4::text is null or exists (select from proposal_countries c where c.instance_id = r.instance_id and c.country = $4))
    order by r.accepted_at desc, r.instance_id desc limit $7`,
};
const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

interface FollowUpRow {
  id: string;
  caseId: string;
  caseCode: string;
  task: string;
  organisationId: string;
  organisationName: string | null;
  dueDate: string;
  state: 'planned' | 'open' | 'done' | 'cancelled';
  closedAt: Date | null;
  closingNote: string | null;
  focalId: string | null;
}

const followUpColumns = `
  select f.id, f.instance_id as "caseId", c.case_code as "caseCode", f.task, f.organisation_id as "organisationId",
    ${unitName('f.organisation_id', '$2')} as "organisationName", f.due_date::text as "dueDate", f.state,
    f.closed_at as "closedAt", f.closing_note as "closingNote", i.snapshot->'context'->>'focalId' as "focalId"
  from trip_follow_ups f join instances c on c.id = f.instance_id left join instances i on i.id = f.id`;

/** The library of trip reports, and what follows from them. */
export class TripReportService {
  constructor(private readonly dependencies: CaseDependencies) {}

  /** For everybody of the province: so that the next delegation reads what the last one learned. */
  async library(
    principal: SessionPrincipal,
    query: TripReportQuery,
  ): Promise<{ items: TripReportSummary[]; nextCursor: string | null }> {
    const { reader, clock } = this.dependencies;
    const before = query.cursor === undefined ? { at: 'infinity', id: lastId } : decodeCursor(query.cursor);
    const words = wordsOf(query.q).map(anywhere);
    const rows = await reader.read<SummaryRow>(libraryStatement, [
      principal.provinceId,
      dayOf(clock.now()),
      words.length === 0 ? null : words,
      query.country ?? null,
      before.at,
      before.id,
      query.limit + 1,
    ]);
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return {
      items: rows.slice(0, query.limit).map(summaryOf),
      nextCursor: last ? encodeCursor({ at: last.acceptedAt, id: last.caseId }) : null,
    };
  }

  /** An accepted report is read by the whole province; one that is only filed by who may read its case. Throws NOT_FOUND. */
  show(principal: SessionPrincipal, caseId: string): Promise<TripReportView> {
    const { dependencies } = this;
    const { provinceId } = principal;
    return dependencies.unitOfWork.run(async (tx) => {
      const today = dayOf(dependencies.clock.now());
      const [row]: (SummaryRow & {
        content: TripReport | null;
        words: string;
        number: string | null;
        date: string;
        submittedAt: Date;
      })[] = await tx.query(
        `select ${summaryColumns}, r.content, r.summary as words, r.document_number as number,
             r.document_date::text as date, r.submitted_at as "submittedAt"
           from trip_reports r join proposals p on p.instance_id = r.instance_id join instances i on i.id = r.instance_id
           where r.province_id = $1 and r.instance_id = $3`,
        [provinceId, today, caseId],
      );
      if (!row) throw new AppError('NOT_FOUND');
      const mayOpenCase = await requireCase(tx, { dependencies, principal, caseId }).then(
        () => true,
        (error: unknown) => {
          if (error instanceof AppError && error.code === 'NOT_FOUND' && row.acceptedAt !== null) return false;
          throw error;
        },
      );
      const instance = await dependencies.runtime.read(tx, caseId);
      const proposal = (await findProposal(tx, caseId))!;
      const decided =
        (await decidedContent(tx, { context: contextOf(instance), instanceId: caseId })) ?? proposal.content;
      const { content, words, number, date, submittedAt, ...summary } = row;
      const followUps: FollowUpRow[] = await tx.query(
        `${followUpColumns} where f.province_id = $1 and f.instance_id = $3 order by f.position`,
        [provinceId, today, caseId],
      );
      return {
        ...summaryOf({ ...summary, summary: words }),
        report: content,
        document: number === null ? null : { number, date },
        submittedAt: submittedAt.toISOString(),
        approved: {
          people: decided.members.length,
          days: decided.dayCount,
          costs: decided.funding.map(({ source, amount, currency }) => ({ source, amount, currency })),
        },
        followUpList: followUps.map((one) => viewOf(one, { principal, today })),
        mayOpenCase,
      };
    });
  }

  /** What is still to be done, by day: of the whole province for the focal agency and who supervises, else of the reader's organisations. */
  followUps(principal: SessionPrincipal, query: FollowUpQuery): Promise<{ items: FollowUpView[] }> {
    const { dependencies } = this;
    return dependencies.unitOfWork.run(async (tx) => {
      const today = dayOf(dependencies.clock.now());
      const held = holdingsOf(principal).map(({ organisationId }) => organisationId);
      const rows: FollowUpRow[] = await tx.query(
        `${followUpColumns} where f.province_id = $1
           and ($3::boolean or f.organisation_id = any($4::uuid[]) or i.snapshot->'context'->>'focalId' = any($4::text[]))
           and case when $5 = 'open' then f.state = 'open' else f.state <> 'planned' end
         order by f.due_date, f.id limit $6`,
        [
          principal.provinceId,
          today,
          may(principal, { role: ['inspector', 'administrator'] }),
          held,
          query.state,
          query.limit,
        ],
      );
      return { items: rows.map((row) => viewOf(row, { principal, today })) };
    });
  }

  /** Throws NOT_FOUND, FORBIDDEN, EVENT_REFUSED, IDEMPOTENCY_KEY_REUSED. */
  async send(
    principal: SessionPrincipal,
    given: { followUpId: string; event: FollowUpEventInput; meta: CommandMeta },
  ): Promise<StoredAnswer> {
    const { dependencies } = this;
    const { event } = given;
    requireUnmarkedEvent(event, ['note', 'reason']);
    const outcome = await dependencies.unitOfWork.run((tx) => this.decide(tx, { ...given, principal }));
    if (!('refused' in outcome)) return outcome;
    const { refusal, states, version } = outcome.refused;
    const { rules, reason, text } = refusal;
    throw new AppError('EVENT_REFUSED', { rules, reason, text, states, version });
  }

  private async decide(
    tx: Tx,
    given: { principal: SessionPrincipal; followUpId: string; event: FollowUpEventInput; meta: CommandMeta },
  ) {
    const { runtime, clock } = this.dependencies;
    const { principal, followUpId, event, meta } = given;
    const { personId, provinceId } = principal;
    const acting = { personId, requestId: meta.requestId };
    const { idempotency } = meta;
    const locked = await runtime.lock(tx, {
      instanceId: followUpId,
      principal: acting,
      ...(idempotency && { idempotency }),
    });
    if (locked.provinceId !== provinceId || locked.definitionId !== followUpDefinitionId)
      throw new AppError('NOT_FOUND');
    if (locked.replay) return locked.replay;
    const held = holdingsOf(principal).find((holding) => allows(locked, event.type, holding));
    if (!held) throw new AppError(sees(locked, principal) ? 'FORBIDDEN' : 'NOT_FOUND');
    const onBehalfOfId = held.onBehalfOfId ?? null;
    const { type, ...fields } = event;
    const { note, reason, ...open } = fields as { note?: string; reason?: string; dueDate?: string };
    const written = { ...(note !== undefined && { note }), ...(reason !== undefined && { reason }) };
    const answer = (applied: { version: number }): StoredAnswer => ({
      status: 200,
      body: receiptOf(followUpId, applied.version, type),
    });
    const outcome = await runtime.apply(tx, locked, {
      event: { type, ...open, facts: { principalId: personId, onBehalfOfId } },
      principal: { ...acting, onBehalfOfId, organisationVersionId: held.organisationVersionId },
      privatePayload: written,
      ...(idempotency && { idempotency }),
      answer,
    });
    if (outcome.kind === 'refused') return { refused: outcome };
    if (event.type === 'MOVE_FOLLOW_UP')
      await tx.query('update trip_follow_ups set due_date = $2 where id = $1', [followUpId, event.dueDate]);
    else
      await tx.query(
        'update trip_follow_ups set state = $2, closed_at = $3, closed_by_id = $4, closing_note = $5 where id = $1',
        [followUpId, outcome.states[0], clock.now(), personId, note ?? reason ?? null],
      );
    return answer(outcome);
  }
}

function receiptOf(id: string, version: number, type: FollowUpEventType): FollowUpReceipt {
  const states = { CLOSE_FOLLOW_UP: 'done', CANCEL_FOLLOW_UP: 'cancelled', MOVE_FOLLOW_UP: 'open' } as const;
  return { id, version, state: states[type], text: followUpNames[type] };
}

function placeOf({ snapshot }: LockedInstance): { ownerId: string; focalId: string } {
  const { organisationId, focalId } = snapshot.context as FollowUpContext;
  return { ownerId: organisationId, focalId };
}

function allows(
  locked: LockedInstance,
  type: FollowUpEventType,
  holding: { role: string; organisationId: string },
): boolean {
  return mayFollowUp({ type, holding, ...placeOf(locked) });
}

function sees(locked: LockedInstance, principal: SessionPrincipal): boolean {
  const { ownerId, focalId } = placeOf(locked);
  if (may(principal, { role: ['inspector', 'administrator'] })) return true;
  return holdingsOf(principal).some(({ organisationId }) => organisationId === ownerId || organisationId === focalId);
}

function summaryOf(row: SummaryRow): TripReportSummary {
  return { ...row, acceptedAt: row.acceptedAt?.toISOString() ?? null };
}

function viewOf(row: FollowUpRow, { principal, today }: { principal: SessionPrincipal; today: string }): FollowUpView {
  const { organisationId, organisationName, focalId, state, closedAt, ...rest } = row;
  const place = { ownerId: organisationId, focalId: focalId ?? '' };
  const allowed = (type: FollowUpEventType) =>
    state === 'open' && holdingsOf(principal).some((holding) => mayFollowUp({ type, holding, ...place }));
  const shown: (typeof followUpStates)[number] = state === 'open' && row.dueDate < today ? 'overdue' : state;
  return {
    ...rest,
    organisation: { id: organisationId, name: organisationName ?? '' },
    state: shown,
    closedAt: closedAt?.toISOString() ?? null,
    may: { close: allowed('CLOSE_FOLLOW_UP'), manage: allowed('MOVE_FOLLOW_UP') },
  };
}
