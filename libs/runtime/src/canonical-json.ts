/**
 * One text for one value: keys sorted by code unit, no white space, numbers as JSON prints them. PostgreSQL's jsonb keeps
 * neither the order of keys nor the way a number was written, so a hash may only be taken over this form.
 */
export function canonicalJson(value: unknown): string {
  return print(value) ?? 'null';
}

function print(value: unknown): string | undefined {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (value instanceof Date) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => print(item) ?? 'null').join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const text = print((value as Record<string, unknown>)[key]);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${members.join(',')}}`;
}
