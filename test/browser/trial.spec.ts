import { describe, expect, it } from '@jest/globals';
import { until } from '#test/support/until.js';
import { expectSound, openOffice } from './office.js';
import { telephone } from './people.js';

describe('a trial', () => {
  const office = openOffice('trial');

  it('lets a unit officer pass the month after which a draft is overdue, with each mail at its own time', async () => {
    const officer = 'chuyenvien.skhdt';
    const { system } = office.own;
    const { id } = await system.ask(officer, '/proposals', { body: { proposal: { delegationName: 'Đoàn thử' } } });
    const page = await office.as(officer);
    const bar = page.getByRole('complementary', { name: 'Bản dùng thử' });
    await bar.getByText('Cho thời gian trôi').click();
    await expectSound(page);
    await bar.getByRole('button', { name: 'Ba tháng' }).click();
    await bar.getByRole('status').waitFor();
    await bar.getByText('Cho thời gian trôi').waitFor({ timeout: 120_000 });
    // The page shows the new day without being loaded again.
    await until(async () => (await page.getByText('Quá hạn').count()) > 0);
    const view = await system.ask(officer, `/cases/${id}`);
    const dueAt = new Date(view.deadlines[0].dueAt);
    const { items } = await system.ask('quantri.sngv', '/operations/mails?limit=100');
    // Who signed in at a new place hears of it at once, whatever the hour.
    const sentAt = items
      .filter(({ template }: { template: string }) => template !== 'newSignIn')
      .flatMap((mail: { sentAt: string | null }) => mail.sentAt ?? [])
      .map((at: string) => new Date(at));
    expect(sentAt.filter((at: Date) => !isOfficeHour(at))).toEqual([]);
    // A digest is the first thing of its morning, at 07:30 and a little; that of a trial which begins later in the day comes at once.
    const digests = items
      .filter(({ template }: { template: string }) => template === 'digest')
      .filter(({ sentAt: at }: { sentAt: string }) => dayOf(new Date(at)) !== dayOf(new Date()));
    expect(digests.length).toBeGreaterThan(0);
    expect(digests.map(({ sentAt: at }: { sentAt: string }) => at.slice(11, 15))).toEqual(digests.map(() => '00:3'));
    // Not all at the end of the leap: some were sent before it was due and some after.
    expect(sentAt.some((at: Date) => at < dueAt)).toBe(true);
    expect(sentAt.some((at: Date) => at > dueAt)).toBe(true);
  }, 180_000);

  it('fits a telephone', async () => {
    const page = await office.as('chutich.ubnd', { size: telephone });
    await page.getByText('Cho thời gian trôi').click();
    await expectSound(page);
  });
});

/** In Viet Nam, which is seven hours ahead of UTC. */
function dayOf(at: Date): string {
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

/** 07:30 to 17:00 in Viet Nam. */
function isOfficeHour(at: Date): boolean {
  const minutes = ((at.getUTCHours() + 7) % 24) * 60 + at.getUTCMinutes();
  return minutes >= 450 && minutes < 1020;
}
