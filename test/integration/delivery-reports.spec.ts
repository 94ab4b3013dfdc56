import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { listMail } from '#apps/cli/src/commands/mail.js';
import type { House } from '#apps/cli/src/composition.js';
import { createDeliveryReportChore } from '#apps/worker/src/delivery-report-chore.js';
import { openReportFolder } from '#libs/mail';
import { report } from '#test/support/delivery-report.js';
import { until } from '#test/support/until.js';
import { type MailingHouse, openMailingHouse } from './mailing-house.js';

let mailing: MailingHouse;
let mailbox: string;
beforeAll(async () => {
  mailbox = await mkdtemp(path.join(tmpdir(), 'reports-'));
  for (const folder of ['new', 'cur', 'tmp']) await mkdir(path.join(mailbox, folder));
  mailing = await openMailingHouse({
    chores: (unitOfWork, clock) => [
      createDeliveryReportChore({
        ...{ everyBeats: 1, restMs: 0, sources: [openReportFolder(mailbox)], unitOfWork, clock },
        ...{ domain: 'tuyenquang.example', logger: pino({ level: 'silent' }) },
      }),
    ],
  });
  await mailing.house.openInApproval();
  await mailing.settle();
});
afterEach(async () => {
  await mailing.house.query(
    `update mails set status = 'sent', suppressed_reason = null, bounced_at = null, bounce_digest = null, last_response = '250' where bounce_digest is not null`,
  );
  for (const name of await readdir(path.join(mailbox, 'cur'))) await rm(path.join(mailbox, 'cur', name));
});
afterAll(async () => {
  await mailing.close();
  await rm(mailbox, { recursive: true });
});

let delivered = 0;
/** As a mail server does it; then until the worker has looked at it. Returns the flags it got. */
const deliver = async (content: string): Promise<string | undefined> => {
  delivered += 1;
  const name = `${delivered}.M1.mx`;
  await writeFile(path.join(mailbox, 'new', name), content);
  const kept = async () => (await readdir(path.join(mailbox, 'cur'))).find((file) => file.startsWith(name));
  await until(async () => (await kept()) !== undefined, 'the report was looked at');
  return (await kept())?.split(':2,')[1];
};
const sent = async () =>
  (
    await mailing.house.query<{ id: string; message_id: string }>(
      `select id, message_id from mails where status = 'sent' order by created_at, id limit 1`,
    )
  )[0]!;
const rowOf = async (id: string) =>
  (
    await mailing.house.query<{ status: string; last_response: string; bounced_at: Date | null }>(
      'select status, last_response, bounced_at from mails where id = $1',
      [id],
    )
  )[0];
const states = () => mailing.house.query(`select id, status, bounced_at from mails order by id`);

describe('a mail that comes back', () => {
  it.each(['message/rfc822', 'text/rfc822-headers'])(
    'is failed, with the reason and without an address (%s)',
    async (original) => {
      const mail = await sent();
      expect(await deliver(report({ messageId: mail.message_id, original }))).toBe('S');
      expect(await rowOf(mail.id)).toEqual({
        status: 'failed',
        last_response: '5.1.1 550 5.1.1 <recipient>: Recipient address rejected: User unknown',
        bounced_at: mailing.house.clock.now(),
      });
    },
  );

  it('is shown to the operator, in the ledger and on the command line, and is not sent again by itself', async () => {
    const mail = await sent();
    await deliver(report({ messageId: mail.message_id }));
    const taken = mailing.sink.mails.length;
    await mailing.settle();
    expect(mailing.sink.mails).toHaveLength(taken);
    const { body } = await mailing.house.as('quantri.sngv', '/operations/mails?bounced=true');
    expect(body.items).toEqual([
      expect.objectContaining({ id: mail.id, status: 'failed', bouncedAt: expect.any(String) }),
    ]);
    const house = { unitOfWork: mailing.unitOfWork } as Partial<House> as House;
    const { text, data } = await listMail.run(house, { operands: [], options: { bounced: true } });
    expect(data).toHaveLength(1);
    expect(text).toContain('LỖI (bị trả lại)');
  });

  it('may be sent again on purpose, and then no longer counts as returned', async () => {
    const mail = await sent();
    await deliver(report({ messageId: mail.message_id }));
    await mailing.house.as('quantri.sngv', `/operations/mails/${mail.id}/resend`, { method: 'POST' });
    expect((await rowOf(mail.id))?.bounced_at).toBeNull();
    await mailing.settle();
  });

  it('says also of one that was uncertain that it did not arrive', async () => {
    const mail = await sent();
    await mailing.house.query(`update mails set status = 'uncertain' where id = $1`, [mail.id]);
    await deliver(report({ messageId: mail.message_id }));
    expect((await rowOf(mail.id))?.status).toBe('failed');
  });
});

describe('the mailbox of delivery reports', () => {
  it.each(['delayed', 'delivered', 'relayed'])('changes nothing for a report of "%s"', async (action) => {
    const before = await states();
    const mail = await sent();
    expect(await deliver(report({ messageId: mail.message_id, action, status: '4.4.1' }))).toBe('S');
    expect(await states()).toEqual(before);
  });

  it.each([
    ['about a mail of somebody else', () => report({ messageId: '<1@elsewhere.example>' })],
    ['about a row of another domain', () => report({ messageId: `<${randomUUID()}@elsewhere.example>` })],
    ['with a made-up id', () => report({ messageId: "<x' or 1=1@tuyenquang.example>" })],
    ['that is no report', () => 'From: an@tuyenquang.example\r\nSubject: Trả lời\r\n\r\nTôi đã nhận được thư.\r\n'],
    ['that cannot be read', () => '\0\0\0'],
    ['that is far too large', () => `Subject: x\r\n\r\n${'a'.repeat(3_000_000)}`],
  ])('changes nothing for a mail %s, and flags it for a person', async (_, content) => {
    const before = await states();
    expect(await deliver(content())).toBe('FS');
    expect(await states()).toEqual(before);
  });

  it('knows nothing of a row that does not exist, and leaves no row behind', async () => {
    const before = await states();
    expect(await deliver(report({ messageId: `<${randomUUID()}@tuyenquang.example>` }))).toBe('S');
    expect(await states()).toEqual(before);
  });
});
