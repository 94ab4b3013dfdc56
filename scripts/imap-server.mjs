// Where the IMAP server for the tests of delivery reports is (Debian: dovecot-imapd). Plain Node.
import fs from 'node:fs';
import path from 'node:path';

/** Null: none here. */
export function findImapServer() {
  const folders = [
    '/usr/sbin',
    '/usr/local/sbin',
    '/opt/homebrew/sbin',
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  const places = folders.filter((folder) => folder !== '').map((folder) => path.join(folder, 'dovecot'));
  return places.find((place) => fs.existsSync(place)) ?? null;
}
