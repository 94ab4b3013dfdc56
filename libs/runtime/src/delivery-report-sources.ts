import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';

export type ReportSourceKind = 'folder' | 'mailbox';

/** Real milliseconds; a worker that ended in the middle of a look holds the others up no longer. */
const longestLookMs = 5 * 60_000;
/** A server that refuses us is not asked more often than this, so that the account is not locked. */
const longestRestMs = 15 * 60_000;

const take: PreparedStatement = {
  name: 'report_source_take',
  text: `insert into delivery_report_sources as known (kind, next_look_at)
    values ($1, clock_timestamp() + $2 * interval '1 millisecond')
    on conflict (kind) do update set next_look_at = excluded.next_look_at where known.next_look_at <= clock_timestamp()
    returning kind`,
};

/** True: it is time to look, and this worker does; the others leave it alone until the look is recorded or has taken far too long. */
export async function takeReportSource(tx: Tx, kind: ReportSourceKind): Promise<boolean> {
  return (await runPrepared(tx, take, [kind, longestLookMs])).length > 0;
}

const record: PreparedStatement = {
  name: 'report_source_record',
  text: `update delivery_report_sources set
      looked_at = case when $3::text is null then $2 else looked_at end, fault = $3,
      fault_since = case when $3::text is not null then coalesce(fault_since, $2) end,
      faults = case when $3::text is null then 0 else faults + 1 end, set_aside = set_aside + $4,
      next_look_at = clock_timestamp() + interval '1 millisecond'
        * case when $3::text is null then $5::float8 else least($6, $5::float8 * power(2, least(faults + 1, 20))) end
    where kind = $1`,
};

export interface ReportLook {
  readonly kind: ReportSourceKind;
  readonly at: Date;
  /** One line for the operator; null: it could be read. */
  readonly fault: string | null;
  /** Mails of this look that were no report. */
  readonly setAside: number;
  /** Real milliseconds until the next look; after each fault in a row twice as long, up to a quarter of an hour. */
  readonly restMs: number;
}

export async function recordReportLook(tx: Tx, { kind, at, fault, setAside, restMs }: ReportLook): Promise<void> {
  await runPrepared(tx, record, [kind, at, fault, setAside, restMs, longestRestMs]);
}

const forget: PreparedStatement = {
  name: 'report_sources_forget',
  text: 'delete from delivery_report_sources where kind <> all($1)',
};

/** Those that are no longer set are no longer shown. */
export async function keepReportSources(tx: Tx, kinds: readonly ReportSourceKind[]): Promise<void> {
  await runPrepared(tx, forget, [kinds]);
}

const list: PreparedStatement = {
  name: 'report_sources_list',
  text: `select kind, looked_at as "lookedAt", fault, fault_since as "faultSince", set_aside as "setAside"
    from delivery_report_sources order by kind`,
};

export interface ReportSourceState {
  readonly kind: ReportSourceKind;
  readonly lookedAt: Date | null;
  readonly fault: string | null;
  readonly faultSince: Date | null;
  readonly setAside: number;
}

/** Empty: nothing reads delivery reports. */
export function listReportSources(tx: Tx): Promise<ReportSourceState[]> {
  return runPrepared<ReportSourceState>(tx, list, []);
}
