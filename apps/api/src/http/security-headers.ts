import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';

/** No inline script anywhere. Styles may be inline: the component library of the web writes its own into the page. */
const directives = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:', 'blob:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'manifest-src': ["'self'"],
  'worker-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
};

/**
 * `https`: the address people open is an https one; only then may browsers be told to insist on it. `subdomains`: and on those below it,
 * which is for who owns the domain to say.
 */
export function securityHeaders({ https, subdomains }: { https: boolean; subdomains: boolean }) {
  const secure = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: subdomains } : false,
    referrerPolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
  });
  return (request: Request, response: Response, next: NextFunction): void => {
    // Answers are about one person; no shared cache may keep them. Files of the web set their own rule.
    if (request.path.startsWith('/api/')) response.setHeader('cache-control', 'no-store');
    secure(request, response, next);
  };
}
