import { Controller, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ImportAnswer } from '@credence/exchange';
import type { Ledger, Pinned } from '@credence/runtime';
import { unsupported } from '../http/bodies.js';
import type { BodyConfig } from '../http/bodies.js';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { metaOf } from '../http/meta.js';
import { ImportDto, ImportQuery } from './imports.dto.js';
import { withSent } from './sent-files.js';

const TYPES = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'];
const config = {
  accepts: Object.fromEntries([...TYPES, 'multipart/form-data'].map(type => [type, 'stream'] as const)),
} satisfies BodyConfig;

@ApiTags('imports')
@Controller('v1/imports')
export class ImportsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /**
   * Imports a dossier, entry by entry: what is wrong is reported by place, and the rest is loaded. A dossier that names
   * files is multipart: part `dossier`, and one part per file, called as the dossier calls it.
   */
  @Post('dossier')
  @HttpCode(200)
  @RouteConfig(config)
  @ApiConsumes(...TYPES, 'multipart/form-data')
  @ApiBody({ schema: { type: 'object', description: 'A dossier, version 1.' } })
  @ApiHeader({ name: 'Credence-Actor', required: true, description: 'Who imports.' })
  @Reads(ImportDto, 'What the import did.')
  dossier(
    @Query() { reason, dryRun }: ImportQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Pinned<ImportAnswer>> {
    const { actor, correlationId, dryRun: dry } = metaOf(request, reply, dryRun);
    const empty = request.body === undefined || request.body === null; // so it is of multipart, until its parts are read
    if (empty && !request.isMultipart()) throw unsupported(request);
    return withSent(request, sent =>
      this.ledger.importDossier({
        ...sent,
        actor,
        correlationId,
        dryRun: dry,
        ...(reason === undefined ? {} : { reason }),
      }),
    );
  }
}
