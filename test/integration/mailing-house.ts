import { randomUUID } from 'node:crypto';
import { type Logger, pino } from 'pino';
import PostalMime, { type Email } from 'postal-mime';
import type { Chore } from '#apps/worker/src/sweep.js';
import { Worker } from '#apps/worker/src/worker.js';
import { type Clock, createBusinessCalendar, createManualClock, instantAt, vietnamHolidays } from '#libs/calendar';
import { delegationMails } from '#libs/delegation';
import { createMailTransport } from '#libs/mail';
import { mailDirectory } from '#libs/organisation';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { openQueues } from '#libs/queue';
import { isSettled, type MailLedgerSettings, pendingWork, Runtime } from '#libs/runtime';
import { createSmtpSink, type SmtpSink } from '#test/support/smtp-sink.js';
import { until } from '#test/support/until.js';
import { outboundDelegation } from '#workflows/outbound-delegation/definition.js';
import { startApi } from './api-under-test.js';
import { DelegationHouse } from './delegation-house.js';

export const mailSender = 'Thông Hành <th@tuyenquang.example>';
export const publicUrl = 'https://thong-hanh.example';

/** The demo province with a worker behind it: what a case says goes out over a real SMTP conversation. */
export interface MailingHouse {
  readonly house: DelegationHouse;
  readonly sink: SmtpSink;
  readonly unitOfWork: UnitOfWork;
  readonly ledger: MailLedgerSettings;
  /** Until nothing is due any more at the present instant. */
  settle(): Promise<void>;
  /** The mails taken so far, read as a mail program reads them. */
  received(): Promise<(Email & { readonly to: readonly { readonly address?: string }[] })[]>;
  close(): Promise<void>;
}

export async function openMailingHouse(
  given: {
    chores?: (unitOfWork: UnitOfWork, clock: Clock) => readonly Chore[];
    env?: Record<string, string>;
    /** Somebody else's, which `close` closes too. */
    house?: DelegationHouse;
    logger?: Logger;
    /** The queue on Redis instead of the database of the house. */
    redisUrl?: string | undefined;
  } = {},
): Promise<MailingHouse> {
  const house = given.house ?? (await openHouse(given.env ?? {}));
  const { clock } = house;
  const sink = await createSmtpSink();
  const calendar = createBusinessCalendar(vietnamHolidays);
  const calendarFor = () => calendar;
  const unitOfWork = createUnitOfWork(house.api.database.dataSource);
  const domain = 'tuyenquang.example';
  const ledger = { clock, calendarFor, directory: mailDirectory, templates: delegationMails, domain };
  const logger = given.logger ?? pino({ level: 'silent' });
  const { url: databaseUrl } = house.api.database;
  const queues = await openQueues({
    names: ['timers', 'mails'],
    prefix: `t-${randomUUID()}`,
    log: logger,
    ...(given.redisUrl === undefined ? { databaseUrl } : { redisUrl: given.redisUrl }),
  });
  const worker = new Worker({
    ...{ unitOfWork, ledger, queues, publicUrl, logger },
    runtime: new Runtime({ clock, definitions: [outboundDelegation], calendarFor }),
    transport: createMailTransport({ smtpUrl: sink.url, from: mailSender }),
    ...{ concurrency: 4, mailConnections: 10, intervalMs: 20, refreshClock: async () => undefined },
    chores: given.chores?.(unitOfWork, clock) ?? [],
  });
  await worker.start();
  const mailing: MailingHouse = {
    ...{ house, sink, unitOfWork, ledger },
    settle: () =>
      until(async () => isSettled(await unitOfWork.run((tx) => pendingWork(tx, ledger))), 'the work settled'),
    received: () =>
      Promise.all(
        sink.mails.map(async ({ raw, to }) => ({ ...(await PostalMime.parse(raw)), to: [{ name: '', address: to }] })),
      ),
    async close() {
      await worker.stop();
      await sink.close();
      await house.close();
    },
  };
  return mailing;
}

async function openHouse(env: Record<string, string>): Promise<DelegationHouse> {
  const clock = createManualClock(instantAt('2023-01-09', '08:00'));
  const api = await startApi({ clock, env: { MAIL_FROM: mailSender, PUBLIC_URL: publicUrl, ...env } });
  return DelegationHouse.on(api, clock);
}
