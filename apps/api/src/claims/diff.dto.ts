import { ApiProperty } from '@nestjs/swagger';
import type { DiffAnswer } from '@credence/runtime';
import type { PatchOperation } from '@credence/views';
import { BriefDto } from '../http/brief.dto.js';
import { CauseDto } from '../http/cause.dto.js';
import { ANYTHING } from '../http/history.dto.js';
import { AsOfDto, PinsDto } from '../http/pins.dto.js';

/** RFC 6902. */
export class PatchOperationDto {
  @ApiProperty({ enum: ['add', 'replace', 'remove'] })
  op!: 'add' | 'replace' | 'remove';
  /** RFC 6901 pointer into the claim's answer, without pins and belief. */
  path!: string;
  /** Absent of `remove`. */
  @ApiProperty({ ...ANYTHING, nullable: true })
  value?: unknown;
}

export class DiffBeliefDto {
  /** Absent where there was no claim. */
  before?: BriefDto;
  after?: BriefDto;
}

/** A claim at two moments. */
export class DiffDto implements Omit<DiffAnswer, 'patch' | 'belief'> {
  claim!: string;
  from!: AsOfDto;
  to!: AsOfDto;
  /** Makes the earlier state the later one; where there was no claim, the state was null. */
  @ApiProperty({ type: () => [PatchOperationDto] })
  patch!: readonly PatchOperation[];
  belief!: DiffBeliefDto;
  /** The events that made the difference, in order. */
  causes!: CauseDto[];
  pins!: PinsDto;
}
