import type { ServerWritableStream } from '@grpc/grpc-js';
import type * as Streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { caughtUp, checkpoint, confirmation, eventMessage, nameIn, streamNotFound } from './answers.js';
import type { Database, Recorded } from './database.js';
import { invalidPosition, streamDeleted, unavailable } from './faults.js';
import type { Faults } from './faults.js';

export type ReadCall = ServerWritableStream<Streams.ReadReq, Streams.ReadResp>;
type Options = Streams.ReadReq.Options;

const BACKWARDS = 1;

/** A page of a stream or of `$all`: inclusive forwards, exclusive backwards on `$all`. */
export function readPage(call: ReadCall, options: Options, database: Database): void {
  const all = options.hasAll();
  const count = Number(options.getCount());
  const back = options.getReadDirection() === (BACKWARDS as never);
  const stream = nameIn(options.getStream()?.getStreamIdentifier());
  const source = all ? database.readable() : database.stream(stream);
  if (source === 'deleted') {
    call.emit('error', streamDeleted(stream));
    return;
  }
  if (source === undefined) {
    call.write(streamNotFound(stream));
    call.end();
    return;
  }
  if (all && (count === 0 || !onBoundary(options, database))) {
    call.emit('error', unavailable());
    return;
  }
  const keep = filterIn(options);
  const from = startOf(options);
  const key = (event: Recorded) => (all ? event.position : event.revision);
  const inRange = source.filter(event => {
    if (from === 'start') return !back;
    if (from === 'end') return back;
    if (!back) return key(event) >= from;
    return all ? key(event) < from : key(event) <= from;
  });
  const ordered = back ? inRange.toReversed() : inRange;
  for (const event of ordered.filter(keep).slice(0, count)) call.write(eventMessage(event));
  call.end();
}

/** Off a record boundary, and beyond the head, `$all` cannot be read. */
function onBoundary(options: Options, database: Database): boolean {
  const from = startOf(options);
  return typeof from === 'string' || from === database.end || database.log.some(({ position }) => position === from);
}

function startOf(options: Options): bigint | 'start' | 'end' {
  const all = options.getAll();
  const at = options.hasAll() ? all : options.getStream();
  if (at?.hasStart() === true) return 'start';
  if (at?.hasEnd() === true) return 'end';
  return BigInt(all?.getPosition()?.getCommitPosition() ?? options.getStream()?.getRevision() ?? 0);
}

/** The server's prefix test follows the rules of a culture, for which some characters are nothing. */
const cultural = (text: string) => text.replace(/[\u00ad\u200b]/g, '');

function filterIn(options: Options): (event: Recorded) => boolean {
  const filter = options.getFilter();
  const onName = filter?.hasStreamIdentifier() === true;
  const expression = onName ? filter.getStreamIdentifier() : filter?.getEventType();
  if (expression === undefined) return () => true;
  const prefixes = expression.getPrefixList();
  const pattern = new RegExp(expression.getRegex());
  return event => {
    const text = onName ? event.stream : event.type;
    return prefixes.length > 0 ? prefixes.some(prefix => cultural(text).startsWith(prefix)) : pattern.test(text);
  };
}

/** A subscription: what is there after the position, then what comes, until it is cancelled or dropped. */
export function subscribe(call: ReadCall, options: Options, database: Database, faults: Faults): () => void {
  const keep = filterIn(options);
  const from = startOf(options);
  const all = options.hasAll();
  const stream = nameIn(options.getStream()?.getStreamIdentifier());
  // Positions beyond the head are taken, and reported as caught up: events below are never delivered.
  if (all && typeof from === 'bigint' && from < database.end && !onBoundary(options, database)) {
    call.emit('error', invalidPosition());
    return () => undefined;
  }
  let last: bigint = from === 'start' ? -1n : from === 'end' ? database.end : from;
  let told = false;
  let delivered = 0;
  let over = false;
  call.write(confirmation(crypto.randomUUID()));
  const finish = (drop: Faults['drop']) => {
    if (over) return;
    over = true;
    leave();
    if (drop === 'end') call.end();
    else call.emit('error', unavailable());
  };
  const pump = () => {
    if (over || faults.stalled) return;
    const source = all ? database.readable() : database.stream(stream);
    if (source === 'deleted') return void call.emit('error', streamDeleted(stream));
    const key = (event: Recorded) => (all ? event.position : event.revision);
    const fresh = (source ?? []).filter(event => key(event) > last);
    if (faults.checkpointAhead && fresh.length > 0 && options.hasFilter()) call.write(checkpoint(database.end));
    for (const event of fresh) {
      last = key(event);
      if (!keep(event)) continue;
      call.write(eventMessage(event));
      if (faults.dropAfter > 0 && ++delivered >= faults.dropAfter) return finish(faults.drop);
    }
    if (!told) {
      told = true;
      call.write(caughtUp());
    }
  };
  const leave = database.onCommit(pump);
  call.on('cancelled', () => {
    over = true;
    leave();
  });
  pump();
  return () => {
    finish('error');
  };
}
