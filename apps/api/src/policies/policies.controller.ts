import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Receipt } from '@credence/kernel';
import type { Ledger, List } from '@credence/runtime';
import type { PolicyAnswer } from '@credence/views';
import { carryOut } from '../http/carry-out.js';
import { Reads, Writes } from '../http/documented.js';
import { LEDGER } from '../http/ledger.module.js';
import { WriteMeta } from '../http/meta.js';
import type { Meta } from '../http/meta.js';
import { ListQuery } from '../http/reads.dto.js';
import { PolicyBody } from './policies.dto.js';
import { PolicyListDto } from './policy-answers.dto.js';

@ApiTags('policies')
@Controller('v1/policies')
export class PoliciesController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Adopts other numbers for the belief model, from now on; every belief is computed anew. */
  @Post()
  @Writes('The policy is adopted.')
  adopt(@Body() body: PolicyBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'AdoptPolicy', body, meta });
  }

  /** Policies, newest first, the built-in one last. */
  @Get()
  @Reads(PolicyListDto, 'A page of policies.')
  list(@Query() query: ListQuery): Promise<List<PolicyAnswer>> {
    return this.ledger.policies(query);
  }
}
