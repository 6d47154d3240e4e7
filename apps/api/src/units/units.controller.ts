import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Receipt } from '@credence/kernel';
import type { Ledger, List, Pinned } from '@credence/runtime';
import type { UnitAnswer } from '@credence/views';
import { tagged } from '../http/answers.js';
import { carryOut } from '../http/carry-out.js';
import { Makes, Reads, Writes } from '../http/documented.js';
import { ReasonBody } from '../http/fields.dto.js';
import { LEDGER } from '../http/ledger.module.js';
import { WriteMeta } from '../http/meta.js';
import type { Meta } from '../http/meta.js';
import { ListQuery, ReadQuery } from '../http/reads.dto.js';
import { UnitDto, UnitListDto } from './unit-answers.dto.js';
import { UnitBody, UnitMembers } from './units.dto.js';

@ApiTags('units')
@Controller('v1/units')
export class UnitsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Declares that sources are under one control. */
  @Post()
  @Makes('The unit is declared.')
  declare(@Body() body: UnitBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'DeclareUnit', body, meta });
  }

  /** Units, newest first; dissolved ones too. */
  @Get()
  @Reads(UnitListDto, 'A page of units.')
  list(@Query() query: ListQuery): Promise<List<UnitAnswer>> {
    return this.ledger.units(query);
  }

  /** One unit. */
  @Get(':unit')
  @Reads(UnitDto, 'The unit.')
  async get(
    @Param('unit') unit: string,
    @Query() query: ReadQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Pinned<UnitAnswer>> {
    return tagged(reply, await this.ledger.unit(unit, query));
  }

  /** Adds members, or takes them out. */
  @Post(':unit/members')
  @Writes('The members are changed.')
  change(@Param('unit') target: string, @Body() body: UnitMembers, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ChangeUnitMembers', target, body, meta });
  }

  /** The sources are not under one control, or no longer. */
  @Post(':unit/dissolution')
  @Writes('The unit is dissolved.')
  dissolve(@Param('unit') target: string, @Body() body: ReasonBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'DissolveUnit', target, body, meta });
  }
}
