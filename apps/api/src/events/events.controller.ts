import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LedgerError } from '@credence/contracts';
import type { EventAnswer, Ledger } from '@credence/runtime';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { AfterQuery } from '../http/reads.dto.js';
import { EventDto } from './events.dto.js';

@ApiTags('events')
@Controller('v1/events')
export class EventsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** One event as it was recorded. */
  @Get(':seq')
  @Reads(EventDto, 'The event.')
  get(@Param('seq') seq: string, @Query() query: AfterQuery): Promise<EventAnswer> {
    if (!/^[0-9]{1,15}$/.test(seq)) throw new LedgerError('not-found', `"${seq}" is no seq`);
    return this.ledger.event(Number(seq), query);
  }
}
