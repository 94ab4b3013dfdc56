import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createUnitOfWork, runPrepared, type Tx, type UnitOfWork, untilCommit } from '#libs/persistence';
import { createAppDataSource } from '#migrations/data-source.js';
import { createTestDatabase, type TestDatabase } from '#test/support/database.js';

const insert = { name: 'test_insert', text: 'insert into kept (id) values ($1)' };
const select = { name: 'test_select', text: 'select id from kept order by id' };

describe('a unit of work', () => {
  let database: TestDatabase;
  let unitOfWork: UnitOfWork;
  beforeAll(async () => {
    database = await createTestDatabase({ poolSize: 2 });
    unitOfWork = createUnitOfWork(database.dataSource);
    await database.dataSource.query('create table kept (id integer primary key)');
  });
  afterAll(() => database.drop());
  beforeEach(() => database.dataSource.query('truncate kept'));

  const kept = async (): Promise<number[]> =>
    (await database.dataSource.query<{ id: number }[]>('select id from kept order by id')).map(({ id }) => id);
  const write = (tx: Tx, id: number) => runPrepared(tx, insert, [id]);
  const later = (tx: Tx, id: number) => untilCommit(tx, () => write(tx, id));

  it('commits what was waited for and what was left to the commit', async () => {
    const answer = await unitOfWork.run(async (tx) => {
      await write(tx, 1);
      await later(tx, 2);
      return 'done';
    });
    expect(answer).toBe('done');
    expect(await kept()).toEqual([1, 2]);
  });

  it('lets later statements see a write that was left to the commit', async () => {
    await unitOfWork.run(async (tx) => {
      await later(tx, 1);
      expect(await runPrepared(tx, select, [])).toEqual([{ id: 1 }]);
    });
  });

  it('sends a write left to the commit also when the commit comes late', async () => {
    await unitOfWork.run(async (tx) => {
      await later(tx, 1);
      await wait(50);
      const [row] = await database.dataSource.query<{ n: number }[]>(
        `select count(*)::int as n from pg_stat_activity where state = 'idle in transaction' and query like 'insert into kept%'`,
      );
      expect(row).toEqual({ n: 1 });
    });
  });

  it('fails with the error of the write, and keeps nothing', async () => {
    await expect(
      unitOfWork.run(async (tx) => {
        await write(tx, 1);
        await later(tx, 1);
      }),
    ).rejects.toMatchObject({ code: '23505' });
    expect(await kept()).toEqual([]);
  });

  it('tells the first failure, not those that follow from it', async () => {
    const run = unitOfWork.run(async (tx) => {
      await write(tx, 1);
      await later(tx, 1);
      await write(tx, 2);
    });
    await expect(run).rejects.toMatchObject({ code: '23505' });
    expect(await kept()).toEqual([]);
  });

  it('does not commit when a failed statement was caught', async () => {
    const run = unitOfWork.run(async (tx) => {
      await write(tx, 1);
      await write(tx, 1).catch(() => undefined);
    });
    await expect(run).rejects.toThrow('rolled back');
    expect(await kept()).toEqual([]);
  });

  it('rolls back on an error of the work itself and gives the connection back clean', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const run = unitOfWork.run(async (tx) => {
        await later(tx, 1);
        throw new Error('no');
      });
      await expect(run).rejects.toThrow('no');
    }
    expect(await kept()).toEqual([]);
    await unitOfWork.run((tx) => write(tx, 7));
    expect(await kept()).toEqual([7]);
  });

  it('fails on a connection somebody left in a broken transaction, keeps nothing, and the next one works', async () => {
    const alone = await createAppDataSource({ url: database.url, poolSize: 1 }).initialize();
    try {
      const broken = alone.createQueryRunner();
      await broken.query('start transaction');
      await expect(broken.query('select 1 / 0')).rejects.toThrow('division by zero');
      await broken.release();
      const lonely = createUnitOfWork(alone);
      const run = lonely.run(async (tx) => {
        await runPrepared(tx, select, []).catch(() => undefined);
        await later(tx, 1);
      });
      await expect(run).rejects.toThrow();
      expect(await kept()).toEqual([]);
      await lonely.run((tx) => write(tx, 2));
      expect(await kept()).toEqual([2]);
    } finally {
      await alone.destroy();
    }
  });

  it('runs the statements of the data mapper in the same transaction', async () => {
    const run = unitOfWork.run(async (tx) => {
      await tx.query('insert into kept (id) values (1)');
      await tx.transaction((inner) => inner.query('insert into kept (id) values (2)'));
      throw new Error('no');
    });
    await expect(run).rejects.toThrow('no');
    expect(await kept()).toEqual([]);
  });

  it('waits for the write where there is no unit of work', async () => {
    const run = database.dataSource.transaction(async (tx) => {
      await later(tx, 1);
      await later(tx, 1);
    });
    await expect(run).rejects.toMatchObject({ code: '23505' });
    expect(await kept()).toEqual([]);
  });
});
