/**
 * Markings of state secrets (Luật Bảo vệ bí mật nhà nước: Tuyệt mật, Tối mật, Mật). The product holds no classified content, so text that
 * carries one is refused, however it is typed: composed or with combining marks, full-width, letter-spaced, with hyphens for spaces. "mật"
 * is also part of ordinary words (bảo mật, mật thiết, mật độ), so the lowest degree counts only where it stands as a marking: alone in
 * capitals, in brackets, or after "độ mật:" and the like. Typed without diacritics the two upper degrees count in capitals, and in the
 * name of a file in any letters ("toi mat" in a text may be "tôi mất"); the lowest never, "MAT" is too many other words.
 */
const gap = String.raw`[\s_.\-–]+`;
const upper = `(tuyệt${gap}mật|tối${gap}mật)`;
const upperDegrees = new RegExp(String.raw`(?<![\p{L}])${upper}(?![\p{L}])`, 'giu');
const labelled = new RegExp(
  String.raw`(?<![\p{L}])(?:độ|mức\s+độ|dấu)\s+mật\s*[:]\s*(tuyệt${gap}mật|tối${gap}mật|mật)(?![\p{L}])`,
  'giu',
);
const bracketed = /[([{]\s*(mật)\s*[)\]}]/giu;
// Capitals only; not "BẢO MẬT", "BÍ MẬT", "CƠ MẬT", "MẬT THIẾT", "MẬT ĐỘ", "MẬT MÃ", "MẬT ONG" in a title set in capitals.
const alone =
  /(?<![\p{L}])(?<!(?:BẢO|BÍ|CƠ|HỮU|THÂN|TỐI|TUYỆT)[\s_.\-–]+)(MẬT)(?![\p{L}])(?!\s+(?:THIẾT|ĐỘ|MÃ|ONG|VỤ|KHẨU|THƯ)(?![\p{L}]))/gu;
const spaced = /(?<![\p{L}])(T\s+U\s+Y\s+Ệ\s+T\s+M\s+Ậ\s+T|T\s+Ố\s+I\s+M\s+Ậ\s+T)(?![\p{L}])/gu;
const unaccented = new RegExp(String.raw`(?<![\p{L}])(TUYET${gap}MAT|TOI${gap}MAT)(?![\p{L}])`, 'gu');
const unaccentedInName = new RegExp(unaccented.source, 'giu');
const patterns = [labelled, upperDegrees, bracketed, alone, spaced, unaccented];

/** The markings found, as written, without repeats; empty when there is none. `names`: they are names of files. */
export function classifiedMarkings(texts: readonly string[], names = false): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const read = plain(text);
    for (const pattern of names ? [...patterns, unaccentedInName] : patterns)
      for (const match of read.matchAll(pattern)) found.add(degreeOf(match[1] ?? ''));
  }
  return [...found];
}

/** One form for all ways to type the same letters; characters that are not seen, such as soft hyphens, are left out. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\p{Cf}/gu, '');
}

function degreeOf(found: string): string {
  const letters = found.toUpperCase().replace(/[\s_.\-–]+/g, '');
  if (/^TUY(Ệ|E)T/.test(letters)) return 'TUYỆT MẬT';
  return /^T(Ố|O)I/.test(letters) ? 'TỐI MẬT' : 'MẬT';
}

/**
 * Numbers such as "1234/BNG-CNV-m": the suffix is likely "mật" (inference from letters of the Ministry, DOMAIN 13). A degree written
 * out after the symbol counts too: "12/BC-MẬT", "5/TTr (tối mật)".
 */
export function classifiedNumbers(numbers: readonly string[]): readonly string[] {
  return numbers.filter((number) => secretSuffix.test(plain(number)));
}

const secretSuffix = /(?:[-–‐‑]\s*m|[-/(\s](?:tuyệt\s*mật|tối\s*mật|mật)\)?)\s*$/iu;
