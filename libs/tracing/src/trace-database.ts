import type { EventEmitter } from 'node:events';
import type { Tracing } from './types.js';

type Query = (...given: unknown[]) => unknown;
interface Client {
  query: Query;
}
/** Connections there are already stand in `_clients`. */
interface Pool extends Pick<EventEmitter, 'on'> {
  readonly _clients: readonly Client[];
}

/** `pool`: the connections of node-postgres. Each statement becomes a span by its name, never with its values. */
export function traceDatabase(pool: Pool, tracing: Tracing): void {
  const trace = (client: Client) => {
    const query = client.query.bind(client) as Query;
    client.query = (...given) => tracedQuery(query, given, tracing);
  };
  for (const client of pool._clients) trace(client);
  pool.on('connect', trace);
}

/** Only what belongs to a request or a job: the looks of the heartbeat, five a second, would hide them. */
function tracedQuery(query: Query, given: unknown[], tracing: Tracing): unknown {
  if (tracing.carry().traceparent === undefined) return query(...given);
  const span = tracing.open({
    name: `db ${statementName(given[0])}`,
    kind: 'client',
    attributes: { 'db.system': 'postgresql' },
  });
  const done = given.at(-1);
  if (typeof done === 'function') {
    const told = (error: unknown, ...rest: unknown[]) => {
      span.end(error ? { error } : {});
      done(error, ...rest);
    };
    return query(...given.slice(0, -1), told);
  }
  const answer = query(...given);
  if (!(answer instanceof Promise)) {
    span.end();
    return answer;
  }
  answer.then(
    () => span.end(),
    (error: unknown) => span.end({ error }),
  );
  return answer;
}

/** The name of a prepared statement, else its first words without any value: "select", "insert into mails". */
function statementName(statement: unknown): string {
  const { name, text } = (typeof statement === 'string' ? { text: statement } : (statement ?? {})) as {
    name?: string;
    text?: string;
  };
  if (name) return name;
  return /^\s*(insert into \w+|update \w+|delete from \w+|\w+)/i.exec(text ?? '')?.[1]?.toLowerCase() ?? 'statement';
}
