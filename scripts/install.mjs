// Node built-ins only: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { LaunchError } from './launch-error.mjs';

export const root = path.resolve(import.meta.dirname, '..');

/** Installs what the lock file asks for, unless it is there already. Returns true when npm had to run. */
export function ensureInstalled() {
  if (isInstalled()) return false;
  process.stdout.write('Đang cài các gói cần dùng, lần đầu mất khoảng một phút… (installing packages)\n');
  // Not `npm ci`: with packages built per platform it refuses a lock written on another platform.
  const command = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const run =
    npm?.endsWith('.js') && fs.existsSync(npm)
      ? spawnSync(process.execPath, [npm, ...command], { cwd: root, stdio: ['ignore', 2, 2] })
      : spawnSync('npm', command, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (run.status !== 0)
    throw new LaunchError(
      'npm không cài được các gói. Xem lỗi của npm ở trên; thường là mất mạng, hết chỗ trống hoặc không ghi được vào node_modules.',
      'npm could not install the packages. See its message above; mostly it is the network, a full disk or an unwritable node_modules.',
      { cause: run.error },
    );
  return true;
}

/**
 * npm leaves a lock of what it installed in node_modules. Comparing the two also recognises an installation made by
 * hand, which a stamp of our own would not. Optional packages are per platform and may be absent.
 */
function isInstalled() {
  try {
    const wanted = readLock('package-lock.json');
    const present = readLock('node_modules/.package-lock.json');
    return Object.entries(wanted).every(
      ([place, entry]) => place === '' || entry.optional || present[place]?.version === entry.version,
    );
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

function readLock(file) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages;
}
