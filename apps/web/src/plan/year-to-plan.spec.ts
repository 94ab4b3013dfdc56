import { describe, expect, it } from '@jest/globals';
import { yearToPlan } from './year-to-plan.js';

describe('the year the focal agency is offered to plan', () => {
  it.each([
    ['2023-08-14', [], 2023],
    ['2023-08-14', [2023], 2024],
    ['2023-08-15', [], 2024],
    ['2023-08-15', [2024], 2025],
    ['2023-12-31', [2024, 2025], 2023],
    ['2023-12-31', [2023, 2024, 2025], null],
  ])('on %s, with plans of %j, is %p', (today, known, year) => {
    expect(yearToPlan(today, known)).toBe(year);
  });
});
