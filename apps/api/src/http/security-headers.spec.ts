import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import express from 'express';
import { securityHeaders } from './security-headers.js';

async function transportOf(how: { https: boolean; subdomains: boolean }): Promise<string | null> {
  const server = createServer(express().use(securityHeaders(how)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  const { headers } = await fetch(`http://127.0.0.1:${port}/`);
  await new Promise((resolve) => server.close(resolve));
  return headers.get('strict-transport-security');
}

describe('browsers', () => {
  it('insist on https for a year once it is there, on names below this one only when somebody said so', async () => {
    expect(await transportOf({ https: true, subdomains: false })).toBe('max-age=31536000');
    expect(await transportOf({ https: true, subdomains: true })).toBe('max-age=31536000; includeSubDomains');
    expect(await transportOf({ https: false, subdomains: true })).toBeNull();
  });
});
