import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LedgerError } from '@credence/contracts';
import type { Health, Ledger } from '@credence/runtime';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { HealthDto, LiveDto } from './health.dto.js';

@ApiTags('operation')
@Controller('health')
export class HealthController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** The process answers. */
  @Get('live')
  @Reads(LiveDto, 'It does.')
  live(): LiveDto {
    return { status: 'ok' };
  }

  /** The ledger answers too, and every view is up to date. */
  @Get('ready')
  @Reads(HealthDto, 'It can be used.')
  async ready(): Promise<Health> {
    const health = await this.ledger.health();
    if (health.ready) return health;
    const late = health.views.filter(view => view.stopped !== undefined || view.seq < health.head);
    const names = late.map(
      ({ name, seq, stopped }) => `${name} ${stopped === undefined ? `is at ${String(seq)}` : `stopped at ${stopped}`}`,
    );
    throw new LedgerError('view-behind', `the head is ${String(health.head)}; ${names.join('; ')}`);
  }
}
