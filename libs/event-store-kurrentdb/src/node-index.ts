import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { isLedgerError, LedgerError } from '@credence/contracts';
import { frontierAt, nodeHome, nodeInBlob } from '@credence/integrity';
import type { Sha256 } from '@credence/integrity';
import { EMPTY_TIP, extend } from '@credence/kernel';
import type { LogTip, StoredEvent } from '@credence/kernel';
import { judge } from './counting.js';
import { envelopeOf, storedOf } from './encoding.js';
import type { Decoded, Raw } from './encoding.js';
import type { Names } from './names.js';
import { SCHEMA } from './schema.js';

export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export interface Row extends Place {
  readonly seq: number;
  readonly stream: string;
  readonly number: number;
  readonly revision: number;
  readonly id: string;
  /** Hexadecimal; salted, so that no two events ever have the same. */
  readonly dataHash: string;
  readonly recordedAt: string;
  readonly effectiveAt: number;
  readonly bytes: number;
}

/** How far a stream goes: the cluster's next number of it, and our next revision. */
export interface StreamEnd {
  readonly number: number;
  readonly revision: number;
}

/** The log of one node: which events of the cluster count, in which order, and the Merkle tree over them. */
export interface NodeIndex {
  readonly tip: LogTip;
  readonly ledger: string | undefined;
  /** The last event of the cluster that was considered. */
  readonly at: Place | undefined;
  /** Considers events in `$all` order; effects and place in one transaction. @returns those that count */
  take(page: readonly Raw[]): StoredEvent[];
  end(stream: string): StreamEnd;
  row(seq: number): Row | undefined;
  rows(from: number, to: number): Row[];
  /** The event with this number of the cluster in its stream. */
  numbered(stream: string, number: number): Row | undefined;
  /** The cluster's number of the event with this revision of ours. */
  numberOf(stream: string, revision: number): number | undefined;
  nodes(seq: number): Uint8Array;
  effectiveAt(seq: number): number;
  retentions(): { readonly stream: string; readonly hides: string }[];
  foreign(): { readonly stream: string; readonly type: string; readonly why: string }[];
  close(): void;
}

export interface IndexOptions {
  readonly file: string;
  readonly names: Names;
  readonly sha256: Sha256;
  /** The ledger whose events count; default: the one that the first event of `ledger-main` names. */
  readonly ledger?: string;
}

interface EventRow {
  seq: number;
  effective_at: number;
  stream: string;
  number: number;
  revision: number;
  commit_position: string;
  prepare_position: string;
  id: string;
  data_hash: Buffer;
  recorded_at: string;
  bytes: number;
}

const READ = `
  SELECT e.seq, e.effective_at, s.name AS stream, e.number, e.revision, e.commit_position, e.prepare_position, e.id,
         e.data_hash, e.recorded_at, e.bytes
  FROM`;

/** Streams of which the end is kept in the process. */
const ENDS = 50_000;

/** @throws store-unavailable - the file cannot be opened, or is of a newer release */
export function openNodeIndex({ file, names, sha256, ledger: wanted }: IndexOptions): NodeIndex {
  const db = open(file);
  const sql = {
    fact: db.prepare<[string], string>('SELECT value FROM facts WHERE name = ?').pluck(),
    setFact: db.prepare<[string, string]>('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)'),
    stream: db.prepare<[string], { id: number; next_number: number; next_revision: number }>(
      'SELECT id, next_number, next_revision FROM streams WHERE name = ?',
    ),
    addStream: db.prepare<[string]>('INSERT INTO streams (name, next_number, next_revision) VALUES (?, 0, 0)'),
    setStream: db.prepare<[number, number, number]>(
      'UPDATE streams SET next_number = ?, next_revision = ? WHERE id = ?',
    ),
    addEvent: db.prepare(
      `INSERT INTO events (seq, effective_at, nodes, stream, number, revision, commit_position, prepare_position, id,
                           data_hash, recorded_at, bytes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    last: db.prepare<[], { seq: number; effective_at: number }>(
      'SELECT seq, effective_at FROM events ORDER BY seq DESC LIMIT 1',
    ),
    // CROSS JOIN: SQLite begins with the table that is named first.
    rows: db.prepare<[number, number], EventRow>(
      `${READ} events e CROSS JOIN streams s ON s.id = e.stream WHERE e.seq >= ? AND e.seq < ? ORDER BY e.seq`,
    ),
    numbered: db.prepare<[string, number], EventRow>(
      `${READ} streams s CROSS JOIN events e ON e.stream = s.id WHERE s.name = ? AND e.number = ?`,
    ),
    numberOf: db
      .prepare<[string, number, number], number>(
        `SELECT e.number FROM streams s CROSS JOIN events e ON e.stream = s.id
         WHERE s.name = ? AND e.number >= ? AND e.revision = ?`,
      )
      .pluck(),
    nodes: db.prepare<[number], Buffer>('SELECT nodes FROM events WHERE seq = ?').pluck(),
    effectiveAt: db.prepare<[number], number>('SELECT effective_at FROM events WHERE seq = ?').pluck(),
    retain: db.prepare<[string, string]>('INSERT OR REPLACE INTO retentions (stream, hides) VALUES (?, ?)'),
    release: db.prepare<[string]>('DELETE FROM retentions WHERE stream = ?'),
    retentions: db.prepare<[], { stream: string; hides: string }>('SELECT stream, hides FROM retentions'),
    addForeign: db.prepare<[string, string, string, string]>(
      'INSERT OR IGNORE INTO foreign_events (commit_position, stream, type, why) VALUES (?, ?, ?, ?)',
    ),
    foreign: db.prepare<[], { stream: string; type: string; why: string }>(
      'SELECT stream, type, why FROM foreign_events ORDER BY length(commit_position), commit_position',
    ),
  };

  interface End {
    readonly id: number;
    readonly number: number;
    readonly revision: number;
  }
  const ends = new Map<string, End>();
  const beyond = (seq: number): never => {
    throw new RangeError(`event ${String(seq)}: the log has ${String(tip.size)}`);
  };
  const nodesOf = (seq: number): Uint8Array => sql.nodes.get(seq) ?? beyond(seq);

  const readTip = (): LogTip => {
    const last = sql.last.get();
    if (last === undefined) return EMPTY_TIP;
    const size = last.seq + 1;
    const node = (level: number, index: number) => nodeInBlob(nodesOf(nodeHome(level, index)), level);
    return { size, effectiveAt: last.effective_at, frontier: frontierAt(size, node) };
  };
  const readAt = (): Place | undefined => {
    const [commit, prepare] = sql.fact.get('at')?.split('/') ?? [];
    return commit === undefined || prepare === undefined
      ? undefined
      : { commit: BigInt(commit), prepare: BigInt(prepare) };
  };

  let tip: LogTip = EMPTY_TIP;
  tip = readTip();
  let at = readAt();
  let ledger = wanted ?? sql.fact.get('ledger');

  const endOf = (stream: string): End | undefined => {
    const known = ends.get(stream);
    if (known !== undefined) return known;
    const found = sql.stream.get(stream);
    if (found === undefined) return undefined;
    const end = { id: found.id, number: found.next_number, revision: found.next_revision };
    remember(stream, end);
    return end;
  };
  const remember = (stream: string, end: End) => {
    if (ends.size >= ENDS) ends.clear();
    ends.set(stream, end);
  };

  /** What a page comes to; published when it is on the disk. */
  interface Draft {
    tip: LogTip;
    ledger: string | undefined;
    readonly ends: Map<string, End>;
    readonly events: StoredEvent[];
  }

  const consider = (raw: Raw, draft: Draft): void => {
    const judged = judge(raw, names, draft.ledger);
    if (judged.kind === 'elsewhere') return;
    const { stream } = judged;
    if (judged.kind === 'tombstone') throw stopped(`${stream} was tombstoned: its history is gone`);
    if (judged.kind === 'metadata') {
      if (judged.hides === undefined) sql.release.run(stream);
      else sql.retain.run(stream, judged.hides);
      return;
    }
    const known = draft.ends.get(stream) ?? endOf(stream);
    const end = known ?? { id: Number(sql.addStream.run(stream).lastInsertRowid), number: 0, revision: 0 };
    const number = Number(raw.number);
    if (number > end.number)
      throw stopped(
        `${stream}: events ${String(end.number)} to ${String(number - 1)} are gone (retention, a delete or a scavenge): its history is not whole`,
      );
    if (number < end.number) return; // delivered before
    const next = { ...end, number: number + 1 };
    if (judged.kind === 'ours') {
      const counted = count(judged.event, stream, { number, revision: end.revision, id: end.id }, draft);
      if (counted === undefined) judgedForeign(raw, stream, 'its envelope is over the limit');
      else {
        draft.events.push(counted);
        draft.ledger ??= judged.event.metadata.ledger;
        draft.ends.set(stream, { ...next, revision: end.revision + 1 });
        return;
      }
    } else judgedForeign(raw, stream, judged.why);
    draft.ends.set(stream, next);
  };

  const judgedForeign = (raw: Raw, stream: string, why: string) =>
    sql.addForeign.run(String(raw.commit), stream, raw.type, why);

  const count = (
    event: Decoded,
    stream: string,
    { number, revision, id }: { number: number; revision: number; id: number },
    draft: Draft,
  ): StoredEvent | undefined => {
    const seq = draft.tip.size;
    const { raw, metadata } = event;
    const entry = (() => {
      try {
        const envelope = envelopeOf(event, { stream, revision, seq });
        return extend(draft.tip, envelope, Date.parse(metadata.recordedAt), sha256);
      } catch (error) {
        if (isLedgerError(error, 'event-too-large')) return undefined;
        throw error;
      }
    })();
    if (entry === undefined) return undefined;
    const bytes = entry.envelopeBytes + metadata.bytes;
    const { effectiveAt } = entry.tip;
    const hash = Buffer.from(metadata.dataHash, 'hex');
    const [commit, prepare] = [String(raw.commit), String(raw.prepare)];
    const place = [seq, effectiveAt, entry.nodes, id, number, revision, commit, prepare] as const;
    sql.addEvent.run(...place, raw.id, hash, metadata.recordedAt, bytes);
    draft.tip = entry.tip;
    return storedOf(event, stream, { seq, revision, effectiveAt, bytes });
  };

  const takeAll = db.transaction((page: readonly Raw[], draft: Draft) => {
    for (const raw of page) consider(raw, draft);
    const last = page.at(-1) as Raw;
    sql.setFact.run('at', `${String(last.commit)}/${String(last.prepare)}`);
    for (const { id, number, revision } of draft.ends.values()) sql.setStream.run(number, revision, id);
    if (draft.ledger !== undefined && draft.ledger !== ledger) sql.setFact.run('ledger', draft.ledger);
  });

  return {
    get tip() {
      return tip;
    },
    get ledger() {
      return ledger;
    },
    get at() {
      return at;
    },
    take: page => {
      const fresh = at === undefined ? page : page.filter(({ commit }) => commit > (at as Place).commit);
      const last = fresh.at(-1);
      if (last === undefined) return [];
      const draft: Draft = { tip, ledger, ends: new Map(), events: [] };
      onMedium(file, () => {
        takeAll.immediate(fresh, draft);
      });
      tip = draft.tip;
      ledger = draft.ledger;
      at = { commit: last.commit, prepare: last.prepare };
      for (const [stream, end] of draft.ends) remember(stream, end);
      return draft.events;
    },
    end: stream => endOf(stream) ?? { number: 0, revision: 0 },
    row: seq => rowsOf(sql.rows.all(seq, seq + 1))[0],
    rows: (from, to) => rowsOf(sql.rows.all(from, to)),
    numbered: (stream, number) => rowsOf([sql.numbered.get(stream, number)])[0],
    numberOf: (stream, revision) => sql.numberOf.get(stream, revision, revision),
    nodes: nodesOf,
    effectiveAt: seq => sql.effectiveAt.get(seq) ?? beyond(seq),
    retentions: () => sql.retentions.all(),
    foreign: () => sql.foreign.all(),
    close: () => {
      db.close();
    },
  };
}

const rowsOf = (rows: readonly (EventRow | undefined)[]): Row[] =>
  rows
    .filter(row => row !== undefined)
    .map(row => ({
      seq: row.seq,
      stream: row.stream,
      number: row.number,
      revision: row.revision,
      commit: BigInt(row.commit_position),
      prepare: BigInt(row.prepare_position),
      id: row.id,
      dataHash: row.data_hash.toString('hex'),
      recordedAt: row.recorded_at,
      effectiveAt: row.effective_at,
      bytes: row.bytes,
    }));

/** What no retry mends: the node stops, and says why. */
export const stopped = (what: string): LedgerError =>
  new LedgerError('store-unavailable', `this node has stopped: ${what}`, [
    { pointer: 'ledger', code: 'history-not-whole', detail: what },
  ]);

export const isStop = (error: unknown): boolean =>
  isLedgerError(error) && error.errors.some(({ code }) => code === 'history-not-whole');

function open(file: string): Database.Database {
  return onMedium(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const db = new Database(file);
    try {
      db.pragma('locking_mode = EXCLUSIVE'); // the node's folder is locked; no shared memory, no lock per read
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = NORMAL'); // a power cut costs the last events, and the feed brings them again
      const version = db.pragma('user_version', { simple: true }) as number;
      if (version > SCHEMA.length)
        throw new LedgerError(
          'store-unavailable',
          `${file} was written by a newer release: use that, or another --data`,
        );
      SCHEMA.slice(version).forEach((text, i) =>
        db.transaction(() => {
          db.exec(text);
          db.pragma(`user_version = ${String(version + i + 1)}`);
        })(),
      );
    } catch (error) {
      db.close();
      throw error;
    }
    return db;
  });
}

function onMedium<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: string };
    if (typeof code === 'string' && /^(SQLITE_|E(?!RR_)[A-Z]+$)/.test(code))
      throw new LedgerError('store-unavailable', `${file}: ${message ?? ''} (${code})`);
    throw error;
  }
}
