import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { LaunchError, reportFailure } from './launch-error.mjs';

const dist = path.join(root, 'dist');
const serverFolders = ['apps/api', 'apps/worker', 'apps/cli', 'libs', 'workflows', 'migrations'];
const webFolders = ['apps/web', 'libs/contracts', 'libs/calendar', 'libs/engine', 'libs/policy', 'workflows'];

/**
 * Compiles every TypeScript file whose content changed since the last build and copies what lies beside it (JSON, CSV,
 * DOCX…). Types are checked by `npm run check`, not here. Returns how many files were written.
 */
export async function buildServer() {
  const manifestFile = path.join(dist, '.server.json');
  const before = readJson(manifestFile) ?? { compiler: '', files: {} };
  const compiler = hash(readOrEmpty('.swcrc') + readOrEmpty('node_modules/@swc/core/package.json'));
  const known = before.compiler === compiler ? before.files : {};
  const files = {};
  const changed = [];
  for (const source of serverFolders.flatMap(filesUnder).filter(isServerSource)) {
    files[source] = hash(fs.readFileSync(path.join(root, source)));
    if (known[source] !== files[source] || !fs.existsSync(outputOf(source))) changed.push(source);
  }
  const gone = Object.keys(before.files).filter((source) => files[source] === undefined);
  if (changed.length === 0 && gone.length === 0) return 0;
  const swc = changed.some(isTypeScript) ? await import('@swc/core') : undefined;
  for (const source of gone)
    for (const file of [outputOf(source), `${outputOf(source)}.map`]) fs.rmSync(file, { force: true });
  for (const source of changed) writeOutput(source, swc);
  // Last, so that an interrupted build is done again.
  fs.writeFileSync(manifestFile, JSON.stringify({ compiler, files }));
  return changed.length;
}

function writeOutput(source, swc) {
  const output = outputOf(source);
  fs.mkdirSync(path.dirname(output), { recursive: true });
  if (!isTypeScript(source)) return fs.copyFileSync(path.join(root, source), output);
  const from = path.join(root, source);
  const { code, map } = swc.transformFileSync(from, {
    cwd: root,
    filename: from,
    sourceFileName: path.relative(path.dirname(output), from),
  });
  fs.writeFileSync(output, `${code}\n//# sourceMappingURL=${path.basename(output)}.map\n`);
  if (map) fs.writeFileSync(`${output}.map`, map);
}

/** Builds the web interface when there is one and its sources changed. Returns true when Vite ran. */
export function buildWeb() {
  const config = path.join(root, 'apps/web/vite.config.ts');
  if (!fs.existsSync(config)) return false;
  const stampFile = path.join(dist, '.web-hash');
  const sources = ['package-lock.json', ...webFolders.flatMap(filesUnder)].filter(
    (file) => !/\.spec\.tsx?$/.test(file),
  );
  const stamp = hash(sources.map((file) => `${file} ${hash(fs.readFileSync(path.join(root, file)))}`).join('\n'));
  if (readOrEmpty('dist/.web-hash') === stamp && fs.existsSync(path.join(dist, 'web/index.html'))) return false;
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const run = spawnSync(
    process.execPath,
    [vite, 'build', 'apps/web', '--outDir', path.join(dist, 'web'), '--emptyOutDir', '--logLevel', 'warn'],
    { cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (run.status !== 0)
    throw new LaunchError(
      'Vite không dựng được giao diện web; xem lỗi ở trên.',
      'Vite could not build the web interface; see above.',
    );
  fs.writeFileSync(stampFile, stamp);
  return true;
}

/** Both builds; a line each when something was done. */
export async function buildAll({ say = () => undefined } = {}) {
  fs.mkdirSync(dist, { recursive: true });
  const written = await buildServer();
  if (written > 0) say(`đã dựng máy chủ: ${written} tệp (server built)`);
  if (buildWeb()) say('đã dựng giao diện web (web built)');
}

function filesUnder(folder) {
  const at = path.join(root, folder);
  if (!fs.existsSync(at)) return [];
  return fs
    .readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}

const isTypeScript = (source) => source.endsWith('.ts');
const isServerSource = (source) => !/(\.spec\.ts|\.d\.ts|\.md|tsconfig[^/]*\.json)$/.test(source);
const outputOf = (source) => path.join(dist, isTypeScript(source) ? source.replace(/\.ts$/, '.js') : source);
const hash = (content) => createHash('sha256').update(content).digest('hex');

function readOrEmpty(file) {
  const at = path.join(root, file);
  return fs.existsSync(at) ? fs.readFileSync(at, 'utf8') : '';
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    // Absent, or cut off by a crash: build everything again.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

if (process.argv[1] === import.meta.filename) {
  try {
    ensureInstalled();
    await buildAll({ say: (line) => console.log(line) });
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}
