import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { SessionPrincipal } from '#libs/organisation';
import { RateLimiter } from '../http/rate-limit.js';
import { ForSystems } from './for-systems.js';
import { Public } from './public.js';
import { SessionCookie } from './session-cookie.js';
import { SessionGuard } from './session-guard.js';
import { WhileAwaiting } from './while-awaiting.js';

class Routes {
  closed(): void {
    return;
  }

  @ForSystems('cases:read')
  read(): void {
    return;
  }

  @WhileAwaiting('secondFactorCode')
  giveCode(): void {
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
const known: Record<string, SessionPrincipal> = {
  good: principal,
  half: { ...principal, awaits: 'secondFactorCode' },
  bare: { ...principal, awaits: 'secondFactorSetUp' },
};
const sessions = { principalOf: async (token: string) => known[token] ?? null };
const system: SessionPrincipal = { ...principal, personId: 't' };
const tokens = {
  principalOf: async (token: string) =>
    token.startsWith('tht_') ? { principal: system, scopes: [token.slice(4)] } : null,
};
const guardFor = (https: boolean) =>
  new SessionGuard(
    new Reflector(),
    sessions as never,
    tokens as never,
    new RateLimiter(0),
    new SessionCookie({ https }),
  );

async function ask(route: keyof Routes, cookie?: string, authorization?: string, { https } = { https: false }) {
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
  return { allowed: await guardFor(https).canActivate(context), principal: request.principal };
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

  it('lets a session that still has to give something do that, and nothing else', async () => {
    await expect(ask('closed', 'th_session=half')).rejects.toMatchObject({ code: 'SECOND_FACTOR_REQUIRED' });
    await expect(ask('closed', 'th_session=bare')).rejects.toMatchObject({ code: 'SECOND_FACTOR_SET_UP_REQUIRED' });
    await expect(ask('giveCode', 'th_session=bare')).rejects.toMatchObject({ code: 'SECOND_FACTOR_SET_UP_REQUIRED' });
    expect(await ask('giveCode', 'th_session=half')).toMatchObject({ allowed: true });
    expect(await ask('giveCode', 'th_session=good')).toMatchObject({ allowed: true });
  });

  it('behind https takes only the cookie no other host can plant', async () => {
    const behind = { https: true };
    expect(await ask('closed', '__Host-th_session=good', undefined, behind)).toMatchObject({ allowed: true });
    const planted = ask('closed', 'th_session=good', undefined, behind);
    await expect(planted).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it('asks nobody on an open route', async () => {
    expect(await ask('open')).toEqual({ allowed: true, principal: undefined });
  });
});
