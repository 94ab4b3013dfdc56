/** For comparing words that people type differently: lower case, no diacritics, "đ" as "d", one dash, single spaces. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

/** One line: what was broken over lines in a narrow cell is joined. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Keeps the breaks between list points and sentences, joins a sentence that a narrow cell broke. */
export function paragraphs(text: string): string {
  let joined = '';
  for (const raw of text.split('\n')) {
    const part = oneLine(raw);
    if (part === '') continue;
    const startsPoint = /^([-+*•–]|\d{1,2}[.)])\s/.test(part);
    const separator = joined === '' ? '' : startsPoint || /[.;:!?]$/.test(joined) ? '\n' : ' ';
    joined += separator + part;
  }
  return joined;
}
