import { decoded } from './encoding.js';
import type { Decoded, Raw } from './encoding.js';
import type { Names } from './names.js';

/** Int64.MaxValue: the number of a tombstone, and what `$tb` is after a delete. */
export const GONE = 2n ** 63n - 1n;

/** What an event of the cluster is to the ledger. */
export type Judged =
  | { readonly kind: 'ours'; readonly stream: string; readonly event: Decoded }
  /** In a stream of ours, and not written by us. */
  | { readonly kind: 'foreign'; readonly stream: string; readonly why: string }
  | { readonly kind: 'tombstone'; readonly stream: string }
  /** Metadata of a stream of ours; `hides` says what it takes out of sight, if anything. */
  | { readonly kind: 'metadata'; readonly stream: string; readonly hides: string | undefined }
  | { readonly kind: 'elsewhere' };

/**
 * The counting rule: an event counts when its stream fits our grammar, its metadata names our ledger and its envelope is
 * valid. It looks at the event alone and at nothing that differs from node to node, so every node comes to the same seq.
 *
 * @param ledger - undefined: until the first event of `ledger-main` says it, nothing else counts
 */
export function judge(raw: Raw, names: Names, ledger: string | undefined): Judged {
  const about = names.about(raw.stream);
  if (about !== undefined) return { kind: 'metadata', stream: about, hides: hiding(raw.data) };
  const stream = names.ours(raw.stream);
  if (stream === undefined) return { kind: 'elsewhere' };
  if (raw.type === '$streamDeleted' || raw.number === GONE) return { kind: 'tombstone', stream };
  const event = decoded(raw, stream);
  if (typeof event === 'string') return { kind: 'foreign', stream, why: event };
  const wanted = ledger ?? (stream === 'ledger-main' && raw.number === 0n ? event.metadata.ledger : undefined);
  if (wanted === undefined) return { kind: 'foreign', stream, why: 'it stands before the ledger was opened' };
  if (event.metadata.ledger !== wanted)
    return { kind: 'foreign', stream, why: `it is of another ledger, ${event.metadata.ledger}` };
  return { kind: 'ours', stream, event };
}

/** What a stream's metadata takes out of sight: `$maxAge`, `$maxCount`, `$tb`. */
function hiding(data: unknown): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const found = Object.entries(data).filter(
    ([name, value]) => ['$maxAge', '$maxCount', '$tb'].includes(name) && value !== null && value !== 0,
  );
  return found.length === 0 ? undefined : found.map(([name, value]) => `${name} = ${String(value)}`).join(', ');
}
