import { Any, Empty, S, shared, statuses } from './protocol.js';
import type { ExpectedState, Outcome, Recorded } from './database.js';

/* Messages of the protocol, made of what the database says. */

const TICKS_PER_MS = 10_000n;

export const nameIn = (identifier: { getStreamName_asU8(): Uint8Array } | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export function identifierOf(stream: string) {
  const identifier = new shared.StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  return identifier;
}

export function uuidOf(id: string) {
  const uuid = new shared.UUID();
  uuid.setString(id);
  return uuid;
}

export function eventMessage(event: Recorded) {
  const recorded = new S.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(uuidOf(event.id));
  recorded.setStreamIdentifier(identifierOf(event.stream));
  recorded.setStreamRevision(String(event.revision));
  recorded.setPreparePosition(String(event.position));
  recorded.setCommitPosition(String(event.position));
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const system = recorded.getMetadataMap();
  system.set('type', event.type);
  system.set('content-type', event.contentType);
  system.set('created', String(BigInt(event.createdMs) * TICKS_PER_MS));
  const read = new S.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(String(event.position));
  const message = new S.ReadResp();
  message.setEvent(read);
  return message;
}

export function streamNotFound(stream: string) {
  const missing = new S.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifierOf(stream));
  const message = new S.ReadResp();
  message.setStreamNotFound(missing);
  return message;
}

export function confirmation(id: string) {
  const confirmed = new S.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(id);
  const message = new S.ReadResp();
  message.setConfirmation(confirmed);
  return message;
}

export function checkpoint(position: bigint) {
  const reached = new S.ReadResp.Checkpoint();
  reached.setCommitPosition(String(position));
  reached.setPreparePosition(String(position));
  const message = new S.ReadResp();
  message.setCheckpoint(reached);
  return message;
}

export function caughtUp() {
  const message = new S.ReadResp();
  message.setCaughtUp(new S.ReadResp.CaughtUp());
  return message;
}

export function appended(outcome: Exclude<Outcome, { kind: 'deleted' }>, expected: ExpectedState) {
  const message = new S.AppendResp();
  if (outcome.kind === 'conflict') {
    const wrong = new S.AppendResp.WrongExpectedVersion();
    if (typeof expected === 'bigint') wrong.setExpectedRevision(String(expected));
    else if (expected === 'no_stream') wrong.setExpectedNoStream(new shared.Empty());
    else if (expected === 'any') wrong.setExpectedAny(new shared.Empty());
    else wrong.setExpectedStreamExists(new shared.Empty());
    if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(outcome.current));
    message.setWrongExpectedVersion(wrong);
    return message;
  }
  const success = new S.AppendResp.Success();
  success.setCurrentRevision(String(outcome.revision));
  if (outcome.position === undefined) success.setNoPosition(new shared.Empty());
  else {
    const position = new S.AppendResp.Position();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    success.setPosition(position);
  }
  message.setSuccess(success);
  return message;
}

/** Which append of a batch call is answered. */
interface BatchRequest {
  readonly correlation: string;
  readonly stream: string;
}

function batchAnswer({ correlation, stream }: BatchRequest) {
  const message = new S.BatchAppendResp();
  message.setCorrelationId(uuidOf(correlation));
  message.setStreamIdentifier(identifierOf(stream));
  return message;
}

/** As the server's Status.cs has it: code (google.rpc.Code), and what the details are. */
const REFUSALS = {
  WrongExpectedVersion: [6, 'event_store.client.WrongExpectedVersion'],
  StreamDeleted: [5, 'event_store.client.StreamDeleted'],
  AccessDenied: [7, 'event_store.client.AccessDenied'],
  Timeout: [4, 'event_store.client.Timeout'],
  'Server Is Not Ready': [0, 'google.protobuf.Empty'],
} as const;

/** On the batch path errors are a status with details. */
export function batchRefused(
  name: keyof typeof REFUSALS,
  request: BatchRequest,
  details: Uint8Array = new Uint8Array(),
) {
  const [code, type] = REFUSALS[name];
  const any = new Any();
  any.pack(details, type);
  const status = new statuses.Status();
  status.setCode(code);
  status.setMessage(name);
  status.setDetails(any as never);
  const message = batchAnswer(request);
  message.setError(status);
  return message;
}

export function batchAppended(
  outcome: Exclude<Outcome, { kind: 'deleted' }>,
  request: BatchRequest & { readonly expected: ExpectedState },
) {
  if (outcome.kind === 'conflict') {
    const { expected } = request;
    const wrong = new shared.WrongExpectedVersion();
    if (outcome.current === undefined) wrong.setCurrentNoStream(new Empty() as never);
    else wrong.setCurrentStreamRevision(String(outcome.current));
    if (typeof expected === 'bigint') wrong.setExpectedStreamPosition(String(expected));
    else if (expected === 'no_stream') wrong.setExpectedNoStream(new Empty() as never);
    else if (expected === 'any') wrong.setExpectedAny(new Empty() as never);
    else wrong.setExpectedStreamExists(new Empty() as never);
    return batchRefused('WrongExpectedVersion', request, wrong.serializeBinary());
  }
  const success = new S.BatchAppendResp.Success();
  success.setCurrentRevision(String(outcome.revision));
  if (outcome.position === undefined) success.setNoPosition(new Empty() as never);
  else {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    success.setPosition(position);
  }
  const message = batchAnswer(request);
  message.setSuccess(success);
  return message;
}
