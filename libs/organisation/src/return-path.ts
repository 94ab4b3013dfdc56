const ours = 'https://ours.invalid';

/** A path of this site, or its first page: an address that leads anywhere else, by whatever writing, is not followed. */
export function returnPath(to: string): string {
  if (to.length > 500 || !/^\/[\x21-\x7e]*$/.test(to) || /^\/[/\\]/.test(to) || to.includes('\\')) return '/';
  if (!URL.canParse(to, ours)) return '/';
  const { origin, pathname, search } = new URL(to, ours);
  if (origin !== ours || pathname.startsWith('//') || pathname.startsWith('/api/')) return '/';
  return `${pathname}${search}`;
}
