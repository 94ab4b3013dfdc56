// npm run check: everything that can be judged without running the product. All steps run, then the red ones are named.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildServer } from './build.mjs';
import { ensureInstalled, root } from './install.mjs';
import { reportFailure } from './launch-error.mjs';

const bin = (name) => path.join(root, 'node_modules', name);
/** What did not change is not checked again; the record lies where a removed `dist` takes it along. */
const typeCheck = (project, name) => [
  ...[bin('typescript/bin/tsc'), '--noEmit', '-p', project],
  ...['--incremental', '--tsBuildInfoFile', path.join(root, `dist/.types-${name}.json`)],
];
const allSteps = [
  { name: 'types (server)', run: typeCheck('tsconfig.json', 'server') },
  {
    name: 'types (web)',
    run: typeCheck('apps/web/tsconfig.json', 'web'),
    needs: 'apps/web/tsconfig.json',
  },
  { name: 'lint and format', run: [bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
  {
    name: 'dependency rule',
    run: [
      bin('dependency-cruiser/bin/dependency-cruise.mjs'),
      ...['apps', 'libs', 'workflows', 'migrations', '--config', '.dependency-cruiser.cjs'],
    ],
  },
  { name: 'migrations', run: ['scripts/check-migrations.mjs'], needs: 'scripts/check-migrations.mjs' },
  { name: 'compose and configuration', run: ['scripts/check-compose.mjs'] },
  { name: 'licences', run: ['scripts/licences.mjs', '--check'] },
  { name: 'README configuration table', run: ['scripts/config-table.mjs', '--check'], needs: 'README.md' },
];

try {
  ensureInstalled();
  await buildServer();
  process.exitCode = await runSteps(allSteps);
} catch (error) {
  process.exitCode = reportFailure(error);
}

/** Two at a time: most machines this runs on have two cores. */
async function runSteps(steps) {
  const present = steps.filter((step) => step.needs === undefined || fs.existsSync(path.join(root, step.needs)));
  for (const step of steps)
    if (!present.includes(step)) console.log(`– ${step.name}: không có ${step.needs} (not run)`);
  const waiting = [...present];
  const red = [];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift())
      if (!(await runStep(step))) red.push(step.name);
  };
  await Promise.all([worker(), worker()]);
  if (red.length === 0) console.log(`\n✓ ${present.length} bước đều đạt (all steps pass)`);
  else console.log(`\n✗ Chưa đạt (red): ${red.join(', ')}`);
  return red.length === 0 ? 0 : 1;
}

function runStep({ name, run }) {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, run, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => (output += error));
    child.once('close', (status) => {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`${status === 0 ? '✓' : '✗'} ${name} (${seconds} s)`);
      if (status !== 0) console.log(output.trimEnd().replace(/^/gm, '    '));
      resolve(status === 0);
    });
  });
}
