import type { FastifyReply } from 'fastify';
import { jsonOf } from '@credence/runtime';

const JSON_TYPE = 'application/json; charset=utf-8';

/** A single thing under its revision, for `If-Match`; as JSON, for one that is kept is written down already. */
export function tagged(reply: FastifyReply, thing: { readonly revision: number }): string {
  void reply.header('etag', `"${String(thing.revision)}"`).header('content-type', JSON_TYPE);
  return jsonOf(thing);
}
