import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { DoctorAnswer, Finding, RebuildAnswer, RebuildItem, VerifyAnswer } from '@credence/runtime';

export class RebuildBody {
  /** Name of a view, as `/health/ready` lists them. Absent: all.
   * @example search */
  @IsOptional()
  @IsString()
  view?: string;
}

export class RebuildItemDto implements RebuildItem {
  view!: string;
  version!: number;
  /** The last event that it holds. */
  seq!: number;
  /** Of the new generation. */
  fingerprint?: string;
  /** Whether the old one had the same at this event; absent: it had stopped before. */
  same?: boolean;
  /** The event that the new generation could not apply: the old one stays. */
  stopped?: string;
}

export class RebuildDto implements RebuildAnswer {
  /** Every view was rebuilt, and came to what it was. */
  ok!: boolean;
  items!: RebuildItemDto[];
}

export class DamageDto {
  /** The first event that is not what was recorded. */
  seq!: number;
  detail!: string;
}

export class VerifyDto implements VerifyAnswer {
  ok!: boolean;
  /** Events found whole, from the first on. */
  size!: number;
  /** Root of the tree over them, in hexadecimal. */
  root!: string;
  damage?: DamageDto;
}

export class DoctorQuery {
  /** `true`: read every event and every capture too.
   * @example false */
  @IsOptional()
  @IsString()
  deep?: string;
}

export class FindingDto implements Finding {
  @ApiProperty({ enum: ['store', 'cluster', 'clock', 'views', 'captures', 'log', 'leftovers'] })
  check!: Finding['check'];
  @ApiProperty({ enum: ['well', 'note', 'wrong'] })
  state!: Finding['state'];
  detail!: string;
  /** What to do about it. */
  remedy?: string;
}

export class DoctorDto implements DoctorAnswer {
  /** Nothing is wrong. */
  ok!: boolean;
  findings!: FindingDto[];
}
