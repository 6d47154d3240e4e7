import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Receipt } from '@credence/kernel';
import type { Ledger } from '@credence/runtime';
import { carryOut } from '../http/carry-out.js';
import { Writes } from '../http/documented.js';
import { ReasonBody } from '../http/fields.dto.js';
import { LEDGER } from '../http/ledger.module.js';
import { WriteMeta } from '../http/meta.js';
import type { Meta } from '../http/meta.js';

/** What is attached to a claim can be taken off again. */
@ApiTags('claims')
@Controller('v1/claims/:claim')
export class AttachmentsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Takes a link out of the record. */
  @Post('links/:link/removal')
  @Writes('The link is removed.')
  unlink(
    @Param('claim') within: string,
    @Param('link') target: string,
    @Body() body: ReasonBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RemoveClaimLink', target, within, body, meta });
  }

  /** Takes a derivation out of the record. */
  @Post('derivations/:derivation/removal')
  @Writes('The derivation is removed.')
  underive(
    @Param('claim') within: string,
    @Param('derivation') target: string,
    @Body() body: ReasonBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RemoveDerivation', target, within, body, meta });
  }

  /** Takes a decision back. */
  @Post('decisions/:decision/reversal')
  @Writes('The decision is reversed.')
  reverse(
    @Param('claim') within: string,
    @Param('decision') target: string,
    @Body() body: ReasonBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ReverseDecision', target, within, body, meta });
  }
}
