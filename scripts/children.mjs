import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { root } from './install.mjs';
import { LaunchError } from './launch-error.mjs';
import { openLog } from './services.mjs';

const watchParent = pathToFileURL(path.join(import.meta.dirname, 'watch-parent.mjs')).href;
const restartsAllowed = 4;
const steadyAfterMs = 60_000;

/**
 * Runs one of our programs, its output in a log file, and starts it again when it dies: after 1, 2, 4 and 8 seconds,
 * then `onGiveUp` gets the sentence to end with. A minute without a crash forgives the earlier ones. `youngHeapMb`: V8 takes
 * 16 by default, three times over, which an idle program never needs.
 */
export function superviseProgram({ name, program, youngHeapMb, env, dataDir, say, onRestart, onGiveUp }) {
  const state = { child: undefined, stopping: false, crashes: 0, startedAt: 0 };
  const launch = () => {
    const log = openLog(dataDir, name);
    state.startedAt = performance.now();
    state.child = spawn(
      process.execPath,
      [
        `--max-semi-space-size=${youngHeapMb}`,
        '--enable-source-maps',
        '--import',
        watchParent,
        path.join(root, program),
      ],
      {
        cwd: root,
        // The C library keeps a pool of memory for each thread otherwise: 20 MB more in an idle api.
        env: { MALLOC_ARENA_MAX: '2', ...env },
        // A process group of its own: on Ctrl-C the launcher decides the order of stopping.
        detached: true,
        stdio: ['ignore', log.fd, log.fd, 'ipc'],
      },
    );
    fs.closeSync(log.fd);
    state.child.once('exit', (code, signal) => whenGone({ code, signal, log: log.file }));
  };
  const whenGone = async ({ code, signal, log }) => {
    if (state.stopping) return;
    if (performance.now() - state.startedAt > steadyAfterMs) state.crashes = 0;
    state.crashes += 1;
    const reason = signal ?? `mã thoát ${code}`;
    if (state.crashes > restartsAllowed) return onGiveUp(gaveUp({ name, reason, log }));
    const seconds = 2 ** (state.crashes - 1);
    say(`⚠ ${name} đã dừng (${reason}); khởi động lại sau ${seconds} giây. Nhật ký: ${log} (restarting)`);
    await pause(seconds * 1000, undefined, { ref: false });
    if (state.stopping) return;
    launch();
    onRestart();
  };
  launch();
  return {
    pid: () => state.child.pid,
    isRunning: () => state.child.exitCode === null && state.child.signalCode === null,
    stop: () => {
      state.stopping = true;
      return stopChild(state.child);
    },
  };
}

async function stopChild(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const stopped = await Promise.race([exit.then(() => true), pause(10_000, false, { ref: false })]);
  if (!stopped) {
    child.kill('SIGKILL');
    await exit;
  }
}

function gaveUp({ name, reason, log }) {
  const tail = fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  return new LaunchError(
    `${name} dừng liên tiếp ${restartsAllowed + 1} lần (${reason}) nên hệ thống dừng hẳn. Những dòng cuối của ${log}:\n${tail}`,
    `${name} stopped ${restartsAllowed + 1} times in a row, so everything was stopped. The last lines of its log are above.`,
  );
}
