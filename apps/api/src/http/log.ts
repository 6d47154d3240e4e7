import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import type { LoggerService } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

export type Log = Logger;
export const LOG = Symbol('Log');
export const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** JSON lines. They name requests by correlation id and route pattern, and never hold anybody's words. */
export const openLog = (level: LogLevel, to: DestinationStream): Log =>
  pino(
    { level, base: null, timestamp: () => `,"time":"${new Date().toISOString()}"`, formatters: { level: named } },
    to,
  );

const named = (level: string) => ({ level });

/** One line for each request answered. */
export function logRequests(fastify: FastifyInstance, log: Log): void {
  if (!log.isLevelEnabled('info')) return;
  fastify.addHook('onResponse', (request, reply, done) => {
    log.info({
      correlationId: request.id,
      method: request.method,
      route: routeOf(request),
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
    });
    done();
  });
}

/** The pattern of the route, never the URL: references and search words in it are people's. */
export const routeOf = (request: { is404: boolean; routeOptions: { url?: string | undefined } }): string =>
  request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');

/** Messages of the engine name code; any other may quote a body. */
const ENGINE_ERRORS = new Set(['TypeError', 'RangeError', 'ReferenceError']);

/** An error that nobody expected: its kind and where it arose, without its message, which may quote people's words. */
export function logBug(log: Log, error: unknown, correlationId: string): void {
  if (!(error instanceof Error)) return log.error({ correlationId, bug: typeof error });
  const frames = (error.stack ?? '').split('\n').filter(line => /^\s+at /.test(line));
  const { name, message } = error;
  log.error({
    correlationId,
    bug: name,
    ...('code' in error ? { code: String(error.code) } : {}),
    ...(ENGINE_ERRORS.has(name) ? { message } : {}),
    stack: frames.map(frame => frame.trim()),
  });
}

/** Nest's own messages, in the same log. */
export const nestLog = (log: Log): LoggerService => ({
  log: (message: unknown, context?: unknown) => {
    log.debug({ context }, String(message));
  },
  error: (message: unknown, context?: unknown) => {
    if (message instanceof Error) logBug(log, message, String(context));
    else log.error({ context }, String(message));
  },
  warn: (message: unknown, context?: unknown) => {
    log.warn({ context }, String(message));
  },
});
