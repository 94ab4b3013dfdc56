import { describe, expect, it } from '@jest/globals';
import { may, requireRole } from './permissions.js';

const held = { role: 'leader', organisationId: 'a', organisationCode: 'SNGV', organisationVersionId: 'v' } as const;
const leader = { roles: [held] };

describe('may', () => {
  it('allows the role held in that organisation, and only that', () => {
    expect(may(leader, { role: 'leader', organisationId: 'a' })).toBe(true);
    expect(may(leader, { role: 'leader' })).toBe(true);
    expect(may(leader, { role: ['clerk', 'leader'], organisationId: 'a' })).toBe(true);
    expect(may(leader, { role: 'leader', organisationId: 'b' })).toBe(false);
    expect(may(leader, { role: 'clerk', organisationId: 'a' })).toBe(false);
  });

  it('denies when nothing says otherwise', () => {
    expect(may({ roles: [] }, { role: 'leader' })).toBe(false);
    expect(may(leader, { role: [] })).toBe(false);
    expect(may(leader, { role: 'leader', organisationId: '' })).toBe(false);
  });
});

describe('requireRole', () => {
  it('gives the role acted under, or refuses', () => {
    expect(requireRole(leader, { role: 'leader' })).toBe(held);
    expect(() => requireRole(leader, { role: 'administrator' })).toThrow('FORBIDDEN');
  });
});
