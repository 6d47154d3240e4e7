import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Receipt } from '@credence/kernel';
import type { Ledger } from '@credence/runtime';
import { carryOut } from '../http/carry-out.js';
import { Writes } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { WriteMeta } from '../http/meta.js';
import type { Meta } from '../http/meta.js';
import { SetAsideBody } from './set-asides.dto.js';

@ApiTags('operation')
@Controller('v1/set-asides')
export class SetAsidesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Lets every view pass an event that one of them cannot apply, at every moment. The event itself stays in the log. */
  @Post()
  @HttpCode(200)
  @Writes('The event is set aside.')
  setAside(@Body() body: SetAsideBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'SetEventAside', body, meta });
  }
}
