import { z } from 'zod';
import { ruleProfile } from './rule-profile.js';
import type { Text } from './text.js';

type Json = Record<string, unknown>;

/** The JSON Schema (2020-12) of a profile file, each field with its name: an editor shows them while somebody writes. */
export function ruleProfileJsonSchema(nameOf: (field: string) => Text): Json {
  const schema = z.toJSONSchema(ruleProfile, { target: 'draft-2020-12', io: 'input', reused: 'ref' }) as Json;
  return { title: 'Quy chế đoàn ra (rule profile)', ...(withNames(schema, nameOf) as Json) };
}

function withNames(value: unknown, nameOf: (field: string) => Text): unknown {
  if (Array.isArray(value)) return value.map((one) => withNames(one, nameOf));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inside]) => {
    const named = withNames(inside, nameOf);
    if (key !== 'properties') return [key, named];
    const fields = Object.entries(named as Json).map(([field, schema]) => {
      const { vi, en } = nameOf(field);
      return [field, { title: vi, description: en, ...(schema as Json) }];
    });
    return [key, Object.fromEntries(fields)];
  });
  return Object.fromEntries(entries);
}
