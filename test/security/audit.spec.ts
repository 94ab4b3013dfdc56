import { type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { exportCase } from '#libs/delegation';
import { createUnitOfWork, type UnitOfWork } from '#libs/persistence';
import {
  type CheckpointReport,
  canonicalJson,
  copyCheckpoints,
  createSigner,
  eventHash,
  recordAudit,
  sealCheckpoint,
  verifyCheckpoints,
} from '#libs/runtime';
import { createDiskStore } from '#libs/storage';
import { DelegationHouse, document } from '../integration/delegation-house.js';
import {
  type Bundle,
  newKey,
  readBundle,
  refitManifest,
  rowsOf,
  setRows,
  verifyBundle,
  writeBundle,
} from './audit-house.js';

const privateKey: KeyObject = newKey();
const signer = createSigner(privateKey);

describe('the audit', () => {
  let house: DelegationHouse;
  let unitOfWork: UnitOfWork;
  let folder: string;
  let outside: string;
  let caseId: string;

  const seal = async () => {
    const sealed = await unitOfWork.run((tx) => sealCheckpoint(tx, { at: house.clock.now(), signer }));
    await unitOfWork.run((tx) => copyCheckpoints(tx, outside));
    return sealed;
  };
  const check = (given: Parameters<typeof verifyCheckpoints>[1] = {}): Promise<CheckpointReport> =>
    unitOfWork.run((tx) => verifyCheckpoints(tx, { directory: outside, ...given }));

  beforeAll(async () => {
    house = await DelegationHouse.open();
    unitOfWork = createUnitOfWork(house.api.database.dataSource);
    folder = mkdtempSync(path.join(tmpdir(), 'thong-hanh-audit-'));
    outside = path.join(folder, 'outside');
    // Two rounds, a refusal and a record: each kind of thing a checkpoint covers.
    caseId = await house.openWithDossier();
    await house.must('chuyenvien.skhdt', caseId, { type: 'SUBMIT' });
    await seal();
    await house.must('giamdoc.skhdt', caseId, { type: 'SIGN_SUBMIT', document });
    await house.must('thamdinh.sngv', caseId, { type: 'RECEIVE' });
    await house.fire('thamdinh.sngv', caseId, { type: 'FORWARD' });
    await unitOfWork.run((tx) =>
      recordAudit(tx, { kind: 'personalData', action: 'identity.shown', at: house.clock.now(), instanceId: caseId }),
    );
    await house.open();
    await seal();
  });
  afterAll(async () => {
    await house.close();
    rmSync(folder, { recursive: true });
  });

  describe('in the database', () => {
    it('seals every chain, record and refusal once, and has nothing to say about nothing', async () => {
      expect(await seal()).toEqual({ number: null, leaves: 0, more: false });
      const report = await check();
      expect(report).toMatchObject({ checkpoints: 2, copies: 2, keyIds: [signer.keyId], faults: [] });
      const kinds = await house.query(
        'select checkpoint_number as number, kind, count(*)::int from audit_checkpoint_leaves group by 1, 2 order by 1, 2',
      );
      expect(kinds).toEqual([
        { number: 1, kind: 'chain', count: 1 },
        { number: 2, kind: 'chain', count: 2 },
        { number: 2, kind: 'record', count: 1 },
        { number: 2, kind: 'refusal', count: 1 },
      ]);
    });

    it('is sealed by one worker when two try at once', async () => {
      const before = (await check()).checkpoints;
      await unitOfWork.run((tx) =>
        recordAudit(tx, { kind: 'administration', action: 'person.created', at: house.clock.now() }),
      );
      const rounds = await Promise.all([seal(), seal()]);
      expect(rounds.map((round) => round.leaves).sort()).toEqual([0, 1]);
      expect(await check()).toMatchObject({ checkpoints: before + 1, faults: [] });
    });

    it('accepts only the keys it is told, and sees a copy that differs', async () => {
      const foreign = await check({ keyIds: ['0123456789abcdef'] });
      expect(new Set(foreign.faults.map((fault) => fault.kind))).toEqual(new Set(['key']));
      const other = path.join(folder, 'other');
      await unitOfWork.run((tx) => copyCheckpoints(tx, other));
      const [first = ''] = readdirSync(other).sort();
      writeFileSync(path.join(other, first), '{}');
      expect((await check({ directory: other })).faults).toEqual([{ number: 1, kind: 'copy', subjectId: null }]);
    });

    it.each([
      ['audit_records', `update audit_records set action = 'nothing'`],
      ['audit_records', 'delete from audit_records'],
      ['audit_checkpoints', `update audit_checkpoints set key_id = 'x'`],
      ['audit_checkpoint_leaves', 'delete from audit_checkpoint_leaves'],
      ['audit_checkpoints', 'truncate audit_checkpoints cascade'],
    ])('refuses a change of %s: %s', async (_, sql) => {
      await expect(house.query(sql)).rejects.toThrow('append-only');
    });

    /** What a superuser with the triggers off can do; undone afterwards. */
    const forge = async (change: (run: (sql: string) => Promise<unknown>) => Promise<unknown>): Promise<string[]> => {
      let kinds: string[] = [];
      const undo = new Error('undo');
      await unitOfWork
        .run(async (tx) => {
          await tx.query(`set local session_replication_role = 'replica'`);
          await change((sql) => tx.query(sql.replaceAll('$case', `'${caseId}'`)));
          const report = await verifyCheckpoints(tx, { directory: outside });
          kinds = [...new Set(report.faults.map((fault) => fault.kind))].sort();
          throw undo;
        })
        .catch((error: unknown) => {
          if (error !== undo) throw error;
        });
      return kinds;
    };

    it.each<[string, readonly string[], readonly string[]]>([
      ['an edited record', [`update audit_records set action = 'nothing' where kind = 'personalData'`], ['sealed']],
      ['a deleted record', [`delete from audit_records where kind = 'personalData'`], ['sealed']],
      ['an edited refusal', [`update refusals set rules = '[]'`], ['sealed']],
      ['a deleted refusal', ['delete from refusals'], ['sealed']],
      ['a case that is gone', ['delete from events where instance_id = $case'], ['sealed']],
      ['a deleted leaf', [`delete from audit_checkpoint_leaves where kind = 'refusal'`], ['copy', 'root']],
      [
        'an inserted leaf',
        [
          `insert into audit_checkpoint_leaves select 1, 99, kind, gen_random_uuid(), seq, hash
        from audit_checkpoint_leaves limit 1`,
        ],
        ['copy', 'root', 'sealed'],
      ],
      [
        'a later checkpoint',
        [`update audit_checkpoints set at = at + interval '1 day' where number = 1`],
        ['copy', 'signature'],
      ],
      ['a deleted checkpoint', ['delete from audit_checkpoints where number = 1'], ['link', 'missing']],
      ['a cut tail of checkpoints', ['delete from audit_checkpoints where number >= 2'], ['missing']],
      ['all of them gone', ['delete from audit_checkpoints'], ['missing']],
    ])('shows %s', async (_, statements, kinds) => {
      const found = await forge(async (run) => {
        for (const sql of statements) await run(sql);
      });
      expect(found).toEqual(kinds);
    });

    it('shows a chain that was rewritten with hashes that fit, which the chain alone hides', async () => {
      const rehash = async (run: (sql: string) => Promise<unknown>): Promise<void> => {
        type Stored = Parameters<typeof eventHash>[1] & { prevHash: Buffer };
        const rows = (await run(`select instance_id as "instanceId", seq, type, payload, principal_id as "principalId",
          on_behalf_of_id as "onBehalfOfId", organisation_version_id as "organisationVersionId", request_id as "requestId",
          at, private_digest as "privateDigest", prev_hash as "prevHash" from events where instance_id = $case order by seq`)) as Stored[];
        let previous = rows[0]?.prevHash ?? Buffer.alloc(32);
        for (const row of rows) {
          const { prevHash: _, ...event } = row;
          const hash = eventHash(previous, event);
          const bytes = (value: Buffer) => `decode('${value.toString('hex')}', 'hex')`;
          await run(
            `update events set prev_hash = ${bytes(previous)}, hash = ${bytes(hash)} where instance_id = $case and seq = ${row.seq}`,
          );
          await run(`update instances set last_hash = ${bytes(hash)} where id = $case`);
          previous = hash;
        }
      };
      const found = await forge(async (run) => {
        await run(`update events set principal_id = gen_random_uuid() where instance_id = $case and seq = 2`);
        await rehash(run);
      });
      expect(found).toEqual(['sealed']);
    });

    it('stays whole when the free text of a case is erased', async () => {
      const other = await house.openWithDossier();
      await house.must('chuyenvien.skhdt', other, { type: 'SUBMIT', note: 'Ông Mẫu dặn' });
      await seal();
      await house.query('update events set private = null, private_salt = null where instance_id = $1', [other]);
      expect((await check()).faults).toEqual([]);
      const file = path.join(folder, 'erased.tar');
      await exportTo(file, other);
      expect(verifyBundle(file)).toMatchObject({ status: 0, kinds: [] });
    });
  });

  const exportTo = async (file: string, id: string): Promise<void> => {
    const store = createDiskStore({ directory: path.resolve('.data/files'), maxBytes: 1_000_000 });
    const dependencies = { unitOfWork, clock: house.clock, store, signer };
    const bundle = await exportCase(dependencies, { caseId: id, principalId: null, requestId: null });
    writeFileSync(file, await buffer(bundle.stream));
  };

  describe('of one case, exported,', () => {
    let whole: string;
    let forged: string;
    let bundle: Bundle;
    beforeAll(async () => {
      whole = path.join(folder, 'whole.tar');
      forged = path.join(folder, 'forged.tar');
      await exportTo(whole, caseId);
    });
    beforeEach(() => {
      bundle = readBundle(whole);
    });

    it('is whole, carries its documents, and the export itself is a record', async () => {
      const verdict = verifyBundle(whole, '--checkpoints', outside, '--key', signer.keyId);
      expect(verdict).toMatchObject({ status: 0, kinds: [], report: { events: 4, sealed: 4, records: 1 } });
      expect([...bundle.keys()].filter((name) => name.startsWith('documents/'))).toHaveLength(4);
      const records = await house.query<{ action: string }>(
        `select action from audit_records where kind = 'export' and instance_id = $1`,
        [caseId],
      );
      expect(records).toEqual([{ action: 'case.exported' }]);
    });

    /** As a forger who has the bundle and no key: everything fits but what he cannot sign. */
    const judge = async (...options: string[]): Promise<readonly string[]> => {
      await writeBundle(forged, bundle);
      const verdict = verifyBundle(forged, ...options);
      expect(verdict.status).toBe(1);
      return verdict.kinds;
    };
    const rehashed = (rows: ReturnType<typeof rowsOf>): ReturnType<typeof rowsOf> => {
      let prevHash = rows[0]?.prevHash as string;
      return rows.map((row, index) => {
        const event = { ...row, seq: index + 1, prevHash } as Parameters<typeof eventHash>[1] & { prevHash: string };
        const { instanceId, seq, type, payload, principalId, onBehalfOfId, organisationVersionId, requestId, at } =
          event;
        const covered = {
          instanceId,
          seq,
          type,
          payload,
          principalId,
          onBehalfOfId,
          organisationVersionId,
          requestId,
          at,
        };
        const privateDigest = row.privateDigest === null ? null : Buffer.from(row.privateDigest, 'hex');
        const hash = eventHash(Buffer.from(prevHash, 'hex'), { ...covered, privateDigest }).toString('hex');
        prevHash = hash;
        return { ...event, hash };
      });
    };
    const plant = (change: (rows: ReturnType<typeof rowsOf>) => ReturnType<typeof rowsOf>): void =>
      setRows(bundle, 'events.jsonl', change(rowsOf(bundle, 'events.jsonl')));

    it('shows an edit', async () => {
      plant((rows) => rows.map((row) => (row.seq === 2 ? { ...row, type: 'APPROVE' } : row)));
      expect(await judge()).toEqual(['content', 'file']);
      refitManifest(bundle);
      expect(await judge()).toEqual(['content', 'manifest']);
    });

    it('shows an insert', async () => {
      plant((rows) => rows.flatMap((row) => (row.seq === 2 ? [row, { ...row, seq: 3 }] : [row])));
      refitManifest(bundle);
      expect(await judge()).toEqual(expect.arrayContaining(['content', 'link', 'manifest', 'sequence']));
    });

    it('shows a reorder', async () => {
      plant(([one, two, three, ...rest]) => [one!, three!, two!, ...rest]);
      refitManifest(bundle);
      expect(await judge()).toEqual(['link', 'manifest', 'sequence']);
    });

    it('shows a deletion', async () => {
      plant((rows) => rows.filter((row) => row.seq !== 3));
      refitManifest(bundle);
      expect(await judge()).toEqual(['link', 'manifest', 'sequence']);
    });

    it('shows a cut tail, also when the manifest was made to fit', async () => {
      plant((rows) => rows.slice(0, 3));
      const last = rowsOf(bundle, 'events.jsonl').at(-1)!;
      refitManifest(bundle, { seq: 3, hash: last.hash });
      expect(await judge()).toEqual(['manifest', 'tail']);
    });

    it.each<[string, (rows: ReturnType<typeof rowsOf>) => ReturnType<typeof rowsOf>]>([
      ['an edit', (rows) => rows.map((row) => (row.seq === 2 ? { ...row, type: 'APPROVE' } : row))],
      ['an insert', (rows) => rows.flatMap((row) => (row.seq === 2 ? [row, row] : [row]))],
      ['a reorder', ([one, two, three, ...rest]) => [one!, three!, two!, ...rest]],
      ['a deletion', (rows) => rows.filter((row) => row.seq !== 3)],
      ['a cut tail', (rows) => rows.slice(0, 3)],
    ])('shows %s by somebody who made all hashes fit and signed with a key of his own', async (_, change) => {
      plant((rows) => rehashed(change(rows)));
      const last = rowsOf(bundle, 'events.jsonl').at(-1)!;
      const own = newKey();
      const ownSigner = createSigner(own);
      refitManifest(bundle, { seq: last.seq, hash: last.hash });
      const manifest = JSON.parse(bundle.get('manifest.json')!.toString('utf8'));
      const text = Buffer.from(JSON.stringify({ ...manifest, keyId: ownSigner.keyId, publicKey: ownSigner.publicKey }));
      bundle.set('manifest.json', text);
      bundle.set('manifest.sig', Buffer.from(sign(null, text, own).toString('base64')));
      expect((await judge()).some((kind) => ['sealed', 'tail'].includes(kind))).toBe(true);
      // Without the checkpoints in the bundle the copies outside still know.
      setRows(bundle, 'checkpoints.jsonl', []);
      const stripped = JSON.parse(refitManifest(bundle, { seq: last.seq, hash: last.hash }).toString('utf8'));
      const again = Buffer.from(JSON.stringify(stripped));
      bundle.set('manifest.json', again);
      bundle.set('manifest.sig', Buffer.from(sign(null, again, own).toString('base64')));
      expect((await judge('--checkpoints', outside)).some((kind) => ['sealed', 'tail'].includes(kind))).toBe(true);
      expect(await judge('--key', signer.keyId)).toEqual(['key']);
    });

    it('shows an edited document, record, refusal and private part', async () => {
      bundle.set('documents/001.pdf', Buffer.from('%PDF-1.4 khác'));
      expect(await judge()).toEqual(['file']);
      bundle = readBundle(whole);
      for (const name of ['records.jsonl', 'refusals.jsonl'])
        setRows(
          bundle,
          name,
          rowsOf(bundle, name).map((row) => ({ ...row, at: '2020-01-01T00:00:00.000Z' })),
        );
      refitManifest(bundle);
      expect(await judge()).toEqual(['content', 'manifest']);
      bundle = readBundle(whole);
      const digest = rowsOf(bundle, 'events.jsonl').find((row) => row.private !== null);
      plant((rows) => rows.map((row) => (row.seq === digest?.seq ? { ...row, private: { note: 'khác' } } : row)));
      refitManifest(bundle);
      expect(await judge()).toEqual(digest === undefined ? ['manifest'] : ['manifest', 'private']);
    });

    it('shows a checkpoint that was changed and a proof that was made up', async () => {
      const rows = rowsOf(bundle, 'checkpoints.jsonl');
      setRows(bundle, 'checkpoints.jsonl', [{ ...rows[0], leafCount: 7 }, ...rows.slice(1)]);
      refitManifest(bundle);
      expect(await judge()).toEqual(['manifest', 'signature']);
      const [first] = rows;
      const leaves = first?.leaves.map((leaf: object) => ({
        ...leaf,
        proof: [{ side: 'left', hash: '0'.repeat(64) }],
      }));
      setRows(bundle, 'checkpoints.jsonl', [{ ...first, leaves }, ...rows.slice(1)]);
      refitManifest(bundle);
      expect(await judge()).toEqual(['manifest', 'proof']);
    });

    it('does not pretend to have read what it cannot read', async () => {
      writeFileSync(forged, 'no archive');
      expect(verifyBundle(forged).status).toBe(2);
      expect(verifyBundle(path.join(folder, 'none.tar')).status).toBe(2);
      expect(canonicalJson({ b: 1, a: [undefined, null] })).toBe('{"a":[null,null],"b":1}');
    });
  });
});
