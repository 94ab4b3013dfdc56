/**
 * A JSON value as PostgreSQL's jsonb gives it back: keys by length of their UTF-8 text, then by its bytes; undefined members
 * gone, dates as text. A machine may see the order of keys (`Object.entries`, `JSON.stringify`), so what enters a decision
 * takes this form first; otherwise the log, which comes back from jsonb, would not replay to the stored snapshot.
 */
export function storedForm<Value>(value: Value): Value {
  return reorder(JSON.parse(JSON.stringify(value ?? null))) as Value;
}

function reorder(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(reorder);
  const members = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(members)
      .sort(byStoredOrder)
      .map((key) => [key, reorder(members[key])]),
  );
}

function byStoredOrder(a: string, b: string): number {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length - right.length || Buffer.compare(left, right);
}
