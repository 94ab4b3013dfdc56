/** Lower case without diacritics: what somebody types in a hurry finds "Đoàn Nhật Bản" as "doan nhat ban". */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** Every word of the search stands somewhere in one of the texts. */
export function matches(search: string, texts: readonly (string | null | undefined)[]): boolean {
  const hay = plain(texts.filter(Boolean).join(' '));
  return plain(search)
    .split(/\s+/)
    .every((word) => hay.includes(word));
}
