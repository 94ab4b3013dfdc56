import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { AppError } from '#contracts/errors.js';
import type { SessionPrincipal } from '#libs/organisation';
import type { ApiRequest } from '../http/api-request.js';

/** Parameter of type `SessionPrincipal`. On a public route it throws UNAUTHENTICATED. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): SessionPrincipal => {
  const { principal } = context.switchToHttp().getRequest<ApiRequest>();
  if (principal === undefined) throw new AppError('UNAUTHENTICATED');
  return principal;
});
