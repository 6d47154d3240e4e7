import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { AnchorAnswer, Ledger, List, Pinned, ReanchoringAnswer } from '@credence/runtime';
import type { PassageItem } from '@credence/views';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import {
  AnchorBody,
  AnchorDto,
  AroundDto,
  CaptureQuery,
  PassageListDto,
  PassagesQuery,
  ReanchoringDto,
  ReanchoringQuery,
  TextQuery,
} from './captures.dto.js';
import { neverRun, sentAs } from './never-run.js';

@ApiTags('captures')
@Controller('v1/captures')
export class CapturesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** The bytes of a capture, in their media type; no browser runs them. */
  @Get(':capture')
  @ApiResponse({
    status: 200,
    description: 'The bytes.',
    content: { '*/*': { schema: { type: 'string', format: 'binary' } } },
  })
  async bytes(
    @Param('capture') capture: string,
    @Query() query: CaptureQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { sha256, mediaType, size, bytes } = await this.ledger.captured(capture, query);
    neverRun(reply);
    void reply
      .headers({ ...sentAs(mediaType, sha256), 'content-length': String(size), etag: `"${sha256}"` })
      .send(Readable.from(bytes));
  }

  /** The text that was extracted; with `around`, a passage in its context. */
  @Get(':capture/text')
  @ApiExtraModels(AroundDto)
  @ApiResponse({
    status: 200,
    description: 'The text; or, with `around`, the passage between what stands before and after it.',
    content: {
      'text/plain': { schema: { type: 'string' } },
      'application/json': { schema: { $ref: getSchemaPath(AroundDto) } },
    },
  })
  async text(
    @Param('capture') capture: string,
    @Query() { around, characters, ...query }: TextQuery,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    neverRun(reply);
    if (around === undefined) {
      const text = await this.ledger.capturedText(capture, query);
      return void reply.type('text/plain; charset=utf-8').send(text);
    }
    const parameters = characters === undefined ? query : { ...query, characters };
    void reply.send(await this.ledger.around(capture, around, parameters));
  }

  /** What is quoted from the capture, newest first. */
  @Get(':capture/passages')
  @Reads(PassageListDto, 'A page of passages.')
  passagesIn(@Param('capture') capture: string, @Query() query: PassagesQuery): Promise<List<PassageItem>> {
    return this.ledger.passagesIn(capture, query);
  }

  /** Where words stand in the capture, and how well they were found. Asks only. */
  @Post(':capture/anchor')
  @HttpCode(200)
  @Reads(AnchorDto, 'The state, and the place or the candidates.')
  anchor(
    @Param('capture') capture: string,
    @Body() body: AnchorBody,
    @Query() query: CaptureQuery,
  ): Promise<Pinned<AnchorAnswer>> {
    return this.ledger.anchor(capture, body, query);
  }

  /** Where the passages of the capture that this one replaces stand in it. Asks only: taking over a place is a write. */
  @Get(':capture/reanchoring')
  @Reads(ReanchoringDto, 'State by state.')
  reanchoring(@Param('capture') capture: string, @Query() query: ReanchoringQuery): Promise<Pinned<ReanchoringAnswer>> {
    return this.ledger.reanchoring(capture, query);
  }
}
