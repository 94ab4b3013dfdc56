// npm run thong-hanh -- COMMAND. Builds first when sources changed, then hands over.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { buildServer } from './build.mjs';
import { ensureInstalled, root } from './install.mjs';
import { reportFailure } from './launch-error.mjs';

try {
  ensureInstalled();
  await buildServer();
  const program = path.join(root, 'dist/apps/cli/src/main.js');
  const child = spawn(process.execPath, ['--enable-source-maps', program, ...process.argv.slice(2)], {
    // npm runs scripts in the project's folder; a FILE is meant from where the person stands.
    cwd: process.env.INIT_CWD || process.cwd(),
    env: { ...process.env, DATA_DIR: path.resolve(root, process.env.DATA_DIR || '.data') },
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  process.exitCode = reportFailure(error);
}
