import type { QueryRunner } from 'typeorm';

/** As the driver takes it; without a name it is parsed and planned anew. */
export interface RawStatement {
  readonly name?: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What this room uses of the driver's client. */
export interface RawClient {
  query(statement: string): Promise<{ command: string }>;
  query(config: RawStatement): Promise<{ rows: unknown[] }>;
  readonly connection?: { readonly stream?: { cork?(): void; uncork?(): void; destroy?(): void } };
}

const connections = new WeakMap<QueryRunner, RawClient>();

/** The connection of a query runner; remembered, so that a statement can be sent without waiting for a promise. */
export async function connectionOf(runner: QueryRunner): Promise<RawClient> {
  const known = connections.get(runner);
  if (known) return known;
  const client = (await runner.connect()) as RawClient;
  connections.set(runner, client);
  return client;
}

export function knownConnection(runner: QueryRunner): RawClient | undefined {
  return connections.get(runner);
}

/** Nothing more goes over this connection; the pool replaces it. */
export function cutOff(client: RawClient): void {
  client.connection?.stream?.destroy?.();
}

/** What is sent before the returned function is called leaves in one packet; at the latest when the event loop turns. */
export function holdTogether(client: RawClient): () => void {
  const stream = client.connection?.stream;
  let held = true;
  const release = () => {
    if (held) stream?.uncork?.();
    held = false;
  };
  stream?.cork?.();
  setImmediate(release);
  return release;
}
