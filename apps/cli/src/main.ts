import 'reflect-metadata';
import { commands } from './commands/index.js';
import { openHouse } from './composition.js';
import { runCli } from './run-cli.js';

process.exitCode = await runCli(process.argv.slice(2), {
  commands,
  openHouse,
  output: {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
  },
});
