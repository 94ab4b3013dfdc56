// docs/statechart.svg and docs/workflow.md from the machine. Writes them; with --check it fails when the committed ones tell
// something else.
import fs from 'node:fs';
import path from 'node:path';
import { buildServer } from './build.mjs';
import { root } from './install.mjs';
import { LaunchError, reportFailure } from './launch-error.mjs';
import { drawStatechart } from './statechart-svg.mjs';
import { describeWorkflow } from './statechart-tables.mjs';

try {
  await buildServer();
  const workflow = await import('#workflows/outbound-delegation/outline.js');
  const { taskNames } = await import('#workflows/outbound-delegation/names.js');
  const { deadlineTexts } = await import('#contracts/deadline-names.js');
  const wanted = {
    'docs/statechart.svg': drawStatechart(workflow.outline()),
    'docs/workflow.md': describeWorkflow({ ...workflow, taskNames, deadlineTexts }),
  };
  for (const [file, text] of Object.entries(wanted)) {
    if (process.argv.includes('--check')) check(file, text);
    else fs.writeFileSync(path.join(root, file), text);
  }
} catch (error) {
  process.exitCode = reportFailure(error);
}

function check(file, wanted) {
  if (fs.readFileSync(path.join(root, file), 'utf8') === wanted) return;
  throw new LaunchError(
    `${file} is not what the machine says.`,
    'Run node scripts/statechart.mjs and commit the result.',
  );
}
