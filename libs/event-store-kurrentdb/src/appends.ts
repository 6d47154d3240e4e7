import { NO_STREAM } from '@kurrent/kurrentdb-client';
import { check, Envelope, LedgerError } from '@credence/contracts';
import { EMPTY_TIP, extend, MAX_CLOCK_SKEW_MS, nextRecordedAt, place } from '@credence/kernel';
import type { Clock, Expected, Placed, SealedEvent } from '@credence/kernel';
import type { Sha256 } from '@credence/integrity';
import type { Budgets, Talking } from './cluster.js';
import { DEADLINE_MS } from './connection.js';
import { decoded, encoded } from './encoding.js';
import type { Raw } from './encoding.js';
import { backOffMs, meaningOf, outage, textOf, within } from './failure.js';
import type { Feed } from './feed.js';
import type { Names } from './names.js';
import { stopped } from './node-index.js';
import type { NodeIndex, Place, Row } from './node-index.js';

/** What servers of every release take in one append. */
const MAX_EVENTS = 500;
const MAX_BYTES = 1024 * 1024;
/** The longest seq that any log will come to: an envelope that fits with it fits with every other. */
const LONGEST_SEQ = Number.MAX_SAFE_INTEGER;

export interface AppendOptions extends Talking {
  readonly feed: Feed;
  readonly index: NodeIndex;
  readonly names: Names;
  readonly clock: Clock;
  readonly sha256: Sha256;
  readonly budgets: Budgets;
  /** How far this machine's clock is known to be off the server's, in milliseconds; 0: not known to be off. */
  readonly offServer: () => number;
  readonly onSent: (ids: readonly string[], sentAt: number) => void;
  readonly onAnswered: (ids: readonly string[]) => void;
}

/** One append on its way: identical however often it is sent. */
interface Request {
  readonly stream: string;
  readonly name: string;
  readonly sealed: readonly SealedEvent[];
  readonly events: ReturnType<typeof encoded>[];
  readonly revision: number;
  /** The cluster's number of the last event before it; undefined: there is none. */
  after: number | undefined;
}

export function appender(options: AppendOptions) {
  const { cluster, connection, feed, index, names, shown, clock, sha256, random, sleep, budgets } = options;
  let lastMs = -Infinity;

  /** @throws wrong-expected-revision - unless the stream is where the caller saw it */
  const endSeen = async (stream: string, expected: Expected) => {
    const wanted = expected === 'no-stream' ? 0 : expected + 1;
    let end = index.end(stream);
    if (end.revision < wanted) {
      // Beyond what the feed has brought: is it yet to come, or was the caller wrong?
      const last = await cluster.lastOf(names.of(stream)).catch(gone(stream));
      if (last !== undefined && !(await feed.passes(last, budgets.feed)))
        throw new LedgerError(
          'view-behind',
          `${shown}: this node has read up to event ${String(index.tip.size)}, and ${stream} goes on beyond it: try again`,
        );
      end = index.end(stream);
    }
    if (end.revision !== wanted) throw wrongRevision(stream, expected, end.revision);
    return end;
  };

  const gone =
    (stream: string) =>
    (error: unknown): never => {
      if (meaningOf(error) !== 'deleted') throw outage(shown, error);
      const stop = stopped(`${stream} was tombstoned: its history is gone`);
      feed.fail(stop);
      throw stop;
    };

  const moment = async (stream: string, expected: Expected): Promise<number> => {
    const off = options.offServer();
    const recordedAtMs = nextRecordedAt(clock(), Math.max(index.tip.effectiveAt, lastMs));
    if (recordedAtMs !== undefined && Math.abs(off) <= MAX_CLOCK_SKEW_MS) return recordedAtMs;
    await endSeen(stream, expected);
    throw new LedgerError(
      'clock-skew',
      recordedAtMs === undefined
        ? `the clock is at ${String(clock())} ms, and the ledger at ${String(index.tip.effectiveAt)} ms`
        : `the clock of this machine is ${String(Math.round(off))} ms off that of ${shown}: set it right`,
    );
  };

  const prepared = async (stream: string, expected: Expected, sealed: readonly SealedEvent[]): Promise<Request> => {
    const recordedAtMs = await moment(stream, expected);
    const end = await endSeen(stream, expected);
    const recordedAt = new Date(recordedAtMs).toISOString();
    const envelopes = sealed.map((event, i) =>
      place(event, { stream, revision: end.revision + i, seq: LONGEST_SEQ, recordedAt }),
    );
    for (const envelope of envelopes) {
      extend(EMPTY_TIP, envelope, recordedAtMs, sha256);
      const wrong = check(Envelope, envelope)[0];
      if (wrong !== undefined) throw new Error(`${stream}: ${envelope.type}: ${wrong.pointer} ${wrong.detail}`);
    }
    const events = sealed.map((event, i) => encoded(event, recordedAt, sealed.length - 1 - i));
    const bytes = sealed.reduce((sum, event) => sum + event.dataText.length + event.wordsText.length, 0);
    if (events.length > MAX_EVENTS || (events.length > 1 && bytes > MAX_BYTES))
      throw new LedgerError(
        'event-too-large',
        `${stream}: ${String(events.length)} events of ${String(bytes)} bytes in one append, and at most ${String(MAX_EVENTS)} of ${String(MAX_BYTES)} bytes are taken`,
      );
    lastMs = Math.max(lastMs, recordedAtMs);
    const after = end.number === 0 ? undefined : end.number - 1;
    return { stream, name: names.of(stream), sealed, events, revision: end.revision, after };
  };

  const send = ({ name, events, after }: Request) => {
    const { client } = connection;
    const ids = events.map(({ id }) => id);
    options.onSent(ids, performance.now());
    return within(
      budgets.call + 500,
      `${shown}: append to ${name}`,
      client.appendToStream(name, events, {
        streamState: after === undefined ? NO_STREAM : BigInt(after),
        requiresLeader: true,
        deadline: Math.min(budgets.call, DEADLINE_MS),
      }),
    ).then(
      ({ position }) => {
        options.onAnswered(ids);
        return position;
      },
      (error: unknown) => {
        if (['ambiguous', 'not-done'].includes(meaningOf(error))) connection.renew(client);
        throw error;
      },
    );
  };

  type Found =
    | { readonly kind: 'ours'; readonly last: Place }
    | { readonly kind: 'other' | 'nothing' }
    /** Only events that do not count stand there, up to this number. */
    | { readonly kind: 'foreign'; readonly upTo: number };

  /** What stands where the append wanted to stand. */
  const readBack = async ({ stream, name, sealed, after }: Request): Promise<Found> => {
    const from = after === undefined ? 0 : after + 1;
    const found = await cluster.readStream(name, from, Math.max(sealed.length, 50)).catch(gone(stream));
    const [first] = found;
    if (first === undefined) return { kind: 'nothing' };
    if (sealed.every((event, i) => sameContent(found[i], event)))
      return { kind: 'ours', last: found[sealed.length - 1] as Raw };
    const counts = (raw: Raw) => {
      const read = decoded(raw, stream);
      return typeof read !== 'string' && read.metadata.ledger === (index.ledger ?? read.metadata.ledger);
    };
    return found.some(counts) ? { kind: 'other' } : { kind: 'foreign', upTo: Number(found.at(-1)?.number ?? from) };
  };

  /** Sends until it is known what came of it, or the time is over. */
  const settle = async (request: Request): Promise<Place | undefined> => {
    const until = performance.now() + budgets.append;
    let doubtful = false;
    for (let attempt = 0; ; attempt++) {
      let last: unknown;
      try {
        const position = await send(request);
        return position ?? undefined;
      } catch (error) {
        last = error;
        const meaning = meaningOf(error);
        if (meaning === 'deleted') gone(request.stream)(error);
        if (meaning === 'refused') {
          if (doubtful) throw unknown(request, error);
          throw isBug(error) ? error : outage(shown, error);
        }
        if (meaning === 'ambiguous') doubtful = true;
        if (meaning === 'conflict') {
          const found = await readBack(request).catch((failed: unknown) => {
            if (doubtful) throw unknown(request, failed);
            throw failed;
          });
          if (found.kind === 'ours') return found.last;
          if (found.kind === 'other') throw overtaken(request);
          if (found.kind === 'foreign' && !doubtful) {
            request.after = found.upTo;
            continue;
          }
          doubtful = true; // something is there that is not replicated yet: perhaps ours
        }
      }
      if (performance.now() > until) throw doubtful ? unknown(request, last) : outage(shown, last);
      await sleep(backOffMs(attempt, random));
    }
  };

  const unknown = ({ stream }: Request, error: unknown) =>
    new LedgerError(
      'outcome-unknown',
      `${shown}: whether ${stream} was written is not known (${textOf(error)}): repeat the command under the same id`,
    );

  const overtaken = ({ stream, revision }: Request) =>
    new LedgerError('wrong-expected-revision', `${stream}: another writer came to revision ${String(revision)} first`);

  /**
   * Looks whether what stands there is what was sent: the cluster answers "written" to whoever sends the same ids, and
   * drops what else they hold.
   */
  const confirmed = async (request: Request, position: Place | undefined): Promise<readonly Placed[]> => {
    const { stream, sealed, revision } = request;
    const first = request.after === undefined ? 0 : request.after + 1;
    if (position !== undefined && (await feed.passes(position, budgets.feed))) {
      const rows = sealed.map((_, i) => index.numbered(stream, first + i));
      if (!rows.every((row, i) => row !== undefined && sameRow(row, sealed[i] as SealedEvent)))
        throw overtaken(request);
      return (rows as Row[]).map(row => ({
        id: row.id,
        revision: row.revision,
        recordedAt: row.recordedAt,
        seq: row.seq,
      }));
    }
    const found = await readBack(request).catch((error: unknown) => {
      throw unknown(request, error);
    });
    if (found.kind === 'nothing') throw unknown(request, new Error('it cannot be read yet'));
    if (found.kind !== 'ours') throw overtaken(request);
    if (position === undefined) return confirmed(request, found.last);
    const recordedAt = (request.events[0]?.metadata as { recordedAt: string }).recordedAt;
    return sealed.map(({ id }, i) => ({ id, revision: revision + i, recordedAt }));
  };

  /** One append after the other on one stream; streams do not wait for each other. */
  const turns = new Map<string, Promise<unknown>>();
  const append = (stream: string, expected: Expected, sealed: readonly SealedEvent[]): Promise<readonly Placed[]> => {
    const mine = (turns.get(stream) ?? Promise.resolve()).then(async () => {
      const request = await prepared(stream, expected, sealed);
      return confirmed(request, await settle(request));
    });
    const settled = mine
      .catch(() => undefined)
      .then(() => {
        if (turns.get(stream) === settled) turns.delete(stream);
      });
    turns.set(stream, settled);
    return mine;
  };

  return {
    append,
    /** Appends events of which place and moment are settled. */
    send: async (
      stream: string,
      first: number,
      sealed: readonly SealedEvent[],
      recordedAt: readonly string[],
    ): Promise<Place> => {
      const events = sealed.map((event, i) => encoded(event, recordedAt[i] as string, 0));
      const after = first === 0 ? undefined : first - 1;
      const request: Request = { stream, name: names.of(stream), sealed, events, revision: first, after };
      const position = await settle(request);
      if (position !== undefined) return position;
      const found = await readBack(request);
      if (found.kind === 'ours') return found.last;
      throw overtaken(request);
    },
    /** Resolves when nothing is on its way any more. */
    idle: async () => {
      while (turns.size > 0) await Promise.all(turns.values());
    },
  };
}

const sameContent = (raw: Raw | undefined, event: SealedEvent): boolean => {
  const { dataHash, wordsHash } = (raw?.metadata ?? {}) as Partial<SealedEvent>;
  return raw?.id === event.id && dataHash === event.dataHash && wordsHash === event.wordsHash;
};

const sameRow = (row: Row, event: SealedEvent): boolean => row.id === event.id && row.dataHash === event.dataHash;

const isBug = (error: unknown) => error instanceof TypeError || error instanceof RangeError;

const wrongRevision = (stream: string, expected: Expected, next: number) =>
  new LedgerError(
    'wrong-expected-revision',
    `${stream}: expected ${expected === 'no-stream' ? 'no stream' : `revision ${String(expected)}`}, found ${next === 0 ? 'no stream' : `revision ${String(next - 1)}`}`,
  );
