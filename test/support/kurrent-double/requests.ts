import type * as Streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { ExpectedState, Proposed } from './database.js';

/* What an append asks for, on either path. */

export function proposedIn(
  message: Streams.AppendReq.ProposedMessage | Streams.BatchAppendReq.ProposedMessage,
): Proposed {
  const system = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: system.get('type') ?? '',
    contentType: system.get('content-type') ?? '',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

export function expectedIn(options: Streams.AppendReq.Options): ExpectedState {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt(options.getRevision());
}

export function batchExpectedIn(options: Streams.BatchAppendReq.Options): ExpectedState {
  if (options.hasNoStream()) return 'no_stream';
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream_exists';
  return BigInt(options.getStreamPosition());
}
