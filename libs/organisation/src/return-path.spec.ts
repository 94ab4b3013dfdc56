import { describe, expect, it } from '@jest/globals';
import { returnPath } from './return-path.js';

describe('where somebody goes after signing in', () => {
  it.each(['/', '/cases/6f1c7a3e-0000-4000-8000-000000000001', '/trips?year=2026&search=L%C3%A0o'])('is %s', (to) => {
    expect(returnPath(to)).toBe(to);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\\/evil.example',
    '/..//evil.example',
    '/%2e%2e//evil.example',
    '/x/../..//evil.example',
    'javascript:alert(1)',
    'cases/1',
    '',
    '/\tevil',
    '/\n/evil.example',
    '/ /evil.example',
    '/api/v1/sign-in/callback?code=1',
    `/${'a'.repeat(600)}`,
  ])('is the first page instead of %j', (to) => {
    expect(returnPath(to)).toBe('/');
  });
});
