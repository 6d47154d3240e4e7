import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Receipt } from '@credence/kernel';
import type { Ledger, List, Pinned } from '@credence/runtime';
import type { CaptureAnswer, HistoryAnswer, ImpactAnswer, SourceAnswer } from '@credence/views';
import { tagged } from '../http/answers.js';
import { carryOut } from '../http/carry-out.js';
import { Makes, Reads, Writes } from '../http/documented.js';
import { ReinstatementBody, WithdrawalBody } from '../http/fields.dto.js';
import { HistoryDto } from '../http/history.dto.js';
import { LEDGER } from '../http/ledger.module.js';
import { WriteMeta } from '../http/meta.js';
import type { Meta } from '../http/meta.js';
import { ListQuery, ReadQuery } from '../http/reads.dto.js';
import { ImpactDto, ImpactQuery } from './impact.dto.js';
import { CaptureListDto, SourceDto, SourceListDto } from './source-answers.dto.js';
import { GradeBody, SourceBody, SourceDescription } from './sources.dto.js';

@ApiTags('sources')
@Controller('v1/sources')
export class SourcesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Enters a person, an organisation, a group or a record that can assert something. */
  @Post()
  @Makes('The source is registered.')
  register(@Body() body: SourceBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RegisterSource', body, meta });
  }

  /** Sources, newest first. */
  @Get()
  @Reads(SourceListDto, 'A page of sources.')
  list(@Query() query: ListQuery): Promise<List<SourceAnswer>> {
    return this.ledger.sources(query);
  }

  /** One source. */
  @Get(':source')
  @Reads(SourceDto, 'The source.')
  async get(
    @Param('source') source: string,
    @Query() query: ReadQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Pinned<SourceAnswer>> {
    return tagged(reply, await this.ledger.source(source, query));
  }

  /** Who changed what on the source, when and why; oldest first. */
  @Get(':source/history')
  @Reads(HistoryDto, 'The history.')
  history(@Param('source') source: string, @Query() query: ReadQuery): Promise<Pinned<HistoryAnswer>> {
    return this.ledger.sourceHistory(source, query);
  }

  /** What rests on the source, at any depth; with `whatIf` what would change. */
  @Get(':source/impact')
  @Reads(ImpactDto, 'The claims.')
  impact(@Param('source') source: string, @Query() query: ImpactQuery): Promise<Pinned<ImpactAnswer>> {
    return this.ledger.impact(source, query);
  }

  /** What was captured of the source, newest first; the bytes stand under `/v1/captures`. */
  @Get(':source/captures')
  @Reads(CaptureListDto, 'A page of captures.')
  captures(@Param('source') source: string, @Query() query: ListQuery): Promise<List<CaptureAnswer>> {
    return this.ledger.captures(source, query);
  }

  /** Corrects what is on record about the source. */
  @Post(':source/description')
  @Writes('The source is described anew.')
  describe(
    @Param('source') target: string,
    @Body() body: SourceDescription,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'DescribeSource', target, body, meta });
  }

  /** Grades its reliability from now on. */
  @Post(':source/grades')
  @Writes('The source is graded.')
  grade(@Param('source') target: string, @Body() body: GradeBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'GradeSource', target, body, meta });
  }

  /** Withdraws the source: nothing that it says counts. */
  @Post(':source/retractions')
  @Writes('The source is retracted.')
  retract(@Param('source') target: string, @Body() body: WithdrawalBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RetractSource', target, body, meta });
  }

  /** Lifts one retraction of the source. */
  @Post(':source/reinstatements')
  @Writes('The retraction is lifted.')
  reinstate(
    @Param('source') target: string,
    @Body() body: ReinstatementBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ReinstateSource', target, body, meta });
  }
}
