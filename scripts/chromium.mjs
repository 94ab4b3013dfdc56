// Where a Chromium for the browser tests and the screenshots is. Plain Node.
import fs from 'node:fs';

/** What CHROMIUM_PATH names, else where Debian, Ubuntu and Google put it. Null: none here. */
export function findChromium() {
  const places = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  return places.find((place) => place && fs.existsSync(place)) ?? null;
}
