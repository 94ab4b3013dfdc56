/** What scripts/test.mjs found; a single file run by hand takes Debian's. */
export const chromiumPath = (): string => process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
