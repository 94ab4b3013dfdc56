import { describe, expect, it } from '@jest/globals';
import { daysBetween, monthMarks, periodAround, periodName, placeIn } from './period';

describe('a period on the time line', () => {
  it('is the month, quarter or year around a day', () => {
    expect(periodAround('2024-02-10', 'month')).toEqual({ span: 'month', from: '2024-02-01', to: '2024-02-29' });
    expect(periodAround('2023-05-31', 'quarter')).toEqual({ span: 'quarter', from: '2023-04-01', to: '2023-06-30' });
    expect(periodAround('2023-05-31', 'year')).toEqual({ span: 'year', from: '2023-01-01', to: '2023-12-31' });
  });

  it('moves over the turn of the year', () => {
    expect(periodAround('2023-12-31', 'month', 1).from).toBe('2024-01-01');
    expect(periodAround('2023-02-01', 'quarter', -1)).toMatchObject({ from: '2022-10-01', to: '2022-12-31' });
  });

  it('places a trip, and cuts what lies outside', () => {
    const april = periodAround('2023-04-01', 'month');
    expect(placeIn(april, '2023-04-01', '2023-04-15')).toEqual({ left: 0, width: 50 });
    expect(placeIn(april, '2023-03-20', '2023-04-03').width).toBeCloseTo(10);
    expect(placeIn(april, '2023-04-28', '2023-05-20').width).toBeCloseTo(10);
    expect(daysBetween('2023-02-27', '2023-03-01')).toBe(2);
  });

  it('names itself and marks its months', () => {
    expect(periodName(periodAround('2023-05-31', 'quarter'))).toBe('04–06/2023');
    expect(monthMarks(periodAround('2023-05-31', 'quarter')).map(({ day }) => day)).toEqual([
      '2023-04-01',
      '2023-05-01',
      '2023-06-01',
    ]);
  });
});
