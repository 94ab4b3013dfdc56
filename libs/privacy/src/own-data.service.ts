import type { OwnData } from '#contracts/own-data.js';
import type { Text } from '#contracts/text.js';
import type { Clock } from '#libs/calendar';
import type { SealingKey, SessionPrincipal } from '#libs/organisation';
import { runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { openPapers, paperColumns, type StoredPapers } from './stored-papers.js';

type Section = Exclude<keyof OwnData, 'format' | 'madeAt' | 'person' | 'identityPapers' | 'leftOut'>;

/** $1 the person. Never a password, a token or a secret. */
const sections: Readonly<Record<Section, string>> = {
  positions: `select q.title, q.rank, o.code as organisation, q.valid_from::text as "validFrom", q.valid_to::text as "validTo"
    from positions q join organisations o on o.id = q.organisation_id where q.person_id = $1 order by q.valid_from`,
  roles: `select r.role, o.code as organisation, r.valid_from::text as "validFrom", r.valid_to::text as "validTo"
    from role_assignments r join organisations o on o.id = r.organisation_id where r.person_id = $1 order by r.valid_from`,
  substitutions: `select person_id as "personId", substitute_id as "substituteId", role, first_day::text as "firstDay",
      last_day::text as "lastDay", created_at as "createdAt", revoked_at as "revokedAt"
    from substitutions where person_id = $1 or substitute_id = $1 order by created_at`,
  sessions: `select created_at as "createdAt", last_seen_at as "lastSeenAt", expires_at as "expiresAt",
      revoked_at as "revokedAt", user_agent as "userAgent" from sessions where person_id = $1 order by created_at`,
  signInPlaces: `select first_at as "firstAt", last_at as "lastAt" from sign_in_places where person_id = $1 order by first_at`,
  providerAccounts: `select issuer, subject, created_at as "createdAt" from provider_accounts where person_id = $1`,
  calendarFeeds: `select created_at as "createdAt" from calendar_feeds where person_id = $1`,
  savedInboxViews: `select name, filter, created_at as "createdAt" from saved_inbox_views where person_id = $1 order by name`,
  trips: `select p.case_code as "caseCode", p.delegation_name as "delegationName", m.full_name as "fullName", m.title,
      m.organisation, m.role, p.departure_date::text as "departureDate", p.return_date::text as "returnDate"
    from proposal_members m join proposals p on p.instance_id = m.instance_id where m.person_id = $1 order by p.case_code`,
  proposals: `select case_code as "caseCode", created_at as "createdAt" from proposals where proposer_id = $1 order by case_code`,
  acts: `select i.case_code as "caseCode", e.type, e.at, e.principal_id as "principalId", e.on_behalf_of_id as "onBehalfOfId",
      case when e.principal_id = $1 then e.private end as words
    from events e join instances i on i.id = e.instance_id where e.principal_id = $1 or e.on_behalf_of_id = $1 order by e.at`,
  refusedActs: `select i.case_code as "caseCode", r.event_type as type, r.at
    from refusals r join instances i on i.id = r.instance_id where r.principal_id = $1 order by r.at`,
  files: `select name, media_type as "mediaType", size, created_at as "createdAt" from stored_files
    where uploaded_by_id = $1 order by created_at`,
  mails: `select address, subject, status, created_at as "createdAt", sent_at as "sentAt" from mails
    where person_id = $1 order by created_at`,
  records: `select kind, action, at, principal_id as "principalId", details from audit_records
    where principal_id = $1 or subject_id = $1 order by at`,
};

const personStatement = {
  name: 'privacy_own_person',
  text: `select id, full_name as "fullName", email, language, mail_delivery as "mailDelivery", active, created_at as "createdAt"
    from people where id = $1`,
};

const papersStatement = {
  name: 'privacy_own_papers',
  text: `select ${paperColumns}, p.case_code as "caseCode" from identity_papers i
      join proposals p on p.instance_id = i.instance_id where i.member_key = $1 order by p.case_code`,
};

/** Everything kept about the person who asks, in one answer; that they took it is on record. */
export class OwnDataService {
  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly clock: Clock;
      readonly keys: readonly SealingKey[];
    },
  ) {}

  export({ personId, provinceId }: SessionPrincipal, requestId: string): Promise<OwnData> {
    const at = this.room.clock.now();
    return this.room.unitOfWork.run(async (tx) => {
      const found: Partial<Record<Section, Record<string, unknown>[]>> = {};
      for (const [section, text] of Object.entries(sections))
        found[section as Section] = await runPrepared(tx, { name: `privacy_own_${section.toLowerCase()}`, text }, [
          personId,
        ]);
      const [person = {}] = await runPrepared<Record<string, unknown>>(tx, personStatement, [personId]);
      await recordAudit(tx, {
        ...{ kind: 'export', action: 'person.ownDataExported', at, provinceId, requestId },
        ...{ principalId: personId, subjectId: personId },
      });
      return {
        format: 'thong-hanh-own-data-1',
        madeAt: at.toISOString(),
        person,
        ...(found as Record<Section, Record<string, unknown>[]>),
        identityPapers: await this.papersOf(tx, personId),
        leftOut: [barsToTravel, otherPeople],
      };
    });
  }

  private async papersOf(tx: Tx, personId: string): Promise<Record<string, unknown>[]> {
    const rows = await runPrepared<StoredPapers & { caseCode: string }>(tx, papersStatement, [`person:${personId}`]);
    return rows.map((row) => ({
      caseCode: row.caseCode,
      ...openPapers(this.room.keys, row),
      updatedAt: row.updatedAt,
    }));
  }
}

const barsToTravel: Text = {
  vi: 'Việc tạm hoãn xuất cảnh: hỏi cơ quan ra quyết định.',
  en: 'Bars to travel: ask the authority that ordered them.',
};
const otherPeople: Text = {
  vi: 'Hồ sơ của đoàn (còn chứa dữ liệu của người khác): xem trong hệ thống theo quyền của bạn.',
  en: 'The cases themselves, which hold data of other people: see them in the system as far as you may.',
};
