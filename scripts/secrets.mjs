// Keys for one installation. Run by itself it prints them as environment lines; `npm start` keeps its own in DATA_DIR/secrets.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Ed25519, PKCS8 DER in base64. */
export function newSigningKey() {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}

/** `name`: how encrypted values remember which key they need. */
export function newDataKey(name) {
  return `${name}:${randomBytes(32).toString('base64')}`;
}

/** The files the configuration reads; made once, readable by their owner only. What the environment brings is left alone. */
export function keptSecrets(dataDir, env) {
  const folder = path.join(dataDir, 'secrets');
  const kept = {};
  const keep = (name, file, make) => {
    if (env[name] || env[`${name}_FILE`]) return;
    const at = path.join(folder, file);
    if (!fs.existsSync(at)) {
      fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
      fs.writeFileSync(at, `${make()}\n`, { mode: 0o600, flag: 'wx' });
    }
    kept[`${name}_FILE`] = at;
  };
  keep('AUDIT_SIGNING_KEY', 'audit-signing-key', newSigningKey);
  keep('DATA_KEYS', 'data-keys', () => newDataKey('k1'));
  return kept;
}

if (process.argv[1] === import.meta.filename)
  console.log(`AUDIT_SIGNING_KEY=${newSigningKey()}\nDATA_KEYS=${newDataKey('k1')}`);
