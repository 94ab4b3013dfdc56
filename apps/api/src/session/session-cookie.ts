import type { CookieOptions, Request, Response } from 'express';

export const sessionCookieName = 'th_session';

/** The token of the request, or null. */
export function sessionTokenOf(request: Pick<Request, 'headers'>): string | null {
  return cookieOf(request, sessionCookieName);
}

/** The first cookie of that name counts; others are ignored. */
export function cookieOf(request: Pick<Request, 'headers'>, name: string): string | null {
  const prefix = `${name}=`;
  const pair = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix));
  return pair === undefined ? null : pair.slice(prefix.length);
}

export class SessionCookie {
  constructor(private readonly settings: { readonly https: boolean }) {}

  set(response: Response, session: { token: string; expiresAt: Date }): void {
    response.cookie(sessionCookieName, session.token, { ...this.options(), expires: session.expiresAt });
  }

  clear(response: Response): void {
    response.clearCookie(sessionCookieName, this.options());
  }

  private options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.settings.https, path: '/' };
  }
}
