/**
 * The ledger's events and their log. What a fold, a search by date or a proof asks for stands before the payload, so
 * that reading it never walks a row's overflow pages.
 *
 * - `seq` is given by the writer, dense from 0: no rowid is ever used twice, so no view can be past an event it never saw.
 * - `effective_at`, `recorded_at`: milliseconds since 1970.
 * - `nodes`: leaf hash, then the interior nodes that this leaf completes (32 bytes each).
 * - `bytes`: length of canonical data, words and envelope in UTF-8, as committed.
 * - `hashes`: commandHash, dataHash, wordsHash (32 bytes each). One blob: reading three costs half of the row.
 * - `salts`: of data, of words (16 bytes each), of ids (32 bytes, LedgerOpened alone). One is destroyed by zeros in its
 *   place, together with its part, which is then NULL.
 * - `names`: types, actors and ledgers, each written once.
 */
export const sql = `
  CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    effective_at INTEGER NOT NULL,
    nodes BLOB NOT NULL,
    stream INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    type INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    actor INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    id TEXT NOT NULL,
    command_id TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    salts BLOB NOT NULL,
    data TEXT,
    words TEXT,
    UNIQUE (stream, revision)
  ) STRICT;
`;
