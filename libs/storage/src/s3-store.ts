import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import aws4 from 'aws4';
import { type FileStore, placeOf, type StoreSettings, withCheckedDraft } from './file-store.js';
import { withInspectedFile } from './received-file.js';

interface Bucket {
  readonly endpoint: URL;
  /** `/bucket/prefix/`, as in an address. */
  readonly root: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

interface Call {
  readonly method: 'GET' | 'HEAD' | 'PUT';
  readonly path: string;
  /** A file to send, with its hash: the store refuses anything else than these bytes. */
  readonly body?: { readonly file: string; readonly sha256: string; readonly size: number };
}

const silentMs = 60_000;
const attempts = 3;

/**
 * Files in a bucket of an S3-compatible store (path style). `url`: https://ACCESS_KEY:SECRET@host/bucket/prefix?region=…. A file is a
 * draft in `directory` until it is looked into, then one signed PUT with its hash, so that the store keeps these bytes or none.
 */
export function createS3Store({ url, directory, maxBytes, scanner }: StoreSettings & { url: string }): FileStore {
  const bucket = bucketOf(url);
  const drafts = join(directory, 'incoming');
  const pathOf = (sha256: string) => bucket.root + placeOf(sha256);
  const keep = async (draft: string, sha256: string) => {
    const { size } = await stat(draft);
    await read(await call(bucket, { method: 'PUT', path: pathOf(sha256), body: { file: draft, sha256, size } }), 200);
  };
  const has = async (sha256: string) => {
    const answer = await call(bucket, { method: 'HEAD', path: pathOf(sha256) });
    answer.resume();
    if (answer.statusCode === 404) return false;
    if (answer.statusCode === 200) return true;
    throw refused(answer.statusCode, '');
  };
  return {
    put: (source, given) =>
      withInspectedFile({ directory: drafts, maxBytes, scanner, ...given }, source, async ({ path, ...stored }) => {
        if (!(await has(stored.sha256))) await keep(path, stored.sha256);
        return stored;
      }),
    async open(sha256) {
      const answer = await call(bucket, { method: 'GET', path: pathOf(sha256) });
      if (answer.statusCode !== 200) throw refused(answer.statusCode, await text(answer));
      return { stream: answer, size: Number(answer.headers['content-length']) };
    },
    has,
    names: () => namesIn(bucket),
    restore: (sha256, source) =>
      withCheckedDraft({ directory: drafts, sha256, source }, (draft) => keep(draft, sha256)),
  };
}

/** Throws when there is no bucket or no key in the address. */
function bucketOf(address: string): Bucket {
  const url = new URL(address);
  const path = url.pathname.replace(/\/+$/, '');
  if (path === '' || url.username === '' || url.password === '')
    throw new Error('STORAGE_S3_URL needs a key, its secret and a bucket: https://KEY:SECRET@host/bucket?region=…');
  return {
    endpoint: url,
    root: `${path}/`,
    region: url.searchParams.get('region') ?? 'us-east-1',
    credentials: {
      accessKeyId: decodeURIComponent(url.username),
      secretAccessKey: decodeURIComponent(url.password),
    },
  };
}

async function* namesIn(bucket: Bucket): AsyncGenerator<string> {
  const [, name = '', ...rest] = bucket.root.split('/');
  const prefix = rest.filter(Boolean).join('/');
  let token: string | undefined;
  do {
    const query = new URLSearchParams({ 'list-type': '2', ...(prefix && { prefix: `${prefix}/` }) });
    if (token !== undefined) query.set('continuation-token', token);
    // The signature covers %20, never +.
    const path = `/${name}?${query.toString().replaceAll('+', '%20')}`;
    const page = await read(await call(bucket, { method: 'GET', path }), 200);
    for (const [, key = ''] of page.matchAll(/<Key>([^<]+)<\/Key>/g)) {
      const last = key.split('/').at(-1) ?? '';
      if (/^[0-9a-f]{64}$/.test(last)) yield last;
    }
    token = /<NextContinuationToken>([^<]+)</.exec(page)?.[1];
  } while (token !== undefined);
}

async function read(answer: IncomingMessage, expected: number): Promise<string> {
  const body = await text(answer);
  if (answer.statusCode !== expected) throw refused(answer.statusCode, body);
  return body;
}

/** The code of the answer only: its words may repeat the key. */
function refused(status: number | undefined, body: string): Error {
  const code = /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? '';
  return new Error(`The S3 store answered ${status} ${code}`.trim());
}

/** Each call may be repeated: a PUT of the same bytes under the same name changes nothing. */
async function call(bucket: Bucket, given: Call): Promise<IncomingMessage> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await once(bucket, given);
      if ((answer.statusCode ?? 0) < 500 || attempt === attempts) return answer;
      answer.resume();
    } catch (error) {
      if (attempt === attempts) throw new Error('The S3 store does not answer.', { cause: error });
    }
  }
}

function once({ endpoint, region, credentials }: Bucket, { method, path, body }: Call): Promise<IncomingMessage> {
  const headers = {
    ...(body && { 'Content-Length': String(body.size), 'Content-Type': 'application/octet-stream' }),
    'X-Amz-Content-Sha256': body?.sha256 ?? emptyHash,
  };
  const { host, hostname, port, protocol } = endpoint;
  const signed = aws4.sign({ host, method, path, service: 's3', region, headers }, credentials);
  const request = protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, method, path, headers: signed.headers as Record<string, string> }, resolve);
    sent.setTimeout(silentMs, () => sent.destroy(new Error('The S3 store is silent.')));
    sent.once('error', reject);
    if (body === undefined) sent.end();
    else createReadStream(body.file).once('error', reject).pipe(sent);
  });
}

/** SHA-256 of nothing. */
const emptyHash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
