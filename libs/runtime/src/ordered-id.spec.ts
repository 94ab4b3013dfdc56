import { expect, it } from '@jest/globals';
import { createOrderedIds } from './ordered-id.js';

const at = new Date('2026-03-02T02:00:00.000Z');

it('makes ids that rise in the order in which they are made, also beyond what one millisecond counts', () => {
  const newId = createOrderedIds(at);
  const ids = Array.from({ length: 10_000 }, newId);
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
  expect(newId() > createOrderedIds(at)()).toBe(true);
});

it('makes ids of version 7 that begin with their instant, and never the same as another maker of that instant', () => {
  const [one, other] = [createOrderedIds(at)(), createOrderedIds(at)()];
  expect(one).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(one.replace('-', '').slice(0, 12), 16)).toBe(at.getTime());
  expect(one).not.toBe(other);
});
