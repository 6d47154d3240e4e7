import type Database from 'better-sqlite3';
import { LedgerError } from '@credence/contracts';
import { frontierAt, nodeHome, nodeInBlob } from '@credence/integrity';
import type { Sha256 } from '@credence/integrity';
import { EMPTY_TIP, extend, nextRecordedAt, place } from '@credence/kernel';
import type { Clock, EventStore, Expected, LogTip, Placed, Position, SealedEvent } from '@credence/kernel';
import { checkpointer } from './checkpointer.js';
import { lru } from './lru.js';
import { onMedium, unavailable } from './medium.js';
import { prepare } from './statements.js';
import { eventsIn, rowsOf } from './stored.js';
import type { Rows } from './stored.js';

const PAGE_SIZE = 500;
/** Streams whose head is kept in the process; the rest is asked of the table. */
const HEADS = 20_000;
/** Types, actors and ledgers. */
const NAMES = 5_000;

/** What is known of a stream: its row, once it has one, and the revision that comes next. */
interface Head {
  readonly id: number | undefined;
  readonly next: number;
}

const NO_STREAM: Head = { id: undefined, next: 0 };

/** An append that waits for the next commit. */
interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly SealedEvent[];
  resolve(placed: readonly Placed[]): void;
  reject(reason: unknown): void;
}

/** What a transaction has come to so far; dropped if it does not commit. */
interface Draft {
  readonly nowMs: number;
  tip: LogTip;
  bytes: number;
  readonly heads: Map<string, Head>;
  readonly names: Map<string, number>;
}

/** The event store over an open database. It is the only writer: the folder's lock sees to that. */
export function eventStoreOver(
  db: Database.Database,
  file: string,
  options: { readonly clock: Clock; readonly sha256: Sha256; readonly onClose?: () => void },
): EventStore {
  const { clock, sha256 } = options;
  const sql = prepare(db);
  const checkpoints = checkpointer(db, file);
  const heads = lru<string, Head>(HEADS);
  const idsOfNames = lru<string, number>(NAMES);
  const namesOfIds = lru<number, string>(NAMES);
  const wakers = new Set<() => void>();
  let tip = readTip();
  let queue: Waiting[] = [];
  let closed = false;

  function readTip(): LogTip {
    const last = sql.lastEvent.get();
    if (last === undefined) return EMPTY_TIP;
    const size = last.seq + 1;
    const node = (level: number, index: number) => nodeInBlob(nodesOf(nodeHome(level, index)), level);
    return { size, effectiveAt: last.effective_at, frontier: frontierAt(size, node) };
  }

  function nodesOf(seq: number): Uint8Array {
    return sql.nodesOfLeaf.get(seq) ?? beyond(seq);
  }

  function beyond(seq: number): never {
    throw new RangeError(`event ${String(seq)}: the log has ${String(tip.size)}`);
  }

  function headOf(stream: string): Head {
    const known = heads.get(stream);
    if (known !== undefined) return known;
    const found = sql.headOfStream.get(stream);
    const head = found === undefined ? NO_STREAM : { id: found.id, next: found.revision + 1 };
    heads.set(stream, head);
    return head;
  }

  // --- writing ---------------------------------------------------------------------------------------------------

  /** All that is queued goes into one transaction. Callers who queue in the same turn of the event loop share it. */
  function commitQueued(): void {
    const group = queue;
    queue = [];
    if (group.length === 0) return;
    const draft: Draft = { nowMs: clock(), tip, bytes: 0, heads: new Map(), names: new Map() };
    let outcomes: readonly (readonly Placed[] | Failed)[];
    try {
      sql.begin.run();
      outcomes = group.map(waiting => carryOut(waiting, draft));
      sql.commit.run();
    } catch (error) {
      const reason = unavailable(file, error);
      rollBack();
      for (const waiting of group) waiting.reject(reason);
      return;
    }
    if (draft.tip !== tip) publish(draft);
    group.forEach((waiting, i) => {
      const outcome = outcomes[i] as readonly Placed[] | Failed;
      if (outcome instanceof Failed) waiting.reject(outcome.reason);
      else waiting.resolve(outcome);
    });
  }

  function rollBack(): void {
    try {
      if (db.inTransaction) sql.rollback.run();
    } catch {
      // SQLite has rolled back by itself: it does so when the disk is full.
    }
  }

  /** From here on the transaction's events are there for everybody. */
  function publish(draft: Draft): void {
    tip = draft.tip;
    for (const [stream, head] of draft.heads) heads.set(stream, head);
    for (const [name, id] of draft.names) idsOfNames.set(name, id);
    checkpoints.wrote(draft.bytes);
    for (const wake of [...wakers]) wake();
  }

  /** Writes one append of a transaction. What is wrong with it alone leaves nothing of it, and the others are none the wiser. */
  function carryOut({ stream, expected, events }: Waiting, draft: Draft): readonly Placed[] | Failed {
    const head = draft.heads.get(stream) ?? headOf(stream);
    const before = { tip: draft.tip, bytes: draft.bytes, names: draft.names.size };
    let inside = false;
    try {
      if ((expected === 'no-stream' ? 0 : expected + 1) !== head.next) throw wrongRevision(stream, expected, head.next);
      const write = writer(stream, head, draft);
      if (events.length === 1) return [write(events[0] as SealedEvent)];
      sql.savepoint.run();
      inside = true;
      const placed = events.map(write);
      sql.release.run();
      return placed;
    } catch (error) {
      if (unavailable(file, error) !== error) throw error;
      if (inside) {
        sql.rollbackToSavepoint.run();
        sql.release.run();
      }
      draft.tip = before.tip;
      draft.bytes = before.bytes;
      draft.heads.set(stream, head);
      for (const name of [...draft.names.keys()].slice(before.names)) draft.names.delete(name);
      return new Failed(error);
    }
  }

  /** Puts one event after another at the end of a stream. Whatever an event can be refused for comes before its row. */
  function writer(stream: string, head: Head, draft: Draft) {
    const recordedAtMs = nextRecordedAt(draft.nowMs, draft.tip.effectiveAt);
    if (recordedAtMs === undefined)
      throw new LedgerError(
        'clock-skew',
        `the clock is at ${String(draft.nowMs)} ms, and the ledger at ${String(draft.tip.effectiveAt)} ms`,
      );
    const recordedAt = new Date(recordedAtMs).toISOString();
    let { id } = head;
    let revision = head.next - 1;
    return (event: SealedEvent): Placed => {
      revision++;
      const seq = draft.tip.size;
      const entry = extend(draft.tip, place(event, { stream, revision, seq, recordedAt }), recordedAtMs, sha256);
      const hashes = hashesOf(event);
      const salts = saltsOf(event);
      const bytes = entry.envelopeBytes + Buffer.byteLength(event.dataText) + Buffer.byteLength(event.wordsText);
      id ??= Number(sql.addStream.run(stream).lastInsertRowid);
      sql.addEvent.run(
        seq,
        entry.tip.effectiveAt,
        entry.nodes,
        id,
        revision,
        recordedAtMs,
        idOf(event.type, draft),
        event.schemaVersion,
        idOf(event.actor, draft),
        idOf(event.ledger, draft),
        event.id,
        event.commandId,
        event.correlationId,
        bytes,
        hashes,
        salts,
        event.dataText,
        event.wordsText,
      );
      draft.tip = entry.tip;
      draft.bytes += bytes;
      draft.heads.set(stream, { id, next: revision + 1 });
      return { id: event.id, revision, recordedAt, seq };
    };
  }

  /** The number that stands for a type, an actor or a ledger. */
  function idOf(name: string, draft: Draft): number {
    const known = idsOfNames.get(name) ?? draft.names.get(name);
    if (known !== undefined) return known;
    const id = sql.idOfName.get(name) ?? Number(sql.addName.run(name).lastInsertRowid);
    draft.names.set(name, id);
    return id;
  }

  // --- reading ---------------------------------------------------------------------------------------------------

  function nameOf(id: number): string {
    const known = namesOfIds.get(id);
    if (known !== undefined) return known;
    const name = sql.nameOfId.get(id) ?? '';
    namesOfIds.set(id, name);
    return name;
  }

  const read = <T>(look: () => T): T =>
    onMedium(file, () => {
      open();
      return look();
    });
  const bySeq = (from: number, to: number) => rowsOf(sql.bySeq, [from, to], nameOf, read);
  const ofStream = (stream: number, from: number, to: number) => rowsOf(sql.ofStream, [stream, from, to], nameOf, read);

  /** Each page is a read of its own, so no read holds the log back; between two, others get their turn. */
  async function* pages(from: number, to: number, size: number, rowsIn: (from: number, to: number) => Rows) {
    for (let start = from; start < to; start += size) {
      if (start > from) await turn();
      const end = Math.min(start + size, to);
      const page = eventsIn(rowsIn(start, end));
      if (page.length !== end - start)
        throw new LedgerError(
          'store-unavailable',
          `${file}: of events ${String(start)} to ${String(end - 1)} some are missing`,
        );
      yield page;
    }
  }

  const readAll = (from: number, pageSize = PAGE_SIZE) => pages(from, tip.size, pageSize, bySeq);

  const open = () => {
    if (closed) throw new LedgerError('store-unavailable', `${file} is closed`);
  };

  const news = (signal: AbortSignal) =>
    new Promise<void>(resolve => {
      const wake = () => {
        wakers.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      wakers.add(wake);
      signal.addEventListener('abort', wake);
    });

  return {
    append: async (stream, expected, events) => {
      open();
      if (events.length === 0) throw new Error(`${stream}: an append of no events`);
      return new Promise((resolve, reject) => {
        if (queue.push({ stream, expected, events, resolve, reject }) === 1) setImmediate(commitQueued);
      });
    },
    readStream: (stream, { from = 0, pageSize = PAGE_SIZE } = {}) => {
      open();
      const { id, next } = onMedium(file, () => headOf(stream));
      return pages(from, next, pageSize, (start, end) => ofStream(id as number, start, end));
    },
    readAll: (after, { pageSize } = {}) => {
      open();
      return readAll(seqAfter(after), pageSize);
    },
    follow: async function* (after, { signal, pageSize }) {
      for (let from = seqAfter(after); !signal.aborted;) {
        open();
        if (from >= tip.size) await news(signal);
        for await (const page of readAll(from, pageSize)) {
          if (signal.aborted) return;
          yield page;
          from += page.length;
        }
      }
    },
    readEvent: async seq => {
      open();
      return eventsIn(bySeq(seq, seq + 1))[0];
    },
    log: {
      head: () => ({ size: tip.size, effectiveAt: tip.effectiveAt }),
      nodes: seq => onMedium(file, () => nodesOf(seq)),
      effectiveAt: seq => onMedium(file, () => sql.effectiveAtOf.get(seq)) ?? beyond(seq),
    },
    close: async () => {
      if (closed) return;
      closed = true;
      commitQueued();
      for (const wake of [...wakers]) wake();
      await checkpoints.stop();
      try {
        db.pragma('wal_checkpoint(TRUNCATE)');
      } catch {
        // What could not be copied stays in the log, and the next start reads it there.
      }
      db.close();
      options.onClose?.();
    },
  };
}

/** One append of a group that did not come to be, while the others did. */
class Failed {
  constructor(readonly reason: unknown) {}
}

const turn = () => new Promise(resolve => setImmediate(resolve));

const seqAfter = (position: Position | null) => (position === null ? 0 : Number(position) + 1);

const wrongRevision = (stream: string, expected: Expected, next: number) =>
  new LedgerError(
    'wrong-expected-revision',
    `${stream}: expected ${expected === 'no-stream' ? 'no stream' : `revision ${String(expected)}`}, found ${next === 0 ? 'no stream' : `revision ${String(next - 1)}`}`,
  );

const HASHES = /^[0-9a-f]{192}$/;
const SALT_BYTES = 16;

// What a row is given is copied into it: one place for each will do.
const hashes = Buffer.alloc(96);
const twoSalts = Buffer.alloc(2 * SALT_BYTES);

function hashesOf({ id, commandHash, dataHash, wordsHash }: SealedEvent): Buffer {
  const hex = commandHash + dataHash + wordsHash;
  if (!HASHES.test(hex)) throw new Error(`event ${id}: its hashes are not 64 lower-case hexadecimal digits each`);
  hashes.write(hex, 'hex');
  return hashes;
}

function saltsOf({ id, salts: { data, words, ids } }: SealedEvent): Buffer {
  if (data.length !== SALT_BYTES || words.length !== SALT_BYTES) throw new Error(`event ${id}: a salt has 16 bytes`);
  twoSalts.set(data);
  twoSalts.set(words, SALT_BYTES);
  return ids === undefined ? twoSalts : Buffer.concat([twoSalts, ids]);
}
