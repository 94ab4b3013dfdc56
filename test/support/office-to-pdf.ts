import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Null when LibreOffice or the PDF tools are not here: suites that look at pages say so and stand aside. */
export function findOffice(): string | null {
  try {
    execFileSync('pdftotext', ['-v'], { stdio: 'ignore' });
    return execFileSync('sh', ['-c', 'command -v soffice'], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

export interface Page {
  /** Points. */
  readonly width: number;
  readonly height: number;
  readonly words: readonly {
    readonly text: string;
    readonly left: number;
    readonly right: number;
    readonly top: number;
  }[];
}

export interface Pdf {
  readonly pages: readonly Page[];
  readonly fonts: readonly string[];
  readonly bytes: Buffer;
}

/** The pages LibreOffice makes of DOCX files, all in one start of it. */
export async function renderDocx(
  office: string,
  files: Readonly<Record<string, Buffer>>,
): Promise<Record<string, Pdf>> {
  const folder = mkdtempSync(join(tmpdir(), 'pages-'));
  try {
    const names = Object.keys(files);
    for (const name of names) writeFileSync(join(folder, `${name}.docx`), files[name]!);
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`;
    const sources = names.map((name) => join(folder, `${name}.docx`));
    await run(office, [profile, '--headless', '--convert-to', 'pdf', '--outdir', folder, ...sources], {
      timeout: 120_000,
    });
    const pages = await Promise.all(names.map((name) => readPdf(join(folder, `${name}.pdf`))));
    return Object.fromEntries(names.map((name, at) => [name, pages[at]!]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readPdf(path: string): Promise<Pdf> {
  const { stdout: boxes } = await run('pdftotext', ['-bbox', path, '-'], { maxBuffer: 20_000_000 });
  const { stdout: fonts } = await run('pdffonts', [path]);
  const pages = [...boxes.matchAll(/<page width="([\d.]+)" height="([\d.]+)">([\s\S]*?)<\/page>/g)].map((page) => ({
    width: Number(page[1]),
    height: Number(page[2]),
    words: [
      ...page[3]!.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="[\d.]+">([^<]*)<\/word>/g),
    ].map((word) => ({ left: Number(word[1]), top: Number(word[2]), right: Number(word[3]), text: word[4]! })),
  }));
  return { pages, fonts: fonts.split('\n').slice(2).filter(Boolean), bytes: readFileSync(path) };
}
