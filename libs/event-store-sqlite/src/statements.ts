import type Database from 'better-sqlite3';

/** A row of `events` as a page reads it. Arrays: objects with a member per column cost a sixth more. */
export type EventRow = readonly [
  seq: number,
  effectiveAt: number,
  stream: string,
  revision: number,
  recordedAt: number,
  type: number,
  schemaVersion: number,
  actor: number,
  ledger: number,
  id: string,
  commandId: string,
  correlationId: string,
  bytes: number,
  hashes: Buffer,
  salts: Buffer,
  data: string | null,
  words: string | null,
];

const READ = `
  SELECT e.seq, e.effective_at, s.name, e.revision, e.recorded_at, e.type, e.schema_version, e.actor, e.ledger, e.id,
         e.command_id, e.correlation_id, e.bytes, e.hashes, e.salts, e.data, e.words
  FROM events e CROSS JOIN streams s ON s.id = e.stream
`;

/** Everything that is ever asked of the database, prepared once. */
export const prepare = (db: Database.Database) => ({
  begin: db.prepare('BEGIN IMMEDIATE'),
  commit: db.prepare('COMMIT'),
  rollback: db.prepare('ROLLBACK'),
  savepoint: db.prepare('SAVEPOINT one_append'),
  rollbackToSavepoint: db.prepare('ROLLBACK TO one_append'),
  release: db.prepare('RELEASE one_append'),

  lastEvent: db.prepare<[], { seq: number; effective_at: number }>(
    'SELECT seq, effective_at FROM events ORDER BY seq DESC LIMIT 1',
  ),
  headOfStream: db.prepare<[name: string], { id: number; revision: number }>(
    `SELECT s.id, coalesce((SELECT max(revision) FROM events WHERE stream = s.id), -1) AS revision
     FROM streams s WHERE s.name = ?`,
  ),
  addStream: db.prepare<[name: string]>('INSERT INTO streams (name) VALUES (?)'),
  idOfName: db.prepare<[name: string], number>('SELECT id FROM names WHERE name = ?').pluck(),
  nameOfId: db.prepare<[id: number], string>('SELECT name FROM names WHERE id = ?').pluck(),
  addName: db.prepare<[name: string]>('INSERT INTO names (name) VALUES (?)'),
  addEvent: db.prepare(
    `INSERT INTO events (seq, effective_at, nodes, stream, revision, recorded_at, type, schema_version, actor, ledger, id,
                         command_id, correlation_id, bytes, hashes, salts, data, words)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),

  nodesOfLeaf: db.prepare<[seq: number], Buffer>('SELECT nodes FROM events WHERE seq = ?').pluck(),
  effectiveAtOf: db.prepare<[seq: number], number>('SELECT effective_at FROM events WHERE seq = ?').pluck(),
  eventsFrom: db.prepare<[from: number, to: number], EventRow>(`${READ} WHERE e.seq >= ? AND e.seq < ?`).raw(),
  eventsOfStreamFrom: db
    .prepare<[stream: number, from: number, to: number], EventRow>(
      `${READ} WHERE e.stream = ? AND e.revision >= ? AND e.revision < ? ORDER BY e.revision`,
    )
    .raw(),
});

export type Statements = ReturnType<typeof prepare>;
