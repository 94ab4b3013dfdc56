// libs/policy/profiles: the shipped rule profiles as files with their JSON schema, and docs/rule-profiles.md, which lists every number
// with where it comes from. Writes them; with --check it fails when the committed ones say something else.
import fs from 'node:fs';
import path from 'node:path';
import { buildServer } from './build.mjs';
import { root } from './install.mjs';
import { LaunchError, reportFailure } from './launch-error.mjs';
import { profileFiles } from './profile-files.mjs';

try {
  await buildServer();
  const { ruleProfileJsonSchema } = await import('#contracts/rule-profile-schema.js');
  const { deadlineTexts } = await import('#contracts/deadline-names.js');
  const { stepDocumentTexts } = await import('#contracts/rule-profile-kinds.js');
  const policy = await import('#libs/policy');
  for (const [file, text] of Object.entries(
    profileFiles({ ...policy, deadlineTexts, stepDocumentTexts, ruleProfileJsonSchema }),
  )) {
    if (process.argv.includes('--check')) check(file, text);
    else fs.writeFileSync(path.join(root, file), text);
  }
} catch (error) {
  process.exitCode = reportFailure(error);
}

function check(file, wanted) {
  if (fs.readFileSync(path.join(root, file), 'utf8') === wanted) return;
  throw new LaunchError(
    `${file} is not what libs/policy says.`,
    'Run node scripts/profiles.mjs and commit the result.',
  );
}
