import type { FastifyReply } from 'fastify';

/** A single thing under its revision, for `If-Match`. */
export function tagged<T extends { readonly revision: number }>(reply: FastifyReply, thing: T): T {
  void reply.header('etag', `"${String(thing.revision)}"`);
  return thing;
}
