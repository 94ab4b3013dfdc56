import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import type { ApiScope } from '#contracts/api-token.js';

export const systemScope = 'systemScope';

/** Opens a route to a system whose token has this scope, besides people. Every other route is closed to systems. */
export function ForSystems(scope: ApiScope) {
  return applyDecorators(SetMetadata(systemScope, scope), ApiSecurity('session'), ApiSecurity('token', [scope]));
}
