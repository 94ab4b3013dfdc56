import type { CookieOptions, Request, Response } from 'express';

/**
 * A cookie of ours. Behind https its name begins with `__Host-`: a browser takes such a one from this very host only, over https, for
 * all its paths, so that no page of another host below the same domain can plant one. Plain http, for trials, has the bare name.
 */
export class OwnCookie {
  private readonly name: string;

  constructor(
    name: string,
    private readonly settings: { readonly https: boolean },
  ) {
    this.name = settings.https ? `__Host-${name}` : name;
  }

  /** The token of the request, or null. The first cookie of that name counts; others are ignored. */
  tokenOf(request: Pick<Request, 'headers'>): string | null {
    const prefix = `${this.name}=`;
    const pair = (request.headers.cookie ?? '')
      .split(';')
      .map((part) => part.trim())
      .find((part) => part.startsWith(prefix));
    return pair === undefined ? null : pair.slice(prefix.length);
  }

  set(response: Response, { token, expiresAt }: { token: string; expiresAt: Date }): void {
    response.cookie(this.name, token, { ...this.options(), expires: expiresAt });
  }

  clear(response: Response): void {
    response.clearCookie(this.name, this.options());
  }

  private options(): CookieOptions {
    return { httpOnly: true, sameSite: 'lax', secure: this.settings.https, path: '/' };
  }
}

export class SessionCookie extends OwnCookie {
  constructor(settings: { readonly https: boolean }) {
    super('th_session', settings);
  }

  /** What the browser kept of the pages goes, too; not its cookies as a whole, which may be those of the domain's other hosts. */
  override clear(response: Response): void {
    super.clear(response);
    response.setHeader('clear-site-data', '"cache"');
  }
}
