import { Controller, Get, Header, Inject, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Ledger } from '@credence/runtime';
import { ReadsText } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { noParameters } from '../http/parameters.js';

@ApiTags('log')
@Controller('v1/log')
@UseGuards(noParameters)
export class LogController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** The newest signed checkpoint: size and root of the log, a C2SP signed note. */
  @Get('checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ReadsText('The note.')
  checkpoint(): Promise<string> {
    return this.ledger.logCheckpoint();
  }

  /** The key that checkpoints are verified with, as signed notes write it. */
  @Get('key')
  @Header('content-type', 'text/plain; charset=utf-8')
  @ReadsText('The key, on a line.')
  async key(): Promise<string> {
    return `${await this.ledger.logKey()}\n`;
  }
}
