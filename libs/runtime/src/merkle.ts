import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.js';

/** One thing a checkpoint covers. `seq`: of a chain the number of the event whose hash it is, otherwise 0. */
export interface Leaf {
  readonly kind: 'chain' | 'record' | 'refusal';
  readonly subjectId: string;
  readonly seq: number;
  readonly hash: Buffer;
}

/** The way from one leaf to the root: the hash beside each node, and the side it stands on. */
export type MerkleProof = readonly { readonly side: 'left' | 'right'; readonly hash: string }[];

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** Leaves and inner nodes begin with different bytes, so that none can be passed off as the other. */
const leafMark = Buffer.from([0]);
const nodeMark = Buffer.from([1]);

export function leafHash({ kind, subjectId, seq, hash }: Leaf): Buffer {
  return sha256(leafMark, canonicalJson({ kind, subjectId, seq, hash: hash.toString('hex') }));
}

/** A node without a neighbour goes up as it is. At least one leaf. */
function levels(leaves: readonly Buffer[]): Buffer[][] {
  const all: Buffer[][] = [[...leaves]];
  for (let level = all[0] ?? []; level.length > 1; ) {
    const above: Buffer[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]];
      if (left !== undefined) above.push(right === undefined ? left : sha256(nodeMark, left, right));
    }
    all.push(above);
    level = above;
  }
  return all;
}

export function merkleRoot(leaves: readonly Leaf[]): Buffer {
  const root = levels(leaves.map(leafHash)).at(-1)?.[0];
  if (root === undefined) throw new Error('A checkpoint over nothing has no root.');
  return root;
}

/** The proofs of the leaves at `positions`, in their order. */
export function merkleProofs(leaves: readonly Leaf[], positions: readonly number[]): MerkleProof[] {
  const all = levels(leaves.map(leafHash)).slice(0, -1);
  return positions.map((position) => {
    let index = position;
    return all.flatMap((level) => {
      const isRight = index % 2 === 1;
      const beside = level[isRight ? index - 1 : index + 1];
      index = Math.floor(index / 2);
      return beside === undefined ? [] : [{ side: isRight ? 'left' : 'right', hash: beside.toString('hex') } as const];
    });
  });
}
