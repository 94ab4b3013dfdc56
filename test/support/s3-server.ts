import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface SignedRequest {
  readonly method: string;
  /** As sent, with its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

const sha256 = (bytes: string | Buffer) => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

/** AWS Signature Version 4 as the documentation of S3 writes it down, read from the side of the server. */
export function signatureOf(request: SignedRequest, secret: string): { given: string; expected: string } {
  const header = String(request.headers.authorization ?? '');
  const [, scope = '', signed = '', given = ''] =
    /Credential=[^/]+\/([^,]+), *SignedHeaders=([^,]+), *Signature=([0-9a-f]+)/.exec(header) ?? [];
  const [path = '', query = ''] = request.target.split('?', 2);
  const canonical = [
    request.method,
    path,
    query.split('&').filter(Boolean).sort().join('&'),
    ...signed.split(';').map((name) => `${name}:${String(request.headers[name] ?? '').trim()}`),
    '',
    signed,
    String(request.headers['x-amz-content-sha256']),
  ].join('\n');
  const text = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${secret}`);
  return { given, expected: hmac(key, text).toString('hex') };
}

export interface S3Server {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** So many requests are answered with 503 first. */
  busy: number;
  close(): Promise<void>;
}

/** PUT, GET, HEAD and the list of one bucket in the memory of the test; refuses wrong signatures and bytes that are not what was signed. */
export async function createS3Server(account: { key: string; secret: string; bucket: string }): Promise<S3Server> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  const refuse = (response: ServerResponse, status: number, code: string) =>
    response.writeHead(status).end(`<Error><Code>${code}</Code><Message>${account.key}</Message></Error>`);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const { method = '', url: target = '', headers } = request;
    if (own.busy > 0) {
      own.busy -= 1;
      return refuse(response, 503, 'SlowDown');
    }
    const { given, expected } = signatureOf({ method, target, headers }, account.secret);
    if (given !== expected) return refuse(response, 403, 'SignatureDoesNotMatch');
    if (sha256(body) !== headers['x-amz-content-sha256']) return refuse(response, 400, 'XAmzContentSHA256Mismatch');
    const { pathname, searchParams } = new URL(target, 'http://here');
    const [, bucket, ...rest] = pathname.split('/');
    if (bucket !== account.bucket) return refuse(response, 404, 'NoSuchBucket');
    const key = rest.join('/');
    if (key === '') return response.writeHead(200).end(list(objects, searchParams));
    if (method === 'PUT') objects.set(key, body);
    const found = objects.get(key);
    if (found === undefined) return refuse(response, 404, 'NoSuchKey');
    response.writeHead(200, method === 'PUT' ? {} : { 'content-length': found.length });
    return response.end(method === 'GET' ? found : undefined);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const own: S3Server = {
    url: `http://${account.key}:${account.secret}@127.0.0.1:${port}/${account.bucket}/tinh?region=ap-southeast-1`,
    objects,
    busy: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return own;
}

/** Two keys a page, so that a list of three has two. */
function list(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string {
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '')).sort();
  const from = keys.findIndex((key) => key > (query.get('continuation-token') ?? ''));
  const page = from < 0 ? [] : keys.slice(from, from + 2);
  const more =
    from >= 0 && from + 2 < keys.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return `<ListBucketResult>${page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')}${more}</ListBucketResult>`;
}
