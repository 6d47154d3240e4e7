import { ApiProperty } from '@nestjs/swagger';

/** A status code, the rule of the model that gave it, and what qualifies it. */
export class StatusDto {
  code!: string;
  rule!: number;
  qualifiers!: string[];
}

/** Belief, disbelief and uncertainty, the base rate, and the projected probability: decimal strings. */
export class FullOpinionDto {
  b!: string;
  d!: string;
  u!: string;
  a!: string;
  P!: string;
}

/** A belief in brief. */
export class BriefDto {
  @ApiProperty({ type: () => StatusDto })
  status!: unknown;
  @ApiProperty({ type: () => FullOpinionDto })
  opinion!: unknown;
  /** Independent origins, for and against. */
  kappa!: number[];
  coreHash!: string;
}

/** A belief before and after an event. */
export class BeliefChangeDto {
  /** Absent where the claim is new. */
  @ApiProperty({ type: () => BriefDto, required: false })
  before?: unknown;
  @ApiProperty({ type: () => BriefDto })
  after!: unknown;
}
