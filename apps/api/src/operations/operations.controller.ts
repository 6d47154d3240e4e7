import { Body, Controller, Get, HttpCode, Inject, Post, Query, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DoctorAnswer, Ledger, RebuildAnswer, VerifyAnswer } from '@credence/runtime';
import { Reads } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { flagOf, noParameters } from '../http/parameters.js';
import { DoctorDto, DoctorQuery, RebuildBody, RebuildDto, VerifyDto } from './operations.dto.js';

/** What the command line asks of a server that holds the folder. Each answers when it is done, however long that takes. */
@ApiTags('operation')
@Controller('v1/operations')
export class OperationsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Fills a second generation of a view, or of all, and puts it in the place of the one that is read until then. */
  @Post('rebuild')
  @HttpCode(200)
  @UseGuards(noParameters)
  @Reads(RebuildDto, 'What it came to.')
  rebuild(@Body() { view }: RebuildBody): Promise<RebuildAnswer> {
    return this.ledger.rebuild(view);
  }

  /** Reads every event and recomputes every hash. */
  @Get('verification')
  @UseGuards(noParameters)
  @Reads(VerifyDto, 'What was found.')
  verify(): Promise<VerifyAnswer> {
    return this.ledger.verify();
  }

  /** Looks at everything that the ledger rests on. */
  @Get('doctor')
  @Reads(DoctorDto, 'What was found.')
  doctor(@Query() { deep }: DoctorQuery): Promise<DoctorAnswer> {
    return this.ledger.doctor({ deep: flagOf('deep', deep) });
  }
}
