import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ledger, List } from '@credence/runtime';
import type { PassageItem } from '@credence/views';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { PassageListDto, PassagesQuery } from './captures.dto.js';

@ApiTags('captures')
@Controller('v1/passages')
export class PassagesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Every passage, newest first; by state those that need a look. */
  @Get()
  @Reads(PassageListDto, 'A page of passages.')
  list(@Query() query: PassagesQuery): Promise<List<PassageItem>> {
    return this.ledger.passages(query);
  }
}
