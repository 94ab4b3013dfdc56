import type { InboxDue, InboxItem, InboxPage, InboxQuery } from '#contracts/inbox.js';
import type { Text } from '#contracts/text.js';
import { addDays, type BusinessCalendar, type Clock, dayOf, instantAt } from '#libs/calendar';
import { holdingsOf, type SessionPrincipal, searchKey } from '#libs/organisation';
import type { PreparedReader } from '#libs/persistence';
import { planCycleTaskKinds } from '#workflows/annual-plan/cycle-tasks.js';
import { planItemTaskKinds } from '#workflows/annual-plan/item-tasks.js';
import type { PlanRules } from '#workflows/outbound-delegation/backward-plan.js';
import { taskKinds } from '#workflows/outbound-delegation/tasks.js';
import { roundTaskKinds } from '#workflows/periodic-report/report-round.js';
import { unitReportTaskKinds } from '#workflows/periodic-report/unit-report.js';
import { safeDayOf } from './backward-plan.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import { anywhere, wordsOf } from './search-words.js';
import { taskText } from './state-texts.js';

/** The largest number a count beside a kind goes up to: beyond it nobody reads the exact figure. */
const countLimit = 2000;
const reportTaskKinds = [...unitReportTaskKinds, ...roundTaskKinds];
const firstId = '00000000-0000-0000-0000-000000000000';

interface InboxRow {
  taskId: string;
  caseId: string;
  caseCode: string;
  kind: string;
  role: string | null;
  organisationId: string | null;
  openedAt: Date;
  dueAt: Date | null;
  dueExplanation: Text | null;
  delegationName: string;
  leader: string | null;
  unit: string | null;
  departureDate: string | null;
  onBehalfOf: InboxItem['onBehalfOf'];
  key: string;
  sharedDigest: string | null;
}

const taskColumns = 'id, instance_id, key, kind, role, organisation_id, opened_at, due_at, due_explanation';

/** The two ranges of one holder, dated and undated, each in index order and cut at the page size. `more`: a further condition. */
const ranges = (holder: string, more: string) => `
  (select ${taskColumns} from tasks t
    where closed_at is null and ${holder} and ($4::text is null or kind = $4) ${more}
      and (due_at, id) > ($5::timestamptz, $6::uuid) and due_at < $9::timestamptz
    order by due_at, id limit $8)
  union all
  (select ${taskColumns} from tasks t
    where closed_at is null and ${holder} and ($4::text is null or kind = $4) ${more}
      and due_at is null and id > $7::uuid and $9::timestamptz = 'infinity'
    order by due_at, id limit $8)`;

/**
 * Each (role, organisation) the reader holds is one range of the index `ix_tasks_inbox_role`, read in order and cut at the page
 * size, so the cost does not grow with the number of tasks. Rows without a due date come last, as a second range.
 * $1 roles, $2 organisations, $3 person, $4 kind, $5/$6 after (due, id), $7 after id among those without due date, $8 rows,
 * $9 due before, $10 today, $11 for each role the absent person it is held for, null for one's own.
 */
const pageText = (more: string) => `
    with held as (
      select * from unnest($1::text[], $2::uuid[], $11::uuid[]) as h(role, organisation_id, on_behalf_of_id)
    ), page as (
      select t.*, h.on_behalf_of_id from held h cross join lateral (
        ${ranges('role = h.role and organisation_id = h.organisation_id', more)}
      ) t
      union all
      select own.*, null from (${ranges('person_id = $3', more)}) own
    ), cut as (
      select * from page order by due_at nulls last, id limit $8
    )
    select c.id as "taskId", c.instance_id as "caseId", i.case_code as "caseCode", c.kind, c.role,
      c.organisation_id as "organisationId", c.opened_at as "openedAt", c.due_at as "dueAt",
      c.due_explanation as "dueExplanation", coalesce(p.delegation_name, n.name, a.title, f.task, i.snapshot->'context'->>'title', '') as "delegationName",
      coalesce((select coalesce(nullif(m.full_name, ''), nullif(m.title, '')) from proposal_members m
        where m.instance_id = c.instance_id and m.role = 'leader' order by m.position limit 1), n.head) as "leader",
      (select v.name from organisation_versions v where v.organisation_id = coalesce(p.organisation_id, n.organisation_id, (i.snapshot->'context'->>'organisationId')::uuid)
        and v.valid_from <= $10::date and (v.valid_to is null or v.valid_to > $10::date)) as "unit",
      p.departure_date::text as "departureDate",
      (select json_build_object('id', b.id, 'fullName', b.full_name) from people b where b.id = c.on_behalf_of_id)
        as "onBehalfOf", c.key, encode(i.shared_digest, 'hex') as "sharedDigest"
    from cut c join instances i on i.id = c.instance_id
      left join proposals p on p.instance_id = c.instance_id
      left join plan_items n on n.id = c.instance_id
      left join plans a on a.id = c.instance_id
      left join trip_follow_ups f on f.id = c.instance_id
    order by c.due_at nulls last, c.id`;

const inboxStatement = { name: 'delegation_inbox', text: pageText('') };

/**
 * Every word stands in what the case is found by, or in the name of what is asked. Looks through the reader's open tasks in order
 * until the page is full. $12: [{"pattern": "%ky%", "kinds": ["signSubmission"]}].
 */
const searchStatement = {
  name: 'delegation_inbox_search',
  text: pageText(`and not exists (
        select from jsonb_to_recordset($12::jsonb) as w(pattern text, kinds jsonb)
        where not (w.kinds ? t.kind)
          and not exists (select from proposals q where q.instance_id = t.instance_id and q.search_name like w.pattern)
          and not exists (select from plan_items n where n.id = t.instance_id and n.search_name like w.pattern))`),
};

/** A word → the pattern for names, and the kinds of work whose name has it in either language. */
function searchedWords(q: string | undefined): string | null {
  const words = wordsOf(q).map((word) => ({
    pattern: anywhere(word),
    kinds: [...taskKinds, ...planCycleTaskKinds, ...planItemTaskKinds, ...reportTaskKinds, 'followUp'].filter(
      (kind) => {
        const { vi, en } = taskText(kind);
        return searchKey(`${vi} ${en}`).includes(word);
      },
    ),
  }));
  return words.length === 0 ? null : JSON.stringify(words);
}

/** The instant before which a task must be due; 'infinity' asks nothing. */
function dueBefore(due: InboxDue | undefined, now: Date): Date | 'infinity' {
  if (due === undefined) return 'infinity';
  if (due === 'overdue') return now;
  return instantAt(addDays(dayOf(now), due === 'today' ? 1 : 7), '00:00');
}

/** $5: the instant that makes a task overdue. */
const countStatement = {
  name: 'delegation_inbox_counts',
  text: `
    with held as (
      select * from unnest($1::text[], $2::uuid[]) as h(role, organisation_id)
    ), open as (
      select t.* from held h cross join lateral (
        select kind, due_at from tasks
        where closed_at is null and role = h.role and organisation_id = h.organisation_id
        order by due_at, id limit $4
      ) t
      union all
      (select kind, due_at from tasks where closed_at is null and person_id = $3 order by due_at, id limit $4)
    )
    select kind, count(*)::integer as open, (count(*) filter (where due_at < $5::timestamptz))::integer as overdue
    from open group by kind order by kind`,
};

export interface InboxDependencies {
  readonly reader: PreparedReader;
  readonly clock: Clock;
  readonly calendarFor: (provinceId: string) => BusinessCalendar;
}

/** Open tasks of the reader's roles and of those they stand in for, earliest due first. Counts come with the first page only. */
export async function readInbox(
  dependencies: InboxDependencies,
  principal: SessionPrincipal,
  query: InboxQuery,
): Promise<InboxPage> {
  const { reader, clock } = dependencies;
  const now = clock.now();
  const holdings = workedOn(principal);
  const held = [holdings.map((role) => role.role), holdings.map((role) => role.organisationId), principal.personId];
  const heldFor = holdings.map((role) => role.onBehalfOfId ?? null);
  const after = position(query.cursor);
  const until = dueBefore(query.due, now);
  const words = searchedWords(query.q);
  const place = [query.kind ?? null, after.due, after.id, after.undatedId, query.limit + 1, until, dayOf(now), heldFor];
  const [rows, counts] = await Promise.all([
    words === null
      ? reader.read<InboxRow>(inboxStatement, [...held, ...place])
      : reader.read<InboxRow>(searchStatement, [...held, ...place, words]),
    query.cursor ? [] : reader.read<Count>(countStatement, [...held, countLimit, now]),
  ]);
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const rules = await planRulesOf(reader, shown);
  const calendar = dependencies.calendarFor(principal.provinceId);
  return {
    items: shown.map((row) => ({
      ...toItem(row, now),
      safeDay: safeDayOf({ ...row, rules: rules.get(row.sharedDigest ?? '') ?? null }, { now, calendar }),
    })),
    nextCursor: last ? encodeCursor({ at: last.dueAt, id: last.taskId }) : null,
    counts: counts.map((row) => ({ ...row, text: taskText(row.kind) })),
  };
}

const rulesStatement = {
  name: 'delegation_inbox_rules',
  text: `select encode(digest, 'hex') as digest,
      jsonb_build_object('steps', content->'steps', 'deadlines', content->'deadlines', 'settings', content->'settings') as rules
    from shared_contexts where digest = any(select decode(d, 'hex') from unnest($1::text[]) d)`,
};

/** Content never changes under its digest, and most cases of a province share a few. */
const knownRules = new Map<string, PlanRules>();
const knownRulesMax = 1_000;

async function planRulesOf(reader: PreparedReader, rows: readonly InboxRow[]): Promise<ReadonlyMap<string, PlanRules>> {
  const digests = [...new Set(rows.flatMap(({ sharedDigest }) => (sharedDigest === null ? [] : [sharedDigest])))];
  const unknown = digests.filter((digest) => !knownRules.has(digest));
  if (unknown.length > 0) {
    if (knownRules.size + unknown.length > knownRulesMax) knownRules.clear();
    const found = await reader.read<{ digest: string; rules: PlanRules }>(rulesStatement, [unknown]);
    for (const { digest, rules } of found) knownRules.set(digest, rules);
  }
  return knownRules;
}

/** Each office once: what is held in one's own right, or for the first of several absent people. */
function workedOn(principal: SessionPrincipal) {
  const seen = new Set<string>();
  return holdingsOf(principal).filter(({ role, organisationId }) => {
    const office = `${role}@${organisationId}`;
    return !seen.has(office) && seen.add(office);
  });
}

interface Count {
  kind: string;
  open: number;
  overdue: number;
}

/** Where the page starts. Past the dated rows the first range is empty and the second goes on by id. */
function position(cursor: string | undefined): { due: string; id: string; undatedId: string } {
  if (cursor === undefined) return { due: '-infinity', id: firstId, undatedId: firstId };
  const { at, id } = decodeCursor(cursor, { undated: true });
  if (at === 'none') return { due: 'infinity', id, undatedId: id };
  return { due: at, id, undatedId: firstId };
}

function toItem(row: InboxRow, now: Date): Omit<InboxItem, 'safeDay'> {
  return {
    taskId: row.taskId,
    caseId: row.caseId,
    caseCode: row.caseCode,
    kind: row.kind,
    text: taskText(row.kind),
    delegationName: row.delegationName,
    leader: row.leader,
    departureDate: row.departureDate,
    unit: row.unit ?? '',
    organisationId: row.organisationId,
    role: row.role,
    openedAt: row.openedAt.toISOString(),
    dueAt: row.dueAt?.toISOString() ?? null,
    dueExplanation: row.dueExplanation,
    overdue: row.dueAt !== null && row.dueAt < now,
    onBehalfOf: row.onBehalfOf,
  };
}
