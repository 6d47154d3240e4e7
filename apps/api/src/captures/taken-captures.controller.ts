import { Controller, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Receipt } from '@credence/kernel';
import type { Ledger } from '@credence/runtime';
import type { BodyConfig } from '../http/bodies.js';
import { answered } from '../http/carry-out.js';
import { Makes } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { metaOf } from '../http/meta.js';
import { TakeCaptureQuery } from './captures.dto.js';
import { withSentCapture } from './sent-capture.js';

const config = { accepts: { 'multipart/form-data': 'stream', '*': 'stream' } } satisfies BodyConfig;
const binary = { type: 'string', format: 'binary' } as const;
const texts = ['retrievedAt', 'url', 'edition', 'tool', 'derivedFrom', 'replaces', 'mediaType'];

@ApiTags('captures')
@Controller('v1/sources/:source/captures')
export class TakenCapturesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /**
   * Keeps a document as retrieved: once, by its SHA-256, and the text of it. The same bytes of the same source again change
   * nothing; other bytes are a second capture. Fields are parts of a multipart body, or parameters beside a raw one.
   */
  @Post()
  @RouteConfig(config)
  @ApiConsumes('multipart/form-data', 'application/octet-stream')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: binary,
        ...Object.fromEntries(texts.map(name => [name, { type: 'string' }])),
        withoutText: { type: 'boolean' },
      },
    },
  })
  @Makes('The capture is taken; 200 where the source has these bytes already.')
  take(
    @Param('source') target: string,
    @Query() { dryRun, ...fields }: TakeCaptureQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt> {
    const { reply: _, ...meta } = metaOf(request, reply, dryRun);
    return withSentCapture(request, fields as Record<string, string>, async sent =>
      answered(await this.ledger.capture({ ...sent, ...meta, target }), reply, meta.dryRun),
    );
  }
}
