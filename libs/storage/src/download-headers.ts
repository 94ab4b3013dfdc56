/**
 * Headers under which an uploaded file may leave: always as a download, never run or rendered as a page of this site, never kept
 * by a shared cache. The name is given twice (RFC 6266): plain ASCII for old clients, RFC 8187 for Vietnamese.
 */
export function downloadHeaders(file: { name: string; mediaType: string; size: number; sha256: string }) {
  const ascii = file.name.replace(/[^\x20-\x7e]|["\\;]/g, '_');
  return {
    'Content-Type': file.mediaType,
    'Content-Length': String(file.size),
    'Content-Disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encode(file.name)}`,
    'X-Content-Type-Options': 'nosniff',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, no-store',
    ETag: `"${file.sha256}"`,
  } as const;
}

function encode(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
