import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrayText } from '#libs/persistence';
import { createTestDatabase, type TestDatabase } from '#test/support/database.js';

describe('a column of many rows as the text of an array', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ poolSize: 1 });
  });
  afterAll(() => database.drop());

  const read = async (values: readonly (string | null)[]): Promise<(string | null)[]> => {
    const rows = await database.dataSource.query<{ value: string | null }[]>('select unnest($1::text[]) as value', [
      arrayText(values),
    ]);
    return rows.map(({ value }) => value);
  };

  it.each([
    ['nothing', []],
    ['what is no value', [null, null]],
    ['words that mean something in an array', ['NULL', 'null', '', '{}', '{a,b}', ',']],
    ['quotes and backslashes', ['"', '\\', '\\"', 'a"b\\c', "'", '$1', '$&']],
    ['lines and spaces at the edges', [' a ', 'a\nb', '\t', '\r\n']],
    ['Vietnamese', ['Đoàn ra – Sở Ngoại vụ', 'Tuyên Quang', null]],
  ])('brings back %s', async (_, values) => {
    expect(await read(values)).toEqual(values);
  });

  it('brings back whatever a text can hold', async () => {
    // PostgreSQL stores no U+0000, and half a pair of surrogates is no text.
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\u0000'));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text), { maxLength: 20 }), async (values) => {
        expect(await read(values)).toEqual(values);
      }),
      { numRuns: 200 },
    );
  });
});
