import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { AppError } from '#contracts/errors.js';
import type { SessionService } from '#libs/organisation';
import type { ApiRequest } from '../http/api-request.js';
import type { RateLimiter } from '../http/rate-limit.js';
import { publicRoute } from './public.js';
import { sessionTokenOf } from './session-cookie.js';

/** Closed by default: only a route marked `@Public()` answers without a live session. Asks the database every time. */
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly accounts: RateLimiter,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const open = this.reflector.getAllAndOverride<boolean>(publicRoute, [context.getHandler(), context.getClass()]);
    if (open === true) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const token = sessionTokenOf(request);
    const principal = token === null ? null : await this.sessions.principalOf(token);
    if (principal === null) throw new AppError('UNAUTHENTICATED');
    request.principal = principal;
    this.accounts.take(principal.personId);
    return true;
  }
}
