import { Catch, HttpException } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLedgerError, LedgerError, problemOf } from '@credence/contracts';
import type { ProblemCode, ProblemDocument } from '@credence/contracts';
import { unsupported } from './bodies.js';
import { logBug } from './log.js';
import type { Log } from './log.js';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
const RETRY_AFTER_S = 1;

/** Everything that is thrown, as RFC 9457 problem details; what nobody expected is logged, and answered without detail. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    if (reply.raw.headersSent) return void reply.raw.destroy();
    sendProblem(reply, problemFor(isNoMediaType(error) ? unsupported(request) : error, request.id, this.log));
  }
}

/** Fastify's own word on a Content-Type that is none says neither what was found nor what is wanted. */
const isNoMediaType = (error: unknown) => error instanceof HttpException && error.getStatus() === 415;

export function sendProblem(reply: FastifyReply, problem: ProblemDocument): void {
  if (problem.status === 503) void reply.header('retry-after', RETRY_AFTER_S);
  void reply.status(problem.status).header('content-type', PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** The problem that an error comes to. A bug goes to the log under its correlation id, and nowhere else. */
export function problemFor(error: unknown, correlationId: string, log: Log): ProblemDocument {
  if (isLedgerError(error)) return problemOf(error, correlationId);
  const refused = refusalOf(error);
  if (refused !== undefined) return problemOf(refused, correlationId);
  logBug(log, error, correlationId);
  return problemOf(
    new LedgerError('internal', 'a bug of ours; the log has it under the correlation id'),
    correlationId,
  );
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid-body',
  404: 'not-found',
  405: 'not-found',
  406: 'unsupported-media-type',
  413: 'too-large',
  414: 'not-found',
  415: 'unsupported-media-type',
};

const BY_CODE: Readonly<Record<string, ProblemCode>> = { FST_ERR_BAD_URL: 'not-found' };

/** Fastify's own refusals (too large, malformed, unknown media type) carry a status and a code; Nest's a status. */
function refusalOf(error: unknown): LedgerError | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode, code: given = '', message } = error as Error & { statusCode?: number; code?: string };
  const code = BY_CODE[given] ?? BY_STATUS[error instanceof HttpException ? error.getStatus() : (statusCode ?? 500)];
  if (code === undefined) return undefined;
  return new LedgerError(code, code === 'not-found' ? 'there is nothing at this path for this method' : message);
}
