import { setTimeout as pause } from 'node:timers/promises';
import type { UnitOfWork } from '#libs/persistence';
import { type MailLedgerSettings, type MailReport, recordMailOutcomes } from '#libs/runtime';

export interface RecordSettings {
  readonly unitOfWork: UnitOfWork;
  readonly ledger: MailLedgerSettings;
  /** Waits before the outcome is written once more; empty: only one try. */
  readonly recordRetryWaitsMs?: readonly number[];
}

/** What is known must not be lost because the database was away for a moment: a mail without a record counts as uncertain. */
const retryWaitsMs = [200, 1000, 4000];

/** The new status; null when somebody else holds the row now. */
export async function recordOutcome(settings: RecordSettings, report: MailReport): Promise<string | null> {
  const { unitOfWork, ledger, recordRetryWaitsMs = retryWaitsMs } = settings;
  const write = async () => {
    const statuses = await unitOfWork.run((tx) => recordMailOutcomes(tx, ledger, [report]));
    return statuses.get(report.id) ?? null;
  };
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
