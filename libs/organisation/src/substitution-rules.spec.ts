import { describe, expect, it } from '@jest/globals';
import { closesCircle, type Period, scopesMeet } from './substitution-rules.js';

function link(personId: string, substituteId: string, firstDay: string, lastDay: string): Period {
  return { id: '', personId, substituteId, role: null, organisationId: null, firstDay, lastDay };
}

describe('a circle of substitutes', () => {
  const wanted = link('a', 'b', '2026-03-01', '2026-03-10');

  it('is closed by the other way round on one common day', () => {
    expect(closesCircle([link('b', 'a', '2026-03-10', '2026-03-20')], wanted)).toBe(true);
    expect(closesCircle([link('b', 'a', '2026-03-11', '2026-03-20')], wanted)).toBe(false);
  });

  it('is closed through others when all of them meet on one day', () => {
    const through = [link('b', 'c', '2026-03-01', '2026-03-05'), link('c', 'd', '2026-03-04', '2026-03-30')];
    expect(closesCircle([...through, link('d', 'a', '2026-03-05', '2026-03-06')], wanted)).toBe(true);
    expect(closesCircle([...through, link('d', 'a', '2026-03-06', '2026-03-09')], wanted)).toBe(false);
  });

  it('ends on a circle that does not touch the person', () => {
    const elsewhere = [link('b', 'c', '2026-03-01', '2026-03-10'), link('c', 'b', '2026-03-01', '2026-03-10')];
    expect(closesCircle(elsewhere, wanted)).toBe(false);
  });
});

describe('two scopes', () => {
  const scope = (role: string | null, organisationId: string | null) => ({ role, organisationId });
  it.each([
    [scope(null, null), scope('leader', 'x'), true],
    [scope('leader', null), scope(null, 'x'), true],
    [scope('leader', 'x'), scope('leader', 'y'), false],
    [scope('leader', 'x'), scope('clerk', 'x'), false],
    [scope('leader', 'x'), scope('leader', 'x'), true],
  ])('%j and %j meet: %s', (a, b, meet) => {
    expect(scopesMeet(a, b)).toBe(meet);
    expect(scopesMeet(b, a)).toBe(meet);
  });
});
