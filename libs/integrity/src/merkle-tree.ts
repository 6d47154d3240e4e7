import { prefixed } from './bytes.js';
import { coded } from './errors.js';
import type { Sha256 } from './hashes.js';

/**
 * Reads the hash of the complete subtree at `level` (leaves are 0) that covers the leaves from `index` * 2^level on.
 * Only nodes that are complete in the tree are ever asked for.
 */
export type NodeReader = (level: number, index: number) => Uint8Array;

/**
 * What appending needs to know of a tree: its size and the roots of its complete subtrees, largest first, one for
 * each set bit of the size. Never changed in place: a rolled-back append leaves the caller's copy as it was.
 */
export interface Frontier {
  readonly size: number;
  readonly peaks: readonly Uint8Array[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] };

export const HASH_BYTES = 32;

/** RFC 6962 leaf hash: SHA-256 over 0x00 and the entry. */
export function leafHash(entry: Uint8Array, sha256: Sha256): Uint8Array {
  const input = new Uint8Array(entry.length + 1);
  input.set(entry, 1);
  return sha256(input);
}

const LEAF = Uint8Array.of(0x00);

/** Leaf hash of an entry that is text, and the length of its UTF-8 form. As `leafHash`, but nothing is copied. */
export function leafOfText(entry: string, sha256: Sha256): { readonly hash: Uint8Array; readonly bytes: number } {
  const input = prefixed(LEAF, entry);
  return { hash: sha256(input), bytes: input.length - 1 };
}

// One buffer for all: a hash reads it before the next call writes it, and allocating costs a fifth of hashing.
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES);
nodeInput[0] = 0x01;

/**
 * RFC 6962 interior node: SHA-256 over 0x01, left and right.
 *
 * @throws bad-tree-hash — one of them is not 32 bytes long
 */
export function nodeHash(left: Uint8Array, right: Uint8Array, sha256: Sha256): Uint8Array {
  checkHash(left);
  checkHash(right);
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0));
}

/**
 * Appends a leaf; at most one hash per level of the tree, one per leaf on average.
 *
 * @param leaf - its 32-byte leaf hash
 * @returns the new frontier, and in `nodes` the blob to be stored with this leaf: the leaf hash followed by the
 * hashes of the interior nodes that this leaf completes, levels 1 to t, where t counts the trailing one bits of the
 * leaf's index. So every complete node of the tree is stored exactly once; see `nodeHome`.
 * @throws bad-tree-hash — the leaf hash is not 32 bytes long
 */
export function appendLeaf(
  frontier: Frontier,
  leaf: Uint8Array,
  sha256: Sha256,
): { frontier: Frontier; nodes: Uint8Array } {
  checkHash(leaf);
  const completed = trailingOnes(frontier.size);
  const kept = frontier.peaks.length - completed;
  const nodes = new Uint8Array(HASH_BYTES * (completed + 1));
  nodes.set(leaf);
  let top = leaf;
  for (let level = 1; level <= completed; level++) {
    top = nodeHash(frontier.peaks[frontier.peaks.length - level]!, top, sha256);
    nodes.set(top, HASH_BYTES * level);
  }
  const peaks = frontier.peaks.slice(0, kept);
  peaks.push(top);
  return { frontier: { size: frontier.size + 1, peaks }, nodes };
}

/** Root hash of the tree that ends at this frontier. */
export function rootOf(frontier: Frontier, sha256: Sha256): Uint8Array {
  const { peaks } = frontier;
  if (peaks.length === 0) return emptyRoot(sha256);
  return peaks.reduceRight((right, left) => nodeHash(left, right, sha256));
}

/**
 * The frontier that the tree had at `size`, from the stored nodes: one read per set bit of the size.
 *
 * @throws bad-tree-size — not a whole number from 0 to 2^53 - 1
 */
export function frontierAt(size: number, node: NodeReader): Frontier {
  checkSize(size);
  const peaks: Uint8Array[] = [];
  for (let level = heightOf(size), begin = 0; begin < size; level--) {
    const width = 2 ** level;
    if (size - begin < width) continue;
    peaks.push(node(level, begin / width));
    begin += width;
  }
  return { size, peaks };
}

/**
 * Root hash of the first `size` leaves.
 *
 * @throws bad-tree-size — not a whole number from 0 to 2^53 - 1
 */
export function rootAt(size: number, node: NodeReader, sha256: Sha256): Uint8Array {
  return rootOf(frontierAt(size, node), sha256);
}

/** Index of the leaf whose blob holds the node: the last leaf that the node covers. */
export function nodeHome(level: number, index: number): number {
  return (index + 1) * 2 ** level - 1;
}

/**
 * The node at `level` in the blob that `appendLeaf` made for its last leaf; a view on the blob, not a copy.
 *
 * @throws tree-damaged — the blob ends before that level
 */
export function nodeInBlob(blob: Uint8Array, level: number): Uint8Array {
  const end = HASH_BYTES * (level + 1);
  if (blob.length < end) throw coded('tree-damaged', `no level ${level} in a blob of ${blob.length} bytes`);
  return blob.subarray(end - HASH_BYTES, end);
}

export function isTreeSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 0;
}

export function checkSize(size: number): void {
  if (!isTreeSize(size)) throw coded('bad-tree-size', `${size} is no size of a tree`);
}

function checkHash(hash: Uint8Array): void {
  if (hash.length !== HASH_BYTES) throw coded('bad-tree-hash', `a tree hash has 32 bytes, found ${hash.length}`);
}

/** Level of the largest complete subtree that `width` leaves can hold. Exact up to 2^53, where Math.log2 is not. */
export function heightOf(width: number): number {
  let level = 0;
  for (let reach = 2; reach <= width; reach *= 2) level++;
  return level;
}

/** Bits are counted by division: the bit operators cut numbers at 32 bits. */
function trailingOnes(index: number): number {
  let count = 0;
  for (let rest = index; rest % 2 === 1; rest = (rest - 1) / 2) count++;
  return count;
}
