import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerReadableStream, ServerUnaryCall } from '@grpc/grpc-js';
import type * as Gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import type * as Features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import type * as Streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { appended, nameIn, uuidOf } from './answers.js';
import { batchAppend } from './batch-append.js';
import { Database } from './database.js';
import type { Proposed } from './database.js';
import { answerOf, denied, noFaults, notReady, streamDeleted, unavailable } from './faults.js';
import type { AppendFault, Faults } from './faults.js';
import { F, FeaturesService, G, GossipService, S, StreamsService } from './protocol.js';
import { readPage, subscribe } from './reading.js';
import type { ReadCall } from './reading.js';
import { expectedIn, proposedIn } from './requests.js';

export { Database } from './database.js';
export type { Recorded } from './database.js';
export type { AppendFault, Faults } from './faults.js';

/** A server process that speaks the database's protocol on loopback, for tests: the client package itself talks to it. */
export interface KurrentDouble {
  readonly port: number;
  /** As an adapter opens it. */
  readonly url: string;
  readonly database: Database;
  readonly faults: Faults;
  /** What was called, in order. */
  readonly calls: string[];
  /** Ends every subscription that is open, as a server that stops does. */
  dropSubscriptions(): void;
  /** The process is gone: connections break, nobody listens. The database stays. */
  stop(): Promise<void>;
  /** Listens again, at the same port. */
  start(): Promise<void>;
}

export interface DoubleOptions {
  readonly database?: Database;
  /** Of a cluster: appends and reads that want the leader are sent there. */
  readonly leaderPort?: () => number | undefined;
  /** Listen from the start; else `start` does: a server that comes late. */
  readonly listening?: boolean;
}

export async function kurrentDouble(options: DoubleOptions = {}): Promise<KurrentDouble> {
  const { database = new Database(), leaderPort } = options;
  const faults = noFaults();
  const calls: string[] = [];
  const open = new Set<() => void>();
  let server = new Server();
  let port = 0;

  const elsewhere = (call: { metadata: { get(key: string): unknown[] } }): number | undefined => {
    const leader = leaderPort?.();
    return leader !== undefined && leader !== port && call.metadata.get('requires-leader').includes('true')
      ? leader
      : undefined;
  };

  const streams = {
    append: (
      call: ServerReadableStream<Streams.AppendReq, Streams.AppendResp>,
      answer: sendUnaryData<Streams.AppendResp>,
    ) => {
      calls.push('append');
      let asked: Streams.AppendReq.Options | undefined;
      const proposed: Proposed[] = [];
      call.on('data', (request: Streams.AppendReq) => {
        if (request.hasOptions()) asked = request.getOptions();
        else proposed.push(proposedIn(request.getProposedMessage() as Streams.AppendReq.ProposedMessage));
      });
      call.on('end', () => {
        const stream = nameIn(asked?.getStreamIdentifier());
        const expected = expectedIn(asked as Streams.AppendReq.Options);
        const leader = elsewhere(call);
        const fault = leader === undefined ? faults.appends.shift() : ({ kind: 'not-leader', port: leader } as const);
        if (fault?.kind === 'commit-timeout') database.hold();
        const writes = fault === undefined || fault.kind === 'commit-timeout' || ('written' in fault && fault.written);
        const outcome = writes ? database.append(stream, expected, proposed) : undefined;
        if (fault !== undefined) {
          const error = answerOf(fault);
          if (error !== undefined) answer(error);
        } else if (outcome === undefined || outcome.kind === 'deleted') answer(streamDeleted(stream));
        else if (outcome.kind !== 'conflict' && database.holding)
          answer(answerOf({ kind: 'commit-timeout' }) ?? unavailable()); // not replicated: nobody is told that it went well
        else answer(null, appended(outcome, expected));
      });
    },
    batchAppend: (call: ServerDuplexStream<Streams.BatchAppendReq, Streams.BatchAppendResp>) => {
      const onAppend = (): AppendFault | undefined => {
        calls.push('batchAppend');
        const leader = elsewhere(call);
        return leader === undefined ? faults.appends.shift() : { kind: 'not-leader', port: leader };
      };
      batchAppend(call, { database, onAppend });
    },
    read: (call: ReadCall) => {
      const asked = call.request.getOptions() as Streams.ReadReq.Options;
      calls.push(asked.hasSubscription() ? 'subscribe' : asked.hasAll() ? 'readAll' : 'readStream');
      if (faults.deniedAll && asked.hasAll()) {
        call.emit('error', denied());
        return;
      }
      if (asked.hasSubscription()) {
        const end = subscribe(call, asked, database, faults);
        open.add(end);
        call.on('close', () => open.delete(end));
        return;
      }
      const fault = faults.reads.shift();
      if (fault?.kind === 'unavailable') call.emit('error', notReady());
      if (fault === undefined) readPage(call, asked, database);
    },
    delete: (
      call: ServerUnaryCall<Streams.DeleteReq, Streams.DeleteResp>,
      answer: sendUnaryData<Streams.DeleteResp>,
    ) => {
      database.softDelete(nameIn(call.request.getOptions()?.getStreamIdentifier()));
      answer(null, new S.DeleteResp());
    },
    tombstone: (
      call: ServerUnaryCall<Streams.TombstoneReq, Streams.TombstoneResp>,
      answer: sendUnaryData<Streams.TombstoneResp>,
    ) => {
      database.tombstone(nameIn(call.request.getOptions()?.getStreamIdentifier()));
      answer(null, new S.TombstoneResp());
    },
  };

  const features = {
    getSupportedMethods: (_: unknown, answer: sendUnaryData<Features.SupportedMethods>) => {
      calls.push('features');
      const methods = new F.SupportedMethods();
      methods.setEventStoreServerVersion('26.1.0');
      for (const name of ['append', 'read', 'delete', 'tombstone', 'batchappend']) {
        const method = new F.SupportedMethod();
        method.setServiceName('event_store.client.streams.streams');
        method.setMethodName(name);
        methods.addMethods(method);
      }
      answer(null, methods);
    },
  };

  const gossip = {
    read: (_: unknown, answer: sendUnaryData<Gossip.ClusterInfo>) => {
      calls.push('gossip');
      const info = new G.ClusterInfo();
      const leader = leaderPort?.() ?? port;
      for (const member of new Set([leader, port])) info.addMembers(memberAt(member, member === leader));
      answer(null, info);
    },
  };

  const listen = async () => {
    server = new Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 - 10_000 });
    server.addService(StreamsService, streams);
    server.addService(FeaturesService, features);
    server.addService(GossipService, gossip);
    port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${String(port)}`, ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
  };
  await listen();
  const stop = async () => {
    open.clear();
    server.forceShutdown();
  };
  if (options.listening === false) await stop();

  return {
    get port() {
      return port;
    },
    get url() {
      return `kurrentdb://127.0.0.1:${String(port)}?tls=false`;
    },
    database,
    faults,
    calls,
    dropSubscriptions: () => {
      for (const end of [...open]) end();
    },
    stop,
    start: listen,
  };
}

function memberAt(port: number, leads: boolean) {
  const { LEADER, FOLLOWER } = G.MemberInfo.VNodeState;
  const endPoint = new G.EndPoint();
  endPoint.setAddress('127.0.0.1');
  endPoint.setPort(port);
  const member = new G.MemberInfo();
  member.setInstanceId(uuidOf(crypto.randomUUID()));
  member.setState(leads ? LEADER : FOLLOWER);
  member.setIsAlive(true);
  member.setHttpEndPoint(endPoint);
  member.setTimeStamp(String(BigInt(Date.now()) * 10_000n));
  return member;
}
