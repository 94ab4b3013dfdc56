import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { SessionPrincipal } from '#libs/organisation';
import { RateLimiter } from '../http/rate-limit.js';
import { ForSystems } from './for-systems.js';
import { Public } from './public.js';
import { SessionGuard } from './session-guard.js';

class Routes {
  closed(): void {
    return;
  }

  @ForSystems('cases:read')
  read(): void {
    return;
  }

  @Public()
  open(): void {
    return;
  }
}

const principal: SessionPrincipal = {
  sessionId: 's',
  personId: 'p',
  provinceId: 'c',
  language: 'vi',
  roles: [],
  substituting: [],
};
const sessions = { principalOf: async (token: string) => (token === 'good' ? principal : null) };
const system: SessionPrincipal = { ...principal, personId: 't' };
const tokens = {
  principalOf: async (token: string) =>
    token.startsWith('tht_') ? { principal: system, scopes: [token.slice(4)] } : null,
};
const guard = new SessionGuard(new Reflector(), sessions as never, tokens as never, new RateLimiter(0));

async function ask(route: keyof Routes, cookie?: string, authorization?: string) {
  const request: {
    headers: { cookie?: string };
    principal?: SessionPrincipal;
    get: () => string | undefined;
  } = { headers: { cookie }, get: () => authorization };
  const context = {
    getHandler: () => Routes.prototype[route],
    getClass: () => Routes,
    switchToHttp: () => ({ getRequest: () => request }),
  } as unknown as ExecutionContext;
  return { allowed: await guard.canActivate(context), principal: request.principal };
}

describe('SessionGuard', () => {
  it.each([undefined, '', 'th_session=', 'th_session=bad', 'other=good', 'xth_session=good'])(
    'closes a route that nobody opened, with the cookie %j',
    async (cookie) => {
      await expect(ask('closed', cookie)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    },
  );

  it('lets a live session in and says whose it is', async () => {
    expect(await ask('closed', 'a=b; th_session=good')).toEqual({ allowed: true, principal });
  });

  it('lets a system in where its scope says so, and nowhere else', async () => {
    expect(await ask('read', undefined, 'Bearer tht_cases:read')).toEqual({ allowed: true, principal: system });
    for (const route of ['read', 'closed'] as const)
      await expect(ask(route, undefined, 'Bearer tht_audit:read')).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(ask('closed', undefined, 'Bearer tht_cases:read')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('takes no cookie beside a token, good or bad', async () => {
    const cookie = 'th_session=good';
    await expect(ask('closed', cookie, 'Bearer bad')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(ask('closed', cookie, 'Basic x')).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    await expect(ask('closed', cookie, 'Bearer tht_cases:read')).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('asks nobody on an open route', async () => {
    expect(await ask('open')).toEqual({ allowed: true, principal: undefined });
  });
});
