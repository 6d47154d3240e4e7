import type Database from 'better-sqlite3';

/** What every fold asks of every event: numbers, and few. Arrays: an object a row costs a sixth more. */
export type HeadRow = readonly [seq: number, type: number, schemaVersion: number, bytes: number];

/** The rest of the envelope, and the salts. */
export type EnvelopeRow = readonly [
  effectiveAt: number,
  stream: string,
  revision: number,
  recordedAt: number,
  actor: number,
  ledger: number,
  id: string,
  commandId: string,
  correlationId: string,
  hashes: Buffer,
  salts: Buffer,
];

/** A part of the payload; null once redacted. */
export type PartText = string | null;

const HEAD = 'e.seq, e.type, e.schema_version, e.bytes';
const ENVELOPE =
  'e.effective_at, s.name, e.revision, e.recorded_at, e.actor, e.ledger, e.id, e.command_id, e.correlation_id, e.hashes, e.salts';
const NAMED = 'events e CROSS JOIN streams s ON s.id = e.stream';

/** The rows of a page in order, by what is read of them at a time. */
const pageOf = <P extends unknown[]>(db: Database.Database, where: string) => ({
  heads: db.prepare<P, HeadRow>(`SELECT ${HEAD} FROM events e WHERE ${where}`).raw(),
  envelopes: db.prepare<P, EnvelopeRow>(`SELECT ${ENVELOPE} FROM ${NAMED} WHERE ${where}`).raw(),
  data: db.prepare<P, PartText>(`SELECT e.data FROM events e WHERE ${where}`).pluck(),
  words: db.prepare<P, PartText>(`SELECT e.words FROM events e WHERE ${where}`).pluck(),
});

export type PageStatements<P extends unknown[]> = ReturnType<typeof pageOf<P>>;

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
  bySeq: pageOf<[from: number, to: number]>(db, 'e.seq >= ? AND e.seq < ?'),
  ofStream: pageOf<[stream: number, from: number, to: number]>(
    db,
    'e.stream = ? AND e.revision >= ? AND e.revision < ? ORDER BY e.revision',
  ),
});

export type Statements = ReturnType<typeof prepare>;
