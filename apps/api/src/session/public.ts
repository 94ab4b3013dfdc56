import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

export const publicRoute = 'publicRoute';

/** Opens a route to people who are not signed in. Every other route is closed by default. */
export function Public() {
  return applyDecorators(SetMetadata(publicRoute, true), ApiSecurity({}));
}
