import http from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fuzzSize } from '#test/support/fuzz-size.js';
import { DelegationHouse } from '../integration/delegation-house.js';
import { type BadRequest, badRequests, createRandom } from './bad-requests.js';
import { MatrixHouse } from './matrix-house.js';

/** 5,000 in npm test; `npm run fuzz` asks for 100,000. */
const { requests: wanted, seed } = fuzzSize();
const hangMs = 15_000;
const lanes = 8;
/** Growth of the heap from the first tenth to the end, in megabytes. What 100,000 requests leave must not be more. */
const growthMb = 60;

interface Bad {
  readonly what: string;
  readonly request: string;
}

describe('requests nobody should send', () => {
  let house: MatrixHouse;
  let ids: string[];
  let cookies: string[];
  beforeAll(async () => {
    house = await MatrixHouse.open();
    const delegations = DelegationHouse.on(house.api, house.clock);
    await delegations.openInApproval();
    await delegations.open();
    const rows = await house.query<{ id: string }>(
      `select id from instances union all select id from organisations union all select id from tasks
       union all select id from stored_files union all (select id from people limit 12)`,
    );
    ids = rows.map((row) => row.id);
    const names = [
      'administrator focal',
      'reviewer focal',
      'unitOfficer unit',
      'leader focal',
      'unitOfficer otherProvince',
    ];
    cookies = house.subjects.filter(({ name }) => names.includes(name)).map(({ cookie }) => cookie ?? '');
  });
  afterAll(() => house.close());

  it(
    `never end in a fault or a hang, nor fill the memory: ${wanted} of seed ${seed}`,
    async () => {
      const { body: document } = await house.ask(house.subjects[0]!, { method: 'GET', path: '/api/v1/openapi.json' });
      const requests = badRequests({ document, ids, cookies, random: createRandom(seed) });
      const agent = new http.Agent({ keepAlive: true, maxSockets: lanes });
      const statuses = new Map<number, number>();
      const bad: Bad[] = [];
      let sent = 0;
      let heapAtStart = 0;
      const lane = async (): Promise<void> => {
        while (sent < wanted && bad.length < 20) {
          sent += 1;
          if (sent === Math.ceil(wanted / 10)) heapAtStart = heapUsed();
          const request = requests.next().value as BadRequest;
          const answer = await sendRaw({ url: house.api.url, agent, request });
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
          const problem = flawOf(answer);
          if (problem !== null) bad.push({ what: problem, request: shown(request) });
          // Some requests sign their session out; the others should still get past the door.
          if (answer.status === 204 && request.method === 'DELETE' && request.path.includes('/session')) await renew();
        }
      };
      const renew = async (): Promise<void> => {
        const open = await Promise.all(house.subjects.slice(1, 6).map((subject) => house.freshCookie(subject)));
        cookies.splice(0, open.length, ...open);
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      agent.destroy();
      expect(bad).toEqual([]);
      expect(sent).toBeGreaterThanOrEqual(wanted);
      // It gets through the door and into the rules, not only to the first check.
      for (const status of [200, 400, 401, 403, 404])
        expect(`${status} ${statuses.get(status) ?? 0}`).not.toBe(`${status} 0`);
      expect((heapUsed() - heapAtStart) / 1_000_000).toBeLessThan(growthMb);
      expect((await house.ask(house.subjects[0]!, { method: 'GET', path: '/api/health/ready' })).status).toBe(200);
    },
    wanted * 60 + 60_000,
  );

  it('would be seen to fail: a fault, a hang and a stack in an answer are told', () => {
    expect(flawOf({ status: 500, text: '{}', type: 'application/problem+json' })).toContain('500');
    expect(flawOf({ status: 0, text: 'timeout', type: '' })).toContain('timeout');
    expect(
      flawOf({ status: 400, text: '{"x":"at Object.<anonymous> (/x/y.js:1:2)"}', type: 'application/problem+json' }),
    ).toContain('stack');
    expect(flawOf({ status: 404, text: '<html>', type: 'text/html' })).toContain('problem');
  });
});

interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

function flawOf({ status, text, type }: RawAnswer): string | null {
  if (status === 0) return text;
  if (status >= 500) return `${status} ${text.slice(0, 300)}`;
  if (/\bat .{1,80}\.[jt]s:\d+:\d+/.test(text)) return `a stack: ${text.slice(0, 300)}`;
  if (status >= 400 && status !== 431 && text !== '' && !type.startsWith('application/problem+json'))
    return `no problem document: ${status} ${type} ${text.slice(0, 200)}`;
  return null;
}

function shown({ method, path, headers, body }: BadRequest): string {
  return `${method} ${path.slice(0, 300)} ${JSON.stringify(headers).slice(0, 400)} ${body?.toString('utf8').slice(0, 600) ?? ''}`;
}

/** Status 0: no answer in time, or a connection that broke without one. */
function sendRaw(given: { url: string; agent: http.Agent; request: BadRequest }): Promise<RawAnswer> {
  const { method, path, headers, body } = given.request;
  return new Promise((resolve) => {
    const call = http.request(`${given.url}${path}`, { method, agent: given.agent, timeout: hangMs }, (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      const type = answered['content-type'] ?? '';
      // A stream has no end.
      if (type.startsWith('text/event-stream')) {
        response.destroy();
        resolve({ status, type, text: '' });
        return;
      }
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status, type, text: Buffer.concat(chunks).toString('utf8') }));
      response.on('error', () => resolve({ status, type, text: '' }));
    });
    const seen = new Set<string>();
    for (const [name, value] of headers) {
      if (seen.has(name)) call.appendHeader?.(name, value);
      else call.setHeader(name, value);
      seen.add(name);
    }
    if (body !== null) call.setHeader('content-length', body.length);
    call.on('timeout', () => call.destroy(new Error(`timeout after ${hangMs} ms`)));
    call.on('error', (error: NodeJS.ErrnoException) => {
      // A refused upload may be cut off while it is still being sent; that is an answer of its kind.
      const isCut = body !== null && ['EPIPE', 'ECONNRESET'].includes(error.code ?? '');
      resolve({ status: isCut ? 413 : 0, type: 'application/problem+json', text: error.message });
    });
    call.end(body ?? undefined);
  });
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}
