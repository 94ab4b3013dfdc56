import { existsSync } from 'node:fs';
import path from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { CompressedAssets } from './compressed-assets.js';

const yearMs = 31_536_000_000;

/** Without a build of the web, the root says where the interface can be read. */
const bareRoot = `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>Thông Hành</title><meta name="viewport" content="width=device-width"></head>
<body><h1>Thông Hành</h1>
<p>Máy chủ đang chạy. Giao diện web chưa được dựng ở bản này.</p>
<ul><li><a href="/api/reference">Tài liệu API</a></li><li><a href="/api/v1/openapi.json">OpenAPI 3.1</a></li>
<li><a href="/api/health/ready">Tình trạng máy chủ</a></li></ul></body></html>
`;

/**
 * Serves the built web. What has no extension and is not under /api is a page of the web, so it gets index.html. Requests of the API
 * never touch the disk here.
 */
export function serveWeb(app: NestExpressApplication, webDir: string): void {
  const built = existsSync(path.join(webDir, 'index.html'));
  const assets = new CompressedAssets();
  app.use((request: Request, response: Response, next: NextFunction) => {
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (!isReading || isServer(request.path)) next();
    else if (built) sendWebFile({ webDir, assets, request, response, next }).catch(next);
    else if (request.path === '/') response.setHeader('cache-control', 'no-cache').type('html').send(bareRoot);
    else next();
  });
}

/** Not the web's: the API and the numbers for the operator. */
function isServer(at: string): boolean {
  return at === '/api' || at === '/metrics' || at.startsWith('/api/');
}

interface WebRequest {
  readonly webDir: string;
  readonly assets: CompressedAssets;
  readonly request: Request;
  readonly response: Response;
  readonly next: NextFunction;
}

async function sendWebFile({ webDir, assets, request, response, next }: WebRequest): Promise<void> {
  const isPage = path.posix.extname(request.path) === '';
  const file = isPage ? 'index.html' : request.path.slice(1);
  // A file under assets/ has a hash of its content in the name; any other one is asked for again each time.
  const isHashed = file.startsWith('assets/');
  if (isHashed) response.setHeader('vary', 'accept-encoding');
  else response.setHeader('cache-control', 'no-cache');
  const compressed = await assets.find({ webDir, file, accepts: request.get('accept-encoding') ?? '' });
  if (compressed !== null) {
    response.set({
      'content-type': compressed.type,
      'content-encoding': compressed.encoding,
      'cache-control': `public, max-age=${yearMs / 1000}, immutable`,
    });
    response.send(compressed.bytes);
    return;
  }
  const caching = isHashed ? { maxAge: yearMs, immutable: true } : { cacheControl: false };
  response.sendFile(file, { root: webDir, dotfiles: 'ignore', etag: true, ...caching }, (error) => {
    if (error === undefined) return;
    response.removeHeader('cache-control');
    // Not there, outside the folder, or cut off by the browser: the API's own 404 answers what can still be answered.
    if (!response.headersSent) next();
  });
}
