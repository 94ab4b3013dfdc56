import { ruleProfileJsonSchema } from '#contracts/rule-profile-schema.js';
import type { Text } from '#contracts/text.js';
import { fieldName } from '#libs/policy';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json };

/** The part of JSON Schema 2020-12 the profile's schema is written in. */
export interface Schema {
  readonly title?: string;
  readonly description?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';
  readonly const?: Json;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

export const profileSchema = ruleProfileJsonSchema(fieldName) as Schema;

/** The schema itself, with what stands beside a reference kept. */
export function resolved({ $ref, ...beside }: Schema): Schema {
  if ($ref === undefined) return beside;
  const target = profileSchema.$defs?.[$ref.slice('#/$defs/'.length)];
  if (target === undefined) throw new Error(`The schema of the profile has no ${$ref}.`);
  return resolved({ ...target, ...beside });
}

/** What is left when null is taken away; `isNullable` says whether it was there. */
export function withoutNull(schema: Schema): { readonly schema: Schema; readonly isNullable: boolean } {
  const { anyOf, ...beside } = schema;
  const [first, second] = anyOf ?? [];
  if (first === undefined || anyOf?.length !== 2 || second?.type !== 'null') return { schema, isNullable: false };
  return { schema: resolved({ ...first, ...beside }), isNullable: true };
}

/** Something of the right shape to begin with. */
export function blank(given: Schema): Json {
  const { schema, isNullable } = withoutNull(resolved(given));
  if (isNullable) return null;
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0] ?? '';
  if (schema.oneOf) return blank(schema.oneOf[0] ?? {});
  if (schema.type === 'object') {
    const fields = (schema.required ?? []).map((field) => [field, blank(schema.properties?.[field] ?? {})] as const);
    return Object.fromEntries(fields);
  }
  if (schema.type === 'array') return Array.from({ length: schema.minItems ?? 0 }, () => blank(schema.items ?? {}));
  if (schema.type === 'boolean') return false;
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 0, 0);
  return '';
}

export const titleOf = (schema: Schema): Text => ({ vi: schema.title ?? '', en: schema.description ?? '' });

export const isGroup = (value: Json | undefined): value is { readonly [field: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
