/** Hands a file to the browser; the name keeps its diacritics. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name.replace(/[\\/:*?"<>|]/g, '-');
  link.click();
  URL.revokeObjectURL(link.href);
}

const cellOf = (value: string | number) => {
  const text = String(value);
  // A cell that begins like a formula would be one in a spreadsheet.
  const safe = typeof value === 'string' && /^[=+\-@]/.test(text) ? `'${text}` : text;
  return /[";\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** A table that a Vietnamese Excel opens with its letters and columns right: UTF-8 with its mark, semicolons. */
export function saveTable(name: string, rows: readonly (readonly (string | number)[])[]): void {
  const text = rows.map((row) => row.map(cellOf).join(';')).join('\r\n');
  saveFile(`${name}.csv`, new Blob([`\uFEFF${text}\r\n`], { type: 'text/csv;charset=utf-8' }));
}

const picturePixels = 2;

/** The drawing as a PNG on white, twice as fine as on the screen, in ink whatever the theme. */
export async function savePicture(name: string, svg: SVGSVGElement): Promise<void> {
  const { width, height } = svg.viewBox.baseVal;
  const copy = svg.cloneNode(true) as SVGSVGElement;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('style', 'color: #1c232b; background: #fff; font: 13px sans-serif');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * picturePixels;
  canvas.height = height * picturePixels;
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('The browser gave no canvas to draw the picture on.');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (content !== null) saveFile(`${name}.png`, content);
}
