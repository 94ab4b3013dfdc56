import { describe, expect, it } from '@jest/globals';
import { createBusinessCalendar, vietnamHolidays } from '#libs/calendar';
import { dayOfStep, stepToSay } from './plan-reminder-days.js';

const calendar = createBusinessCalendar(vietnamHolidays);
const say = (on: string, remindDays: number[], today: string) => stepToSay({ on, remindDays }, { today, calendar });

describe('the day on which a duty of the year is said', () => {
  it('moves to the working day before it while it is to come, and to the one after it when it has passed', () => {
    // Saturday 16/09, Sunday 01/10/2023, and 30/04/2023 with the holidays around it.
    expect(dayOfStep({ on: '2023-09-30', offset: -14 }, calendar)).toBe('2023-09-15');
    expect(dayOfStep({ on: '2023-09-30', offset: 1 }, calendar)).toBe('2023-10-02');
    expect(dayOfStep({ on: '2023-05-01', offset: -1 }, calendar)).toBe('2023-04-28');
    expect(dayOfStep({ on: '2023-08-15', offset: 0 }, calendar)).toBe('2023-08-15');
  });

  it('says the latest step whose day has come', () => {
    const steps = [-14, -7, -1, 1];
    expect(say('2023-09-30', steps, '2023-09-14')).toBeNull();
    expect(say('2023-09-30', steps, '2023-09-15')).toBe(-14);
    expect(say('2023-09-30', steps, '2023-09-21')).toBe(-14);
    expect(say('2023-09-30', steps, '2023-09-22')).toBe(-7);
    expect(say('2023-09-30', steps, '2023-09-30')).toBe(-1);
    expect(say('2023-09-30', steps, '2023-10-02')).toBe(1);
  });

  it('keeps silent once the matter is over, so that a fresh installation does not tell of the past', () => {
    expect(say('2023-09-30', [-14, -7, -1, 1], '2023-10-06')).toBe(1);
    expect(say('2023-09-30', [-14, -7, -1, 1], '2023-10-09')).toBeNull();
    expect(say('2023-04-01', [-45, -30, -20], '2023-04-01')).toBe(-20);
    expect(say('2023-04-01', [-45, -30, -20], '2023-04-02')).toBeNull();
  });
});
