import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import multipart from '@fastify/multipart';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { jsonOf } from '@credence/runtime';
import type { Ledger } from '@credence/runtime';
import { AppModule } from './app.module.js';
import { JSON_LIMIT_BYTES, readBodies } from './http/bodies.js';
import { headers } from './http/headers.js';
import { logRequests, nestLog, openLog } from './http/log.js';
import type { LogLevel } from './http/log.js';
import { keepToLoopback } from './http/loopback.js';
import { answerNoRequest } from './http/no-request.js';
import { problemFor, ProblemFilter, sendProblem } from './http/problem.filter.js';
import { ShapePipe } from './http/shape.pipe.js';
import { measure } from './metrics/metrics.js';
import { serveDocs } from './docs/serve-docs.js';

export interface AppOptions {
  /** Default `silent`. */
  readonly logLevel?: LogLevel;
  /** Default stderr. */
  readonly logTo?: { write(line: string): void };
  /** Serve names and origins other than this machine's, although nobody is authenticated. */
  readonly allowUnauthenticated?: boolean;
}

/** `<dossier>:<key>` at its longest. */
const MAX_REFERENCE = 300;

/** The one way to build the app: the server, the tests and the OpenAPI writer use it alike. It closes the ledger with itself. */
export async function createApp(ledger: Ledger, options: AppOptions = {}): Promise<NestFastifyApplication> {
  const log = openLog(options.logLevel ?? 'silent', options.logTo ?? process.stderr);
  const adapter = new FastifyAdapter({
    bodyLimit: JSON_LIMIT_BYTES,
    genReqId: correlationIdOf,
    requestIdHeader: false,
    routerOptions: { maxParamLength: MAX_REFERENCE },
    return503OnClosing: false,
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(reply, problemFor(error, request.id, log));
    },
    skipMiddie: true,
    clientErrorHandler: answerNoRequest,
  });
  const fastify = adapter.getInstance();
  fastify.setReplySerializer(answer => jsonOf(answer as object));
  headers(fastify);
  logRequests(fastify, log);
  if (options.allowUnauthenticated !== true) keepToLoopback(fastify);
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.over(ledger, log, measure(fastify, ledger)),
    adapter,
    {
      logger: nestLog(log),
      abortOnError: false,
      bodyParser: false,
    },
  );
  readBodies(fastify);
  await fastify.register(multipart);
  app.useGlobalPipes(new ShapePipe()).useGlobalFilters(new ProblemFilter(log));
  serveDocs(app);
  return app;
}

/** The caller's own id where it is well-formed, else a new one. */
function correlationIdOf({ headers }: IncomingMessage): string {
  const given = headers['credence-correlation-id'] ?? headers['x-request-id'];
  return typeof given === 'string' && /^[\x21-\x7e]{1,128}$/.test(given) ? given : randomUUID();
}
