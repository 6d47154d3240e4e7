import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACTOR_PATTERN, IDEMPOTENCY_KEY_PATTERN, LedgerError, shown } from '@credence/contracts';
import { flagOf, invalidParameter, parametersIn } from './parameters.js';

/** What a write says beside its body, and where its answer goes. */
export interface Meta {
  readonly actor: string;
  readonly idempotencyKey?: string;
  /** `If-Match`: the revision that the caller saw. */
  readonly expected?: number;
  readonly dryRun: boolean;
  readonly correlationId: string;
  readonly reply: FastifyReply;
}

export const WRITE_PARAMETERS = ['dryRun'] as const;

/** The header lines and parameters that every write takes. @throws actor-required, invalid-parameter */
export const WriteMeta = createParamDecorator((_: unknown, context: ExecutionContext): Meta => {
  const http = context.switchToHttp();
  const request = http.getRequest<FastifyRequest>();
  const { dryRun } = parametersIn(request.query as Record<string, unknown>, WRITE_PARAMETERS);
  return metaOf(request, http.getResponse<FastifyReply>(), dryRun);
});

export function metaOf(request: FastifyRequest, reply: FastifyReply, dryRun: string | undefined): Meta {
  const { headers, id } = request;
  const idempotencyKey = keyIn(headers['idempotency-key']);
  const expected = revisionIn(headers['if-match']);
  return {
    actor: actorIn(headers['credence-actor']),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(expected === undefined ? {} : { expected }),
    dryRun: flagOf('dryRun', dryRun),
    correlationId: id,
    reply,
  };
}

const ACTOR = new RegExp(ACTOR_PATTERN);

function actorIn(header: string | string[] | undefined): string {
  if (typeof header === 'string' && ACTOR.test(header)) return header;
  const found = header === undefined ? 'is missing' : `found ${shown(header)}`;
  throw new LedgerError('actor-required', `Credence-Actor ${found}; wanted 1 to 128 visible ASCII characters`, [
    { pointer: 'Credence-Actor', code: header === undefined ? 'required' : 'pattern', detail: found },
  ]);
}

const IDEMPOTENCY_KEY = new RegExp(IDEMPOTENCY_KEY_PATTERN);

function keyIn(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (typeof header === 'string' && IDEMPOTENCY_KEY.test(header)) return header;
  throw invalidParameter('Idempotency-Key', `found ${shown(header)}, wanted 1 to 255 visible ASCII characters`);
}

/** `"3"`, or `*`: whatever revision stands (RFC 9110 §13.1.1). */
function revisionIn(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const revision = /^"([0-9]{1,15})"$/.exec(header);
  if (revision === null)
    throw invalidParameter('If-Match', `found ${shown(header)}, wanted a revision as in ETag, like "3"`);
  return Number(revision[1]);
}
