import { connect, createServer, type Socket } from 'node:net';

/**
 * A port in front of PostgreSQL that reads the protocol, so that a test can stop a process at any request it makes: before the
 * server hears of it, or after the server has done it and before the process hears back.
 */
export interface PostgresProxy {
  readonly url: string;
  /** Labels of the requests since the last call of `forget`, in order. */
  readonly requests: readonly string[];
  forget(): void;
  /** Freezes every connection at the next request with that label. Resolves when it is reached. */
  stopAt(stop: Stop): Promise<void>;
  /** Breaks the connection of each request with that label; the process behind it lives on. Resolves at the first. */
  cutAt(stop: Stop): Promise<void>;
  /** Freezes nothing any more. */
  release(): void;
  close(): Promise<void>;
}

export interface Stop {
  readonly label: string;
  readonly side: 'before' | 'after';
}

interface Armed extends Stop {
  readonly reached: () => void;
  readonly cuts?: boolean;
}

export async function createPostgresProxy(target: string): Promise<PostgresProxy> {
  const { hostname, port } = new URL(target);
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let armed: Armed | null = null;
  const server = createServer((client) => {
    const database = connect(Number(port), hostname);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        client.destroy();
        database.destroy();
        sockets.delete(socket);
      });
    }
    let isHeld = false;
    const arrive = () => {
      const { cuts, reached } = armed ?? {};
      if (cuts) client.destroy();
      reached?.();
    };
    const reader = createRequestReader();
    client.on('data', (chunk: Buffer) => {
      for (const label of reader.read(chunk)) {
        requests.push(label);
        if (armed?.label !== label || isHeld) continue;
        isHeld = true;
        if (armed.side === 'before') return arrive();
      }
      // What is held is dropped: its process will be killed.
      if (!isHeld || armed?.side === 'after') database.write(chunk);
    });
    database.on('data', (chunk: Buffer) => {
      if (!isHeld) client.write(chunk);
      // ReadyForQuery ends every answer.
      else if (chunk.at(-6) === 0x5a) arrive();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url: url.toString(),
    requests,
    forget: () => void requests.splice(0),
    stopAt: (stop) =>
      new Promise((reached) => {
        armed = { ...stop, reached };
      }),
    cutAt: (stop) =>
      new Promise((reached) => {
        armed = { ...stop, reached, cuts: true };
      }),
    release: () => {
      armed = null;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Names each request: a prepared statement by its name, other SQL by its beginning, a commit by what it ends. */
function createRequestReader(): { read(chunk: Buffer): string[] } {
  let rest = Buffer.alloc(0);
  let isStarted = false;
  let parsed = '';
  let latest = '';
  const named = (text: string): string => {
    const label = /^commit$/i.test(text) ? `COMMIT of ${latest}` : text;
    if (!/^(commit|rollback|start transaction)/i.test(text)) latest = label;
    return label;
  };
  return {
    read(chunk) {
      rest = Buffer.concat([rest, chunk]);
      const labels: string[] = [];
      for (;;) {
        const headBytes = isStarted ? 1 : 0;
        if (rest.length < headBytes + 4) return labels;
        const length = headBytes + rest.readInt32BE(headBytes);
        if (rest.length < length) return labels;
        const type = isStarted ? String.fromCharCode(rest[0]!) : '';
        const body = rest.subarray(headBytes + 4, length);
        rest = rest.subarray(length);
        isStarted = true;
        const strings = body.toString('utf8').split('\0');
        if (type === 'Q') labels.push(named(shortened(strings[0]!)));
        if (type === 'P') parsed = strings[0] || shortened(strings[1]!);
        // The name of a statement that was parsed before, or of the one parsed in this request.
        if (type === 'B') labels.push(named(strings[1] || parsed));
      }
    },
  };
}

function shortened(sql: string): string {
  return sql.replace(/\s+/g, ' ').trim().slice(0, 60);
}
