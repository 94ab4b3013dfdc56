import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readTables } from './read-tables.js';

const plan = (name: string) => ({ name, bytes: readFileSync(`libs/plan/plans/${name}`) });

it('reads', async () => {
  for (const n of ['tuyen-quang-2023-doan-ra.xlsx', 'tuyen-quang-2023-doan-ra.docx', 'tuyen-quang-2023-doan-ra.csv']) {
    const grid = await readTables(plan(n));
    console.log(JSON.stringify(grid, null, 0).slice(0, 1800));
  }
  expect(1).toBe(1);
});
