import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './planted-tree.js';

/** What a package would do at its installation: leave a file behind. */
const trap = `require('node:fs').writeFileSync(require('node:path').join(__dirname, 'sprung'), '')`;

describe('packages', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-packages-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Installs a package from the disk whose install script leaves a file. Returns whether it did. */
  function springs(name: string, { guarded }: { guarded: boolean }): boolean {
    const [house, parcel] = [path.join(folder, name), path.join(folder, `${name}-parcel`)];
    for (const one of [house, parcel]) mkdirSync(one);
    const scripts = { postinstall: 'node trap.cjs' };
    writeFileSync(path.join(parcel, 'package.json'), JSON.stringify({ name: 'parcel', version: '1.0.0', scripts }));
    writeFileSync(path.join(parcel, 'trap.cjs'), trap);
    // An npm that asks first which package may is told that this one may.
    const allowScripts = { [`file:${parcel}`]: true, parcel: true };
    writeFileSync(path.join(house, 'package.json'), JSON.stringify({ name: 'house', private: true, allowScripts }));
    if (guarded) copyFileSync(path.join(root, '.npmrc'), path.join(house, '.npmrc'));
    const command = ['install', '--install-links', '--offline', '--no-audit', '--no-fund'];
    // The npm that runs the tests hands its own settings on as variables; this one would hide that of the folder.
    execFileSync('env', ['-u', 'npm_config_ignore_scripts', 'npm', ...command, `file:${parcel}`], {
      cwd: house,
      stdio: 'pipe',
    });
    expect(existsSync(path.join(house, 'node_modules/parcel/trap.cjs'))).toBe(true);
    return existsSync(path.join(house, 'node_modules/parcel/sprung'));
  }

  it('run nothing of their own when they are installed', () => {
    expect(springs('guarded', { guarded: true })).toBe(false);
  });

  it('would be seen to: without the setting the same package does', () => {
    expect(springs('open', { guarded: false })).toBe(true);
  });

  it('are not what our own scripts count on: none of ours is one that npm runs by itself', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const names = Object.keys(scripts);
    const byItself = (name: string) =>
      ['install', 'prepare', 'prepublish', 'preinstall', 'postinstall', 'prepack'].includes(name) ||
      names.some((other) => name === `pre${other}` || name === `post${other}`);
    expect(names.filter(byItself)).toEqual([]);
  });
});
