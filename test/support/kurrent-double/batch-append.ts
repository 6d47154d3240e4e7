import type { ServerDuplexStream } from '@grpc/grpc-js';
import type * as Streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { batchAppended, batchRefused, nameIn } from './answers.js';
import type { Database, ExpectedState, Outcome, Proposed } from './database.js';
import { answerOf } from './faults.js';
import type { AppendFault } from './faults.js';
import { batchExpectedIn, proposedIn } from './requests.js';

/** What waits for the last of its messages. */
interface Pending {
  readonly stream: string;
  readonly expected: ExpectedState;
  readonly proposed: Proposed[];
}

export interface BatchOptions {
  readonly database: Database;
  /** Told of each append that is complete. @returns what goes wrong with it */
  onAppend(): AppendFault | undefined;
}

/**
 * The batch path: many appends in flight on one call, each of many messages, told apart by their correlation. What is
 * wrong with one is a status with details (server, Streams.BatchAppend.cs); only what breaks the call is an error of the
 * call, and then every append in flight has it.
 */
export function batchAppend(
  call: ServerDuplexStream<Streams.BatchAppendReq, Streams.BatchAppendResp>,
  { database, onAppend }: BatchOptions,
): void {
  const waiting = new Map<string, Pending>();

  call.on('data', (request: Streams.BatchAppendReq) => {
    const correlation = request.getCorrelationId()?.getString() ?? '';
    const options = request.getOptions();
    if (options !== undefined) {
      const stream = nameIn(options.getStreamIdentifier());
      // By the server's own clock: a client whose clock is late has no time left.
      if ((options.getDeadline21100()?.toDate().getTime() ?? Infinity) <= database.clock()) {
        call.write(batchRefused('Timeout', { correlation, stream }));
        return;
      }
      if (!waiting.has(correlation))
        waiting.set(correlation, { stream, expected: batchExpectedIn(options), proposed: [] });
    }
    const pending = waiting.get(correlation);
    if (pending === undefined) return;
    pending.proposed.push(...request.getProposedMessagesList().map(proposedIn));
    if (!request.getIsFinal()) return;
    waiting.delete(correlation);
    finish(pending, correlation);
  });
  call.on('end', () => {
    call.end();
  });

  function finish({ stream, expected, proposed }: Pending, correlation: string): void {
    const fault = onAppend();
    if (fault?.kind === 'commit-timeout') database.hold();
    const writes = fault === undefined || fault.kind === 'commit-timeout' || ('written' in fault && fault.written);
    const outcome = writes ? database.append(stream, expected, proposed) : undefined;
    const refuse = (name: Parameters<typeof batchRefused>[0]) =>
      call.write(batchRefused(name, { correlation, stream }));
    switch (fault?.kind) {
      case undefined:
        answer(outcome as Outcome);
        return;
      case 'no-answer':
        return;
      case 'not-ready':
        refuse('Server Is Not Ready');
        return;
      case 'commit-timeout':
        refuse('Timeout');
        return;
      case 'denied':
        refuse('AccessDenied');
        return;
      default:
        call.emit('error', answerOf(fault as AppendFault));
    }

    function answer(came: Outcome): void {
      if (came.kind === 'deleted') refuse('StreamDeleted');
      else if (came.kind !== 'conflict' && database.holding) refuse('Timeout');
      else call.write(batchAppended(came, { correlation, stream, expected }));
    }
  }
}
