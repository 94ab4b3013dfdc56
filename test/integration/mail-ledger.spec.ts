import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resendMail } from '#apps/cli/src/commands/mail.js';
import type { House } from '#apps/cli/src/composition.js';
import type { MailPage } from '#contracts/mail-ledger.js';
import { instantAt } from '#libs/calendar';
import { type MailingHouse, openMailingHouse } from './mailing-house.js';

let mailing: MailingHouse;
let caseId: string;
beforeAll(async () => {
  mailing = await openMailingHouse();
  // After closing time: what is done before the morning was never mailed, however fast the worker is.
  mailing.house.clock.set(instantAt('2023-01-09', '18:00'));
  caseId = await mailing.house.openInApproval();
  await mailing.house.open();
  await mailing.settle();
  mailing.house.clock.set(instantAt('2023-01-10', '08:00'));
  await mailing.settle();
});
afterAll(() => mailing.close());

type Row = MailPage['items'][number];
const ledger = async (query = ''): Promise<Row[]> =>
  (await mailing.house.as('quantri.sngv', `/operations/mails?limit=150${query}`)).body.items;
const spoil = async (status: 'failed' | 'uncertain', index = 0) => {
  const { id } = (await ledger('&status=sent'))[index]!;
  await mailing.house.query(`update mails set status = $2, last_response = '550 no such user' where id = $1`, [
    id,
    status,
  ]);
  return id;
};
const resend = (mailbox: string, id: string) =>
  mailing.house.as(mailbox, `/operations/mails/${id}/resend`, { method: 'POST' });

describe('the mail ledger for an operator', () => {
  it('is narrowed by status, reason, person, case, kind and day, and the parts hold together', async () => {
    const all = await ledger();
    expect(all.length).toBeGreaterThan(8);
    const [one] = all.filter(({ status, person }) => status === 'sent' && person !== null);
    const narrowed = async (query: string, holds: (row: Row) => boolean) => {
      const rows = await ledger(query);
      expect(rows).toEqual(all.filter(holds));
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.length).toBeLessThan(all.length);
    };
    await narrowed('&status=sent', ({ status }) => status === 'sent');
    await narrowed('&status=suppressed&reason=taskClosed', (row) => row.suppressedReason === 'taskClosed');
    await narrowed(`&personId=${one?.person?.id}`, ({ person }) => person?.id === one?.person?.id);
    await narrowed(`&caseId=${caseId}`, (row) => row.caseId === caseId);
    await narrowed('&caseCode=DR-2023-0001', ({ caseCode }) => caseCode === 'DR-2023-0001');
    await narrowed('&template=digest', ({ template }) => template === 'digest');
    await narrowed('&from=2023-01-10', ({ createdAt }) => createdAt >= '2023-01-09T17:00:00.000Z');
    await narrowed('&to=2023-01-09', ({ createdAt }) => createdAt < '2023-01-09T17:00:00.000Z');
    await narrowed(
      '&to=2023-01-09&status=sent&template=taskOpened',
      (row) => row.createdAt < '2023-01-09T17' && row.status === 'sent' && row.template === 'taskOpened',
    );
    expect(await ledger(`&personId=${randomUUID()}`)).toEqual([]);
  });

  it('is read page by page without gap or double', async () => {
    const all = await ledger();
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const next: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await mailing.house.as('quantri.sngv', `/operations/mails?limit=3${next}`);
      seen.push(...body.items.map(({ id }: Row) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
  });

  it('names the recipient, and says of a waiting mail when it leaves', async () => {
    const [row] = await ledger('&status=sent');
    expect(row).toMatchObject({
      person: { id: expect.any(String), fullName: expect.stringMatching(/\S/) },
      lastResponse: expect.stringMatching(/^250/),
      bouncedAt: null,
    });
    expect(Date.parse(row!.notBefore)).toBeGreaterThan(0);
  });

  it('counts what must be looked at', async () => {
    const id = await spoil('uncertain');
    const { body } = await mailing.house.as('quantri.sngv', '/operations/mails/trouble');
    expect(body).toMatchObject({ uncertain: 1, failed: 0, overdueTimers: 0 });
    await mailing.house.query(`update mails set status = 'sent' where id = $1`, [id]);
  });

  it('lists the timers that are late apart from those that have just come due', async () => {
    const [timer] = await mailing.house.query<{ id: string; due_at: Date }>(
      `select id, due_at from timers where kind = 'deadline' and fired_at is null and cancelled_at is null limit 1`,
    );
    const now = mailing.house.clock.now().getTime();
    // The worker would fire it at once; a lock of the case keeps it waiting.
    await mailing.unitOfWork.run(async (tx) => {
      await tx.query('select id from instances where id = (select instance_id from timers where id = $1) for update', [
        timer!.id,
      ]);
      const due = async (way: string) =>
        (await mailing.house.as('quantri.sngv', `/operations/timers?due=${way}`)).body.items.map((one: Row) => one.id);
      const at = (ms: number) =>
        mailing.house.query('update timers set due_at = $2 where id = $1', [timer!.id, new Date(now - ms)]);
      await at(60_000);
      expect(await due('true')).toEqual([timer!.id]);
      expect(await due('overdue')).toEqual([]);
      await at(3 * 60_000);
      expect(await due('overdue')).toEqual([timer!.id]);
      await mailing.house.query('update timers set due_at = $2 where id = $1', [timer!.id, timer!.due_at]);
    });
    await mailing.settle();
  });
});

describe('sending a mail again on purpose', () => {
  beforeEach(() => {
    mailing.sink.mails.length = 0;
  });
  const audits = () =>
    mailing.house.query<{ id: string; subject_id: string; principal_id: string | null; details: unknown }>(
      `select id, subject_id, principal_id, details from audit_records where action = 'mail.resent'`,
    );
  /** What a step put on record. */
  const recordedBy = async (step: () => Promise<void>) => {
    const before = new Set((await audits()).map(({ id }) => id));
    await step();
    return (await audits()).filter(({ id }) => !before.has(id));
  };

  it.each(['failed', 'uncertain'] as const)(
    'takes one that is %s, under its old Message-ID, on record',
    async (status) => {
      // Of a task that is still open; another one would be held back at the claim.
      const [open] = await mailing.house.query<{ id: string }>(
        `select m.id from mails m join outbox_messages o on o.id = m.outbox_message_id
       join tasks t on t.instance_id = o.instance_id and t.key = o.task_key and t.closed_at is null
       where m.status = 'sent' and m.template = 'taskOpened' limit 1`,
      );
      await mailing.house.query('update mails set status = $2 where id = $1', [open!.id, status]);
      const recorded = await recordedBy(async () => {
        const { status: http, body } = await resend('quantri.sngv', open!.id);
        expect([http, body]).toEqual([200, { id: open!.id, was: status, status: 'planned' }]);
      });
      await mailing.settle();
      expect(mailing.sink.mails.map(({ messageId }) => messageId)).toEqual([`<${open!.id}@tuyenquang.example>`]);
      expect(recorded).toEqual([
        expect.objectContaining({
          subject_id: open!.id,
          principal_id: await mailing.house.personId('quantri.sngv'),
          details: { was: status },
        }),
      ]);
    },
  );

  it('refuses one that was sent, planned or suppressed, and leaves no trace', async () => {
    const recorded = await recordedBy(async () => {
      for (const status of ['sent', 'suppressed']) {
        const [row] = await ledger(`&status=${status}`);
        const { status: http, body } = await resend('quantri.sngv', row!.id);
        expect([http, body.code]).toEqual([409, 'MAIL_NOT_RESENDABLE']);
      }
    });
    expect(recorded).toEqual([]);
    await mailing.settle();
    expect(mailing.sink.mails).toEqual([]);
  });

  it('is for the administrator alone, and for mails of the own province', async () => {
    const id = await spoil('failed');
    expect((await resend('giamdoc.sngv', id)).status).toBe(403);
    expect((await resend('quantri.sngv', randomUUID())).status).toBe(404);
    await mailing.house.query(`update mails set province_id = $2 where id = $1`, [id, randomUUID()]);
    expect((await resend('quantri.sngv', id)).status).toBe(404);
    await mailing.house.query(`update mails set province_id = $2, status = 'sent' where id = $1`, [
      id,
      mailing.house.api.provinceId,
    ]);
  });

  it('holds a mail back whose task is done by now', async () => {
    const [done] = await mailing.house.query<{ id: string }>(
      `select m.id from mails m join outbox_messages o on o.id = m.outbox_message_id
       join tasks t on t.instance_id = o.instance_id and t.key = o.task_key and t.closed_at is not null
       where m.template = 'taskOpened' limit 1`,
    );
    await mailing.house.query(`update mails set status = 'failed', suppressed_reason = null where id = $1`, [done!.id]);
    expect((await resend('quantri.sngv', done!.id)).status).toBe(200);
    await mailing.settle();
    expect((await ledger('&status=suppressed')).find(({ id }) => id === done!.id)?.suppressedReason).toBe('taskClosed');
    expect(mailing.sink.mails).toEqual([]);
  });

  it('also from the command line, on record without a name', async () => {
    const id = await spoil('uncertain');
    const { unitOfWork } = mailing;
    const house = { unitOfWork, clock: mailing.house.clock } as Partial<House> as House;
    const run = () => resendMail.run(house, { operands: [id], options: {} });
    const recorded = await recordedBy(async () => {
      expect(await run()).toMatchObject({ ok: true, data: { was: 'uncertain' } });
    });
    expect(recorded).toMatchObject([{ subject_id: id, principal_id: null }]);
    await mailing.settle();
    await expect(run()).rejects.toMatchObject({ code: 'MAIL_NOT_RESENDABLE' });
    await expect(resendMail.run(house, { operands: ['1'], options: {} })).rejects.toThrow('mã của thư');
  });
});
