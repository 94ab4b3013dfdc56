import type { Logger } from 'pino';
import type { Clock } from '#libs/calendar';
import { type ReportMail, type ReportMark, type ReportSource, readDeliveryReport } from '#libs/mail';
import type { UnitOfWork } from '#libs/persistence';
import { keepReportSources, recordBounce, recordReportLook, takeReportSource } from '#libs/runtime';
import { createLanes } from './lanes.js';
import type { Chore } from './sweep.js';

export interface ReportSettings {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  /** Right side of our Message-IDs. */
  readonly domain: string;
  /** Real milliseconds between two looks of all workers together. */
  readonly restMs: number;
  readonly logger: Logger;
}

const batch = 100;

/**
 * Reads where delivery reports arrive: a mail that came back is shown to the operator as failed. Each place is looked into beside the
 * beat, so that a server that hangs holds up no reminder.
 */
export function createDeliveryReportChore(
  given: ReportSettings & { readonly everyBeats: number; readonly sources: readonly ReportSource[] },
): Chore {
  const { everyBeats, sources, unitOfWork } = given;
  const lanes = sources.map((source) => createLanes({ most: 1, work: createReportReader(source, given) }));
  let isKept = false;
  return {
    everyBeats,
    async run() {
      if (!isKept)
        await unitOfWork.run((tx) =>
          keepReportSources(
            tx,
            sources.map(({ kind }) => kind),
          ),
        );
      isKept = true;
      for (const lane of lanes) lane.wake();
      return false;
    },
    async stop() {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}

/** One look, when it is time for one: until nothing is new. Never rejects. */
export function createReportReader(source: ReportSource, settings: ReportSettings): () => Promise<void> {
  const { kind } = source;
  const { unitOfWork, clock, restMs, logger } = settings;
  let isAway = false;
  const look = async (): Promise<boolean> => {
    if (!(await unitOfWork.run((tx) => takeReportSource(tx, kind)))) return false;
    let setAside = 0;
    let found = 0;
    let fault: string | null = null;
    try {
      found = await source.visit(batch, async (mail) => {
        const mark = await take(mail, settings);
        if (mark === 'flagged') setAside += 1;
        return mark;
      });
    } catch (error) {
      fault = (error as Error).message;
    }
    const isFull = found === batch;
    const now = clock.now();
    await unitOfWork.run((tx) => recordReportLook(tx, { kind, at: now, fault, setAside, restMs: isFull ? 0 : restMs }));
    // The mailbox may be on another machine; reminders go on without it.
    if (fault !== null && !isAway) logger.error({ kind, error: fault }, 'Delivery reports cannot be read.');
    if (fault === null && isAway) logger.info({ kind }, 'Delivery reports can be read again.');
    isAway = fault !== null;
    return isFull;
  };
  return async () => {
    try {
      while (await look());
    } catch (error) {
      logger.warn({ kind, error: (error as Error).message }, 'A look for delivery reports was cut off.');
    }
  };
}

async function take({ name, raw }: ReportMail, settings: ReportSettings): Promise<ReportMark> {
  const { unitOfWork, clock, domain, logger } = settings;
  const report = raw === null ? null : await readDeliveryReport(raw).catch(() => null);
  const id = report === null ? null : rowOf(report.messageId, domain);
  if (report === null || id === null) {
    logger.warn({ mail: name }, 'A mail among the delivery reports is no report about a mail of ours.');
    return 'flagged';
  }
  if (report.action === 'failed') {
    const { response, digest } = report;
    const isNew = await unitOfWork.run((tx) => recordBounce(tx, { id, at: clock.now(), response, digest }));
    logger.warn({ mail: id, response, isNew }, 'mail came back');
  }
  return 'seen';
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The ledger row a Message-ID was made from; null for one of somebody else. */
function rowOf(messageId: string, domain: string): string | null {
  const [id = '', at] = messageId.slice(1, -1).split('@');
  return at === domain && uuid.test(id) ? id : null;
}
