import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { sweepDrafts } from './sweep-drafts.js';

const folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-drafts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const now = new Date('2026-03-02T02:00:00Z');

function fileFrom(place: string, hoursAgo: number): string {
  const file = path.join(folder, place);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, 'x');
  const at = new Date(now.getTime() - hoursAgo * 3_600_000);
  utimesSync(file, at, at);
  return file;
}

it('removes drafts that were left behind a day ago, and neither fresh ones nor what is kept', async () => {
  expect(await sweepDrafts(path.join(folder, 'none'), now)).toBe(0);
  const gone = [fileFrom('uploads/a', 25), fileFrom('incoming/b', 30)];
  const stay = [fileFrom('uploads/c', 23), fileFrom('incoming/d', 1), fileFrom(`ab/ab${'0'.repeat(62)}`, 900)];
  expect(await sweepDrafts(folder, now)).toBe(2);
  expect(gone.some((file) => existsSync(file))).toBe(false);
  expect(stay.every((file) => existsSync(file))).toBe(true);
});
