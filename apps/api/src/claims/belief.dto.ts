import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { FullOpinionDto, StatusDto } from '../http/brief.dto.js';
import { PinsDto } from '../http/pins.dto.js';
import { DateShownDto } from '../http/shown.dto.js';

export class CoreHopDto {
  assertion!: string;
  source!: string;
  grade!: string;
  t!: string;
  phi!: string;
  hold!: string;
}

export class CoreOriginDto {
  assertion!: string;
  source!: string;
  unit!: string;
  /** Belief and disbelief of its own. */
  own!: string[];
  rho!: string;
  e!: number;
  /** The origin first. */
  chain!: CoreHopDto[];
}

export class CoreSideDto {
  micro!: number;
  kappa!: number;
  pooledBest!: number;
  origins!: CoreOriginDto[];
}

/** What is hashed and compared. */
export class CoreDto {
  opinion!: FullOpinionDto;
  status!: StatusDto;
  pro!: CoreSideDto;
  con!: CoreSideDto;
  policy!: string;
}

export class MentionsDto {
  count!: number;
  /** Ids of assertions. */
  items!: string[];
}

export class BeliefHopDto {
  how?: string;
  fidelity?: string;
  assertedAt!: DateShownDto;
  locator?: string;
  seq!: number;
}

export class AlternativeDto {
  assertion!: string;
  coding!: string;
  words!: string;
  core!: CoreDto;
}

const anything = { type: 'array', items: { type: 'object', additionalProperties: true } } as const;

/** The belief in a claim, with everything that leads to it. */
@ApiExtraModels(BeliefHopDto)
export class BeliefDto {
  claim!: string;
  core!: CoreDto;
  coreHash!: string;
  /** Smallest sets of hops whose loss would end what a side rests on. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  cuts!: unknown;
  @ApiProperty({
    type: 'object',
    additionalProperties: { $ref: '#/components/schemas/BeliefHopDto' },
    description: 'By id of the assertion.',
  })
  hops!: Record<string, unknown>;
  mentions!: MentionsDto;
  @ApiProperty(anything)
  dependents!: unknown[];
  @ApiProperty(anything)
  excluded!: unknown[];
  @ApiProperty(anything)
  derived!: unknown[];
  /** What each edge carries, in micro-units. */
  @ApiProperty(anything)
  flows!: unknown[];
  /** What another coding of the decisive hop would give. */
  alternatives!: AlternativeDto[];
  @ApiProperty({ type: 'object', additionalProperties: true })
  words!: unknown;
  pins!: PinsDto;
}
