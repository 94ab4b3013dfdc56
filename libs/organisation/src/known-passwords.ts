import { searchKey } from './search-key.js';

/** Words Vietnamese people put into passwords; ours, because the list of the package is of other languages. */
const vietnamese = [
  'matkhau',
  'anhyeuem',
  'emyeuanh',
  'yeuem',
  'conyeubome',
  'vietnam',
  'hanoi',
  'saigon',
  'khongco',
  'xinchao',
];
/** Of this product: the first that somebody tries here. */
const ours = ['thonghanh', 'doanra', 'ngoaivu', 'songoaivu', 'ubndtinh', 'tinhuy', 'hochieu'];
const runs = [
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn',
  '1q2w3e4r5t6y7u8i9o0p',
];
/** What has to remain of a password when what everybody adds is taken away. Giả định. */
const leastOwnLetters = 6;

let known: Promise<ReadonlySet<string>> | undefined;

/** 49,000 passwords found in breaches (@zxcvbn-ts/language-common, MIT), read when the first password is set. */
function knownPasswords(): Promise<ReadonlySet<string>> {
  known ??= import('@zxcvbn-ts/language-common').then(
    ({ dictionary }) => new Set([...listOf(dictionary), ...vietnamese, ...ours]),
  );
  return known;
}

function listOf(dictionary: Readonly<Record<string, unknown>>): string[] {
  const list = dictionary['passwords-common'] ?? dictionary.passwords;
  if (!Array.isArray(list) || list.length < 10_000)
    throw new Error('The list of breached passwords is not in its package.');
  return list.map(String);
}

/**
 * Whether it stands on the list, or is a listed word with digits and signs around it, several of them in a row, a short piece
 * repeated, or a run along the alphabet or the keyboard. A sentence of one's own is none of these.
 */
export async function isKnownPassword(password: string): Promise<boolean> {
  const list = await knownPasswords();
  const plain = searchKey(password).replace(/\s+/g, '');
  if (list.has(password.toLowerCase()) || list.has(plain) || list.has(withLetters(plain))) return true;
  if (isRepeated(plain) || isRun(plain)) return true;
  return restOf(withLetters(plain), list).length < leastOwnLetters;
}

/** p@ssw0rd: the usual signs for letters. */
function withLetters(text: string): string {
  const letters: Record<string, string> = {
    '@': 'a',
    '0': 'o',
    '1': 'i',
    '3': 'e',
    $: 's',
    '5': 's',
    '4': 'a',
    '!': 'i',
  };
  return text.replace(/(?<=[a-z])[@013$54!](?=[a-z])/g, (sign) => letters[sign] ?? sign);
}

function isRepeated(text: string): boolean {
  return /^(.{1,6}?)\1{2,}.{0,6}$/.test(text);
}

function isRun(text: string): boolean {
  const digits = '01234567890123456789';
  return [digits, ...runs].some((run) => [run, [...run].reverse().join('')].some((one) => (one + one).includes(text)));
}

/**
 * What is left when digits, signs and two listed words of at least four letters are taken away, the longest first: three different
 * words in a row nobody guesses.
 */
function restOf(text: string, list: ReadonlySet<string>): string {
  const taken = new Set<string>();
  let rest = '';
  for (let from = 0; from < text.length; ) {
    const length = longestAt(text, from, list);
    const piece = text.slice(from, from + Math.max(length, 1));
    if (length > 0 && taken.size < 2) taken.add(piece);
    if (!taken.has(piece)) rest += piece.replace(/[^a-z]/g, '');
    from += piece.length;
  }
  return rest;
}

function longestAt(text: string, from: number, list: ReadonlySet<string>): number {
  for (let length = Math.min(text.length - from, 24); length >= 4; length -= 1)
    if (list.has(text.slice(from, from + length))) return length;
  return 0;
}
