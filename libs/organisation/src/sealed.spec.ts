import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { seal, unseal } from './sealed.js';

const old = { id: 'k1', key: randomBytes(32) };
const fresh = { id: 'k2', key: randomBytes(32) };

describe('something sealed', () => {
  it('opens for whom it belongs to, also after the keys were rotated', () => {
    const sealed = seal([old], { text: 'bí mật', belongsTo: 'a' })!;
    expect(unseal([fresh, old], { sealed, belongsTo: 'a' })).toBe('bí mật');
    expect(sealed.toString('latin1')).not.toContain('bí mật');
    expect(seal([fresh, old], { text: 'x', belongsTo: 'a' })?.subarray(2, 4).toString()).toBe('k2');
  });

  it('opens for nobody else, with no other key, and not when a bit was changed', () => {
    const sealed = seal([old], { text: 'bí mật', belongsTo: 'a' })!;
    expect(() => unseal([old], { sealed, belongsTo: 'b' })).toThrow();
    expect(() => unseal([fresh], { sealed, belongsTo: 'a' })).toThrow('k1');
    expect(() => unseal([{ ...fresh, id: 'k1' }], { sealed, belongsTo: 'a' })).toThrow();
    const changed = Buffer.from(sealed);
    changed[changed.length - 1]! ^= 1;
    expect(() => unseal([old], { sealed: changed, belongsTo: 'a' })).toThrow();
    const later = Buffer.from(sealed);
    later[0]! += 1;
    expect(() => unseal([old], { sealed: later, belongsTo: 'a' })).toThrow('version 2');
  });

  it('is not made without a key', () => {
    expect(seal([], { text: 'x', belongsTo: 'a' })).toBeNull();
  });
});
