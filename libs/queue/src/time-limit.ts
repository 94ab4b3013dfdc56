/**
 * Rejects when the work does not settle in time. The work itself is not stopped, so it must be harmless when it ends
 * later. Real milliseconds.
 */
export async function withinTime<T>(work: Promise<T>, limitMs: number, what: string): Promise<T> {
  const signal = AbortSignal.timeout(limitMs);
  const limit = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`No answer within ${limitMs} ms while ${what}.`)));
  });
  // The loser of the race may still reject when nobody listens any more; that must not end the process.
  work.catch(() => undefined);
  limit.catch(() => undefined);
  return Promise.race([work, limit]);
}

/** Host, port and path of a connection URL: never the user or the password. */
export function describeUrl(url: string): string {
  try {
    const { host, pathname } = new URL(url);
    return `${host}${pathname === '/' ? '' : pathname}`;
  } catch {
    return 'an address that is not a URL';
  }
}
