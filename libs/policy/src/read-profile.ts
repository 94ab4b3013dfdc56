import { ruleProfile } from '#contracts/rule-profile.js';
import type { Text } from '#contracts/text.js';
import { pathName } from './field-names.js';
import type { ProvinceProfile } from './profile.js';
import { type ProfileProblem, profileProblems } from './profile-problems.js';

type Issue = NonNullable<ReturnType<typeof ruleProfile.safeParse>['error']>['issues'][number];

export type ReadProfile =
  | { readonly profile: ProvinceProfile; readonly problems: readonly [] }
  | { readonly profile: null; readonly problems: readonly ProfileProblem[] };

/** Most problems shown at once; whoever pastes another file by mistake needs to see that, not ten thousand lines. */
const mostProblems = 100;

/** A profile out of a file or a request, or what is wrong with it in words a person who knows the quy chế understands. */
export function readProfile(value: unknown): ReadProfile {
  const parsed = ruleProfile.safeParse(value);
  const problems = parsed.success
    ? profileProblems(parsed.data)
    : parsed.error.issues.flatMap((issue) => problemOf(issue, value));
  return parsed.success && problems.length === 0
    ? { profile: parsed.data, problems: [] }
    : { profile: null, problems: firstOfEach(problems).slice(0, mostProblems) };
}

/** One sentence a field: what else is wrong with it is said once the first is mended. */
function firstOfEach(problems: readonly ProfileProblem[]): ProfileProblem[] {
  return problems.filter(({ path }, index) => problems.findIndex((one) => one.path === path) === index);
}

function problemOf(issue: Issue, value: unknown): ProfileProblem[] {
  const path = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((unknown) => {
      const at = path === '' ? unknown : `${path}.${unknown}`;
      return explained(at, {
        vi: `quy chế không có mục "${unknown}". Kiểm tra chính tả, hoặc bỏ mục này`,
        en: `a rule set has no field "${unknown}". Check the spelling or remove it`,
      });
    });
  }
  return [explained(path, sentenceOf(issue, valueAt(value, issue.path)))];
}

function explained(path: string, { vi, en }: Text): ProfileProblem {
  const name = pathName(path);
  const inVietnamese = path === '' ? capital(vi) : `${name.vi}: ${vi}`;
  return { path, text: { vi: `${inVietnamese}.`, en: path === '' ? `${capital(en)}.` : `${name.en}: ${en}.` } };
}

function sentenceOf(issue: Issue, found: unknown): Text {
  if (found === undefined) return { vi: 'còn thiếu mục này', en: 'this is missing' };
  const now = { vi: `đang ghi ${shown(found)}`, en: `found ${shown(found)}` };
  const { vi, en } = expectation(issue);
  return { vi: `${vi}, ${now.vi}`, en: `${en}, ${now.en}` };
}

function expectation(issue: Issue): Text {
  switch (issue.code) {
    case 'invalid_type':
      return {
        vi: `phải là ${typeNames[issue.expected]?.vi ?? issue.expected}`,
        en: `expected ${typeNames[issue.expected]?.en ?? issue.expected}`,
      };
    case 'invalid_value': {
      const values = issue.values.map((value) => `"${String(value)}"`).join(', ');
      return { vi: `chỉ nhận một trong: ${values}`, en: `must be one of: ${values}` };
    }
    case 'too_small':
      return bounded({
        vi: 'ít nhất',
        en: 'at least',
        more: issue.inclusive !== false,
        limit: issue.minimum,
        origin: issue.origin,
      });
    case 'too_big':
      return bounded({
        vi: 'nhiều nhất',
        en: 'at most',
        more: issue.inclusive !== false,
        limit: issue.maximum,
        origin: issue.origin,
      });
    case 'invalid_format':
      return formats[issue.format] ?? formats.regex!;
    case 'custom': {
      const own = (issue.params as { text?: Text } | undefined)?.text;
      return own ? { vi: uncapital(own.vi), en: uncapital(own.en) } : { vi: 'giá trị không đúng', en: 'not valid' };
    }
    default:
      return { vi: 'giá trị không đúng', en: 'not valid' };
  }
}

const typeNames: Readonly<Record<string, Text>> = {
  int: { vi: 'số nguyên', en: 'a whole number' },
  number: { vi: 'số', en: 'a number' },
  string: { vi: 'chữ', en: 'text' },
  boolean: { vi: 'đúng hoặc sai (true, false)', en: 'true or false' },
  array: { vi: 'danh sách', en: 'a list' },
  object: { vi: 'một nhóm mục', en: 'a group of fields' },
};

const formats: Readonly<Record<string, Text>> = {
  date: { vi: 'phải là ngày dạng năm-tháng-ngày, như 2026-01-31', en: 'must be a day as 2026-01-31' },
  regex: {
    vi: 'sai dạng mã (chữ không dấu, số, gạch nối)',
    en: 'not in the form of a code (letters, digits, hyphens)',
  },
};

function bounded(given: { vi: string; en: string; more: boolean; limit: number | bigint; origin: string }): Text {
  const { vi, en, limit, origin } = given;
  if (origin === 'string') return { vi: `phải có ${vi} ${limit} ký tự`, en: `needs ${en} ${limit} characters` };
  if (origin === 'array') return { vi: `phải có ${vi} ${limit} mục`, en: `needs ${en} ${limit} items` };
  const beyond = given.more ? '' : { 'ít nhất': ' lớn hơn', 'nhiều nhất': ' nhỏ hơn' }[vi];
  if (beyond)
    return { vi: `phải${beyond} ${limit}`, en: `must be ${vi === 'ít nhất' ? 'more' : 'less'} than ${limit}` };
  return { vi: `phải ${vi} là ${limit}`, en: `must be ${en} ${limit}` };
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
}

const capital = (sentence: string) => sentence.charAt(0).toUpperCase() + sentence.slice(1);
const uncapital = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
