import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { PublicCause, PublicSaying, PublicWithdrawal } from '@credence/views';
import { BriefDto } from '../http/brief.dto.js';
import { CauseDto } from '../http/cause.dto.js';
import { ListDto } from '../http/pins.dto.js';
import { ListQuery } from '../http/reads.dto.js';
import { SourceNamedDto } from '../http/shown.dto.js';

export class TimelineQuery extends ListQuery {
  /** `recorded`: when the ledger learnt it (default); `public`: when anyone could have known. `publicBy` ends the latter.
   * @example public */
  @IsOptional()
  @IsString()
  axis?: string;
}

/** An assertion that came to be known. */
export class PublicSayingDto implements PublicSaying {
  assertion!: string;
  key?: string;
  /** The claim itself, or one that the belief in it hangs on. */
  claim!: string;
  /** Null: the unnamed stand-in of an unknown hop. */
  source!: SourceNamedDto | null;
  /** The event that recorded the assertion. */
  seq!: number;
}

/** A withdrawal by a speaker or publisher. */
export class PublicWithdrawalDto implements PublicWithdrawal {
  retraction!: string;
  /** The claim, source or assertion that it withdraws. */
  of!: string;
  @ApiProperty({ enum: ['speaker', 'publisher'] })
  by!: 'speaker' | 'publisher';
  reason!: string;
  /** The event that recorded it. */
  seq!: number;
}

/** What a reader of that day learnt. */
export class PublicCauseDto implements PublicCause {
  /** What was said by that day and not by the one before, or in other words. */
  said!: PublicSayingDto[];
  withdrawn!: PublicWithdrawalDto[];
}

@ApiExtraModels(CauseDto, PublicCauseDto)
export class TimelineItemDto {
  /** A day on the public axis, an instant on the recorded one. */
  at!: string;
  /** On the recorded axis: the event. */
  seq?: number;
  @ApiProperty({ anyOf: [{ $ref: getSchemaPath(CauseDto) }, { $ref: getSchemaPath(PublicCauseDto) }] })
  cause!: unknown;
  /** Absent where the claim is new. */
  before?: BriefDto;
  after!: BriefDto;
}

/** Each point at which the belief in the claim changed, oldest first. */
export class TimelineDto extends ListDto {
  claim!: string;
  @ApiProperty({ enum: ['recorded', 'public'] })
  axis!: 'recorded' | 'public';
  /** The belief before the first item; absent where the claim was not there yet. */
  start?: BriefDto;
  items!: TimelineItemDto[];
}
