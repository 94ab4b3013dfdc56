// node scripts/licences.mjs [--check]: every package of the lock file with its licence, into docs/licences.md; an unknown licence is an error.
import fs from 'node:fs';
import path from 'node:path';
import { root } from './install.mjs';

/** Taken along without a duty that reaches our own code. MPL-2.0 covers its own files only, and we change none of them. */
const allowed = [
  ...['MIT', 'MIT-0', 'MIT/X11', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Zlib'],
  ...['Unlicense', 'CC0-1.0', 'Python-2.0', 'PostgreSQL', 'OFL-1.1', 'CC-BY-4.0', 'MPL-2.0'],
];
/** The package says nothing a program could read; somebody looked. */
const read = {
  buffers: 'MIT/X11',
  busboy: 'MIT',
  streamsearch: 'MIT',
};

const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages;
const packages = Object.entries(lock)
  .filter(([place, entry]) => place !== '' && entry.link !== true)
  .map(([place, entry]) => {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return {
      name,
      version: entry.version,
      dev: entry.dev === true || entry.devOptional === true,
      licence: licenceOf(name, entry),
    };
  });
const bad = packages.filter(({ licence }) => !isAllowed(licence));
for (const { name, version, licence } of bad)
  console.error(`${name} ${version}: the licence "${licence}" is not among the allowed ones (scripts/licences.mjs).`);

const file = path.join(root, 'docs/licences.md');
const text = page();
if (process.argv.includes('--check')) {
  const isCurrent = fs.existsSync(file) && fs.readFileSync(file, 'utf8') === text;
  if (!isCurrent) console.error('docs/licences.md is not what package-lock.json says. Run: node scripts/licences.mjs');
  if (isCurrent && bad.length === 0) console.log(`licences: ${packages.length} packages, all allowed`);
  process.exitCode = isCurrent && bad.length === 0 ? 0 : 1;
} else {
  fs.writeFileSync(file, text);
  console.log('written: docs/licences.md');
  process.exitCode = bad.length === 0 ? 0 : 1;
}

function licenceOf(name, entry) {
  return entry.license ?? read[name] ?? 'none';
}

/** "(MIT OR GPL-3.0)": one of them must be allowed; "MIT AND Zlib": both. */
function isAllowed(licence) {
  const plain = licence.replace(/[()]/g, '');
  if (plain.includes(' OR ')) return plain.split(' OR ').some(isAllowed);
  return plain.split(' AND ').every((one) => allowed.includes(one));
}

function page() {
  const lines = ['# Licences of the packages', ''];
  lines.push(
    'Written by `node scripts/licences.mjs` out of the lock file; `npm run check` fails when a package has a licence that is not in the list of that script, or when this page is old.',
    '',
  );
  for (const [title, dev] of [
    ['Part of the product', false],
    ['To build and test only', true],
  ]) {
    const part = packages.filter((one) => one.dev === dev);
    const byLicence = groups(part);
    lines.push(`## ${title}: ${part.length} packages`, '', '| licence | packages |', '|---|---|');
    for (const licence of [...byLicence.keys()].sort())
      lines.push(
        `| ${licence} | ${[...new Set(byLicence.get(licence).map(({ name, version }) => `${name} ${version}`))].sort().join(', ')} |`,
      );
    lines.push('');
  }
  return lines.join('\n');
}

function groups(part) {
  const map = new Map();
  for (const one of part) map.set(one.licence, [...(map.get(one.licence) ?? []), one]);
  return map;
}
