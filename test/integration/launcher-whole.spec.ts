import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  freePort,
  isRunning,
  type LauncherProcess,
  type RunFile,
  runOperatorCommand,
  startLauncher,
} from '#test/support/launcher-process.js';
import { until } from '#test/support/until.js';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-whole-'));
fs.chmodSync(home, 0o755);
const plans = path.resolve(import.meta.dirname, '../../libs/plan/plans');

describe('npm start, the whole of it', () => {
  let launcher: LauncherProcess;
  let run: RunFile;

  beforeAll(async () => {
    launcher = startLauncher(home, { servicesOnly: false, env: { PORT: String(await freePort()) } });
    run = await launcher.running();
  }, 180_000);

  afterAll(async () => {
    if (launcher.process.exitCode === null && launcher.process.signalCode === null) launcher.process.kill('SIGTERM');
    await launcher.ended;
    fs.rmSync(home, { recursive: true, force: true });
  });

  const signIn = (email: string, password: string | null): Promise<Response> =>
    fetch(`${run.api}/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });

  it('lets each demo account in with the password it printed', async () => {
    const [account] = run.demoAccounts;
    // run.json is there a moment before the announcement is printed.
    await until(() => launcher.said().includes(account?.password ?? 'no password'));
    expect((await signIn(account?.email ?? '', account?.password ?? '')).ok).toBe(true);
    expect((await signIn(account?.email ?? '', 'wrong password')).status).toBe(401);
  });

  it('has the plan of 2023, which the operator cannot import twice', async () => {
    const again = await runOperatorCommand(home, [
      'plan',
      'import',
      path.join(plans, 'tuyen-quang-2023-doan-ra.docx'),
      '--json',
    ]);
    expect(again).toMatchObject({ status: 0, err: '' });
    expect(JSON.parse(again.out)).toMatchObject({ added: 0, alreadyThere: 7 });
  });

  it('gives the operator a status to trust', async () => {
    const broken = path.join(home, 'broken.csv');
    fs.writeFileSync(broken, 'TT;Tên đoàn\n"1;Đoàn\n');
    expect(await runOperatorCommand(home, ['plan', 'preview', broken])).toMatchObject({ status: 1, out: '' });
    expect((await runOperatorCommand(home, ['plan', 'preview'])).status).toBe(2);
    const missing = await runOperatorCommand(home, ['instance', 'show', 'DR-0000-0000', '--json']);
    expect(missing.status).toBe(1);
    expect(JSON.parse(missing.out)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    const audit = await runOperatorCommand(home, ['audit', 'verify', '--json']);
    expect(audit.status).toBe(0);
    expect(JSON.parse(audit.out)).toMatchObject({ chains: { faults: [] }, checkpoints: { faults: [] } });
  });

  it('adds a person who sets their own password by a mail, or by a link to hand over', async () => {
    const added = await runOperatorCommand(home, [
      ...['person', 'create', '--name', 'Nguyễn Thị Mẫu', '--email', 'mau@tuyenquang.example'],
      ...['--organisation', 'STC', '--role', 'reviewer', '--print-link', '--json'],
    ]);
    expect(added).toMatchObject({ status: 0, err: '' });
    const { email, url } = JSON.parse(added.out) as { email: string; url: string };
    const password = 'một câu của riêng tôi đặt';
    const set = await fetch(new URL('/api/v1/account-link', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token: new URL(url).hash.slice(1), newPassword: password }),
    });
    expect(set.status).toBe(204);
    expect((await signIn(email, password)).ok).toBe(true);
    const mailed = await runOperatorCommand(home, [
      ...['person', 'create', '--name', 'Trần Văn Mẫu', '--email', 'mau2@tuyenquang.example'],
      ...['--organisation', 'STC', '--json'],
    ]);
    expect(JSON.parse(mailed.out)).toMatchObject({ invited: 'mail' });
    expect(mailed.out).not.toContain('#');
  });

  it('starts a worker again that died, and says so', async () => {
    const before = run.processes.worker ?? 0;
    process.kill(before, 'SIGKILL');
    await until(() => /worker đã dừng \(SIGKILL\)/.test(launcher.said()));
    await until(async () => {
      const { processes } = await launcher.running();
      return processes.worker !== before && isRunning(processes.worker ?? 0);
    });
  });

  it('leaves neither api nor worker behind when it is killed', async () => {
    const { processes } = await launcher.running();
    launcher.process.kill('SIGKILL');
    await launcher.ended;
    await until(() => !Object.values(processes).some(isRunning));
    const after = await runOperatorCommand(home, ['audit', 'verify']);
    expect(after.status).toBe(1);
    expect(after.err).toMatch(/Hệ thống không chạy/);
  });
});
