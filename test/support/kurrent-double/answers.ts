import { Any, S, shared, statuses } from './protocol.js';
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

/** The same over the batch path, where errors are a status with details. */
export function batchAppended(
  outcome: Exclude<Outcome, { kind: 'deleted' }>,
  request: {
    readonly correlation: InstanceType<typeof shared.UUID>;
    readonly stream: string;
    readonly expected: ExpectedState;
  },
) {
  const message = new S.BatchAppendResp();
  message.setCorrelationId(request.correlation);
  message.setStreamIdentifier(identifierOf(request.stream));
  if (outcome.kind === 'conflict') {
    const wrong = new shared.WrongExpectedVersion();
    if (outcome.current !== undefined) wrong.setCurrentStreamRevision(String(outcome.current));
    if (typeof request.expected === 'bigint') wrong.setExpectedStreamPosition(String(request.expected));
    const details = new Any();
    details.pack(wrong.serializeBinary(), 'event_store.client.WrongExpectedVersion');
    const error = new statuses.Status();
    error.setCode(9);
    error.setMessage('WrongExpectedVersion');
    error.setDetails(details as never);
    message.setError(error);
    return message;
  }
  const success = new S.BatchAppendResp.Success();
  success.setCurrentRevision(String(outcome.revision));
  if (outcome.position !== undefined) {
    const position = new shared.AllStreamPosition();
    position.setCommitPosition(String(outcome.position));
    position.setPreparePosition(String(outcome.position));
    success.setPosition(position);
  }
  message.setSuccess(success);
  return message;
}
