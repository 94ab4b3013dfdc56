import type { ProposalContent } from '#contracts/proposal.js';
import { proposalContent } from '#contracts/proposal.js';
import { runPrepared, type Tx } from '#libs/persistence';
import { digestOf, searchNameOf } from './proposal-content.js';

export interface StoredProposal {
  readonly id: string;
  readonly provinceId: string;
  readonly organisationId: string;
  readonly proposerId: string;
  readonly caseCode: string;
  readonly planItemId: string | null;
  readonly revision: number;
  readonly digest: string;
  readonly content: ProposalContent;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface Identity {
  readonly id: string;
  readonly provinceId: string;
  readonly focalId: string;
  readonly authorityId: string;
  readonly organisationId: string;
  readonly proposerId: string;
  readonly caseCode: string;
  readonly planItemId: string | null;
}

export interface ProposalRow {
  id: string;
  provinceId: string;
  organisationId: string;
  proposerId: string;
  caseCode: string;
  planItemId: string | null;
  revision: number;
  digest: string;
  createdAt: Date;
  updatedAt: Date;
  content: Record<string, unknown>;
}

/** The row `p`, its members and its funding, in the shape of the contract. */
export const proposalColumns = `
    p.instance_id as "id", p.province_id as "provinceId", p.organisation_id as "organisationId",
    p.proposer_id as "proposerId", p.case_code as "caseCode", p.plan_item_id as "planItemId", p.revision, p.digest,
    p.created_at as "createdAt", p.updated_at as "updatedAt",
    json_build_object(
      'delegationName', p.delegation_name, 'capacity', p.capacity, 'purposeKind', p.purpose_kind, 'purpose', p.purpose,
      'countries', p.countries, 'departureDate', p.departure_date, 'returnDate', p.return_date,
      'dayCount', p.day_count, 'includesTravelDays', p.includes_travel_days, 'partners', p.partners,
      'content', p.content, 'outOfPlanJustification', p.out_of_plan_justification, 'urgentReason', p.urgent_reason,
      'exceptions', p.exceptions, 'noStateSecrets', p.no_state_secrets, 'handledOutside', p.handled_outside,
      'members', coalesce((
        select json_agg(json_build_object('personId', m.person_id, 'fullName', m.full_name, 'position', m.title,
          'organisation', m.organisation, 'role', m.role) order by m.position)
        from proposal_members m where m.instance_id = p.instance_id), '[]'::json),
      'funding', coalesce((
        select json_agg(json_build_object('source', f.source, 'label', f.label, 'amount', f.amount,
          'currency', f.currency, 'paidBy', f.paid_by) order by f.position)
        from proposal_funding f where f.instance_id = p.instance_id), '[]'::json)
    ) as content`;

const selectProposal = {
  name: 'delegation_select_proposal',
  text: `select ${proposalColumns} from proposals p where p.instance_id = $1`,
};

export async function findProposal(tx: Tx, id: string): Promise<StoredProposal | null> {
  const [row] = await runPrepared<ProposalRow>(tx, selectProposal, [id]);
  return row ? proposalFrom(row) : null;
}

export function proposalFrom({ content, ...row }: ProposalRow): StoredProposal {
  return { ...row, content: proposalContent.parse(content) };
}

/** The next number of the province's year; the row stays locked until the transaction ends. */
export async function nextCaseNumber(tx: Tx, input: { provinceId: string; year: number }): Promise<number> {
  const rows: { last_number: number }[] = await tx.query(
    `insert into case_counters (province_id, year, last_number) values ($1, $2, 1)
     on conflict (province_id, year) do update set last_number = case_counters.last_number + 1
     returning last_number`,
    [input.provinceId, input.year],
  );
  return rows[0]!.last_number;
}

/** Writes revision 1. The instance row must exist. */
export async function insertProposal(
  tx: Tx,
  { identity, content, at }: { identity: Identity; content: ProposalContent; at: Date },
): Promise<void> {
  const digest = digestOf(content);
  await tx.query(
    `insert into proposals (instance_id, province_id, organisation_id, proposer_id, case_code, plan_item_id, focal_id, authority_id,
       revision, digest, created_at, updated_at, ${contentColumns.join(', ')})
     values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $10, ${placeholders(11)})`,
    [
      identity.id,
      identity.provinceId,
      identity.organisationId,
      identity.proposerId,
      identity.caseCode,
      identity.planItemId,
      identity.focalId,
      identity.authorityId,
      digest,
      at,
      ...contentValues(identity.caseCode, content),
    ],
  );
  await insertParts(tx, { id: identity.id, provinceId: identity.provinceId, content });
  await insertRevision(tx, { id: identity.id, revision: 1, digest, content, editedById: identity.proposerId, at });
}

/** Replaces the content as the next revision. The caller holds the instance's lock and has compared the revision. */
export async function replaceContent(
  tx: Tx,
  input: { proposal: StoredProposal; content: ProposalContent; editedById: string; at: Date },
): Promise<{ revision: number; digest: string }> {
  const { proposal, content, at } = input;
  const revision = proposal.revision + 1;
  const digest = digestOf(content);
  const assignments = contentColumns.map((column, index) => `${column} = $${index + 5}`).join(', ');
  await tx.query(
    `update proposals set revision = $2, digest = $3, updated_at = $4, ${assignments} where instance_id = $1`,
    [proposal.id, revision, digest, at, ...contentValues(proposal.caseCode, content)],
  );
  await tx.query('delete from proposal_members where instance_id = $1', [proposal.id]);
  await tx.query('delete from proposal_funding where instance_id = $1', [proposal.id]);
  await tx.query('delete from proposal_countries where instance_id = $1', [proposal.id]);
  await insertParts(tx, { id: proposal.id, provinceId: proposal.provinceId, content });
  await insertRevision(tx, { id: proposal.id, revision, digest, content, editedById: input.editedById, at });
  return { revision, digest };
}

export async function findRevisions(
  tx: Tx,
  id: string,
): Promise<{ revision: number; digest: string; content: ProposalContent; editedById: string; editedAt: Date }[]> {
  return tx.query(
    `select revision, digest, content, edited_by_id as "editedById", edited_at as "editedAt"
     from proposal_revisions where instance_id = $1 order by revision`,
    [id],
  );
}

/** Earlier contents of a case that is now handled outside are not kept either; who edited when stays. */
export async function forgetContents(tx: Tx, id: string, content: ProposalContent): Promise<void> {
  await tx.query('update proposal_revisions set content = $2 where instance_id = $1', [id, JSON.stringify(content)]);
}

const contentColumns = [
  'delegation_name',
  'capacity',
  'purpose_kind',
  'purpose',
  'countries',
  'departure_date',
  'return_date',
  'day_count',
  'includes_travel_days',
  'partners',
  'content',
  'out_of_plan_justification',
  'urgent_reason',
  'exceptions',
  'no_state_secrets',
  'handled_outside',
  'search_name',
];

function contentValues(caseCode: string, content: ProposalContent): unknown[] {
  return [
    content.delegationName,
    content.capacity,
    content.purposeKind,
    content.purpose,
    JSON.stringify(content.countries),
    content.departureDate,
    content.returnDate,
    content.dayCount,
    content.includesTravelDays,
    content.partners,
    content.content,
    content.outOfPlanJustification,
    content.urgentReason,
    JSON.stringify(content.exceptions),
    content.noStateSecrets,
    content.handledOutside,
    searchNameOf({ caseCode, content }),
  ];
}

function placeholders(first: number): string {
  return contentColumns.map((_, index) => `$${first + index}`).join(', ');
}

async function insertParts(tx: Tx, given: { id: string; provinceId: string; content: ProposalContent }): Promise<void> {
  const { id, provinceId, content } = given;
  if (content.departureDate !== null && content.countries.length > 0)
    await tx.query(
      `insert into proposal_countries (instance_id, country, province_id, departure_date)
       select distinct $1::uuid, coalesce(c.value->>'code', lower(c.value->>'name')), $3::uuid, $4::date
       from jsonb_array_elements($2::jsonb) as c(value)`,
      [id, JSON.stringify(content.countries), provinceId, content.departureDate],
    );
  if (content.members.length > 0)
    await tx.query(
      `insert into proposal_members (instance_id, position, person_id, full_name, title, organisation, role)
       select $1, m.ordinality, (m.value->>'personId')::uuid, m.value->>'fullName', m.value->>'position',
         m.value->>'organisation', m.value->>'role'
       from jsonb_array_elements($2::jsonb) with ordinality as m(value, ordinality)`,
      [id, JSON.stringify(content.members)],
    );
  if (content.funding.length > 0)
    await tx.query(
      `insert into proposal_funding (instance_id, position, source, label, amount, currency, paid_by)
       select $1, f.ordinality, f.value->>'source', f.value->>'label', (f.value->>'amount')::numeric,
         f.value->>'currency', f.value->>'paidBy'
       from jsonb_array_elements($2::jsonb) with ordinality as f(value, ordinality)`,
      [id, JSON.stringify(content.funding)],
    );
}

interface Revision {
  id: string;
  revision: number;
  digest: string;
  content: ProposalContent;
  editedById: string;
  at: Date;
}

async function insertRevision(tx: Tx, row: Revision): Promise<void> {
  await tx.query(
    `insert into proposal_revisions (instance_id, revision, digest, content, edited_by_id, edited_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [row.id, row.revision, row.digest, JSON.stringify(row.content), row.editedById, row.at],
  );
}
