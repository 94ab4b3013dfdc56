import type { CaseListQuery, CasePage, CaseSummary } from '#contracts/case.js';
import { dayOf } from '#libs/calendar';
import type { SessionPrincipal } from '#libs/organisation';
import { readableCase, readerOf } from './case-access.js';
import type { CaseDependencies } from './case-dependencies.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { anywhere, wordsOf } from './search-words.js';
import { phaseOf, stateText } from './state-texts.js';

interface CaseRow {
  id: string;
  caseCode: string;
  delegationName: string;
  leader: string | null;
  countries: { name: string }[];
  departureDate: string | null;
  returnDate: string | null;
  organisation: { id: string; code: string; name: string };
  states: string[];
  status: 'active' | 'done';
  dueAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

/**
 * Newest first. $1 province, $2 organisations held, $3 person, $4 whole province, $5 state, $6 words, $7 unit, $8 open only,
 * $9/$10 before (created, id), $11 rows, $12 today.
 */
const listStatement = {
  name: 'delegation_list_cases',
  text: `
    select p.instance_id as "id", p.case_code as "caseCode", p.delegation_name as "delegationName", p.countries,
      (select coalesce(nullif(m.full_name, ''), nullif(m.title, '')) from proposal_members m
        where m.instance_id = p.instance_id and m.role = 'leader' order by m.position limit 1) as "leader",
      p.departure_date::text as "departureDate", p.return_date::text as "returnDate",
      (select json_build_object('id', o.id, 'code', o.code, 'name', coalesce(v.name, o.code)) from organisations o
        left join lateral (select name from organisation_versions where organisation_id = o.id and valid_from <= $12::date
          order by valid_from desc limit 1) v on true
        where o.id = p.organisation_id) as organisation,
      i.states, i.status, i.updated_at as "updatedAt", p.created_at as "createdAt",
      (select min(t.due_at) from tasks t where t.instance_id = p.instance_id and t.closed_at is null) as "dueAt"
    from proposals p join instances i on i.id = p.instance_id
    where p.province_id = $1
      and (p.created_at, p.instance_id) < ($9::timestamptz, $10::uuid)
      and ${readableCase}
      and ($5::text is null or i.states @> array[$5::text])
      and ($6::text[] is null or p.search_name like all($6::text[]))
      and ($7::uuid is null or p.organisation_id = $7)
      and (not $8::boolean or i.status = 'active')
    order by p.created_at desc, p.instance_id desc limit $11`,
};

const lastId = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export async function listCases(
  dependencies: CaseDependencies,
  principal: SessionPrincipal,
  query: CaseListQuery,
): Promise<CasePage> {
  const before = query.cursor === undefined ? { at: 'infinity', id: lastId } : decodeCursor(query.cursor);
  const rows = await dependencies.reader.read<CaseRow>(listStatement, [
    ...(await readerOf(dependencies, principal)),
    query.state ?? null,
    wordPatterns(query.q),
    query.organisationId ?? null,
    query.openOnly ?? false,
    before.at,
    before.id,
    query.limit + 1,
    dayOf(dependencies.clock.now()),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(toSummary),
    nextCursor: last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

function wordPatterns(q: string | undefined): string[] | null {
  const words = wordsOf(q);
  return words.length === 0 ? null : words.map(anywhere);
}

function toSummary({ createdAt: _, ...row }: CaseRow): CaseSummary {
  return {
    id: row.id,
    caseCode: row.caseCode,
    delegationName: row.delegationName,
    leader: row.leader,
    countries: row.countries.map((country) => country.name),
    departureDate: row.departureDate,
    returnDate: row.returnDate,
    organisation: row.organisation,
    state: stateText(row.states),
    phase: phaseOf(row.states),
    status: row.status,
    dueAt: row.dueAt?.toISOString() ?? null,
    updatedAt: row.updatedAt.toISOString(),
  };
}
