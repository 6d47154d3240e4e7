import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import {
  appendLeaf,
  consistencyProof,
  EMPTY_FRONTIER,
  emptyRoot,
  equalBytes,
  frontierAt,
  fromHex,
  inclusionProof,
  leafHash,
  nodeHash,
  nodeHome,
  nodeInBlob,
  rootAt,
  rootOf,
  toHex,
  verifyConsistency,
  verifyInclusion,
  type Consistency,
  type Frontier,
  type Inclusion,
  type NodeReader,
} from './index.js';

const dataSet = resolve(process.env['CREDENCE_DATASETS'] ?? '../shared/data', 'merkle-rfc6962');
const withDataSet = existsSync(dataSet) ? it : it.skip;

const sha256 = (bytes: Uint8Array): Uint8Array => hash('sha256', bytes, 'buffer');
const same = (a: readonly Uint8Array[], b: readonly Uint8Array[]): boolean =>
  a.length === b.length && a.every((hash, i) => equalBytes(hash, b[i]!));

/** The definitions of RFC 6962 section 2.1, word for word: slow, and obviously right. */
const naive = {
  split: (n: number): number => 2 ** (Math.ceil(Math.log2(n)) - 1),
  root(leaves: readonly Uint8Array[]): Uint8Array {
    if (leaves.length === 0) return sha256(new Uint8Array(0));
    if (leaves.length === 1) return leaves[0]!;
    const k = naive.split(leaves.length);
    return sha256(Uint8Array.of(1, ...naive.root(leaves.slice(0, k)), ...naive.root(leaves.slice(k))));
  },
  path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
    if (leaves.length === 1) return [];
    const k = naive.split(leaves.length);
    const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
    return m < k ? [...naive.path(m, left), naive.root(right)] : [...naive.path(m - k, right), naive.root(left)];
  },
  subproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
    if (m === leaves.length) return whole ? [] : [naive.root(leaves)];
    const k = naive.split(leaves.length);
    const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
    return m <= k
      ? [...naive.subproof(m, left, whole), naive.root(right)]
      : [...naive.subproof(m - k, right, false), naive.root(left)];
  },
};

const MAX = 300;
const leaves = Array.from({ length: MAX }, (_, i) => leafHash(Uint8Array.of(i >> 8, i & 0xff), sha256));
const blobs: Uint8Array[] = [];
const frontiers: Frontier[] = [EMPTY_FRONTIER];
for (const leaf of leaves) {
  const appended = appendLeaf(frontiers[blobs.length]!, leaf, sha256);
  blobs.push(appended.nodes);
  frontiers.push(appended.frontier);
}
const node: NodeReader = (level, index) => nodeInBlob(blobs[nodeHome(level, index)]!, level);
const roots = Array.from({ length: MAX + 1 }, (_, size) => naive.root(leaves.slice(0, size)));

const sizes = fc.integer({ min: 0, max: MAX });
const inclusions = fc
  .integer({ min: 1, max: MAX })
  .chain(size => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));
const growth = fc
  .integer({ min: 1, max: MAX })
  .chain(to => fc.record({ to: fc.constant(to), from: fc.integer({ min: 1, max: to }) }));

const inclusion = (index: number, size: number): Inclusion => ({
  index,
  size,
  leafHash: leaves[index]!,
  root: roots[size]!,
  proof: inclusionProof(index, size, node, sha256),
});
const consistency = (from: number, to: number): Consistency => ({
  from,
  to,
  fromRoot: roots[from]!,
  toRoot: roots[to]!,
  proof: consistencyProof(from, to, node, sha256),
});
const flipped = (bytes: Uint8Array, bit: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
};
const bits = fc.integer({ min: 0, max: 255 });

describe('the tree', () => {
  it('has the root of RFC 6962 at every size, while appending and from the stored blobs', () => {
    for (let size = 0; size <= MAX; size++) {
      expect(toHex(rootOf(frontiers[size]!, sha256))).toBe(toHex(roots[size]!));
      expect(toHex(rootAt(size, node, sha256))).toBe(toHex(roots[size]!));
    }
  });

  it('stores each complete node once, in the blob of the last leaf that it covers', () => {
    const stored = blobs.reduce((sum, blob) => sum + blob.length / 32, 0);
    let complete = 0;
    for (let level = 0; 2 ** level <= MAX; level++) {
      for (let index = 0; (index + 1) * 2 ** level <= MAX; index++, complete++) {
        const covered = leaves.slice(index * 2 ** level, (index + 1) * 2 ** level);
        expect(toHex(node(level, index))).toBe(toHex(naive.root(covered)));
      }
    }
    expect(stored).toBe(complete);
  });

  it('restores any frontier from the blobs, and does not change one by appending to it', () => {
    fc.assert(
      fc.property(sizes, size => {
        const restored = frontierAt(size, node);
        appendLeaf(restored, leaves[0]!, sha256);
        return restored.size === size && same(restored.peaks, frontiers[size]!.peaks);
      }),
    );
  });

  it('counts sizes beyond 32 bits', () => {
    const reader: NodeReader = (level, index) => sha256(Buffer.from(`${level}/${index}`));
    const full = 2 ** 40 - 1;
    const { frontier, nodes } = appendLeaf(frontierAt(full, reader), leaves[0]!, sha256);
    expect(frontier).toMatchObject({ size: 2 ** 40, peaks: [nodeInBlob(nodes, 40)] });
    expect(nodeHome(40, 0)).toBe(full);

    const index = 2 ** 52 + 12345;
    const size = Number.MAX_SAFE_INTEGER;
    const proof = inclusionProof(index, size, reader, sha256);
    const claim = { index, size, leafHash: reader(0, index), root: rootAt(size, reader, sha256), proof };
    expect(proof).toHaveLength(53);
    // the reader's nodes are not hashes of each other, so only the last step can be checked: the root over the peaks
    expect(
      toHex(nodeHash(proof[52]!, rootOf({ size, peaks: frontierAt(size, reader).peaks.slice(1) }, sha256), sha256)),
    ).toBe(toHex(claim.root));
    expect(verifyInclusion(claim, sha256)).toBe(false);
  });

  it.each([-1, 0.5, NaN, 2 ** 53])('refuses the size %d', size => {
    expect(() => rootAt(size, node, sha256)).toThrow(expect.objectContaining({ code: 'bad-tree-size' }));
  });

  it('refuses hashes that are no hashes and blobs that are too short', () => {
    const short = new Uint8Array(31);
    expect(() => appendLeaf(EMPTY_FRONTIER, short, sha256)).toThrow(expect.objectContaining({ code: 'bad-tree-hash' }));
    expect(() => nodeHash(short, leaves[0]!, sha256)).toThrow(expect.objectContaining({ code: 'bad-tree-hash' }));
    expect(() => nodeInBlob(blobs[0]!, 1)).toThrow(expect.objectContaining({ code: 'tree-damaged' }));
  });

  it('starts from the SHA-256 of nothing', () => {
    expect(toHex(emptyRoot(sha256))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

describe('inclusion proofs', () => {
  it('are those of RFC 6962 and verify', () => {
    fc.assert(
      fc.property(inclusions, ({ index, size }) => {
        const claim = inclusion(index, size);
        return same(claim.proof, naive.path(index, leaves.slice(0, size))) && verifyInclusion(claim, sha256);
      }),
      { numRuns: 300 },
    );
  });

  it('refuse another index, any flipped bit, and a longer or shorter proof', () => {
    fc.assert(
      fc.property(inclusions, sizes, bits, fc.nat(), ({ index, size }, other, bit, at) => {
        const claim = inclusion(index, size);
        const wrong: Inclusion[] = [
          { ...claim, leafHash: flipped(claim.leafHash, bit) },
          { ...claim, root: flipped(claim.root, bit) },
          { ...claim, proof: [...claim.proof, leaves[0]!] },
          { ...claim, index: size },
          { ...claim, index: -1 },
          ...claim.proof.map((_, i) => ({ ...claim, proof: claim.proof.toSpliced(i, 1) })),
          ...(other === index ? [] : [{ ...claim, index: other }]),
          ...(claim.proof.length === 0
            ? []
            : [{ ...claim, proof: claim.proof.map((h, i) => (i === at % claim.proof.length ? flipped(h, bit) : h)) }]),
        ];
        return !wrong.some(claim => verifyInclusion(claim, sha256));
      }),
      { numRuns: 300 },
    );
  });

  it('refuse another size under the right root of that size', () => {
    fc.assert(
      fc.property(inclusions, sizes, ({ index, size }, other) => {
        const proof = inclusionProof(index, size, node, sha256);
        const valid = verifyInclusion(
          { index, size: other, leafHash: leaves[index]!, root: roots[other]!, proof },
          sha256,
        );
        return valid === (other === size);
      }),
      { numRuns: 300 },
    );
  });

  it('are not given for leaves outside the tree', () => {
    expect(() => inclusionProof(3, 3, node, sha256)).toThrow(expect.objectContaining({ code: 'bad-tree-size' }));
    expect(() => inclusionProof(0, 0, node, sha256)).toThrow(expect.objectContaining({ code: 'bad-tree-size' }));
  });
});

describe('consistency proofs', () => {
  it('are those of RFC 6962 and verify', () => {
    fc.assert(
      fc.property(growth, ({ from, to }) => {
        const claim = consistency(from, to);
        return same(claim.proof, naive.subproof(from, leaves.slice(0, to), true)) && verifyConsistency(claim, sha256);
      }),
      { numRuns: 300 },
    );
  });

  it('refuse any flipped bit, and a longer or shorter proof', () => {
    fc.assert(
      fc.property(growth, bits, fc.nat(), ({ from, to }, bit, at) => {
        const claim = consistency(from, to);
        const wrong: Consistency[] = [
          { ...claim, fromRoot: flipped(claim.fromRoot, bit) },
          { ...claim, toRoot: flipped(claim.toRoot, bit) },
          { ...claim, proof: [...claim.proof, leaves[0]!] },
          ...claim.proof.map((_, i) => ({ ...claim, proof: claim.proof.toSpliced(i, 1) })),
          ...(claim.proof.length === 0
            ? []
            : [{ ...claim, proof: claim.proof.map((h, i) => (i === at % claim.proof.length ? flipped(h, bit) : h)) }]),
        ];
        return !wrong.some(claim => verifyConsistency(claim, sha256));
      }),
      { numRuns: 300 },
    );
  });

  it('refuse a history that was rewritten', () => {
    const forged = [...leaves.slice(0, 10), leaves[11]!, ...leaves.slice(11, 20)];
    const claim = { ...consistency(15, 20), toRoot: naive.root(forged), proof: naive.subproof(15, forged, true) };
    expect(verifyConsistency(claim, sha256)).toBe(false);
  });

  it('from size 0 are neither given nor accepted', () => {
    expect(() => consistencyProof(0, 8, node, sha256)).toThrow(expect.objectContaining({ code: 'bad-tree-size' }));
    expect(() => consistencyProof(9, 8, node, sha256)).toThrow(expect.objectContaining({ code: 'bad-tree-size' }));
    for (const to of [0, 8]) {
      expect(verifyConsistency({ from: 0, to, fromRoot: roots[0]!, toRoot: roots[to]!, proof: [] }, sha256)).toBe(
        false,
      );
    }
  });
});

describe('vectors of transparency-dev/merkle (data set merkle-rfc6962)', () => {
  const lines = <T>(name: string): T[] =>
    readFileSync(join(dataSet, name), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as T);
  const base64 = (text: string | null): Uint8Array => Buffer.from(text ?? '', 'base64');

  withDataSet('inclusion verdicts', () => {
    type Vector = {
      leafIdx: number;
      treeSize: number;
      root: string;
      leafHash: string;
      proof: string[] | null;
      desc: string;
      wantErr: boolean;
    };
    for (const v of lines<Vector>('inclusion.jsonl')) {
      const claim = {
        index: v.leafIdx,
        size: v.treeSize,
        leafHash: base64(v.leafHash),
        root: base64(v.root),
        proof: (v.proof ?? []).map(base64),
      };
      expect([v.desc, verifyInclusion(claim, sha256)]).toEqual([v.desc, !v.wantErr]);
    }
  });

  withDataSet('consistency verdicts', () => {
    type Vector = {
      size1: number;
      size2: number;
      root1: string;
      root2: string;
      proof: string[] | null;
      desc: string;
      wantErr: boolean;
    };
    for (const v of lines<Vector>('consistency.jsonl')) {
      const claim = {
        from: v.size1,
        to: v.size2,
        fromRoot: base64(v.root1),
        toRoot: base64(v.root2),
        proof: (v.proof ?? []).map(base64),
      };
      expect([v.desc, verifyConsistency(claim, sha256)]).toEqual([v.desc, !v.wantErr]);
    }
  });

  withDataSet('reference tree', () => {
    const reference = JSON.parse(readFileSync(join(dataSet, 'reference-tree-first-3.json'), 'utf8')) as {
      leaf_inputs_hex: string[];
      root_hash_by_tree_size_hex: string[];
    };
    let frontier = EMPTY_FRONTIER;
    expect(toHex(rootOf(frontier, sha256))).toBe(reference.root_hash_by_tree_size_hex[0]);
    reference.leaf_inputs_hex.forEach((entry, i) => {
      frontier = appendLeaf(frontier, leafHash(fromHex(entry), sha256), sha256).frontier;
      expect(toHex(rootOf(frontier, sha256))).toBe(reference.root_hash_by_tree_size_hex[i + 1]);
    });
  });
});
