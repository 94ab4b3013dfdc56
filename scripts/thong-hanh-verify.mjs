#!/usr/bin/env node
// thong-hanh-verify BUNDLE [--checkpoints FOLDER] [--key ID] [--json]
//
// Checks an exported case without the system that made it: no server, no database, no package, nothing but Node. It is one file on
// purpose, written apart from the code it checks, so that an inspector can read it whole and take it to another machine.
// The format is in docs/audit.md.
import { createHash, createPublicKey, verify } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const zeros = '0'.repeat(64);
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
const hex = (text) => Buffer.from(text, 'hex');

/** One text for one value: keys sorted, no white space. */
function canonical(value) {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item) ?? 'null').join(',')}]`;
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const text = canonical(value[key]);
      return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`];
    });
  return `{${members.join(',')}}`;
}

/** Name to { size, sha256 } of each entry; small entries keep their bytes. Throws BadBundle. */
function readTar(file) {
  const entries = new Map();
  const descriptor = fs.openSync(file, 'r');
  const read = (length) => {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const count = fs.readSync(descriptor, buffer, filled, length - filled, null);
      if (count === 0) throw new BadBundle(`the archive ends in the middle of an entry`);
      filled += count;
    }
    return buffer;
  };
  try {
    for (;;) {
      const header = read(512);
      if (header.every((byte) => byte === 0)) return entries;
      if (header.toString('latin1', 257, 262) !== 'ustar') throw new BadBundle('it is no tar archive');
      const name = header.toString('latin1', 0, 100).replace(/\0.*$/s, '');
      const size = Number.parseInt(header.toString('latin1', 124, 136), 8);
      if (entries.has(name) || !Number.isSafeInteger(size))
        throw new BadBundle(`the entry ${name} is doubled or has no size`);
      const hash = createHash('sha256');
      const kept = [];
      for (let left = size; left > 0; ) {
        const chunk = read(Math.min(left, 1 << 20));
        hash.update(chunk);
        if (!name.startsWith('documents/')) kept.push(chunk);
        left -= chunk.length;
      }
      if (size % 512 > 0) read(512 - (size % 512));
      entries.set(name, { size, sha256: hash.digest('hex'), bytes: Buffer.concat(kept) });
    }
  } finally {
    fs.closeSync(descriptor);
  }
}

class BadBundle extends Error {}

const bytesOf = (entries, name) => {
  const entry = entries.get(name);
  if (entry === undefined) throw new BadBundle(`${name} is missing`);
  return entry.bytes;
};
const linesOf = (entries, name) =>
  bytesOf(entries, name)
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const keyIdOf = (publicKey) => sha256(Buffer.from(publicKey, 'base64')).slice(0, 16);

function isSignedBy({ publicKey, keyId, text, signature }) {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return keyIdOf(publicKey) === keyId && verify(null, text, key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** Every entry is as the signed manifest says, and there is no other. */
function checkManifest(entries, say) {
  const bytes = bytesOf(entries, 'manifest.json');
  const manifest = JSON.parse(bytes.toString('utf8'));
  if (manifest.format !== 'thong-hanh-case-1') throw new BadBundle(`unknown format ${manifest.format}`);
  const signature = bytesOf(entries, 'manifest.sig').toString('utf8').trim();
  if (!isSignedBy({ ...manifest, text: bytes, signature }))
    say('manifest', 'the signature of the manifest does not match');
  const announced = new Map(manifest.entries.map((entry) => [entry.path, entry]));
  for (const [name, entry] of entries) {
    if (name === 'manifest.json' || name === 'manifest.sig') continue;
    const wanted = announced.get(name);
    if (wanted === undefined) say('file', `${name} is not in the manifest`);
    else if (wanted.sha256 !== entry.sha256 || wanted.size !== entry.size) say('file', `${name} was changed`);
  }
  for (const name of announced.keys()) if (!entries.has(name)) say('file', `${name} is gone`);
  return manifest;
}

const eventFields =
  'instanceId seq type payload principalId onBehalfOfId organisationVersionId requestId at privateDigest'.split(' ');
const recordFields =
  'id kind action at provinceId subjectId instanceId principalId onBehalfOfId requestId details'.split(' ');
const refusalFields = 'id instanceId eventType rules principalId requestId at'.split(' ');
const pick = (row, fields) => Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));

/** The chain from the first event to the head the manifest names. */
function checkEvents(events, manifest, say) {
  let previous = zeros;
  let seq = 0;
  for (const event of events) {
    if (event.seq !== seq + 1)
      say('sequence', `after event ${seq} comes event ${event.seq}: deleted, inserted or reordered`);
    if (event.instanceId !== manifest.instanceId) say('content', `event ${event.seq} belongs to another case`);
    if (event.prevHash !== previous) say('link', `event ${event.seq} does not follow the one before it`);
    if (sha256(hex(event.prevHash), canonical(pick(event, eventFields))) !== event.hash)
      say('content', `event ${event.seq} was edited`);
    if (!isPrivateWhole(event)) say('private', `the private part of event ${event.seq} was edited`);
    previous = event.hash;
    seq = event.seq;
  }
  if (seq !== manifest.head.seq || previous !== manifest.head.hash)
    say('tail', `the log ends at event ${seq}; at the export it ended at event ${manifest.head.seq}`);
}

/** Content and salt are both there and give the digest, or both were erased. */
function isPrivateWhole(event) {
  if (event.private === null && event.privateSalt === null) return true;
  if (event.private === null || event.privateSalt === null) return false;
  return sha256(hex(event.privateSalt), canonical(event.private)) === event.privateDigest;
}

function checkRows(rows, fields, kind, say) {
  for (const row of rows)
    if (sha256(canonical(pick(row, fields))) !== row.hash) say('content', `${kind} ${row.id} was edited`);
}

const leafHash = ({ kind, subjectId, seq, hash }) =>
  sha256(Buffer.from([0]), canonical({ kind, subjectId, seq, hash }));
const nodeHash = (left, right) => sha256(Buffer.from([1]), hex(left), hex(right));
const rootBy = (leaf, proof) =>
  proof.reduce(
    (node, { side, hash }) => (side === 'left' ? nodeHash(hash, node) : nodeHash(node, hash)),
    leafHash(leaf),
  );

function rootOf(leaves) {
  let level = leaves.map(leafHash);
  while (level.length > 1)
    level = level.flatMap((left, index) =>
      index % 2 === 1 ? [] : [level[index + 1] === undefined ? left : nodeHash(left, level[index + 1])],
    );
  return level[0];
}

function checkpointText({ number, at, leafCount, keyId, root, previousHash }) {
  return canonical({ format: 'thong-hanh-checkpoint-1', number, at, leafCount, keyId, root, previousHash });
}

function checkSignature(checkpoint, say) {
  if (!isSignedBy({ ...checkpoint, text: Buffer.from(checkpointText(checkpoint)) }))
    say('signature', `checkpoint ${checkpoint.number} was changed after it was signed`);
}

/** What a checkpoint sealed is still there, unchanged. */
function checkLeaf(leaf, { number, present, instanceId }, say) {
  const now = present.get(leaf.kind === 'chain' ? `chain ${leaf.seq}` : leaf.subjectId);
  if (leaf.kind === 'chain' && leaf.subjectId !== instanceId) return;
  if (now === undefined) say('tail', `checkpoint ${number} sealed ${nameOf(leaf)}, which is gone`);
  else if (now !== leaf.hash) say('sealed', `${nameOf(leaf)} is not what checkpoint ${number} sealed`);
}

const nameOf = ({ kind, seq, subjectId }) => (kind === 'chain' ? `event ${seq}` : `${kind} ${subjectId}`);

function checkCheckpoints(checkpoints, seen, say) {
  for (const checkpoint of checkpoints) {
    checkSignature(checkpoint, say);
    for (const leaf of checkpoint.leaves) {
      if (rootBy(leaf, leaf.proof) !== checkpoint.root)
        say('proof', `checkpoint ${checkpoint.number} does not cover ${nameOf(leaf)} as the bundle says`);
      checkLeaf(leaf, { ...seen, number: checkpoint.number }, say);
    }
  }
}

/** The whole series as it was copied outside: complete, in order, signed; and it says of this case what the bundle says. */
function checkFolder(folder, checkpoints, seen, say) {
  const names = fs
    .readdirSync(folder)
    .filter((name) => /^checkpoint-\d{8}\.json$/.test(name))
    .sort();
  const inBundle = new Map(checkpoints.map((checkpoint) => [checkpoint.number, checkpoint]));
  const keyIds = new Set();
  let previous = zeros;
  let expected = 1;
  for (const name of names) {
    const { checkpoint, leaves } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
    const { number } = checkpoint;
    if (number !== expected) say('missing', `checkpoint ${expected} is not in the folder`);
    if (checkpoint.previousHash !== previous) say('link', `checkpoint ${number} does not follow the one before it`);
    checkSignature(checkpoint, say);
    if (leaves.length !== checkpoint.leafCount || rootOf(leaves) !== checkpoint.root)
      say('root', `the leaves of checkpoint ${number} are not what was signed`);
    const given = inBundle.get(number);
    if (given !== undefined && checkpointText(given) !== checkpointText(checkpoint))
      say('copy', `the bundle and the folder differ in checkpoint ${number}`);
    const isOurs = (leaf) => leaf.subjectId === seen.instanceId || seen.present.has(leaf.subjectId);
    for (const leaf of leaves.filter(isOurs)) checkLeaf(leaf, { ...seen, number }, say);
    keyIds.add(checkpoint.keyId);
    previous = sha256(checkpointText(checkpoint));
    expected = number + 1;
  }
  return { count: names.length, keyIds: [...keyIds] };
}

function verifyBundle(file, { folder, key }) {
  const faults = [];
  const say = (kind, text) => faults.push({ kind, text });
  const entries = readTar(file);
  const manifest = checkManifest(entries, say);
  const [events, refusals, records, checkpoints] = ['events', 'refusals', 'records', 'checkpoints'].map((name) =>
    linesOf(entries, `${name}.jsonl`),
  );
  checkEvents(events, manifest, say);
  checkRows(refusals, refusalFields, 'refusal', say);
  checkRows(records, recordFields, 'record', say);
  const present = new Map([
    ...events.map((event) => [`chain ${event.seq}`, event.hash]),
    ...[...refusals, ...records].map((row) => [row.id, row.hash]),
  ]);
  const seen = { present, instanceId: manifest.instanceId };
  checkCheckpoints(checkpoints, seen, say);
  const outside = folder === undefined ? null : checkFolder(folder, checkpoints, seen, say);
  const keyIds = [...new Set([manifest.keyId, ...checkpoints.map((each) => each.keyId), ...(outside?.keyIds ?? [])])];
  if (key !== undefined)
    for (const keyId of keyIds) if (keyId !== key) say('key', `something is signed by ${keyId}, not by ${key}`);
  const sealed = Math.max(0, ...checkpoints.flatMap(({ leaves }) => leaves.map((leaf) => leaf.seq)));
  const { caseCode, exportedAt } = manifest;
  const counts = { events: events.length, sealed, refusals: refusals.length, records: records.length };
  return {
    ok: faults.length === 0,
    caseCode,
    exportedAt,
    ...counts,
    checkpoints: checkpoints.length,
    outside,
    keyIds,
    faults,
  };
}

function describe(report) {
  const { caseCode, events, sealed, refusals, records, checkpoints, outside, keyIds, faults, exportedAt } = report;
  const lines = [
    faults.length === 0
      ? `✓ Hồ sơ ${caseCode} nguyên vẹn (whole), xuất lúc ${exportedAt}.`
      : `✗ Hồ sơ ${caseCode} KHÔNG nguyên vẹn: ${faults.length} chỗ (not whole).`,
    `  ${events} sự kiện, trong đó ${sealed} đã được đóng dấu điểm kiểm; ${refusals} lần từ chối; ${records} bản ghi truy cập.`,
    `  ${checkpoints} điểm kiểm trong gói${outside === null ? '' : `, ${outside.count} trong thư mục ngoài`}.`,
    `  Khóa ký (signing key): ${keyIds.join(', ')}. So với mã khóa đã ghi lại khi cài đặt, hoặc dùng --key.`,
    ...faults.map(({ kind, text }) => `  ✗ ${kind}: ${text}`),
  ];
  return lines.join('\n');
}

function readCall(args) {
  const options = { checkpoints: { type: 'string' }, key: { type: 'string' }, json: { type: 'boolean' } };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const { checkpoints: folder, key, json } = values;
    return positionals.length === 1 ? { file: positionals[0], folder, key, json } : null;
  } catch {
    return null;
  }
}

const call = readCall(process.argv.slice(2));
if (call === null) {
  console.error('thong-hanh-verify BUNDLE [--checkpoints FOLDER] [--key ID] [--json]');
  console.error(
    'Mã thoát: 0 nguyên vẹn, 1 có chỗ không khớp, 2 không đọc được. (status: 0 whole, 1 not, 2 unreadable)',
  );
  process.exitCode = 2;
} else {
  try {
    const report = verifyBundle(call.file, call);
    console.log(call.json ? JSON.stringify(report) : describe(report));
    process.exitCode = report.ok ? 0 : 1;
  } catch (error) {
    // A bundle that cannot even be read proves nothing.
    console.error(`✗ Không đọc được gói (the bundle cannot be read): ${error.message}`);
    process.exitCode = 2;
  }
}
