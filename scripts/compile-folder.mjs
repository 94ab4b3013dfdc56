import fs from 'node:fs';
import path from 'node:path';
import { transformFileSync } from '@swc/core';
import { root } from './install.mjs';

/** Compiles the TypeScript of a folder outside the product (benchmarks, test support) into dist. Specs are left to Jest. */
export async function compileFolder(folder) {
  for (const entry of fs.readdirSync(path.join(root, folder), { recursive: true })) {
    if (!entry.endsWith('.ts') || entry.endsWith('.spec.ts')) continue;
    const output = path.join(root, 'dist', folder, entry.replace(/\.ts$/, '.js'));
    fs.mkdirSync(path.dirname(output), { recursive: true });
    fs.writeFileSync(output, transformFileSync(path.join(root, folder, entry), { cwd: root }).code);
  }
}
