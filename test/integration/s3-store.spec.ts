import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createManualClock } from '#libs/calendar';
import { createS3Store, type FileStore } from '#libs/storage';
import { createS3Server, type S3Server, signatureOf } from '#test/support/s3-server.js';
import { startApi } from './api-under-test.js';
import { DelegationHouse, pdf } from './delegation-house.js';

describe('the server of these tests', () => {
  it('computes the signature of the example in the documentation of S3', () => {
    // "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)", example GET Object.
    const signed = 'host;range;x-amz-content-sha256;x-amz-date';
    const signature = 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41';
    const credential = 'AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request';
    const headers = {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'x-amz-date': '20130524T000000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=${signed},Signature=${signature}`,
    };
    const request = { method: 'GET', target: '/test.txt', headers };
    expect(signatureOf(request, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY').expected).toBe(signature);
  });
});

describe('files in an S3-compatible store', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-s3-'));
  let server: S3Server;
  let store: FileStore;
  const storeAt = (url: string) => createS3Store({ url, directory: path.join(folder, 'drafts'), maxBytes: 30_000_000 });
  beforeAll(async () => {
    server = await createS3Server({ key: 'KHOA-MAU', secret: 'bi-mat-mau', bucket: 'ho-so' });
    store = storeAt(server.url);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  const sourceOf = async function* (bytes: Buffer) {
    yield bytes;
  };
  const names = async () => {
    const found: string[] = [];
    for await (const name of store.names()) found.push(name);
    return found;
  };

  it('come back as they went in, large ones too, and are listed page by page', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(20_000_000, 'nội dung ')]);
    const { sha256, size } = await store.put(sourceOf(bytes));
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    const { stream, size: stored } = await store.open(sha256);
    expect(stored).toBe(size);
    expect((await buffer(stream)).equals(bytes)).toBe(true);
    expect(await store.has(sha256)).toBe(true);
    expect(await store.has('0'.repeat(64))).toBe(false);
    for (const text of ['một', 'hai', 'ba', 'bốn']) await store.put(sourceOf(Buffer.from(`%PDF-1.4 ${text}`)));
    expect((await names()).sort()).toEqual(
      [...server.objects.keys()].map((key) => key.slice('tinh/ab/'.length)).sort(),
    );
    expect(readdirSync(path.join(folder, 'drafts'), { recursive: true })).toEqual(['incoming']);
  });

  it('are neither taken nor given with a wrong secret, and the refusal repeats no key', async () => {
    const wrong = storeAt(server.url.replace('bi-mat-mau', 'bi-mat-khac'));
    await expect(wrong.put(sourceOf(pdf))).rejects.toThrow(/^The S3 store answered 403$/);
    await expect(wrong.open('0'.repeat(64))).rejects.toThrow(/^The S3 store answered 403 SignatureDoesNotMatch$/);
  });

  it('are asked for again when the store is busy, and not without end', async () => {
    server.busy = 2;
    expect(await store.has('0'.repeat(64))).toBe(false);
    server.busy = 3;
    await expect(store.has('0'.repeat(64))).rejects.toThrow('The S3 store answered 503');
  });

  it('are put back by a restore only as what their name says', async () => {
    const sha256 = createHash('sha256').update(pdf).digest('hex');
    await expect(store.restore('1'.repeat(64), sourceOf(pdf))).rejects.toThrow('damaged');
    await store.restore(sha256, sourceOf(pdf));
    expect(await store.has(sha256)).toBe(true);
  });

  it('are uploaded and downloaded through the API, and nothing of them stays on its disk', async () => {
    const env = { STORAGE_S3_URL: server.url, STORAGE_DIR: path.join(folder, 'api') };
    const house = DelegationHouse.on(await startApi({ env }), createManualClock(new Date(0)));
    try {
      const caseId = await house.open();
      const attached = await house.attach('chuyenvien.skhdt', caseId, { kind: 'programme' });
      expect(attached.status).toBe(201);
      const file = await house.download('chuyenvien.skhdt', `/files/${attached.body.file.id}`);
      expect(file.bytes.equals(pdf)).toBe(true);
      expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
      const left = readdirSync(path.join(folder, 'api'), { recursive: true, withFileTypes: true });
      expect(left.filter((one) => one.isFile())).toEqual([]);
    } finally {
      await house.close();
    }
  });
});
