import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import nodemailer from 'nodemailer';
import { freePort } from '#test/support/launcher-process.js';

interface Mail {
  id: string;
  subject: string;
  text: string;
  envelope: { from: string; to: string[] };
  messageId: string;
}

const root = path.resolve(import.meta.dirname, '../..');
let dir: string;
let box: { child: ChildProcess; web: string; smtp: string };

async function openBox(): Promise<typeof box> {
  const [smtpPort, webPort] = [await freePort(), await freePort()];
  const child = spawn(
    process.execPath,
    ['scripts/mailbox.mjs', '--smtp-port', String(smtpPort), '--web-port', String(webPort), '--dir', dir],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return { child, web: `http://127.0.0.1:${webPort}`, smtp: `smtp://127.0.0.1:${smtpPort}` };
}

async function closeBox(): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => {
    box.child.once('exit', resolve);
  });
  box.child.kill('SIGTERM');
  return ended;
}

async function send(mail: { to: string | string[]; subject: string; html?: string; text?: string }): Promise<void> {
  const transport = nodemailer.createTransport(box.smtp);
  await transport.sendMail({ from: 'thong-hanh@tinh.example', text: 'Nội dung', ...mail });
  transport.close();
}

const mails = async (to = ''): Promise<Mail[]> =>
  (await (await fetch(`${box.web}/api/mails?to=${encodeURIComponent(to)}`)).json()) as Mail[];

beforeEach(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-mailbox-'));
  box = await openBox();
});
afterEach(async () => {
  await closeBox();
  fs.rmSync(dir, { recursive: true, force: true });
});

describe('the mailbox', () => {
  it('keeps Vietnamese mails, newest first, each with who really got it', async () => {
    await send({ to: ['lan@x.example', 'binh@x.example'], subject: 'Hồ sơ DR-2023-0007: đến hạn thẩm định' });
    await send({ to: 'lan@x.example', subject: 'Quá hạn' });
    expect((await mails()).map((mail) => mail.subject)).toEqual(['Quá hạn', 'Hồ sơ DR-2023-0007: đến hạn thẩm định']);
    expect((await mails('BINH@x.example')).map((mail) => mail.envelope)).toEqual([
      { from: 'thong-hanh@tinh.example', to: ['lan@x.example', 'binh@x.example'] },
    ]);
  });

  it('has them again after a restart', async () => {
    await send({ to: 'lan@x.example', subject: 'Trước khi tắt' });
    const before = await mails();
    expect(await closeBox()).toBe(0);
    box = await openBox();
    expect(await mails()).toEqual(before);
  });

  it('removes the mails of one person and their files, and no others', async () => {
    await send({ to: 'lan@x.example', subject: 'Một' });
    await send({ to: 'binh@x.example', subject: 'Hai' });
    await fetch(`${box.web}/api/mails?to=lan@x.example`, { method: 'DELETE' });
    expect((await mails()).map((mail) => mail.subject)).toEqual(['Hai']);
    expect(fs.readdirSync(dir)).toHaveLength(1);
  });

  it('shows a mail without script, network or origin', async () => {
    await send({ to: 'lan@x.example', subject: 'x', html: '<p>Kính gửi</p><script>parent.location = "/"</script>' });
    const [mail] = await mails();
    const page = await fetch(`${box.web}/mails/${mail?.id}/html`);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/sandbox(?!.*allow-(scripts|same-origin|forms))/);
    expect(await page.text()).toContain('Kính gửi');
  });

  it('lets no other site clear it', async () => {
    await send({ to: 'lan@x.example', subject: 'Giữ lại' });
    const answer = await fetch(`${box.web}/api/mails`, {
      method: 'DELETE',
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(answer.status).toBe(403);
    expect(await mails()).toHaveLength(1);
  });
});
