/** A JSON Schema as the OpenAPI document has it; only what the generator looks at. */
interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly format?: string;
  readonly $ref?: string;
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema?: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface BadRequest {
  readonly method: string;
  readonly path: string;
  /** Pairs, so that a header may come twice. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer | null;
}

/** mulberry32: the same seed, the same requests. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const texts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  '\u202e\u200b\ufeff',
  '👩‍👩‍👧‍👦'.repeat(50),
  'Ⅷ①²⁰',
  'ế'.normalize('NFD').repeat(300),
  'x'.repeat(5_000),
  'x'.repeat(120_000),
  `'; drop table people; --`,
  `" or "1"="1`,
  '\u0024{jndi:ldap://127.0.0.1/a}',
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '%00%0d%0aSet-Cookie: a=b',
  '\r\nX-Injected: 1',
  '__proto__',
  'constructor',
  'null',
  'true',
  'NaN',
  '-1',
  '0',
  '1e400',
  '9'.repeat(400),
  '2023-02-30',
  '9999-12-31',
  '0000-00-00',
  '+275760-09-13T00:00:00.000Z',
  '2023-01-01T00:00:00+99:99',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  Buffer.from('2023-01-01T00:00:00.000Z 00000000-0000-0000-0000-000000000000').toString('base64url'),
  Buffer.from('{"at":null}').toString('base64url'),
  '%',
  '%F0%9F',
  'W/"1"',
  '*',
];
const numbers: readonly unknown[] = [0, -1, 1, 0.1, 1e21, -1e21, 2 ** 31, 2 ** 53, 2 ** 63, 1e308, -0, 201, 1e13];

export interface Sources {
  readonly document: OpenApi;
  /** Ids that exist, of this province and of another. */
  readonly ids: readonly string[];
  readonly cookies: readonly string[];
  readonly random: () => number;
}

/** Requests nobody should send: some nearly right, some of the wrong type, size, depth, alphabet or shape. */
export function* badRequests({ document, ids, cookies, random }: Sources): Generator<BadRequest> {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const chance = (probability: number) => random() < probability;
  const routes = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const text = () => (chance(0.3) ? pick(ids) : pick(texts));
  const anything = (depth = 0): unknown => {
    const kind = Math.floor(random() * 7);
    if (kind === 0) return null;
    if (kind === 1) return chance(0.5);
    if (kind === 2) return pick(numbers);
    if (kind === 3 && depth < 4) return Array.from({ length: Math.floor(random() * 4) }, () => anything(depth + 1));
    if (kind === 4 && depth < 4) return { [text()]: anything(depth + 1), __proto__x: anything(depth + 1) };
    return text();
  };
  const resolve = (schema: Schema): Schema => {
    const name = schema.$ref?.split('/').at(-1);
    return name === undefined ? schema : (document.components.schemas[name] ?? {});
  };
  /** Follows the schema, and leaves it somewhere. */
  const near = (given: Schema, depth = 0): unknown => {
    if (depth > 6 || chance(0.06)) return anything();
    const schema = resolve(given);
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices !== undefined && choices.length > 0) return near(pick(choices), depth + 1);
    if (schema.const !== undefined) return schema.const;
    if (schema.enum !== undefined) return pick(schema.enum);
    const type = Array.isArray(schema.type) ? pick(schema.type) : schema.type;
    if (type === 'object') return nearObject(schema, depth);
    if (type === 'array') {
      const length = chance(0.02) ? 5_000 : Math.floor(random() * 3);
      return Array.from({ length }, () => (length > 10 ? 'x' : near(schema.items ?? {}, depth + 1)));
    }
    if (type === 'integer' || type === 'number') return chance(0.5) ? Math.floor(random() * 100) : pick(numbers);
    if (type === 'boolean') return chance(0.5);
    if (schema.format === 'uuid') return pick(ids);
    if (schema.format === 'date') return chance(0.7) ? '2023-04-05' : text();
    return chance(0.6) ? 'Nội dung thử' : text();
  };
  const nearObject = (schema: Schema, depth: number): Record<string, unknown> => {
    const made: Record<string, unknown> = {};
    for (const [name, member] of Object.entries(schema.properties ?? {}))
      if (!chance(0.25)) made[name] = near(member, depth + 1);
    if (chance(0.05)) made[text()] = anything();
    return made;
  };
  const rawBodies: readonly (() => string)[] = [
    () => '{"a":'.repeat(3_000),
    () => `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    () => '{"type":1e999}',
    () => '{"type":"SUBMIT","type":"APPROVE"}',
    () => '\ufeff{}',
    () => 'null',
    () => '[]',
    () => '"text"',
    () => '{"\\u0000":"\\ud800"}',
    () => `{"${'k'.repeat(50_000)}":1}`,
    () => '',
  ];
  const jsonBody = (schema: Schema): string => {
    if (chance(0.12)) return pick(rawBodies)();
    return JSON.stringify(chance(0.1) ? anything() : near(schema)) ?? 'null';
  };
  const formBody = (boundary: string): string => {
    const part = (disposition: string, content: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;
    const field = () =>
      part(`name="${pick(['kind', 'title', 'number', 'date', 'year', 'x', '__proto__'])}"`, text().slice(0, 9_000));
    const file = () =>
      part(
        `name="${pick(['file', 'file', 'fil', 'file[]'])}"; filename="${pick(['a.pdf', '../x', '', 'a\\"b.csv'])}"`,
        pick(['%PDF-1.4\n', 'PK\x03\x04', '', 'STT,Tên\n1,x\n', '\xd0\xcf\x11\xe0', 'x'.repeat(50_000)]),
      );
    const parts = Array.from({ length: Math.floor(random() * 5) }, () => (chance(0.5) ? field() : file())).join('');
    return chance(0.1) ? parts : `${parts}--${boundary}--\r\n`;
  };
  const segment = (): string => {
    const value = chance(0.6) ? pick(ids) : text().slice(0, 2_000);
    try {
      return encodeURIComponent(value) || '%20';
    } catch {
      // Half a surrogate pair has no encoding; the server gets the bytes of one that was cut.
      return '%ED%A0%80';
    }
  };
  const headerText = () =>
    text()
      .replace(/[^\x21-\x7e]/g, '')
      .slice(0, 4_000) || 'x';
  for (;;) {
    const { path, method, operation } = pick(routes);
    const query = (operation.parameters ?? [])
      .filter((parameter) => parameter.in === 'query' && chance(0.5))
      .flatMap(({ name, schema }) => {
        const value = chance(0.5) ? String(near(schema ?? {})) : segment();
        const pair = `${name}=${encodeURIComponent(value.replace(/\p{Surrogate}/gu, '')).slice(0, 3_000)}`;
        return chance(0.1) ? [pair, pair] : [pair];
      });
    if (chance(0.05)) query.push(`${segment().slice(0, 50)}[$ne]=1`);
    const filled = path.replace(/\{[^}]+\}/g, () => segment());
    const headers: [string, string][] = [];
    if (!chance(0.05)) headers.push(['cookie', pick(cookies)]);
    if (chance(0.3)) headers.push(['if-match', chance(0.6) ? '"1"' : headerText()]);
    if (chance(0.2))
      headers.push(['idempotency-key', chance(0.5) ? `key-${Math.floor(random() * 50)}-xxxxx` : headerText()]);
    if (chance(0.1)) headers.push(['x-request-id', headerText()]);
    if (chance(0.05))
      headers.push(['accept', headerText()], ['accept', 'text/html'], ['accept-encoding', headerText()]);
    if (chance(0.03)) headers.push(['cookie', 'th_session='], ['if-match', '"2"']);
    if (chance(0.03)) headers.push(['x-forwarded-for', headerText()], ['host', 'other.example']);
    let body: Buffer | null = null;
    const content = operation.requestBody?.content;
    if (content?.['multipart/form-data'] !== undefined) {
      body = Buffer.from(formBody('bbbb'), 'latin1');
      headers.push(['content-type', chance(0.9) ? 'multipart/form-data; boundary=bbbb' : 'multipart/form-data']);
    } else if (method !== 'GET' && method !== 'DELETE' && !chance(0.03)) {
      body = Buffer.from(jsonBody(content?.['application/json']?.schema ?? {}));
      headers.push([
        'content-type',
        chance(0.95) ? 'application/json' : pick(['text/plain', 'application/xml', headerText()]),
      ]);
      if (chance(0.02)) headers.push(['content-encoding', pick(['gzip', 'br', 'zip'])]);
    }
    yield {
      method: chance(0.02) ? pick(['PUT', 'OPTIONS', 'HEAD', 'TRACE']) : method,
      path: `${filled}${query.length > 0 ? `?${query.join('&')}` : ''}`,
      headers,
      body,
    };
  }
}
