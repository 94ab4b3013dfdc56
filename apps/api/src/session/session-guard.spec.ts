import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import type { ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { SessionPrincipal } from '#libs/organisation';
import { RateLimiter } from '../http/rate-limit.js';
import { Public } from './public.js';
import { SessionGuard } from './session-guard.js';

class Routes {
  closed(): void {
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
const guard = new SessionGuard(new Reflector(), sessions as never, new RateLimiter(0));

async function ask(route: 'closed' | 'open', cookie?: string) {
  const request: { headers: { cookie?: string }; principal?: SessionPrincipal } = { headers: { cookie } };
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

  it('asks nobody on an open route', async () => {
    expect(await ask('open')).toEqual({ allowed: true, principal: undefined });
  });
});
