import { randomUUID } from 'node:crypto';
import { AppError } from '#contracts/errors.js';
import {
  type LetterheadBody,
  type LetterheadContent,
  type LetterheadPreview,
  type LetterheadPreviewBody,
  type LetterheadsView,
  letterheadBodies,
  type NewLetterhead,
} from '#contracts/letterhead.js';
import type { OrganisationView } from '#contracts/organisation.js';
import { type CalendarDay, type Clock, dayOf, formatDay } from '#libs/calendar';
import { authorityMarks, dateInWords, numberText, signatureBlock } from '#libs/documents';
import { namesOfPeople, organisationsOn, requireRole, type SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { provinceName } from './documents.repository.js';
import { formOf, type Letterheads, letterheadKey, madeLetterhead, referenceOf } from './issuer.js';
import { LetterheadEntity } from './letterhead.entity.js';
import { letterheadProblems } from './letterhead-problems.js';
import { ownLinesOf } from './signer.js';

const onDayStatement = {
  name: 'correspondence_letterheads_on',
  text: `select distinct on (organisation_id, body) organisation_id as "organisationId", body, content
    from letterheads where province_id = $1 and valid_from <= $2::date order by organisation_id, body, valid_from desc`,
};

/** How the offices of a province write on a day, as far as somebody said so. */
export async function letterheadsOn(tx: Tx, given: { provinceId: string; on: CalendarDay }): Promise<Letterheads> {
  const rows = await runPrepared<{ organisationId: string; body: LetterheadBody; content: LetterheadContent }>(
    tx,
    onDayStatement,
    [given.provinceId, given.on],
  );
  return new Map(rows.map(({ organisationId, body, content }) => [letterheadKey(organisationId, body), content]));
}

interface Room {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

interface OfOffice {
  readonly principal: SessionPrincipal;
  readonly organisationId: string;
}

interface Office {
  readonly organisation: OrganisationView;
  readonly around: Parameters<typeof madeLetterhead>[2];
  readonly today: CalendarDay;
}

/** Letterhead, symbols and signature blocks of the offices, from a day on. Changed by an administrator only; each change is on record. */
export class LetterheadService {
  constructor(private readonly room: Room) {}

  /** What an office prints today, and what was said about it. Throws NOT_FOUND. */
  show(given: OfOffice): Promise<LetterheadsView> {
    return this.room.unitOfWork.run(async (tx) => {
      const office = await this.office(tx, given);
      const rows = await tx.find(LetterheadEntity, {
        where: { organisationId: office.organisation.id },
        order: { validFrom: 'DESC' },
      });
      const personIds = rows.map(({ createdById }) => createdById);
      const names = await namesOfPeople(tx, { provinceId: given.principal.provinceId, personIds });
      return {
        bodies: bodiesOf(office.organisation).map((body) => {
          const own = rows.filter((row) => row.body === body);
          const held = own.find((row) => row.validFrom <= office.today);
          return {
            body,
            today: held?.content ?? madeLetterhead(office.organisation, body, office.around),
            versions: own.map((row) => ({
              from: row.validFrom,
              content: row.content,
              inForce: row === held,
              createdAt: row.createdAt.toISOString(),
              createdBy: names.has(row.createdById)
                ? { id: row.createdById, fullName: names.get(row.createdById)! }
                : null,
            })),
          };
        }),
      };
    });
  }

  /**
   * From a day on, today at the earliest: documents of earlier days keep what they were printed with. One that has not been used before
   * today is replaced. Throws FORBIDDEN, NOT_FOUND, VALIDATION_FAILED.
   */
  async change(given: OfOffice & { letterhead: NewLetterhead; requestId: string | null }): Promise<LetterheadsView> {
    const { principal, letterhead, requestId } = given;
    requireRole(principal, { role: 'administrator' });
    await this.room.unitOfWork.run(async (tx) => {
      const office = await this.office(tx, given);
      const { body, from, content } = letterhead;
      requireSound(office, letterhead);
      if (from < office.today) throw tooEarly(office.today);
      const at = this.room.clock.now();
      await tx.query(
        `insert into letterheads (id, province_id, organisation_id, body, valid_from, content, created_at, created_by_id)
         values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)
         on conflict (organisation_id, body, valid_from)
           do update set content = excluded.content, created_at = excluded.created_at, created_by_id = excluded.created_by_id`,
        [
          randomUUID(),
          ...[principal.provinceId, office.organisation.id, body, from, JSON.stringify(content), at],
          principal.personId,
        ],
      );
      await recordAudit(tx, {
        ...{ kind: 'administration', action: 'letterhead.changed', at, requestId },
        provinceId: principal.provinceId,
        subjectId: office.organisation.id,
        principalId: principal.personId,
        details: { body, from },
      });
    });
    return this.show(given);
  }

  /** How it would be printed. Throws NOT_FOUND, VALIDATION_FAILED as `change`. */
  async preview(given: OfOffice & { letterhead: LetterheadPreviewBody }): Promise<LetterheadPreview> {
    requireRole(given.principal, { role: 'administrator' });
    return this.room.unitOfWork.run(async (tx) => {
      const office = await this.office(tx, given);
      requireSound(office, given.letterhead);
      return printed(office, given.letterhead);
    });
  }

  private async office(tx: Tx, { principal, organisationId }: OfOffice): Promise<Office> {
    const { provinceId } = principal;
    const today = dayOf(this.room.clock.now());
    const rows = await organisationsOn(tx, { provinceId, on: today });
    const organisations = new Map(rows.map((row) => [row.id, row]));
    const organisation = organisations.get(organisationId);
    if (organisation === undefined) throw new AppError('NOT_FOUND');
    return { organisation, around: { organisations, province: { name: await provinceName(tx, provinceId) } }, today };
  }
}

/** Only the People's Committee writes for a Party body, too. */
function bodiesOf({ kind }: OrganisationView): readonly LetterheadBody[] {
  return kind === 'peoplesCommittee' ? letterheadBodies : ['own'];
}

function requireSound({ organisation }: Office, { body, content }: LetterheadPreviewBody): void {
  if (!bodiesOf(organisation).includes(body)) {
    const text = {
      vi: 'Chỉ UBND có đảng ủy ban hành văn bản riêng.',
      en: "Only the People's Committee has a Party body that writes.",
    };
    throw new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'body', text }] });
  }
  const fields = letterheadProblems(content, formOf(organisation, body));
  if (fields.length > 0) throw new AppError('VALIDATION_FAILED', { fields });
}

function tooEarly(today: CalendarDay): AppError {
  const text = {
    vi: `Chỉ áp dụng từ hôm nay (${formatDay(today)}) trở đi: văn bản đã có số giữ mẫu cũ.`,
    en: `It can be used from today (${formatDay(today)}) on: numbered documents keep the old one.`,
  };
  return new AppError('VALIDATION_FAILED', { text, fields: [{ path: 'from', text }] });
}

/** The head of a decision and of a letter, and each block with an invented signer of the right standing. */
function printed({ organisation, today }: Office, { body, content }: LetterheadPreviewBody): LetterheadPreview {
  const form = formOf(organisation, body);
  const { superior, issuer, place, collective, headTitle, signatures } = content;
  const numbered = (code: string | null) =>
    numberText({ number: 1, symbol: referenceOf({ ...content, form }, code).symbol }, form);
  const titles = {
    head: headTitle,
    KT: `Phó ${headTitle}`,
    TL: 'Trưởng phòng',
    TUQ: 'Chánh Văn phòng',
    Q: headTitle,
  } as const;
  const ownLines = ownLinesOf(signatures);
  const shown = (['head', 'KT', 'TL', 'TUQ', 'Q'] as const).filter((one) => one === 'head' || signatures[one].allowed);
  return {
    form,
    head: [...(superior === null ? [] : [superior]), issuer].map((line) => line.toLocaleUpperCase('vi')),
    decisionNumber: numbered(form === 'party' ? 'TTr' : 'QĐ'),
    letterNumber: numbered(null),
    placeAndDate: `${place}, ${dateInWords(today)}`,
    blocks: shown.map((authority) => ({
      authority:
        authority === 'head' ? (collective === null ? '' : authorityMarks[form].TM) : authorityMarks[form][authority],
      lines: [
        ...signatureBlock({
          form,
          authority,
          collective,
          headTitle,
          signerTitle: titles[authority],
          name: '',
          ownLines,
        }).lines,
      ],
    })),
  };
}
