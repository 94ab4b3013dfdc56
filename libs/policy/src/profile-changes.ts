import type { Text } from '#contracts/text.js';
import { pathName } from './field-names.js';
import type { ProvinceProfile } from './profile.js';
import { type Reach, reachOf } from './profile-reach.js';

/** One field that differs between two profiles, with its name and both values as a person reads them. */
export interface ProfileDifference {
  readonly path: string;
  readonly name: Text;
  readonly before: string;
  readonly after: string;
  /** Whom the change reaches. */
  readonly reach: Reach;
}

const identity = ['$schema', 'version', 'validFrom', 'validTo'];

/** Every field that differs, in the order of the profile; number and days of the version are not rules. */
export function profileDifferences(before: ProvinceProfile, after: ProvinceProfile): readonly ProfileDifference[] {
  const plain = (profile: ProvinceProfile) =>
    Object.fromEntries(Object.entries(profile).filter(([field]) => !identity.includes(field)));
  return differences('', plain(before), plain(after));
}

function differences(path: string, before: unknown, after: unknown): ProfileDifference[] {
  if (before === after) return [];
  if (isGroup(before) && isGroup(after)) {
    const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return fields.flatMap((field) => {
      const inside = path === '' ? field : `${path}.${field}`;
      return differences(inside, Reflect.get(before, field), Reflect.get(after, field));
    });
  }
  return [{ path, name: pathName(path), reach: reachOf(path), before: shown(before), after: shown(after) }];
}

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null;

const longest = 200;

function shown(value: unknown): string {
  if (value === undefined) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** How many rules and numbers of a profile have a document behind them, and how many are assumptions. */
export function groundsOf(profile: ProvinceProfile): { readonly sourced: number; readonly assumed: number } {
  const found = { sourced: 0, assumed: 0 };
  const count = (value: unknown): void => {
    if (!isGroup(value)) return;
    for (const [field, inside] of Object.entries(value)) {
      if (field === 'source') found[inside === null ? 'assumed' : 'sourced'] += 1;
      else count(inside);
    }
  };
  count(profile);
  return found;
}
