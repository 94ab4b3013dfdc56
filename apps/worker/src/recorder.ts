import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { UnitOfWork } from '#libs/persistence';
import { type MailLedgerSettings, type MailReport, recordMailOutcomes } from '#libs/runtime';

export interface RecordSettings {
  readonly unitOfWork: UnitOfWork;
  readonly ledger: MailLedgerSettings;
  /** Waits before the outcomes are written once more; empty: only one try. */
  readonly recordRetryWaitsMs?: readonly number[];
}

export interface Recorder {
  /** The new status; null when somebody else holds the row now. Resolves when it is committed. */
  record(report: MailReport): Promise<string | null>;
}

/** What is known must not be lost because the database was away for a moment: a mail without a record counts as uncertain. */
const retryWaitsMs = [200, 1000, 4000];

/**
 * Writes what has come in together in one transaction: the answers that arrive in one turn of the event loop, and those that arrived
 * while the transaction before was under way. Nothing waits for an answer that is still out.
 */
export function createRecorder(settings: RecordSettings): Recorder {
  let waiting: MailReport[] = [];
  let next: Promise<ReadonlyMap<string, string>> | undefined;
  let current: Promise<unknown> = Promise.resolve();
  const writeWaiting = async () => {
    await Promise.allSettled([current, nextTurn()]);
    const reports = waiting;
    waiting = [];
    next = undefined;
    const written = writeWithRetries(settings, reports);
    current = written;
    return written;
  };
  return {
    async record(report) {
      waiting.push(report);
      next ??= writeWaiting();
      return (await next).get(report.id) ?? null;
    },
  };
}

async function writeWithRetries(
  { unitOfWork, ledger, recordRetryWaitsMs = retryWaitsMs }: RecordSettings,
  reports: readonly MailReport[],
): Promise<ReadonlyMap<string, string>> {
  const write = () => unitOfWork.run((tx) => recordMailOutcomes(tx, ledger, reports));
  for (const waitMs of recordRetryWaitsMs) {
    try {
      return await write();
    } catch {
      // The last try below says what is wrong.
      await pause(waitMs);
    }
  }
  return write();
}
