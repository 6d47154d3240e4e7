import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';

/** What goes wrong with one append. `written`: the event is recorded all the same. */
export type AppendFault =
  | { readonly kind: 'no-answer' | 'unavailable' | 'cancelled' | 'stopping'; readonly written: boolean }
  /** "Server Is Not Ready": at every start and election. */
  | { readonly kind: 'not-ready' }
  /** Written and not replicated: the commit times out; what comes after decides. */
  | { readonly kind: 'commit-timeout' }
  | { readonly kind: 'not-leader'; readonly port: number }
  | { readonly kind: 'denied' };

export type ReadFault = { readonly kind: 'no-answer' } | { readonly kind: 'unavailable' };

/** Faults on demand; each of a queue is used once, in order. */
export interface Faults {
  readonly appends: AppendFault[];
  readonly reads: ReadFault[];
  /** Subscriptions are dropped after every so many events; 0: never. */
  dropAfter: number;
  /** How a drop looks: an error, or an end without one. */
  drop: 'error' | 'end';
  /** Checkpoints of the head arrive ahead of events that are yet to be delivered. */
  checkpointAhead: boolean;
  /** Subscriptions that are open deliver nothing while set: a feed that lags. */
  stalled: boolean;
  /** The user has no right to read `$all`, nor to follow it. */
  deniedAll: boolean;
}

export const noFaults = (): Faults => ({
  appends: [],
  reads: [],
  dropAfter: 0,
  drop: 'error',
  checkpointAhead: false,
  stalled: false,
  deniedAll: false,
});

const failure = (code: status, details: string, metadata = new Metadata()): ServiceError =>
  Object.assign(new Error(details), { code, details, metadata });

export const unavailable = (): ServiceError => failure(status.UNAVAILABLE, 'Connection dropped');
export const notReady = (): ServiceError => failure(status.UNAVAILABLE, 'Server Is Not Ready');
export const denied = (): ServiceError =>
  failure(status.PERMISSION_DENIED, 'Access Denied', exception('access-denied'));

export function streamDeleted(stream: string): ServiceError {
  const metadata = exception('stream-deleted');
  metadata.set('stream-name', stream);
  return failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, metadata);
}

function exception(name: string): Metadata {
  const metadata = new Metadata();
  metadata.set('exception', name);
  return metadata;
}

function notLeader(port: number): ServiceError {
  const metadata = exception('not-leader');
  metadata.set('leader-endpoint-host', '127.0.0.1');
  metadata.set('leader-endpoint-port', String(port));
  return failure(status.NOT_FOUND, 'Leader info available', metadata);
}

/** What the client is answered, or nothing. */
export function answerOf(fault: AppendFault): ServiceError | undefined {
  switch (fault.kind) {
    case 'no-answer':
      return undefined;
    case 'unavailable':
      return unavailable();
    case 'cancelled':
      return failure(status.CANCELLED, 'Request canceled');
    case 'stopping':
      return failure(status.UNKNOWN, 'Exception was thrown by handler.');
    case 'not-ready':
      return notReady();
    case 'commit-timeout':
      return failure(status.ABORTED, 'Operation timed out: Commit phase timeout');
    case 'not-leader':
      return notLeader(fault.port);
    case 'denied':
      return denied();
  }
}

export const invalidPosition = (): ServiceError =>
  failure(status.INVALID_ARGUMENT, 'Subscription position is invalid: not a record boundary');
