import { canonicalize, concat, toHex, utf8 } from '@credence/integrity';
import type { Sha256 } from '@credence/integrity';
import type { ViewShape, ViewState } from './view-store.js';

/**
 * Fingerprint of what a view holds, in hex: the same logical rows give the same on every store (promise 4).
 *
 * A running hash, so that it takes fixed memory: h is 32 zero bytes, then for each row SHA-256(h || UTF-8 of the
 * canonical JSON (RFC 8785) of [table, key, value]); tables in code-unit order of their names, rows in key order; then
 * likewise for each document of its indexes [index, [id], { of, weight, words }], in the order of ids.
 * The checkpoint is not part of it: compare at one seq.
 */
export function fingerprint(view: ViewShape, state: ViewState, sha256: Sha256): string {
  const steps = fingerprintInSteps(view, state, sha256);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const STEP_ROWS = 500;

/** The same, with a pause after every few hundred rows. Nothing may be written to the view meanwhile. */
export function* fingerprintInSteps(view: ViewShape, state: ViewState, sha256: Sha256): Generator<undefined, string> {
  let hash: Uint8Array = new Uint8Array(32);
  let rows = 0;
  for (const row of logicalRows(view, state)) {
    hash = sha256(concat(hash, utf8(canonicalize(row))));
    if (++rows % STEP_ROWS === 0) yield;
  }
  return toHex(hash);
}

function* logicalRows({ tables, search = [] }: ViewShape, state: ViewState): Generator<unknown> {
  for (const table of Object.keys(tables).sort())
    for (const { key, value } of state.tables(table).range()) yield [table, key, value];
  for (const index of search.toSorted())
    for (const { id, ...document } of state.tables.index(index).documents()) yield [index, [id], document];
}
