import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { eventHash, genesisHash, type HashedEvent, privateDigest, sealPrivate } from './event-hash.js';

const event: HashedEvent = {
  instanceId: '6b0f1a52-0000-4000-8000-000000000001',
  seq: 2,
  type: 'SUBMIT',
  payload: { document: { number: '51/SNgV-VP', date: '2026-01-12' }, days: 3 },
  principalId: '6b0f1a52-0000-4000-8000-000000000002',
  onBehalfOfId: null,
  organisationVersionId: null,
  requestId: 'r-1',
  at: new Date('2026-01-12T01:02:03.004Z'),
  privateDigest: null,
};

describe('canonicalJson', () => {
  it('is the same however the keys are ordered', () => {
    expect(canonicalJson({ b: 1, a: { d: [1, { y: 1, x: 2 }], c: null } })).toBe(
      '{"a":{"c":null,"d":[1,{"x":2,"y":1}]},"b":1}',
    );
  });

  it('leaves out what JSON leaves out', () => {
    expect(canonicalJson({ a: undefined, b: [undefined], at: event.at })).toBe(
      '{"at":"2026-01-12T01:02:03.004Z","b":[null]}',
    );
  });

  it('means what it was made from, and is a fixed point', () => {
    const property = fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    });
    fc.assert(property);
  });
});

describe('the hash of an event', () => {
  const hash = eventHash(genesisHash, event);

  it.each<[string, Partial<HashedEvent>]>([
    ['instance', { instanceId: '6b0f1a52-0000-4000-8000-000000000009' }],
    ['sequence number', { seq: 3 }],
    ['type', { type: 'WITHDRAW' }],
    ['payload', { payload: { ...(event.payload as object), days: 4 } }],
    ['person', { principalId: null }],
    ['person substituted for', { onBehalfOfId: '6b0f1a52-0000-4000-8000-000000000003' }],
    ['organisation version', { organisationVersionId: '6b0f1a52-0000-4000-8000-000000000004' }],
    ['request', { requestId: 'r-2' }],
    ['instant', { at: new Date('2026-01-12T01:02:03.005Z') }],
    ['digest of the private part', { privateDigest: Buffer.alloc(32, 1) }],
  ])('changes with the %s', (_, change) => {
    expect(eventHash(genesisHash, { ...event, ...change }).equals(hash)).toBe(false);
  });

  it('changes with the event before', () => {
    expect(eventHash(hash, event).equals(hash)).toBe(false);
  });
});

describe('the private part', () => {
  it('is sealed with a salt of its own, so that equal texts do not show', () => {
    const [one, other] = [sealPrivate({ note: 'đồng ý' })!, sealPrivate({ note: 'đồng ý' })!];
    expect(one.digest.equals(other.digest)).toBe(false);
    expect(privateDigest(one.salt, { note: 'đồng ý' }).equals(one.digest)).toBe(true);
    expect(privateDigest(one.salt, { note: 'không' }).equals(one.digest)).toBe(false);
  });

  it('is nothing when there is nothing to keep', () => {
    expect([sealPrivate(undefined), sealPrivate({})]).toEqual([null, null]);
  });
});
