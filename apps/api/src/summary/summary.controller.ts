import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ledger, Pinned } from '@credence/runtime';
import type { SummaryAnswer } from '@credence/views';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { ReadQuery } from '../http/reads.dto.js';
import { SummaryDto } from './summary.dto.js';

@ApiTags('summary')
@Controller('v1/summary')
export class SummaryController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** The whole ledger in numbers. */
  @Get()
  @Reads(SummaryDto, 'The summary.')
  get(@Query() query: ReadQuery): Promise<Pinned<SummaryAnswer>> {
    return this.ledger.summary(query);
  }
}
