import { AppError } from '#contracts/errors.js';
import type {
  MailListQuery,
  MailPage,
  MailPreview,
  MailPreviewQuery,
  MailResent,
  MailTemplateList,
  MailTroubleView,
} from '#contracts/mail-ledger.js';
import { addDays, instantAt } from '#libs/calendar';
import { namesOfPeople, requireRole, type SessionPrincipal } from '#libs/organisation';
import type { Tx } from '#libs/persistence';
import {
  digestTemplate,
  listMails,
  listReportSources,
  listWorkers,
  type MailRow,
  mailTrouble,
  recordAudit,
  resendMail,
} from '#libs/runtime';
import type { CaseDependencies } from './case-dependencies.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { previewMail } from './mail-preview.js';
import type { CalendarPlace } from './mails/mail-calendar.js';
import { mailTemplateName } from './mails/mail-content.js';
import { everyMailTemplate } from './mails/mail-template.js';
import { overdueAfterMs } from './operations.js';

const operators = ['administrator', 'inspector'] as const;
const digestName = { vi: 'Thư gộp buổi sáng', en: 'Morning digest' };

/** What became of every mail, for the operator of a province; only the administrator sends one again. */
export class MailLedgerService {
  constructor(
    private readonly dependencies: CaseDependencies & {
      readonly place: CalendarPlace;
      /** The bare address mails are sent from. */
      readonly sender: string;
    },
  ) {}

  /** Newest first: whom each mail went to and what became of it, never its text. Throws FORBIDDEN. */
  list(principal: SessionPrincipal, query: MailListQuery): Promise<MailPage> {
    requireRole(principal, { role: operators });
    const { caseId, bounced, from, to, limit, cursor, ...same } = query;
    const place = cursor === undefined ? undefined : decodeCursor(cursor);
    const { provinceId } = principal;
    return this.dependencies.unitOfWork.run(async (tx) => {
      const rows = await listMails(tx, {
        ...same,
        provinceId,
        instanceId: caseId,
        bounced: bounced === 'true',
        from: from === undefined ? undefined : instantAt(from, '00:00'),
        before: to === undefined ? undefined : instantAt(addDays(to, 1), '00:00'),
        after: place && { createdAt: new Date(place.at), id: place.id },
        limit: limit + 1,
      });
      const shown = rows.slice(0, limit);
      const last = rows.length > limit ? shown.at(-1) : undefined;
      const personIds = [...new Set(shown.flatMap(({ personId }) => personId ?? []))];
      const names = await namesOfPeople(tx, { provinceId, personIds });
      return {
        items: shown.map((row) => viewOf(row, names)),
        nextCursor: last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
      };
    });
  }

  /** Throws FORBIDDEN. */
  trouble(principal: SessionPrincipal): Promise<MailTroubleView> {
    requireRole(principal, { role: operators });
    const { unitOfWork, clock } = this.dependencies;
    const since = new Date(clock.now().getTime() - overdueAfterMs);
    return unitOfWork.run(async (tx) => ({
      ...(await mailTrouble(tx, { provinceId: principal.provinceId, since })),
      reportSources: (await listReportSources(tx)).map((source) => ({
        ...source,
        lookedAt: source.lookedAt?.toISOString() ?? null,
        faultSince: source.faultSince?.toISOString() ?? null,
      })),
      workers: await listWorkers(tx),
    }));
  }

  /** Throws FORBIDDEN. */
  templates(principal: SessionPrincipal): MailTemplateList {
    requireRole(principal, { role: operators });
    const items = everyMailTemplate.map((template) => ({
      template,
      name: mailTemplateName(template),
    }));
    return { items: [{ template: digestTemplate, name: digestName }, ...items] };
  }

  /** How a mail about a real case would look now. Nothing is sent, and nothing is written. Throws FORBIDDEN, NOT_FOUND. */
  preview(principal: SessionPrincipal, query: MailPreviewQuery): Promise<MailPreview> {
    requireRole(principal, { role: operators });
    const { unitOfWork, clock, calendarFor, place, profiles, sender: organiser } = this.dependencies;
    const { provinceId } = principal;
    const given = {
      provinceId,
      query,
      place,
      organiser,
      now: clock.now(),
      profiles,
      calendar: calendarFor(provinceId),
    };
    return unitOfWork.run((tx) => previewMail(tx, given));
  }

  /** Throws FORBIDDEN, NOT_FOUND, MAIL_NOT_RESENDABLE. */
  resend(principal: SessionPrincipal, given: { mailId: string; requestId: string }): Promise<MailResent> {
    requireRole(principal, { role: 'administrator' });
    const { unitOfWork, clock } = this.dependencies;
    const { provinceId, personId: principalId } = principal;
    return unitOfWork.run((tx) => resendLedgerMail(tx, { ...given, provinceId, principalId, now: clock.now() }));
  }
}

/**
 * Plans one mail again and puts on record who wanted it. `principalId` null: the operator at the command line. Throws NOT_FOUND for a
 * mail of another province and MAIL_NOT_RESENDABLE for one that is neither uncertain nor failed.
 */
export async function resendLedgerMail(
  tx: Tx,
  given: { mailId: string; provinceId: string; principalId: string | null; requestId: string | null; now: Date },
): Promise<MailResent> {
  const { mailId, provinceId, principalId, requestId, now } = given;
  const found = await resendMail(tx, { id: mailId, provinceId, now });
  if (found === null) throw new AppError('NOT_FOUND');
  const { status: was, instanceId, isPlanned } = found;
  if (!isPlanned) throw new AppError('MAIL_NOT_RESENDABLE', { status: was });
  await recordAudit(tx, {
    ...{ kind: 'administration', action: 'mail.resent', at: now, provinceId, subjectId: mailId, instanceId },
    ...{ principalId, requestId, details: { was } },
  });
  return { id: mailId, was, status: 'planned' };
}

function viewOf(row: MailRow, names: ReadonlyMap<string, string>): MailPage['items'][number] {
  const { id, instanceId, caseCode, personId, template, subject, status, suppressedReason, attempts } = row;
  return {
    ...{ id, caseCode, template, subject, status, suppressedReason, attempts },
    caseId: instanceId,
    person: personId === null ? null : { id: personId, fullName: names.get(personId) ?? '' },
    notBefore: row.notBefore.toISOString(),
    lastResponse: row.lastResponse,
    createdAt: row.createdAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    bouncedAt: row.bouncedAt?.toISOString() ?? null,
  };
}
