// npm test: everything that can run on this machine. Further arguments go to Jest, as a path or -t NAME.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildAll } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { findClamd } from './clamd.mjs';
import { findImapServer } from './imap-server.mjs';
import { ensureInstalled, root } from './install.mjs';
import { reportFailure } from './launch-error.mjs';

try {
  ensureInstalled();
  await buildAll({ say: (line) => console.log(`· ${line}`) });
  const { findRedis } = await import('./services.mjs');
  if (findRedis() === null && !process.env.REDIS_URL)
    console.log(
      '· Không chạy: các bài kiểm thử trên Redis, vì không có redis-server và REDIS_URL (Redis suites are not run: no redis-server, no REDIS_URL)',
    );
  if (findImapServer() === null)
    console.log(
      '· Không chạy: bài kiểm thử hộp thư IMAP, vì không có dovecot (IMAP suite is not run: no dovecot, Debian package dovecot-imapd)',
    );
  if (findClamd() === null)
    console.log(
      '· Không chạy: bài kiểm thử quét vi-rút thật, vì không có clamd (ClamAV suite is not run: no clamd, Debian package clamav-daemon)',
    );
  const chromium = findChromium();
  if (chromium === null)
    console.log(
      '· Không chạy: các bài kiểm thử trên trình duyệt, vì không có Chromium và CHROMIUM_PATH (Browser suites are not run: no Chromium, no CHROMIUM_PATH)',
    );
  process.exitCode = runJest({ args: process.argv.slice(2), chromium });
} catch (error) {
  process.exitCode = reportFailure(error);
}

/** Jest's own exit status is not enough: a file that does not even load counts no failed test. */
function runJest({ args, chromium }) {
  const report = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'thong-hanh-report-')), 'jest.json');
  const run = spawnSync(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      '--experimental-vm-modules',
      path.join(root, 'node_modules/jest/bin/jest.js'),
      '--json',
      `--outputFile=${report}`,
      ...args,
      ...(chromium === null ? ['--ignoreProjects', 'browser'] : []),
    ],
    // The JSON also goes to standard output; the report for people goes to standard error.
    {
      cwd: root,
      stdio: ['inherit', 'ignore', 'inherit'],
      env: { ...process.env, ...(chromium !== null && { CHROMIUM_PATH: chromium }) },
    },
  );
  const totals = readTotals(report);
  fs.rmSync(path.dirname(report), { recursive: true, force: true });
  for (const line of totals.lines) console.log(line);
  console.log(`${totals.passed} passed, ${totals.failed} failed`);
  return run.status === 0 && totals.failed === 0 ? 0 : 1;
}

function readTotals(report) {
  if (!fs.existsSync(report)) return { passed: 0, failed: 1, lines: ['✗ Jest không chạy được (Jest did not run)'] };
  const result = JSON.parse(fs.readFileSync(report, 'utf8'));
  const unloaded = result.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  const lines = [];
  if (result.numPendingTests + result.numTodoTests > 0)
    lines.push(
      `· Không chạy: ${result.numPendingTests + result.numTodoTests} bài, trong ${filesWithSkips(result).join(', ')} (not run)`,
    );
  return { passed: result.numPassedTests, failed: result.numFailedTests + unloaded.length, lines };
}

function filesWithSkips(result) {
  const skipped = (file) => file.assertionResults.some((test) => test.status !== 'passed' && test.status !== 'failed');
  return result.testResults.filter(skipped).map((file) => path.relative(root, file.name));
}
