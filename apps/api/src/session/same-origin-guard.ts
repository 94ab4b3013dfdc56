import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { AppError } from '#contracts/errors.js';
import type { ApiRequest } from '../http/api-request.js';
import { serverToServer } from './from-server.js';

const readingMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A page of another site can make a browser send our cookie with a plain form. So whatever changes something must carry a content type
 * (no form can send JSON) and must not say that it comes from elsewhere. Programs that are no browser send neither header.
 */
export class SameOriginGuard implements CanActivate {
  constructor(
    private readonly settings: { readonly publicUrl: string },
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<ApiRequest>();
    if (readingMethods.includes(request.method)) return true;
    if (this.reflector.get<boolean | undefined>(serverToServer, context.getHandler()) === true) return true;
    if (!hasAcceptedContent(request)) throw new AppError('UNSUPPORTED_MEDIA_TYPE');
    if (!this.isOwn(request)) throw new AppError('CROSS_SITE_REFUSED');
    return true;
  }

  private isOwn(request: ApiRequest): boolean {
    const site = request.get('sec-fetch-site');
    if (site === 'same-origin') return true;
    const origin = request.get('origin');
    if (origin === undefined) return site === undefined || site === 'none';
    if (!URL.canParse(origin)) return false;
    const { host } = new URL(origin);
    return host === request.get('host') || origin === new URL(this.settings.publicUrl).origin;
  }
}

function hasAcceptedContent(request: ApiRequest): boolean {
  const type = request.get('content-type');
  const length = request.get('content-length');
  const isEmpty = request.get('transfer-encoding') === undefined && (length === undefined || length === '0');
  if (type === undefined) return isEmpty;
  return /^(application\/json|multipart\/form-data)\s*(;|$)/i.test(type);
}
