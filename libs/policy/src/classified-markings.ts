/**
 * Markings of state secrets (Luật Bảo vệ bí mật nhà nước: Tuyệt mật, Tối mật, Mật). The product holds no classified content, so text that
 * carries one is refused. "mật" is also part of ordinary words (bảo mật, mật thiết, mật độ), so the lowest degree counts only
 * where it stands as a marking: alone in capitals, in brackets, or after "độ mật:" and the like.
 */
const upperDegrees = /(?<![\p{L}])(tuyệt\s+mật|tối\s+mật)(?![\p{L}])/giu;
const labelled = /(?<![\p{L}])(?:độ|mức\s+độ|dấu)\s+mật\s*[:：]\s*(tuyệt\s+mật|tối\s+mật|mật)(?![\p{L}])/giu;
const bracketed = /[([{]\s*(mật)\s*[)\]}]/giu;
// Capitals only; not "BẢO MẬT", "BÍ MẬT", "CƠ MẬT", "MẬT THIẾT", "MẬT ĐỘ", "MẬT MÃ", "MẬT ONG" in a title set in capitals.
const alone =
  /(?<![\p{L}])(?<!(?:BẢO|BÍ|CƠ|HỮU|THÂN|TỐI|TUYỆT)\s+)(MẬT)(?![\p{L}])(?!\s+(?:THIẾT|ĐỘ|MÃ|ONG|VỤ|KHẨU|THƯ)(?![\p{L}]))/gu;

/** The markings found, as written, without repeats; empty when there is none. */
export function classifiedMarkings(texts: readonly string[]): readonly string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const composed = text.normalize('NFC');
    for (const pattern of [labelled, upperDegrees, bracketed, alone]) {
      for (const match of composed.matchAll(pattern)) found.add((match[1] ?? '').replace(/\s+/g, ' ').toUpperCase());
    }
  }
  return [...found];
}

/**
 * Numbers such as "1234/BNG-CNV-m": the suffix is likely "mật" (inference from letters of the Ministry, DOMAIN 13). A degree written
 * out after the symbol counts too: "12/BC-MẬT", "5/TTr (tối mật)".
 */
export function classifiedNumbers(numbers: readonly string[]): readonly string[] {
  return numbers.filter((number) => secretSuffix.test(number.normalize('NFC')));
}

const secretSuffix = /(?:-m|[-/(\s](?:tuyệt\s*mật|tối\s*mật|mật)\)?)\s*$/iu;
