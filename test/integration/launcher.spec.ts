import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import nodemailer from 'nodemailer';
import pg from 'pg';
import { freePort, isRunning, type LauncherProcess, startLauncher } from '#test/support/launcher-process.js';
import { until } from '#test/support/until.js';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-launcher-'));
// PostgreSQL may run as another user and must be able to enter.
fs.chmodSync(home, 0o755);

const started: LauncherProcess[] = [];

function launch(dataDir: string, env: Record<string, string> = {}): LauncherProcess {
  const launcher = startLauncher(dataDir, { servicesOnly: true, env: { PORT: String(port), ...env } });
  started.push(launcher);
  return launcher;
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const port = await freePort();

afterEach(async () => {
  for (const launcher of started.splice(0)) {
    if (launcher.process.exitCode === null && launcher.process.signalCode === null) launcher.process.kill('SIGTERM');
    await launcher.ended;
  }
});
afterAll(() => fs.rmSync(home, { recursive: true, force: true }));

describe('npm start', () => {
  const dataDir = path.join(home, 'data');

  it('keeps data, mails and addresses over a stop by Ctrl-C, and leaves no process', async () => {
    const first = launch(dataDir);
    const before = await first.running();
    expect(fs.statSync(path.join(dataDir, 'run.json')).mode & 0o777).toBe(0o600);
    await query(before.database, "create table kept (word text); insert into kept values ('Đoàn ra')");
    const transport = nodemailer.createTransport(before.smtp);
    await transport.sendMail({ from: 'a@x.example', to: 'b@x.example', subject: 'Nhắc nộp báo cáo', text: 'Đến hạn.' });
    transport.close();

    // Ctrl-C reaches the whole process group of the terminal.
    process.kill(-(first.process.pid ?? 0), 'SIGINT');
    expect(await first.ended).toEqual({ code: 0, signal: null });
    expect(Object.values(before.processes).filter(isRunning)).toEqual([]);
    expect(fs.existsSync(path.join(dataDir, 'run.json'))).toBe(false);
    expect(fs.existsSync(path.join(dataDir, 'pg/postmaster.pid'))).toBe(false);

    const second = launch(dataDir);
    const after = await second.running();
    expect(after.database).toBe(before.database);
    expect(after.mailbox).toBe(before.mailbox);
    expect(await query(after.database, 'select word from kept')).toEqual([{ word: 'Đoàn ra' }]);
    const mails = (await (await fetch(`${after.mailbox}/api/mails?to=b@x.example`)).json()) as { subject: string }[];
    expect(mails.map((mail) => mail.subject)).toEqual(['Nhắc nộp báo cáo']);
  });

  it('leaves no orphan when it is killed, and starts again with everything that was stored', async () => {
    const killed = launch(dataDir);
    const before = await killed.running();
    await query(before.database, "insert into kept values ('trước khi bị ngắt')");
    killed.process.kill('SIGKILL');
    await killed.ended;
    await until(() => !Object.values(before.processes).some(isRunning));
    expect(fs.existsSync(path.join(dataDir, 'run.json'))).toBe(true);

    const next = launch(dataDir);
    const after = await next.running();
    expect(await query(after.database, 'select count(*)::int as count from kept')).toEqual([{ count: 2 }]);
  });

  it('stops a PostgreSQL that outlived its launcher before it starts its own', async () => {
    const first = launch(dataDir);
    const { processes } = await first.running();
    // A launcher killed together with its guards.
    for (const guard of guardsOf(processes.postgres ?? 0)) process.kill(guard, 'SIGKILL');
    first.process.kill('SIGKILL');
    await first.ended;
    expect(isRunning(processes.postgres ?? 0)).toBe(true);
    const next = launch(dataDir);
    const after = await next.running();
    expect(isRunning(processes.postgres ?? 0)).toBe(false);
    expect(after.processes.postgres).not.toBe(processes.postgres);
  });

  it('ends with a sentence when PostgreSQL dies under it', async () => {
    const first = launch(dataDir);
    const { processes } = await first.running();
    process.kill(processes.postgres ?? 0, 'SIGQUIT');
    expect((await first.ended).code).toBe(1);
    expect(first.said()).toMatch(/PostgreSQL dừng đột ngột/);
  });

  it('refuses a second launcher on the same data', async () => {
    const first = launch(dataDir);
    const { processes } = await first.running();
    const second = launch(dataDir, { PORT: '1' });
    expect((await second.ended).code).toBe(1);
    expect(second.said()).toMatch(new RegExp(`đang chạy trên thư mục .* \\(tiến trình ${processes.launcher}\\)`));
    expect(isRunning(processes.postgres ?? 0)).toBe(true);
  });

  it('refuses a port in use, with the command that chooses another', async () => {
    const holder = net.createServer();
    await new Promise<void>((resolve) => holder.listen(port, '127.0.0.1', resolve));
    try {
      const refused = launch(path.join(home, 'other'));
      expect((await refused.ended).code).toBe(1);
      expect(refused.said()).toContain(`Cổng ${port} đang được chương trình khác dùng`);
      expect(refused.said()).toContain(`PORT=${port + 1} npm start`);
    } finally {
      await new Promise((resolve) => holder.close(resolve));
    }
  });

  it('refuses a data folder it cannot write', async () => {
    const file = path.join(home, 'a-file');
    fs.writeFileSync(file, '');
    // The second is a place in which nobody makes folders.
    for (const folder of [path.join(file, 'data'), '/proc/thong-hanh']) {
      const refused = launch(folder);
      expect((await refused.ended).code).toBe(1);
      expect(refused.said()).toMatch(/Không ghi được vào thư mục dữ liệu .*DATA_DIR=/);
    }
  });

  it('refuses the data of another PostgreSQL version and leaves it as it is', async () => {
    const foreign = path.join(home, 'foreign');
    fs.mkdirSync(path.join(foreign, 'pg'), { recursive: true });
    fs.writeFileSync(path.join(foreign, 'pg/PG_VERSION'), '15\n');
    fs.writeFileSync(path.join(foreign, 'database-password'), 'x\n');
    const refused = launch(foreign);
    expect((await refused.ended).code).toBe(1);
    expect(refused.said()).toMatch(/thuộc PostgreSQL 15, còn bản đang dùng là \d+/);
    expect(fs.readdirSync(path.join(foreign, 'pg'))).toEqual(['PG_VERSION']);
    expect(fs.existsSync(path.join(foreign, 'run.json'))).toBe(false);
  });
});

/** The watching shells of one server, see scripts/guard.mjs. */
function guardsOf(pid: number): number[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => {
      try {
        const words = fs.readFileSync(`/proc/${candidate}/cmdline`, 'utf8').split('\0');
        return words[0] === '/bin/sh' && words[3] === String(pid);
      } catch {
        return false;
      }
    });
}
