import { spawn } from 'node:child_process';

// Waits for its standard input to end. The only writer is the process that made the guard, and the system closes it
// whatever ended that process, SIGKILL included. `released` means the server was stopped in order.
const script = 'trap "" HUP INT TERM; word=; IFS= read -r word; [ "$word" = released ] || kill -s "$1" "$0"';

/** Makes sure that process `pid` gets `signal` (as `INT`) when this process dies without releasing the guard. */
export function guardProcess(pid, signal) {
  if (process.platform === 'win32' || pid === undefined) return { release: () => undefined };
  const guard = spawn('/bin/sh', ['-c', script, String(pid), signal], {
    detached: true,
    cwd: '/',
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  guard.stdin.unref();
  // A guard that is gone already has nothing left to release.
  guard.stdin.on('error', () => undefined);
  return { release: () => guard.stdin.end('released\n') };
}
