import type { Logger } from 'pino';
import type { Clock } from '#libs/calendar';
import { type ReportFile, type ReportFolder, readDeliveryReport } from '#libs/mail';
import type { UnitOfWork } from '#libs/persistence';
import { recordBounce } from '#libs/runtime';
import type { Chore } from './sweep.js';

interface ReportSettings {
  readonly everyBeats: number;
  readonly folder: ReportFolder;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Right side of our Message-IDs. */
  readonly domain: string;
  readonly logger: Logger;
}

const batch = 100;

/** Reads the mailbox of delivery reports: a mail that came back is shown to the operator as failed. */
export function createDeliveryReportChore(settings: ReportSettings): Chore {
  const { everyBeats, folder, logger } = settings;
  let isAway = false;
  return {
    everyBeats,
    run: async () => {
      try {
        const files = await folder.read(batch);
        for (const file of files) await take(file, settings);
        isAway = false;
        return files.length === batch;
      } catch (error) {
        // The mailbox may be on another machine; reminders go on without it.
        if (!isAway)
          logger.error({ error: (error as Error).message }, 'The mailbox of delivery reports cannot be read.');
        isAway = true;
        return false;
      }
    },
  };
}

async function take({ name, raw }: ReportFile, settings: ReportSettings): Promise<void> {
  const { folder, unitOfWork, clock, domain, logger } = settings;
  const report = raw === null ? null : await readDeliveryReport(raw).catch(() => null);
  const id = report === null ? null : rowOf(report.messageId, domain);
  if (report === null || id === null) {
    logger.warn({ file: name }, 'A mail in the mailbox of delivery reports is no report about a mail of ours.');
    return folder.keep(name, 'flagged');
  }
  if (report.action === 'failed') {
    const { response } = report;
    const isNew = await unitOfWork.run((tx) => recordBounce(tx, { id, at: clock.now(), response }));
    logger.warn({ mail: id, response, isNew }, 'mail came back');
  }
  return folder.keep(name, 'seen');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The ledger row a Message-ID was made from; null for one of somebody else. */
function rowOf(messageId: string, domain: string): string | null {
  const [id = '', at] = messageId.slice(1, -1).split('@');
  return at === domain && uuid.test(id) ? id : null;
}
