import fs from 'node:fs';
import path from 'node:path';
import { folderFailure, LaunchError } from './launch-error.mjs';
import { commandOf, isAlive } from './services.mjs';

/**
 * Takes the data folder for this process: made when missing, locked against a second launcher.
 * `release` also removes run.json. Throws LaunchError.
 */
export function takeDataFolder(folder) {
  const lockFile = path.join(folder, 'launcher.lock');
  try {
    makeFolder(path.resolve(folder));
    claim(lockFile, folder);
  } catch (error) {
    throw folderFailure(folder, error);
  }
  const runFile = path.join(folder, 'run.json');
  // Left by a launcher that was killed: what it says is no longer true.
  fs.rmSync(runFile, { force: true });
  return {
    publish: (running) => writeWhole(runFile, `${JSON.stringify(running, undefined, 2)}\n`),
    release: () => {
      fs.rmSync(runFile, { force: true });
      fs.rmSync(lockFile, { force: true });
    },
  };
}

/** Like `recursive: true`, which never ends where the system itself makes no folders (`/proc/x` on Linux). */
function makeFolder(folder) {
  if (fs.existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    // Another launcher was quicker; which of them may go on is the lock's matter.
    if (error.code !== 'EEXIST') throw error;
  }
}

function claim(lockFile, folder) {
  for (;;) {
    try {
      fs.writeFileSync(lockFile, `${process.pid}\n`, { flag: 'wx', mode: 0o644 });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const holder = Number.parseInt(fs.readFileSync(lockFile, 'utf8'), 10);
    // After a crash the number may belong to another program by now.
    if (holder !== process.pid && isAlive(holder) && commandOf(holder).includes('node'))
      throw new LaunchError(
        `Thông Hành đang chạy trên thư mục ${folder} (tiến trình ${holder}). Mở lại trang đang chạy, hoặc dừng nó bằng Ctrl-C rồi chạy lại. Muốn chạy thêm một bản: DATA_DIR=/duong/dan/khac PORT=3001 npm start`,
        `Thông Hành is already running on ${folder} (process ${holder}). Use that one, or stop it with Ctrl-C first. For a second one: DATA_DIR=/another/path PORT=3001 npm start`,
      );
    fs.rmSync(lockFile, { force: true });
  }
}

/** Readers never see half a file, and nobody else sees it at all: it holds the address of the database. */
function writeWhole(file, text) {
  const draft = `${file}.${process.pid}`;
  fs.writeFileSync(draft, text, { mode: 0o600 });
  fs.renameSync(draft, file);
}
