// Where the virus scanner for its tests is (Debian: clamav-daemon). Plain Node.
import fs from 'node:fs';
import path from 'node:path';

/** Null: none here. */
export function findClamd() {
  const folders = [
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/sbin',
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  const places = folders.filter((folder) => folder !== '').map((folder) => path.join(folder, 'clamd'));
  return places.find((place) => fs.existsSync(place)) ?? null;
}
