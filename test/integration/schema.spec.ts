import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '#test/support/database.js';

describe('the schema', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database.drop());

  it('is what the entities say: no statement is missing between migrations and entities', async () => {
    const drift = await database.dataSource.driver.createSchemaBuilder().log();
    expect(drift.upQueries.map((query) => query.query)).toEqual([]);
  });

  it('shows a drift when a column is changed behind the migrations', async () => {
    const runner = database.dataSource.createQueryRunner();
    await runner.query('alter table refusals alter column event_type drop not null');
    const drift = await database.dataSource.driver.createSchemaBuilder().log();
    await runner.query('alter table refusals alter column event_type set not null');
    await runner.release();
    expect(drift.upQueries.length).toBeGreaterThan(0);
  });

  it('knows unaccent, for search without diacritics', async () => {
    const rows = await database.dataSource.query(`select unaccent('Nguyễn Đình Phước') as plain`);
    expect(rows).toEqual([{ plain: 'Nguyen Dinh Phuoc' }]);
  });
});
