import { Body, Controller, Get, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Receipt } from '@credence/kernel';
import type { CitationAnswer } from '@credence/exchange';
import type { ClaimList, DiffAnswer, Ledger, Pinned } from '@credence/runtime';
import type {
  BeliefAnswer,
  BlameAnswer,
  ChainAnswer,
  ClaimAnswer,
  HistoryAnswer,
  TimelineAnswer,
} from '@credence/views';
import { tagged } from '../http/answers.js';
import { carryOut } from '../http/carry-out.js';
import { Makes, Reads, Writes } from '../http/documented.js';
import { ReasonBody, ReinstatementBody, WithdrawalBody } from '../http/fields.dto.js';
import { HistoryDto } from '../http/history.dto.js';
import { LEDGER } from '../http/ledger.module.js';
import { WriteMeta } from '../http/meta.js';
import type { Meta } from '../http/meta.js';
import { ReadQuery } from '../http/reads.dto.js';
import { SpanQuery } from '../http/span.dto.js';
import { BeliefDto } from './belief.dto.js';
import { BlameDto, BlameQuery } from './blame.dto.js';
import { CitationDto, CitationQuery } from './citation.dto.js';
import { ChainDto, ClaimDto, ClaimListDto } from './claim-answers.dto.js';
import { ClaimsQuery } from './claims-query.dto.js';
import {
  ClaimBody,
  ClaimCorrection,
  ClaimRevision,
  DecisionBody,
  DerivationBody,
  LinkBody,
  SupersessionBody,
} from './claims.dto.js';
import { DiffDto } from './diff.dto.js';
import { TimelineDto, TimelineQuery } from './timeline.dto.js';

@ApiTags('claims')
@Controller('v1/claims')
export class ClaimsController {
  constructor(@Inject(LEDGER) private readonly ledger: Ledger) {}

  /** Enters one atomic proposition. It says nothing yet about who holds it true. */
  @Post()
  @Makes('The claim is recorded.')
  record(@Body() body: ClaimBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RecordClaim', body, meta });
  }

  /** Claims, newest first. */
  @Get()
  @Reads(ClaimListDto, 'A page of claims.')
  list(@Query() query: ClaimsQuery): Promise<ClaimList> {
    return this.ledger.claims(query);
  }

  /** One claim with everything on it. */
  @Get(':claim')
  @Reads(ClaimDto, 'The claim.')
  async get(
    @Param('claim') claim: string,
    @Query() query: ReadQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Pinned<ClaimAnswer>> {
    return tagged(reply, await this.ledger.claim(claim, query));
  }

  /** Whether we believe it, and why: every number that leads to it. */
  @Get(':claim/belief')
  @Reads(BeliefDto, 'The belief.')
  belief(@Param('claim') claim: string, @Query() query: ReadQuery): Promise<Pinned<BeliefAnswer>> {
    return this.ledger.belief(claim, query);
  }

  /** Who says so, and how they know: every path from a document that we hold to an origin. */
  @Get(':claim/chain')
  @Reads(ChainDto, 'The chains.')
  chain(@Param('claim') claim: string, @Query() query: ReadQuery): Promise<Pinned<ChainAnswer>> {
    return this.ledger.chain(claim, query);
  }

  /**
   * The claim as it is cited: who says it, where, how it stands, where it can be looked up in ten years. Under a token the
   * text stays what it was; a later retraction shows at `link.now`.
   */
  @Get(':claim/citation')
  @Reads(CitationDto, 'The citation.')
  citation(@Param('claim') claim: string, @Query() query: CitationQuery): Promise<Pinned<CitationAnswer>> {
    return this.ledger.citation(claim, query);
  }

  /** Who changed what, when and why; oldest first. */
  @Get(':claim/history')
  @Reads(HistoryDto, 'The history.')
  history(@Param('claim') claim: string, @Query() query: ReadQuery): Promise<Pinned<HistoryAnswer>> {
    return this.ledger.history(claim, query);
  }

  /** Each point at which the belief changed, its cause, the belief before and after. */
  @Get(':claim/timeline')
  @Reads(TimelineDto, 'A page of the timeline, oldest first.')
  timeline(@Param('claim') claim: string, @Query() query: TimelineQuery): Promise<Pinned<TimelineAnswer>> {
    return this.ledger.timeline(claim, query);
  }

  /** The claim at two moments: what else is on record and believed, and which events made it so. */
  @Get(':claim/diff')
  @Reads(DiffDto, 'The difference.')
  diff(@Param('claim') claim: string, @Query() query: SpanQuery): Promise<Pinned<DiffAnswer>> {
    return this.ledger.diff(claim, query);
  }

  /** Who set each current value, when, why and on which source. */
  @Get(':claim/blame')
  @Reads(BlameDto, 'Each value and the event that set it.')
  blame(@Param('claim') claim: string, @Query() query: BlameQuery): Promise<Pinned<BlameAnswer>> {
    return this.ledger.blame(claim, query);
  }

  /** Our record of the proposition was wrong. */
  @Post(':claim/corrections')
  @Writes('The claim is corrected.')
  correct(@Param('claim') target: string, @Body() body: ClaimCorrection, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'CorrectClaim', target, body, meta });
  }

  /** The world changed: when the proposition holds. */
  @Post(':claim/revisions')
  @Writes('The claim is revised.')
  revise(@Param('claim') target: string, @Body() body: ClaimRevision, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ReviseClaim', target, body, meta });
  }

  /** Another claim replaces this one. */
  @Post(':claim/supersession')
  @Writes('The claim is superseded.')
  supersede(@Param('claim') target: string, @Body() body: SupersessionBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'SupersedeClaim', target, body, meta });
  }

  /** Withdraws the claim; its assertions no longer count. */
  @Post(':claim/retractions')
  @Writes('The claim is retracted.')
  retract(@Param('claim') target: string, @Body() body: WithdrawalBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RetractClaim', target, body, meta });
  }

  /** Lifts one retraction, or the supersession. */
  @Post(':claim/reinstatements')
  @Writes('The retraction is lifted.')
  reinstate(
    @Param('claim') target: string,
    @Body() body: ReinstatementBody,
    @WriteMeta() meta: Meta,
  ): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ReinstateClaim', target, body, meta });
  }

  /** Checked again, unchanged. */
  @Post(':claim/confirmations')
  @Writes('The claim is confirmed.')
  confirm(@Param('claim') target: string, @Body() body: ReasonBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'ConfirmClaim', target, body, meta });
  }

  /** Says how the opinions on this claim bear on another. */
  @Post(':claim/links')
  @Writes('The claims are linked.')
  link(@Param('claim') target: string, @Body() body: LinkBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'LinkClaims', target, body, meta });
  }

  /** Infers for or against this claim from others. */
  @Post(':claim/derivations')
  @Writes('The derivation is recorded.')
  derive(@Param('claim') target: string, @Body() body: DerivationBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RecordDerivation', target, body, meta });
  }

  /** A named person's judgement, shown beside the computed belief. */
  @Post(':claim/decisions')
  @Writes('The decision is recorded.')
  decide(@Param('claim') target: string, @Body() body: DecisionBody, @WriteMeta() meta: Meta): Promise<Receipt> {
    return carryOut(this.ledger, { command: 'RecordDecision', target, body, meta });
  }
}
