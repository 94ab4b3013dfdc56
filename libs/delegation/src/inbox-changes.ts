import { holdingsOf, type SessionPrincipal } from '#libs/organisation';
import type { PreparedReader } from '#libs/persistence';

/** More changed cases than this in one look are told as "something changed": everybody reads again. */
const lookLimit = 500;
/** A decision is seen when it commits, which is after the instant written in it. */
const commitSlackMs = 5_000;

/** The newest events since an instant, by the index on it: what a look costs does not grow with the log. */
const changedStatement = {
  name: 'delegation_inbox_changed',
  text: `select instance_id as "caseId", seq from events where at >= $1::timestamptz order by at desc limit ${lookLimit}`,
};

/** Who holds, or held until a moment ago, a task of these cases. */
const holdersStatement = {
  name: 'delegation_inbox_holders',
  text: `
    select distinct instance_id as "caseId", role, organisation_id as "organisationId", person_id as "personId" from tasks
    where instance_id = any($1::uuid[]) and (closed_at is null or closed_at >= $2::timestamptz)`,
};

interface Holder {
  caseId: string;
  role: string | null;
  organisationId: string | null;
  personId: string | null;
}

/** What one look at the log found. `all`: too much to say whose. */
export interface InboxChanges {
  readonly all: boolean;
  readonly holders: readonly Holder[];
}

/**
 * Looks at the log for decisions this process has not told of yet. Reading is all it does: a decision carries nothing for it, and each
 * replica looks for itself.
 */
export class InboxWatch {
  private told = new Set<string>();

  constructor(
    private readonly reader: PreparedReader,
    private last: Date,
  ) {}

  async look(now: Date): Promise<InboxChanges> {
    const since = new Date(Math.min(this.last.getTime(), now.getTime()) - commitSlackMs);
    const rows = await this.reader.read<{ caseId: string; seq: number }>(changedStatement, [since]);
    const keys = new Set(rows.map(({ caseId, seq }) => `${caseId} ${seq}`));
    const fresh = rows.filter(({ caseId, seq }) => !this.told.has(`${caseId} ${seq}`));
    this.told = keys;
    this.last = now;
    if (fresh.length === 0) return { all: false, holders: [] };
    if (rows.length === lookLimit) return { all: true, holders: [] };
    const caseIds = [...new Set(fresh.map(({ caseId }) => caseId))];
    return { all: false, holders: await this.reader.read<Holder>(holdersStatement, [caseIds, since]) };
  }
}

/** Cases of these changes in which the principal holds, or just held, a task; null when nothing concerns them. */
export function concerning(changes: InboxChanges, principal: SessionPrincipal): readonly string[] | null {
  if (changes.all) return [];
  const mine = changes.holders.filter(
    (holder) =>
      holder.personId === principal.personId ||
      holdingsOf(principal).some((held) => held.role === holder.role && held.organisationId === holder.organisationId),
  );
  return mine.length === 0 ? null : [...new Set(mine.map(({ caseId }) => caseId))];
}
