import { describe, expect, it } from '@jest/globals';
import type { ApiRequest } from './api-request.js';
import { idempotencyOf, ifMatchOf } from './preconditions.js';

function request(headers: Record<string, string>, body: unknown = {}, target = '/api/v1/cases'): ApiRequest {
  return {
    method: 'POST',
    originalUrl: target,
    body,
    get: (name: string) => headers[name],
  } as unknown as ApiRequest;
}

describe('If-Match', () => {
  it('is a version in double quotes', () => {
    expect(ifMatchOf(request({ 'if-match': '"7"' }))).toBe(7);
    expect(ifMatchOf(request({ 'if-match': ' "0" ' }))).toBe(0);
    expect(ifMatchOf(request({}))).toBeUndefined();
  });

  it.each(['7', '*', 'W/"7"', '"7", "8"', '"-1"', '"07"', '""', '"12345678901"'])('refuses %s', (header) => {
    expect(() => ifMatchOf(request({ 'if-match': header }))).toThrow('VALIDATION_FAILED');
  });
});

describe('Idempotency-Key', () => {
  const hash = (body: unknown, target?: string) =>
    idempotencyOf(request({ 'idempotency-key': 'key-0001' }, body, target))?.bodyHash;

  it('goes with the same hash for the same body, whatever the order of its members', () => {
    expect(hash({ a: 1, b: { c: [1, 2], d: null } })).toBe(hash({ b: { d: null, c: [1, 2] }, a: 1 }));
    expect(hash({ a: 1 }, '/api/v1/cases?x=1')).toBe(hash({ a: 1 }));
  });

  it('goes with another hash for another body or another address', () => {
    const one = hash({ a: [1, 2] });
    expect(hash({ a: [2, 1] })).not.toBe(one);
    expect(hash({ a: ['1', 2] })).not.toBe(one);
    expect(hash({ a: [1, 2] }, '/api/v1/plans')).not.toBe(one);
    expect(hash(null)).not.toBe(hash({}));
  });

  it('goes with another hash for another file', () => {
    const upload = (text: string) =>
      idempotencyOf(Object.assign(request({ 'idempotency-key': 'key-0001' }), { file: { sha256: text } } as object));
    expect(upload('a')).toEqual(upload('a'));
    expect(upload('a')).not.toEqual(upload('b'));
  });

  it.each(['', 'short', 'with space', 'x'.repeat(129), 'khóa-lặp-lại'])('refuses the key "%s"', (key) => {
    expect(() => idempotencyOf(request({ 'idempotency-key': key }))).toThrow('VALIDATION_FAILED');
  });
});
