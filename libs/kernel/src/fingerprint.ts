import { canonicalize, concat, toHex, utf8 } from '@credence/integrity';
import type { Sha256 } from '@credence/integrity';
import type { ViewShape, ViewState } from './view-store.js';

/**
 * Fingerprint of what a view holds, in hex: the same logical rows give the same on every store (promise 4).
 *
 * A running hash, so that it takes fixed memory: h is 32 zero bytes, then for each row SHA-256(h || UTF-8 of the
 * canonical JSON (RFC 8785) of [table, key, value]); tables in code-unit order of their names, rows in key order.
 * The checkpoint is not part of it: compare at one seq.
 */
export function fingerprint(view: ViewShape, state: ViewState, sha256: Sha256): string {
  let hash: Uint8Array = new Uint8Array(32);
  for (const table of Object.keys(view.tables).sort())
    for (const { key, value } of state.tables(table).range())
      hash = sha256(concat(hash, utf8(canonicalize([table, key, value]))));
  return toHex(hash);
}
