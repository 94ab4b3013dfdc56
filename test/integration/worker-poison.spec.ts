import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type MailHouse, officer, openMailHouse } from '#test/support/mail-house.js';
import { until } from '#test/support/until.js';

let house: MailHouse;
beforeAll(async () => {
  house = await openMailHouse();
});
afterEach(() => house.reset());
afterAll(() => house.close());

describe('a row nobody can work on', () => {
  it('holds up neither the reminders of other cases nor the mails', async () => {
    const [broken, healthy] = [await house.startPermit(), await house.startPermit()];
    const [half] = await house.rows<{ due_at: Date }>(`select due_at from timers where reminder_key = 'half' limit 1`);
    house.clock.set(half!.due_at);
    await house.rows(`update timers set steps = '"none"' where instance_id = $1`, [broken]);
    await house.startWorker();
    const sent = async () =>
      (
        await house.rows<{ instance_id: string; template: string }>(
          `select instance_id, template from mails where status = 'sent' and person_id = $1`,
          [officer.personId],
        )
      ).map((mail) => `${mail.instance_id === healthy ? 'healthy' : 'broken'} ${mail.template}`);
    await until(async () => (await sent()).length >= 3, 'three mails being sent');
    expect((await sent()).sort()).toEqual(['broken taskOpened', 'healthy deadlineApproaching', 'healthy taskOpened']);
  });
});
