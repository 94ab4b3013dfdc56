import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { instantAt } from '#libs/calendar';
import { RunningSystem } from '#test/e2e/journey/running-system.js';
import { freePort, type LauncherProcess, startLauncher } from '#test/support/launcher-process.js';

export interface OwnSystem {
  readonly url: string;
  readonly password: string;
  /** Address of its database, for what no request can bring about. */
  readonly database: string;
  /** The same system over HTTP, for what a test only prepares. */
  readonly system: RunningSystem;
  stop(): Promise<void>;
}

/** The whole product on a folder of its own, with the clock standing where the test puts it, or running as in a trial. */
export async function startOwnSystem(
  opened: { readonly day: string; readonly time: string } | 'trial',
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnSystem> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-browser-'));
  // The database server may run as a user of its own, who must be able to enter.
  fs.chmodSync(dataDir, 0o755);
  const launcher: LauncherProcess = startLauncher(dataDir, {
    servicesOnly: false,
    env: {
      NODE_ENV: 'test',
      PORT: String(await freePort()),
      CLOCK: opened === 'trial' ? 'trial' : 'manual',
      LOG_LEVEL: 'warn',
      ...settings,
    },
  });
  const stop = async () => {
    if (launcher.process.exitCode === null) launcher.process.kill('SIGTERM');
    await launcher.ended;
    fs.rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    let run = await launcher.running();
    while (run.api === null) {
      await pause(50);
      run = await launcher.running();
    }
    const password = run.demoAccounts.find((account) => account.password)?.password ?? '';
    const system = new RunningSystem({ api: run.api, mailbox: run.mailbox, password });
    if (opened !== 'trial') await system.setClock(instantAt(opened.day, opened.time));
    return { url: run.api.replace(/\/api\/v1$/, ''), password, database: run.database, system, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
