import type { FastifyInstance } from 'fastify';

/** Header lines of every answer. Nothing may be kept unasked: a belief can change without the claim's revision. */
export function headers(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('credence-correlation-id', request.id);
    void reply.header('cache-control', 'no-cache');
    void reply.header('x-content-type-options', 'nosniff');
    done();
  });
}
