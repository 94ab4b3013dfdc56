import type { RetentionClass } from '#contracts/retention.js';

interface ClassRule {
  /** Days; giả định: no document sets the number, a province may set its own. */
  readonly defaultDays: number;
  readonly table: string;
  /** Of rows `x` whose time is over. $1 province, $2 the instant before which it is. */
  readonly due: string;
  /** Absent: the row goes. */
  readonly blank?: string;
}

const endedCase = `select from instances i where i.id = x.instance_id and i.province_id = $1 and i.status = 'done'
    and i.updated_at < $2`;
const ofProvince = (column: string) => `exists (select from people n where n.id = x.${column} and n.province_id = $1)`;

/** The name of a member as `searchKey` leaves it is not known to SQL, so a member without an account is told by the job. */
export const retentionClassRules: Readonly<Record<RetentionClass, ClassRule>> = {
  identityPapers: { defaultDays: 90, table: 'identity_papers', due: `exists (${endedCase})` },
  formerMembersPapers: {
    defaultDays: 1,
    table: 'identity_papers',
    due: `x.province_id = $1 and exists (select from proposals p where p.instance_id = x.instance_id and p.updated_at < $2)
      and x.updated_at < $2 and (x.instance_id, x.member_key) in (select * from unnest($3::uuid[], $4::text[]))`,
  },
  freeText: {
    defaultDays: 3650,
    table: 'events',
    due: `x.private is not null and exists (${endedCase})`,
    blank: 'private = null, private_salt = null',
  },
  mailAddresses: {
    defaultDays: 365,
    table: 'mails',
    due: `x.province_id = $1 and x.created_at < $2 and x.address <> '' and x.status in ('sent', 'failed', 'suppressed')`,
    blank: `address = '', last_response = null`,
  },
  storedAnswers: {
    defaultDays: 30,
    table: 'idempotency_keys',
    due: `x.created_at < $2 and ${ofProvince('principal_id')}`,
  },
  planPreviews: {
    defaultDays: 30,
    table: 'plan_previews',
    due: 'x.province_id = $1 and x.confirmed_at is null and x.created_at < $2',
  },
  accountLinks: {
    defaultDays: 30,
    table: 'account_links',
    due: `x.expires_at < $2 and ${ofProvince('person_id')}`,
  },
};
