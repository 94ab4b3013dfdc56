import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createPresenceChore } from '#apps/worker/src/presence-chore.js';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import { signAtWork } from '#libs/runtime';
import { DelegationHouse } from './delegation-house.js';

describe('who is at work', () => {
  let house: DelegationHouse;
  let unitOfWork: UnitOfWork;
  beforeAll(async () => {
    house = await DelegationHouse.open();
    unitOfWork = createUnitOfWork(house.api.database.dataSource);
  });
  afterAll(() => house.close());
  beforeEach(() => house.query('delete from workers'));

  const seen = async () => (await house.as('quantri.sngv', '/operations/mails/trouble')).body.workers;
  const passes = (seconds: number) =>
    house.query(
      `update workers set seen_at = seen_at - make_interval(secs => $1),
         queue_away_since = queue_away_since - make_interval(secs => $1)`,
      [seconds],
    );

  it('is nobody before the first worker', async () => {
    expect(await seen()).toEqual([]);
  });

  it('is told to the operator as long as it says so, and no longer than a minute after', async () => {
    const worker = createPresenceChore({ everyBeats: 1, unitOfWork, queues: { backend: 'redis', isAway: false } });
    await worker.run();
    expect(await seen()).toEqual([
      {
        ...{ id: expect.any(String), silentSeconds: expect.any(Number), isAtWork: true },
        ...{ queue: 'redis', queueAwaySeconds: null },
      },
    ]);
    await passes(50);
    expect(await seen()).toMatchObject([{ isAtWork: true }]);
    await passes(15);
    const [silent] = await seen();
    expect(silent).toMatchObject({ isAtWork: false });
    expect(silent.silentSeconds).toBeGreaterThanOrEqual(65);
    await worker.run();
    expect(await seen()).toMatchObject([{ id: silent.id, isAtWork: true }]);
  });

  it('takes leave when it ends in order, and is forgotten a day after it vanished', async () => {
    const [one, other] = [1, 2].map(() =>
      createPresenceChore({ everyBeats: 1, unitOfWork, queues: { backend: 'postgres', isAway: false } }),
    );
    await one!.run();
    await passes(3600);
    await other!.run();
    expect((await seen()).map(({ isAtWork }: { isAtWork: boolean }) => isAtWork)).toEqual([true, false]);
    await other!.stop?.();
    expect(await seen()).toMatchObject([{ isAtWork: false }]);
    await passes(86_400);
    await other!.run();
    expect(await seen()).toMatchObject([{ isAtWork: true }]);
  });

  it('says since when its queue does not answer, and that it does again', async () => {
    const id = randomUUID();
    const sign = (isQueueAway: boolean) => unitOfWork.run((tx) => signAtWork(tx, { id, queue: 'redis', isQueueAway }));
    await sign(true);
    await passes(30);
    await sign(true);
    const [worker] = await seen();
    expect(worker.silentSeconds).toBeLessThan(worker.queueAwaySeconds);
    expect(worker.queueAwaySeconds).toBeGreaterThanOrEqual(30);
    await sign(false);
    expect(await seen()).toMatchObject([{ queueAwaySeconds: null }]);
  });

  it('is nobody else’s business', async () => {
    expect((await house.as('chuyenvien.skhdt', '/operations/mails/trouble')).status).toBe(403);
  });
});
