import type { Row } from './view-store.js';

/** How the rows of a table are known as of an earlier event. */
export type TablePast =
  /** A row counts from the seq that it names on; of what stood there before nothing is known. */
  | { readonly how: 'since'; readonly seq: (row: Row<never>) => number }
  /** The key is the seq that the row was put at; it is never changed. */
  | { readonly how: 'by-seq' }
  /** Rows are changed and never deleted. Each names the seq that it was first put at, which no other row of the table has. */
  | { readonly how: 'revised'; readonly seq: (value: never) => number }
  /** Rows come, change and go. */
  | { readonly how: 'changing' }
  /** The table is read as it is: whoever does knows what of it is later. */
  | { readonly how: 'as-it-is' };

/** Of a view by table; a table without one cannot be read as of an earlier event. */
export type Past = Readonly<Record<string, TablePast>>;
