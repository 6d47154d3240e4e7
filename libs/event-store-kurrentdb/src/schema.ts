/** Numbered and forward-only; what is here can always be rebuilt from the cluster. */
export const SCHEMA = [
  `
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- next_number is the cluster's, in which foreign events count too; next_revision is ours.
  CREATE TABLE streams (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    next_number INTEGER NOT NULL,
    next_revision INTEGER NOT NULL
  ) STRICT;

  CREATE TABLE events (
    seq INTEGER PRIMARY KEY,
    effective_at INTEGER NOT NULL,
    nodes BLOB NOT NULL,
    stream INTEGER NOT NULL REFERENCES streams (id),
    number INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    -- 64 bits: as text, for no number of JavaScript holds them
    commit_position TEXT NOT NULL,
    prepare_position TEXT NOT NULL,
    id TEXT NOT NULL,
    data_hash BLOB NOT NULL,
    recorded_at TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE (stream, number)
  ) STRICT;

  CREATE TABLE retentions (stream TEXT PRIMARY KEY, hides TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE foreign_events (
    commit_position TEXT PRIMARY KEY,
    stream TEXT NOT NULL,
    type TEXT NOT NULL,
    why TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];
