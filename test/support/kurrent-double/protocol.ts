import { createRequire } from 'node:module';
import type * as Gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import type * as Features from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/serverfeatures_pb.js';
import type * as Shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import type * as StatusMessages from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/status_pb.js';
import type * as Streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import type { ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';

/*
 * The client package's own generated messages and service definitions: what the double says is what the client reads,
 * byte for byte. They are CommonJS with a registry of their own, so they are required as the client requires them.
 */

const require = createRequire(import.meta.url);
const generated = (name: string): unknown =>
  require(`@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/${name}.js`);
const service = (file: string, name: string) =>
  (generated(file) as Record<string, ServiceDefinition<UntypedServiceImplementation>>)[name] as ServiceDefinition;

export const S = generated('streams_pb') as typeof Streams;
export const F = generated('serverfeatures_pb') as typeof Features;
export const G = generated('gossip_pb') as typeof Gossip;
export const shared = generated('shared_pb') as typeof Shared;
export const statuses = generated('status_pb') as typeof StatusMessages;

export const StreamsService = service('streams_grpc_pb', 'StreamsService');
export const FeaturesService = service('serverfeatures_grpc_pb', 'ServerFeaturesService');
export const GossipService = service('gossip_grpc_pb', 'GossipService');

interface AnyMessage {
  pack(bytes: Uint8Array, type: string): void;
}
const ofClient = createRequire(require.resolve('@kurrent/kurrentdb-client'));
/** google.protobuf.Any, from the copy that the client has. */
export const Any = (ofClient('google-protobuf/google/protobuf/any_pb.js') as { readonly Any: new () => AnyMessage })
  .Any;
/** google.protobuf.Empty, from the same copy. */
export const Empty = (ofClient('google-protobuf/google/protobuf/empty_pb.js') as { readonly Empty: new () => object })
  .Empty;
