import { ApiProperty } from '@nestjs/swagger';
import type { DateShown, RetractionShown, SourceNamed } from '@credence/views';

/** A date as it was given, and the days that it can mean. */
export class DateShownDto implements DateShown {
  edtf!: string;
  said?: string;
  how?: string;
  /** Captures that it was stated in or deduced from. */
  from?: string[];
  /** First day; null where unknown. */
  @ApiProperty({ type: 'string', nullable: true })
  lo!: string | null;
  /** Last day; null where unknown. */
  @ApiProperty({ type: 'string', nullable: true })
  hi!: string | null;
}

export class LiftedDto {
  seq!: number;
  recordedAt!: string;
  reason!: string;
  actor!: string;
}

/** A retraction; a lifted one stays in sight. */
export class RetractionDto implements RetractionShown {
  id!: string;
  key?: string;
  @ApiProperty({ enum: ['speaker', 'publisher', 'ledger'] })
  by!: 'speaker' | 'publisher' | 'ledger';
  code?: string;
  reason!: string;
  assertedAt!: DateShownDto | null;
  recordedAt!: string;
  seq!: number;
  liftedBy?: LiftedDto;
}

/** A source as a hop or an assertion names it. */
export class SourceNamedDto implements SourceNamed {
  id!: string;
  key?: string;
  name!: string;
  kind!: string;
  named!: string;
  grade!: string;
  describedAs?: string;
}
