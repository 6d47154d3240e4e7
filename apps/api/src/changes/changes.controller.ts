import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { ChangesAnswer, Ledger } from '@credence/runtime';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { SpanListQuery } from '../http/span.dto.js';
import { ChangesDto } from './changes.dto.js';

@ApiTags('changes')
@Controller('v1/changes')
export class ChangesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** What changed between two moments in what we believe, over the whole ledger, and by what. */
  @Get()
  @Reads(ChangesDto, 'A page of changes, the weightiest first.')
  list(@Query() query: SpanListQuery): Promise<ChangesAnswer> {
    return this.ledger.changes(query);
  }
}
