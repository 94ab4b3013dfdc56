/** Columns padded to their widest cell; empty cells show as a dash. Widths count characters as the terminal shows them. */
export function table(headers: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = [headers, ...rows.map((row) => row.map((cell) => (cell === null || cell === '' ? '–' : String(cell))))];
  const widths = headers.map((_, column) => Math.max(...lines.map((line) => width(line[column] ?? ''))));
  const draw = (line: readonly string[]): string =>
    line
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((each) => '─'.repeat(each)).join('  ');
  return [draw(lines[0] ?? []), rule, ...lines.slice(1).map(draw)].join('\n');
}

/** A pair a line, the names padded. */
export function pairs(entries: readonly (readonly [string, string | number | null])[]): string {
  const widest = Math.max(...entries.map(([name]) => width(name)));
  return entries.map(([name, value]) => `${name}${' '.repeat(widest - width(name))}  ${value ?? '–'}`).join('\n');
}

/** Vietnamese letters may be written with combining marks, which take no room of their own. */
function width(text: string): number {
  return [...text.normalize('NFC').replace(/\p{Mark}/gu, '')].length;
}
