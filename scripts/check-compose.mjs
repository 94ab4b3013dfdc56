// A part of npm run check: docker-compose.yml against Compose's rules and against the configuration it feeds.
import fs from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { composeProblems, interpolated } from './compose-rules.mjs';
import { root } from './install.mjs';
import { newDataKey, newSigningKey } from './secrets.mjs';

const { environmentNames: plainNames, loadConfig, secretNames } = await import('#libs/config');
const environmentNames = [...plainNames, ...secretNames.map((name) => `${name}_FILE`)];
const document = parse(fs.readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true });
const given = {
  POSTGRES_PASSWORD: 'sample-of-a-password',
  AUDIT_SIGNING_KEY: newSigningKey(),
  DATA_KEYS: newDataKey('k1'),
};
const problems = composeProblems(document, { folder: root, ourImage: 'thong-hanh', environmentNames });
for (const [name, service] of Object.entries(document.services)) {
  if (service.image !== 'thong-hanh' || service.environment === undefined) continue;
  try {
    loadConfig(interpolated(service.environment, given));
  } catch (error) {
    problems.push(`${name}: ${error.message}`);
  }
}
for (const problem of problems) console.error(`✗ ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
