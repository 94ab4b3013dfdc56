import { existsSync } from 'node:fs';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';

const yearSeconds = 31_536_000;

/** Without a build of the web, the root says where the interface can be read. */
const bareRoot = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Thông Hành</title><meta name="viewport" content="width=device-width"></head>
<body><h1>Thông Hành</h1>
<p>Máy chủ đang chạy. Giao diện web chưa được dựng ở bản này.</p>
<ul><li><a href="/api/reference">Tài liệu API</a></li><li><a href="/api/v1/openapi.json">OpenAPI 3.1</a></li>
<li><a href="/api/health/ready">Tình trạng máy chủ</a></li></ul></body></html>
`;

/** Serves the built web. A path that is no file and not under /api is a page of the web, so it gets index.html. */
export function serveWeb(app: NestExpressApplication, webDir: string): void {
  const index = path.join(webDir, 'index.html');
  const built = existsSync(index);
  if (built) {
    // biome-ignore lint/correctness/useHookAtTopLevel: a method of Nest, no React hook.
    app.useStaticAssets(webDir, {
      index: false,
      redirect: false,
      setHeaders: (response, file) => response.setHeader('cache-control', cacheRule(path.relative(webDir, file))),
    });
  }
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isPage = request.method === 'GET' || request.method === 'HEAD';
    if (!isPage || request.path === '/api' || request.path.startsWith('/api/') || path.extname(request.path) !== '') {
      next();
      return;
    }
    response.setHeader('cache-control', 'no-cache');
    if (built) response.sendFile(index, (error) => error && next(error));
    else if (request.path === '/') response.type('html').send(bareRoot);
    else next();
  });
}

/** Files under assets/ carry a hash of their content in the name. */
function cacheRule(file: string): string {
  return file.startsWith(`assets${path.sep}`) ? `public, max-age=${yearSeconds}, immutable` : 'no-cache';
}
