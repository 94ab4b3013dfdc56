import { describe, expect, it } from '@jest/globals';
import { withoutSecret } from './request-context.js';

describe('the address of a request in the log', () => {
  it.each([
    ['/api/v1/calendar-feeds/c2VjcmV0.ics', '/api/v1/calendar-feeds/…'],
    ['/API/v1/Calendar-Feeds/c2VjcmV0.ics', '/API/v1/Calendar-Feeds/…'],
    ['/api/v1/calendar-feeds/a/b', '/api/v1/calendar-feeds/…'],
    ['/api/v1/calendar/days', '/api/v1/calendar/days'],
    ['/api/v1/cases/1', '/api/v1/cases/1'],
  ])('%s is written as %s', (path, written) => {
    expect(withoutSecret(path)).toBe(written);
  });
});
