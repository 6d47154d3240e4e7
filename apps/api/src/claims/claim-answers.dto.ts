import { ApiProperty } from '@nestjs/swagger';
import type { AssertionAnswer, ChainAnswer, ClaimAnswer, ClaimItem, HopAnswer, LinkAnswer } from '@credence/views';
import { StatusDto } from '../http/brief.dto.js';
import { PassageShownDto } from '../http/passage.dto.js';
import { ListDto, PinsDto } from '../http/pins.dto.js';
import { DateShownDto, RetractionDto, SourceNamedDto } from '../http/shown.dto.js';

export class BeliefHeadDto {
  @ApiProperty({ type: () => StatusDto })
  status!: ClaimItem['belief']['status'];
  /** The status in one sentence. */
  headline!: string;
  coreHash!: string;
}

export class OriginsDto {
  for!: number;
  against!: number;
}

export class CheckedDto {
  actor!: string;
  recordedAt!: string;
}

export class ClaimItemDto implements ClaimItem {
  id!: string;
  /** `<dossier>:<key>` of what came from a dossier. */
  key?: string;
  text!: string;
  form!: string;
  holdsDuring?: DateShownDto;
  topics!: string[];
  entities!: string[];
  note?: string;
  /** For `If-Match`. */
  revision!: number;
  @ApiProperty({ enum: ['open', 'retracted', 'superseded'] })
  state!: 'open' | 'retracted' | 'superseded';
  supersededBy?: string;
  retractions!: RetractionDto[];
  belief!: BeliefHeadDto;
  /** Live assertions in documents that we hold; never the number of origins. */
  mentions!: number;
  origins!: OriginsDto;
  checkedBy!: CheckedDto[];
  /** With `holdsAt`. */
  @ApiProperty({ required: false, enum: ['certain', 'possible', 'no', 'unknown'] })
  holds?: 'certain' | 'possible' | 'no' | 'unknown';
}

export class RelayShownDto {
  /** Absent of `{ unknown: true }`. */
  assertion?: string;
  unknown?: boolean;
  key?: string;
  how?: string;
  /** The factor, a decimal string. */
  phi?: string;
  fidelity?: string;
  fidelityReason?: string;
}

export class AssertionDto implements AssertionAnswer {
  id!: string;
  key?: string;
  /** Null: the unnamed stand-in of an unknown hop. */
  source!: SourceNamedDto | null;
  /** A word, or `{ b, d }`. */
  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { $ref: '#/components/schemas/OpinionDto' }] })
  stance?: unknown;
  stanceReason?: string;
  basis!: string;
  @ApiProperty({ type: () => [RelayShownDto] })
  relays!: AssertionAnswer['relays'];
  support!: string;
  hold!: string;
  holdReason?: string;
  onBehalfOf?: string;
  headline?: boolean;
  note?: string;
  assertedAt!: DateShownDto;
  passage?: PassageShownDto;
  locator?: string;
  credibility?: number;
  retractions!: RetractionDto[];
  live!: boolean;
  /** Why it counts nowhere at the pins. */
  excludedBy?: string;
  /** The claim's text under which it was recorded, where that is another one now. */
  claimTextThen?: string;
  codedBy!: string;
  seq!: number;
  recordedAt!: string;
}

export class LinkDto implements LinkAnswer {
  id!: string;
  key?: string;
  from!: string;
  to!: string;
  kind!: string;
  phi?: string;
  reason!: string;
  seq!: number;
}

export class DerivationDto {
  id!: string;
  key?: string;
  premises!: string[];
  polarity!: string;
  phi?: string;
  reason!: string;
  actor!: string;
  seq!: number;
  recordedAt!: string;
}

export class DecisionDto {
  id!: string;
  key?: string;
  verdict!: string;
  by!: string;
  reason!: string;
  actor!: string;
  seq!: number;
  recordedAt!: string;
}

export class ClaimDto extends ClaimItemDto implements ClaimAnswer {
  assertions!: AssertionDto[];
  links!: LinkDto[];
  @ApiProperty({ type: () => [DerivationDto] })
  derivations!: ClaimAnswer['derivations'];
  @ApiProperty({ type: () => [DecisionDto] })
  decisions!: ClaimAnswer['decisions'];
  pins!: PinsDto;
}

const COUNTS = { selfRequired: false, type: 'object', additionalProperties: { type: 'integer' } } as const;

/** How many of all that pass the filters. */
export class FacetsDto {
  @ApiProperty(COUNTS)
  status?: Record<string, number>;
  /** By id. */
  @ApiProperty(COUNTS)
  source?: Record<string, number>;
  @ApiProperty(COUNTS)
  topic?: Record<string, number>;
  @ApiProperty(COUNTS)
  entity?: Record<string, number>;
}

export class ClaimListDto extends ListDto {
  items!: ClaimItemDto[];
  /** As asked for. */
  facets?: FacetsDto;
}

export class HopDto implements HopAnswer {
  assertion!: string;
  key?: string;
  source!: SourceNamedDto | null;
  /** How it relays the next hop. */
  how?: string;
  fidelity?: string;
  locator?: string;
  passage?: PassageShownDto;
  capture?: string;
  assertedAt!: DateShownDto;
  hold!: string;
  circular!: boolean;
}

export class ChainPathDto {
  /** The end has an opinion of its own, and nobody on the way has grade G. */
  carries!: boolean;
  /** The document that we hold first, the origin last. */
  hops!: HopDto[];
}

/** Every chain, the shortest first; at most 100. */
export class ChainDto implements ChainAnswer {
  claim!: string;
  chains!: ChainPathDto[];
  total!: number;
  truncated!: boolean;
  pins!: PinsDto;
}
