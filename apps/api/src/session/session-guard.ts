import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { ApiScope } from '#contracts/api-token.js';
import { AppError } from '#contracts/errors.js';
import type { SessionAwaits } from '#contracts/session.js';
import type { ApiTokenService, SessionPrincipal, SessionService } from '#libs/organisation';
import type { ApiRequest } from '../http/api-request.js';
import type { RateLimiter } from '../http/rate-limit.js';
import { systemScope } from './for-systems.js';
import { publicRoute } from './public.js';
import type { SessionCookie } from './session-cookie.js';
import { openWhileAwaiting } from './while-awaiting.js';

/**
 * Closed by default: only a route marked `@Public()` answers without a live session, and only one marked `@ForSystems()` answers a
 * token. Asks the database every time.
 */
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly sessions: SessionService,
    private readonly tokens: ApiTokenService,
    private readonly accounts: RateLimiter,
    private readonly cookie: Pick<SessionCookie, 'tokenOf'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const open = this.reflector.getAllAndOverride<boolean>(publicRoute, [context.getHandler(), context.getClass()]);
    if (open === true) return true;
    const request = context.switchToHttp().getRequest<ApiRequest>();
    const bearer = request.get('authorization');
    const principal = bearer === undefined ? await this.person(request) : await this.system(bearer, context);
    request.principal = principal;
    this.accounts.take(principal.personId);
    if (principal.awaits) this.requireOpenTo(principal.awaits, context);
    return true;
  }

  private async person(request: ApiRequest): Promise<SessionPrincipal> {
    const token = this.cookie.tokenOf(request);
    const principal = token === null ? null : await this.sessions.principalOf(token);
    if (principal === null) throw new AppError('UNAUTHENTICATED');
    return principal;
  }

  private requireOpenTo(awaits: SessionAwaits, context: ExecutionContext): void {
    const open = this.reflector.get<readonly SessionAwaits[] | undefined>(openWhileAwaiting, context.getHandler());
    if (open?.includes(awaits)) return;
    throw new AppError(awaits === 'secondFactorCode' ? 'SECOND_FACTOR_REQUIRED' : 'SECOND_FACTOR_SET_UP_REQUIRED');
  }

  /** Who sends a token is a system and nobody else, whatever cookie comes along. */
  private async system(bearer: string, context: ExecutionContext): Promise<SessionPrincipal> {
    const found = bearer.startsWith('Bearer ') ? await this.tokens.principalOf(bearer.slice('Bearer '.length)) : null;
    if (found === null) throw new AppError('UNAUTHENTICATED');
    const scope = this.reflector.get<ApiScope | undefined>(systemScope, context.getHandler());
    if (scope === undefined || !found.scopes.includes(scope)) throw new AppError('FORBIDDEN');
    return found.principal;
  }
}
