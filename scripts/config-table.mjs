// The README's configuration table, from the schema that reads the environment. --write puts it between its two marks,
// --check fails when the README tells something else.
import fs from 'node:fs';
import path from 'node:path';
import { buildServer } from './build.mjs';
import { root } from './install.mjs';
import { LaunchError, reportFailure } from './launch-error.mjs';

const marks = { begin: '<!-- configuration: begin -->', end: '<!-- configuration: end -->' };

try {
  await buildServer();
  const { describeEnvironment } = await import('#libs/config');
  const wanted = table(describeEnvironment());
  const file = path.join(root, 'README.md');
  if (process.argv.includes('--write')) fs.writeFileSync(file, replaced(fs.readFileSync(file, 'utf8'), wanted));
  else if (process.argv.includes('--check')) check(fs.readFileSync(file, 'utf8'), wanted);
  else console.log(wanted);
} catch (error) {
  process.exitCode = reportFailure(error);
}

function table(variables) {
  const rows = variables.map(
    ({ name, default: value, meaning, secret }) =>
      `| \`${name}\` | ${cell(value.vi, value.en)} | ${cell(meaning.vi, meaning.en)}${secret ? ' 🔒' : ''} |`,
  );
  return ['| Biến (variable) | Mặc định (default) | Ý nghĩa (meaning) |', '|---|---|---|', ...rows].join('\n');
}

function cell(vi, en) {
  return (vi === en ? vi : `${vi}<br>*${en}*`).replaceAll('|', '\\|');
}

function replaced(readme, wanted) {
  const from = readme.indexOf(marks.begin);
  const to = readme.indexOf(marks.end);
  if (from < 0 || to < from)
    throw new LaunchError(
      `README.md thiếu hai dấu ${marks.begin} và ${marks.end}.`,
      `README.md lacks the marks ${marks.begin} and ${marks.end} around its configuration table.`,
    );
  return `${readme.slice(0, from + marks.begin.length)}\n${wanted}\n${readme.slice(to)}`;
}

function check(readme, wanted) {
  if (readme !== replaced(readme, wanted))
    throw new LaunchError(
      'Bảng cấu hình trong README.md không còn đúng. Chạy: node scripts/config-table.mjs --write',
      'The configuration table in README.md is out of date. Run: node scripts/config-table.mjs --write',
    );
}
