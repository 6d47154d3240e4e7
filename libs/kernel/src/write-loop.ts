import { checkEvent, isLedgerError, isRefusal, LedgerError, madeBy, refuse } from '@credence/contracts';
import type { LedgerEvent, Refusal } from '@credence/contracts';
import { definitionOf } from '@credence/contracts';
import { isFact } from './decider.js';
import type { Decision, Evolution } from './decider.js';
import type { EventStore, Expected, Placed } from './event-store.js';
import { each, present } from './events.js';
import { seal } from './seal.js';
import type { Primitives } from './seal.js';

/** One command on one stream. */
export interface Write<S> {
  readonly stream: string;
  readonly evolution: Evolution<S>;
  /** Called again on a newer state if another writer came first; never for a command that was carried out before. */
  decide(state: S): Decision | Promise<Decision>;
  readonly commandId: string;
  /** Of the command as sent: same id and other content is refused. */
  readonly commandHash: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly ledger: string;
  /** Events that were set aside take no part in the state. */
  isSetAside?(seq: number): boolean;
  /** The revision that the caller saw; absent: the loop re-decides by itself. */
  readonly expected?: number;
  /** Of LedgerOpened alone. */
  readonly idSalt?: Uint8Array;
  /** Decide, and say what would be recorded; write nothing. */
  readonly dryRun?: boolean;
}

/** The answer to a write (WIRE.md, "Receipt"); rebuilt from the stored event when a command is repeated. */
export interface Receipt {
  readonly commandId: string;
  readonly stream: string;
  /** The thing made, else the stream's subject. */
  readonly id: string;
  readonly revision?: number;
  /** Absent while a cluster has not yet said where in its order the event stands, and in a dry run. */
  readonly seq?: number;
  readonly recordedAt?: string;
  readonly events: readonly { readonly id: string; readonly type: string; readonly seq?: number }[];
}

export interface Written {
  readonly receipt: Receipt;
  /**
   * `replayed`: the command had been carried out before; nothing was written now. `unknown`: it was sent, and a cluster did
   * not say what came of it; the same command id, sent again, finds out and is carried out at most once.
   */
  readonly outcome: 'recorded' | 'replayed' | 'unchanged' | 'would-record' | 'unknown';
}

/** How often a command is decided anew because another writer came first. */
export const MAX_REDECISIONS = 3;

/**
 * Read the stream, look for the command id, decide, append at the revision seen.
 *
 * @returns the receipt, also of a command carried out before; or a refusal, which is not remembered
 * @throws wrong-expected-revision - `expected` is not the stream's revision, or others were first four times running
 * @throws store-unavailable, clock-skew - from the store; nothing was written
 */
export async function write<S>(
  store: EventStore,
  request: Write<S>,
  primitives: Primitives,
): Promise<Written | Refusal> {
  for (let attempt = 0; ; attempt++) {
    const past = await readPast(store, request);
    if (past.replayed !== undefined) return replay(past.replayed, request);
    if (request.expected !== undefined && request.expected !== past.revision)
      throw new LedgerError(
        'wrong-expected-revision',
        `${request.stream}: expected revision ${String(request.expected)}, found ${String(past.revision ?? 'no stream')}`,
      );
    const decision = await request.decide(past.state);
    if (isRefusal(decision)) return decision;
    if (!isFact(decision)) return unchanged(request, past);
    const wrong = checkEvent(decision.type, decision.data, decision.words);
    if (wrong.length > 0) return refuse('invalid-body', `${decision.type} would not be valid`, wrong);
    const { data, words, type } = decision;
    const sealed = seal(
      request.stream,
      {
        type,
        schemaVersion: definitionOf(type)?.version ?? 1,
        actor: request.actor,
        commandId: request.commandId,
        commandHash: request.commandHash,
        correlationId: request.correlationId,
        ledger: request.ledger,
      },
      { data, words, ...(request.idSalt === undefined ? {} : { idSalt: request.idSalt }) },
      primitives,
    );
    const id = madeBy({ type, data, stream: request.stream });
    const { commandId, stream } = request;
    if (request.dryRun === true)
      return { outcome: 'would-record', receipt: { commandId, stream, id, events: [{ id: sealed.id, type }] } };
    const expected: Expected = past.revision ?? 'no-stream';
    try {
      const [placed] = await store.append(stream, expected, [sealed]);
      return { outcome: 'recorded', receipt: receipt(request, id, type, placed as Placed) };
    } catch (error) {
      if (isLedgerError(error, 'outcome-unknown'))
        return { outcome: 'unknown', receipt: { commandId, stream, id, events: [{ id: sealed.id, type }] } };
      if (!isLedgerError(error, 'wrong-expected-revision') || attempt === MAX_REDECISIONS) throw error;
    }
  }
}

interface Past<S> {
  readonly state: S;
  readonly revision: number | null;
  readonly last: Placed | undefined;
  readonly replayed: Carried | undefined;
}

/** What a receipt is made of. */
type Carried = Placed & Pick<LedgerEvent, 'type' | 'stream' | 'commandHash' | 'data'>;

async function readPast<S>(store: EventStore, request: Write<S>): Promise<Past<S>> {
  const { stream, evolution, commandId } = request;
  let state = evolution.initial;
  let last: Carried | undefined;
  for await (const stored of each(store.readStream(stream))) {
    const passed = request.isSetAside?.(stored.seq) === true;
    const event = passed ? undefined : present(stored);
    last = event ?? (stored as Carried);
    if (stored.commandId === commandId) return { state, revision: last.revision, last, replayed: last };
    if (event !== undefined) state = evolution.evolve(state, event);
  }
  return { state, revision: last?.revision ?? null, last, replayed: undefined };
}

function replay<S>(event: Carried, request: Write<S>): Written | Refusal {
  if (event.commandHash !== request.commandHash)
    return refuse(
      'idempotency-conflict',
      `command ${request.commandId} was recorded as event ${String(event.seq)} with other content`,
    );
  return { outcome: 'replayed', receipt: receipt(request, madeBy(event), event.type, event) };
}

function unchanged<S>({ commandId, stream, dryRun }: Write<S>, { last, revision }: Past<S>): Written {
  const at =
    last === undefined || dryRun === true
      ? {}
      : { recordedAt: last.recordedAt, ...(last.seq === undefined ? {} : { seq: last.seq }) };
  return {
    outcome: 'unchanged',
    receipt: {
      commandId,
      stream,
      id: stream.slice(stream.indexOf('-') + 1),
      ...(revision === null ? {} : { revision }),
      ...at,
      events: [],
    },
  };
}

function receipt<S>({ commandId, stream }: Write<S>, id: string, type: string, placed: Placed): Receipt {
  const seq = placed.seq === undefined ? {} : { seq: placed.seq };
  const { revision, recordedAt } = placed;
  return { commandId, stream, id, revision, ...seq, recordedAt, events: [{ id: placed.id, type, ...seq }] };
}
