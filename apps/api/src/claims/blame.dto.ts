import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { BlameAnswer, BlameItem } from '@credence/views';
import { ANYTHING } from '../http/history.dto.js';
import { PinsDto } from '../http/pins.dto.js';
import { ReadQuery } from '../http/reads.dto.js';
import { SourceNamedDto } from '../http/shown.dto.js';

export class BlameQuery extends ReadQuery {
  /** Only this: a member of the claim or of an assertion, or a pointer into one: `text`, `passage/page`.
   * @example text */
  @IsOptional()
  @IsString()
  field?: string;
}

export class EntryDto {
  dossier!: string;
  section!: string;
  key!: string;
}

/** A current value: who set it, when, why, on which source. */
export class BlameItemDto implements BlameItem {
  /** The claim, or the assertion. */
  id!: string;
  @ApiProperty({ enum: ['claim', 'assertion'] })
  thing!: 'claim' | 'assertion';
  /** RFC 6901 pointer into it; what is attached to it stands as a whole: `/links/<id>`. `/belief/status`: since which event. */
  path!: string;
  @ApiProperty({ ...ANYTHING, required: true })
  value!: unknown;
  /** The event that set it. */
  seq!: number;
  type!: string;
  recordedAt!: string;
  actor!: string;
  /** Absent of a first entry. */
  reason?: string;
  /** Of an assertion, and of a status that one brought about: who says so; null is the stand-in of an unknown hop. */
  source?: SourceNamedDto | null;
  /** The dossier's entry that it was imported from. */
  entry?: EntryDto;
}

export class BlameDto implements BlameAnswer {
  claim!: string;
  items!: BlameItemDto[];
  pins!: PinsDto;
}
