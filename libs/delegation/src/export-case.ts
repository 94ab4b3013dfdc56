import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { AppError } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import { runPrepared, type Tx, type UnitOfWork } from '#libs/persistence';
import { type CaseEvidence, readCaseEvidence, recordAudit, type Signer } from '#libs/runtime';
import { type FileStore, type TarEntry, tarOf } from '#libs/storage';

export interface ExportDependencies {
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
  readonly store: FileStore;
  /** Undefined: AUDIT_SIGNING_KEY is not set, and nothing can be exported. */
  readonly signer: Signer | undefined;
}

export interface ExportCommand {
  readonly caseId: string;
  /** Null: the operator at the command line. */
  readonly principalId: string | null;
  readonly requestId: string | null;
  /** Throws when the person may not have it. Absent: the operator. */
  readonly authorise?: (tx: Tx) => Promise<void>;
}

export interface CaseBundle {
  readonly fileName: string;
  readonly stream: Readable;
}

interface BundleDocument {
  readonly path: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
}

const documentsStatement = {
  name: 'delegation_export_documents',
  text: `select d.id, d.kind, d.number, d.date::text, d.title, d.attached_at as "attachedAt", d.attached_by_id as "attachedById",
      f.name, f.media_type as "mediaType", f.size, f.sha256
    from dossier_documents d join stored_files f on f.id = d.file_id where d.instance_id = $1 order by d.attached_at, d.id`,
};

/** For a person who opens the bundle: the proposal as it stands, and the names behind the ids. */
const readableStatement = {
  name: 'delegation_export_readable',
  text: `select to_jsonb(p) - 'search_name' as proposal,
      coalesce((select jsonb_agg(to_jsonb(m) - 'instance_id' order by m.position) from proposal_members m
        where m.instance_id = p.instance_id), '[]') as members,
      coalesce((select jsonb_agg(to_jsonb(f) - 'instance_id' order by f.position) from proposal_funding f
        where f.instance_id = p.instance_id), '[]') as funding,
      coalesce((select jsonb_agg(to_jsonb(r) - 'instance_id' order by r.revision) from proposal_revisions r
        where r.instance_id = p.instance_id), '[]') as revisions,
      coalesce((select jsonb_object_agg(n.id, n.full_name) from people n where n.id in (
        select principal_id from events where instance_id = p.instance_id
        union select on_behalf_of_id from events where instance_id = p.instance_id
        union select principal_id from refusals where instance_id = p.instance_id
        union select attached_by_id from dossier_documents where instance_id = p.instance_id)), '{}') as people
    from proposals p where p.instance_id = $1`,
};

/**
 * One case with its documents as a signed archive that `thong-hanh-verify` checks without this system. The export is an audit record of
 * the same transaction. Throws NOT_FOUND, what `authorise` throws, UNAVAILABLE when there is no key to sign with.
 */
export async function exportCase(dependencies: ExportDependencies, command: ExportCommand): Promise<CaseBundle> {
  const { unitOfWork, clock, store, signer } = dependencies;
  if (signer === undefined) throw new AppError('UNAVAILABLE', { text: noKey });
  const at = clock.now();
  const { evidence, documents, readable } = await unitOfWork.run(async (tx) => {
    await command.authorise?.(tx);
    // Holds the case still while it is read.
    const found = await readCaseEvidence(tx, command.caseId);
    const { caseId: instanceId, principalId, requestId } = command;
    const note = { kind: 'export', action: 'case.exported', at, provinceId: found.provinceId } as const;
    await recordAudit(tx, { ...note, instanceId, principalId, requestId, details: { headSeq: found.head.seq } });
    const rows = await runPrepared<BundleDocument>(tx, documentsStatement, [instanceId]);
    const [shown] = await runPrepared<Record<string, unknown>>(tx, readableStatement, [instanceId]);
    return { evidence: found, documents: rows.map(withPath), readable: shown ?? {} };
  });
  const texts = textEntries(evidence, { documents, readable });
  const manifest = manifestOf({ evidence, documents, texts, signer, at });
  const signature = signer.sign(manifest).toString('base64');
  const entries: TarEntry[] = [
    inline('manifest.json', manifest),
    inline('manifest.sig', Buffer.from(`${signature}\n`)),
    ...texts.map(({ path, bytes }) => inline(path, bytes)),
    ...documents.map(({ path, size, sha256 }) => ({ path, size, content: storedBytes(store, sha256) })),
  ];
  return { fileName: `${evidence.caseCode}.tar`, stream: Readable.from(tarOf(entries, at)) };
}

function withPath(row: Omit<BundleDocument, 'path'>, index: number): BundleDocument {
  const ending = /\.[a-z0-9]{1,5}$/i.exec(row.name)?.[0].toLowerCase() ?? '';
  return { ...row, path: `documents/${String(index + 1).padStart(3, '0')}${ending}` };
}

interface TextEntry {
  readonly path: string;
  readonly bytes: Buffer;
}

function textEntries(
  evidence: CaseEvidence,
  { documents, readable }: { documents: readonly BundleDocument[]; readable: object },
): TextEntry[] {
  const lines = (path: string, rows: readonly object[]): TextEntry => ({
    path,
    bytes: Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')),
  });
  return [
    { path: 'case.json', bytes: Buffer.from(`${JSON.stringify({ ...readable, documents }, undefined, 2)}\n`) },
    lines('events.jsonl', evidence.events),
    lines('refusals.jsonl', evidence.refusals),
    lines('records.jsonl', evidence.records),
    lines('checkpoints.jsonl', evidence.checkpoints),
  ];
}

function manifestOf(given: {
  evidence: CaseEvidence;
  documents: readonly BundleDocument[];
  texts: readonly TextEntry[];
  signer: Signer;
  at: Date;
}): Buffer {
  const { evidence, signer } = given;
  const entries = [
    ...given.texts.map(({ path, bytes }) => ({
      path,
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })),
    ...given.documents.map(({ path, size, sha256, name }) => ({ path, size, sha256, name })),
  ];
  const manifest = {
    format: 'thong-hanh-case-1',
    caseCode: evidence.caseCode,
    instanceId: evidence.instanceId,
    exportedAt: given.at.toISOString(),
    head: evidence.head,
    keyId: signer.keyId,
    publicKey: signer.publicKey,
    entries,
  };
  return Buffer.from(`${JSON.stringify(manifest, undefined, 2)}\n`);
}

function inline(path: string, bytes: Buffer): TarEntry {
  return { path, size: bytes.length, content: [bytes] };
}

async function* storedBytes(store: FileStore, sha256: string): AsyncGenerator<Uint8Array> {
  const { stream } = await store.open(sha256);
  yield* stream;
}

const noKey = {
  vi: 'Chưa đặt khóa ký AUDIT_SIGNING_KEY nên chưa xuất được hồ sơ.',
  en: 'AUDIT_SIGNING_KEY is not set, so no case can be exported.',
};
