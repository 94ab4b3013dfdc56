import { createHash } from 'node:crypto';
import type { StoredSnapshot, WorkflowDefinition } from '#libs/engine';
import { type PreparedStatement, runPrepared, type Tx } from '#libs/persistence';
import { canonicalJson } from './canonical-json.js';

export type SharedContext = Readonly<Record<string, unknown>>;

/** A snapshot as its row has it: the shared part of the context is named by the digest of its content. */
export interface SplitSnapshot {
  readonly snapshot: StoredSnapshot;
  readonly digest: Buffer | null;
}

const insertShared: PreparedStatement = {
  name: 'runtime_insert_shared_context',
  text: 'insert into shared_contexts (digest, content) values ($1, $2::jsonb) on conflict (digest) do nothing',
};

const readShared: PreparedStatement = {
  name: 'runtime_read_shared_context',
  text: 'select content from shared_contexts where digest = $1',
};

const known = 1000;

/**
 * The part of the machines' contexts that many cases have alike (`WorkflowDefinition.sharedContext`): written once for all of
 * them and kept in memory, because it would otherwise be most of what a decision reads and writes. Content never changes under
 * its digest, so what is in memory cannot be old.
 */
export class SharedContexts {
  readonly #byDigest = new Map<string, SharedContext>();

  /** The whole snapshot again. Parts that are shared are frozen and the same objects for every case. */
  async join(tx: Tx, { snapshot, digest }: SplitSnapshot): Promise<StoredSnapshot> {
    if (digest === null) return snapshot;
    const shared = this.#recall(digest) ?? (await this.#read(tx, digest));
    return { ...snapshot, context: { ...(snapshot.context as object), ...shared } };
  }

  /**
   * `before`: the split form of the snapshot this one follows from. As long as a machine leaves the shared part alone it keeps
   * its objects, so looking at them is enough; otherwise the new content is written.
   */
  async split(
    tx: Tx,
    definition: Pick<WorkflowDefinition, 'sharedContext'>,
    { snapshot, before }: { snapshot: StoredSnapshot; before: Pick<SplitSnapshot, 'digest'> | null },
  ): Promise<SplitSnapshot> {
    const names = definition.sharedContext ?? [];
    if (names.length === 0) return { snapshot, digest: null };
    const own = { ...(snapshot.context as Record<string, unknown>) };
    const shared: Record<string, unknown> = {};
    for (const name of names) {
      shared[name] = own[name];
      delete own[name];
    }
    const rest = { ...snapshot, context: own };
    const unchanged = before?.digest && this.#isUnchanged(before.digest, shared);
    return { snapshot: rest, digest: unchanged ? before.digest : await this.#write(tx, shared) };
  }

  #isUnchanged(digest: Buffer, shared: SharedContext): boolean {
    const content = this.#byDigest.get(digest.toString('hex'));
    return content !== undefined && Object.entries(shared).every(([name, value]) => content[name] === value);
  }

  async #write(tx: Tx, shared: SharedContext): Promise<Buffer> {
    const text = canonicalJson(shared);
    const digest = createHash('sha256').update(text).digest();
    await runPrepared(tx, insertShared, [digest, text]);
    return digest;
  }

  async #read(tx: Tx, digest: Buffer): Promise<SharedContext> {
    const [row] = await runPrepared<{ content: SharedContext }>(tx, readShared, [digest]);
    if (!row) throw new Error(`The shared context ${digest.toString('hex')} is missing.`);
    const content = frozen(row.content);
    this.#byDigest.set(digest.toString('hex'), content);
    const oldest = this.#byDigest.size > known ? this.#byDigest.keys().next().value : undefined;
    if (oldest !== undefined) this.#byDigest.delete(oldest);
    return content;
  }

  /** Also moves it behind the others: what was not asked for longest is forgotten first. */
  #recall(digest: Buffer): SharedContext | undefined {
    const key = digest.toString('hex');
    const content = this.#byDigest.get(key);
    if (content) {
      this.#byDigest.delete(key);
      this.#byDigest.set(key, content);
    }
    return content;
  }
}

function frozen<Value>(value: Value): Value {
  if (value !== null && typeof value === 'object') {
    for (const member of Object.values(value)) frozen(member);
    Object.freeze(value);
  }
  return value;
}
