import { equalBytes } from './bytes.js';
import { coded } from './errors.js';
import type { Sha256 } from './hashes.js';
import { checkSize, HASH_BYTES, heightOf, isTreeSize, nodeHash, type NodeReader } from './merkle-tree.js';

/** "The leaf with this hash stands at `index` in the tree of `size` leaves with this root." */
export interface Inclusion {
  readonly index: number;
  readonly size: number;
  readonly leafHash: Uint8Array;
  readonly root: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** "The tree of `to` leaves begins with the tree of `from` leaves." */
export interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/**
 * Audit path of the leaf at `index` in the tree of `size` leaves (RFC 9162 section 2.1.3.1), lowest node first.
 *
 * @throws bad-tree-size — `index` is no leaf of a tree of that size
 */
export function inclusionProof(index: number, size: number, node: NodeReader, sha256: Sha256): Uint8Array[] {
  checkSize(size);
  if (!isTreeSize(index) || index >= size) throw coded('bad-tree-size', `no leaf ${index} in a tree of ${size} leaves`);
  const proof: Uint8Array[] = [];
  for (let begin = 0, end = size; end - begin > 1;) {
    const middle = begin + split(end - begin);
    if (index < middle) {
      proof.push(subtree(middle, end, node, sha256));
      end = middle;
    } else {
      proof.push(subtree(begin, middle, node, sha256));
      begin = middle;
    }
  }
  return proof.reverse();
}

/**
 * Proof that the tree of `to` leaves only added to the tree of `from` leaves (RFC 9162 section 2.1.4.1); empty where
 * both are the same.
 *
 * @throws bad-tree-size — not 0 < from <= to: every tree extends the empty one, so that proof would prove nothing
 */
export function consistencyProof(from: number, to: number, node: NodeReader, sha256: Sha256): Uint8Array[] {
  checkSize(from);
  checkSize(to);
  if (from === 0 || from > to) throw coded('bad-tree-size', `no consistency proof from ${from} to ${to} leaves`);
  const proof: Uint8Array[] = [];
  let begin = 0;
  let end = to;
  while (end !== from) {
    const middle = begin + split(end - begin);
    if (from <= middle) {
      proof.push(subtree(middle, end, node, sha256));
      end = middle;
    } else {
      proof.push(subtree(begin, middle, node, sha256));
      begin = middle;
    }
  }
  if (begin > 0) proof.push(subtree(begin, end, node, sha256));
  return proof.reverse();
}

/** Whether the proof holds (RFC 9162 section 2.1.3.2). Trusts nothing about its input and never throws. */
export function verifyInclusion({ index, size, leafHash, root, proof }: Inclusion, sha256: Sha256): boolean {
  if (!isTreeSize(size) || !isTreeSize(index) || index >= size) return false;
  if (![leafHash, root, ...proof].every(isHash)) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash, sha256);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      hash = nodeHash(hash, sibling, sha256);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(hash, root);
}

/**
 * Whether the proof holds (RFC 9162 section 2.1.4.2). Trusts nothing about its input and never throws. A proof from
 * size 0 is refused, for it says nothing; equal sizes take equal roots and an empty proof.
 */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: Consistency, sha256: Sha256): boolean {
  if (!isTreeSize(from) || !isTreeSize(to) || from === 0 || from > to) return false;
  if (![fromRoot, toRoot, ...proof].every(isHash)) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  if (proof.length === 0) return false;

  const [first, ...rest] = 2 ** heightOf(from) === from ? [fromRoot, ...proof] : proof;
  let fn = from - 1;
  let sn = to - 1;
  while (odd(fn)) [fn, sn] = [half(fn), half(sn)];
  let fromHash = first!;
  let toHash = first!;
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (odd(fn) || fn === sn) {
      fromHash = nodeHash(sibling, fromHash, sha256);
      toHash = nodeHash(sibling, toHash, sha256);
      while (!odd(fn) && fn !== 0) [fn, sn] = [half(fn), half(sn)];
    } else {
      toHash = nodeHash(toHash, sibling, sha256);
    }
    [fn, sn] = [half(fn), half(sn)];
  }
  return sn === 0 && equalBytes(fromHash, fromRoot) && equalBytes(toHash, toRoot);
}

/** Hash over the leaves from `begin` up to `end`, where `begin` is one at which RFC 6962 splits. */
function subtree(begin: number, end: number, node: NodeReader, sha256: Sha256): Uint8Array {
  const level = heightOf(end - begin);
  const width = 2 ** level;
  const left = node(level, begin / width);
  return begin + width === end ? left : nodeHash(left, subtree(begin + width, end, node, sha256), sha256);
}

/** The largest power of two below `width`: where RFC 6962 splits a tree. */
function split(width: number): number {
  const reach = 2 ** heightOf(width);
  return reach === width ? reach / 2 : reach;
}

const isHash = (hash: Uint8Array): boolean => hash.length === HASH_BYTES;
const odd = (n: number): boolean => n % 2 === 1;
const half = (n: number): number => Math.floor(n / 2);
