import { Readable } from 'node:stream';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isRefusal, problemOf } from '@credence/contracts';
import { bearingOf, collide } from '@credence/runtime';
import type { Bearing, CommandRequest, Ledger } from '@credence/runtime';
import { JSON_LIMIT_BYTES, unsupported } from '../http/bodies.js';
import type { BodyConfig } from '../http/bodies.js';
import { LEDGER } from '../http/ledger.module.js';
import { LOG } from '../http/log.js';
import type { Log } from '../http/log.js';
import { metaOf, WRITE_PARAMETERS } from '../http/meta.js';
import { invalidParameter, parametersIn } from '../http/parameters.js';
import { problemFor } from '../http/problem.filter.js';
import { commandOn } from './command-line.js';
import type { LineMeta } from './command-line.js';
import { linesOf } from './lines.js';
import { sideBySide } from './side-by-side.js';
import type { Task } from './side-by-side.js';

const NDJSON = 'application/x-ndjson';
const config = { accepts: { [NDJSON]: 'stream', 'application/ndjson': 'stream' } } satisfies BodyConfig;

@ApiTags('commands')
@Controller('v1/commands')
export class CommandsController {
  constructor(
    @Inject(LEDGER) private readonly ledger: Ledger,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /**
   * Many commands, a line each: `{ command, target?, commandId?, data, words }`. They are carried out while they come in:
   * those that name the same thing in order, others side by side. Each is answered by a line, a receipt or a problem, in
   * the order of the lines. None undoes another. A line with a `commandId` may be sent again.
   */
  @Post()
  @HttpCode(200)
  @RouteConfig(config)
  @ApiConsumes(NDJSON)
  @ApiProduces(NDJSON)
  @ApiHeader({ name: 'Credence-Actor', required: true, description: 'Who makes these changes.' })
  @ApiQuery({ name: 'dryRun', required: false, schema: { type: 'boolean', default: false } })
  @ApiBody({ schema: { type: 'string', description: 'NDJSON.' } })
  @ApiResponse({ status: 200, description: 'NDJSON: a receipt or a problem for each line.' })
  carryOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { dryRun } = parametersIn(request.query as Record<string, unknown>, WRITE_PARAMETERS);
    const { expected, idempotencyKey, ...meta } = metaOf(request, reply, dryRun);
    if (idempotencyKey !== undefined) throw invalidParameter('Idempotency-Key', 'each line has its own commandId');
    if (expected !== undefined) throw invalidParameter('If-Match', 'speaks of one thing, and lines of many');
    if (request.body === undefined) throw unsupported(request);
    const { actor, correlationId } = meta;
    const answers = this.answers(request.body as Readable, { actor, correlationId, dryRun: meta.dryRun });
    void reply.type(NDJSON).send(Readable.from(answers, { objectMode: false }));
  }

  /** Pulled by the reader of the answers: who does not read them is not read from. */
  private answers(body: Readable, meta: LineMeta): AsyncGenerator<string> {
    return sideBySide(this.tasks(body, meta), collide);
  }

  private async *tasks(body: Readable, meta: LineMeta): AsyncGenerator<Task<Bearing | undefined>> {
    for await (const line of linesOf(body, JSON_LIMIT_BYTES)) yield this.task(line, meta);
  }

  private task(line: Uint8Array | undefined, meta: LineMeta): Task<Bearing | undefined> {
    const problem = (error: unknown) => `${JSON.stringify(problemFor(error, meta.correlationId, this.log))}\n`;
    try {
      const request = commandOn(line, meta);
      return { bearing: bearingOf(request), run: () => this.carriedOut(request, meta).catch(problem) };
    } catch (error) {
      return { bearing: NOTHING, run: async () => problem(error) };
    }
  }

  private async carriedOut(request: CommandRequest, { correlationId }: LineMeta): Promise<string> {
    const done = await this.ledger.execute(request);
    return `${JSON.stringify(isRefusal(done) ? problemOf(done, correlationId) : done.receipt)}\n`;
  }
}

const NOTHING: Bearing = { changes: new Set(), names: new Set() };
