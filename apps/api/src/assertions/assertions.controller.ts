import { Body, Controller, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Receipt } from '@credence/kernel';
import type { Ledger } from '@credence/runtime';
import { carryOut } from '../http/carry-out.js';
import { Writes } from '../http/documented.js';
import { ReinstatementBody, WithdrawalBody } from '../http/fields.dto.js';
import { LEDGER } from '../http/ledger.module.js';
import { WriteMeta } from '../http/meta.js';
import type { Meta } from '../http/meta.js';
import { AssertionBody, AssertionCorrection, AssertionRevision, ReanchoringBody } from './assertions.dto.js';

@ApiTags('assertions')
@Controller('v1/claims/:claim/assertions')
export class AssertionsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** A source asserts, denies or relays the claim. */
  @Post()
  @Writes('The assertion is recorded.')
  record(@Param('claim') target: string, @Body() body: AssertionBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RecordAssertion', target, body, meta });
  }

  /** Our record of what the source says was wrong. */
  @Post(':assertion/corrections')
  @Writes('The assertion is corrected.')
  correct(
    @Param('claim') within: string,
    @Param('assertion') target: string,
    @Body() body: AssertionCorrection,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'CorrectAssertion', target, within, body, meta });
  }

  /** The source says something else now. */
  @Post(':assertion/revisions')
  @Writes('The assertion is revised.')
  revise(
    @Param('claim') within: string,
    @Param('assertion') target: string,
    @Body() body: AssertionRevision,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ReviseAssertion', target, within, body, meta });
  }

  /** The quotation stands elsewhere: in a capture that replaces the one quoted, or at another place of the same. */
  @Post(':assertion/reanchoring')
  @Writes('The passage is anchored anew.')
  reanchor(
    @Param('claim') within: string,
    @Param('assertion') target: string,
    @Body() body: ReanchoringBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ReanchorPassage', target, within, body, meta });
  }

  /** Withdraws the assertion; whatever else its source says still counts. */
  @Post(':assertion/retractions')
  @Writes('The assertion is retracted.')
  retract(
    @Param('claim') within: string,
    @Param('assertion') target: string,
    @Body() body: WithdrawalBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RetractAssertion', target, within, body, meta });
  }

  /** Lifts one retraction of the assertion. */
  @Post(':assertion/reinstatements')
  @Writes('The retraction is lifted.')
  reinstate(
    @Param('claim') within: string,
    @Param('assertion') target: string,
    @Body() body: ReinstatementBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ReinstateAssertion', target, within, body, meta });
  }
}
