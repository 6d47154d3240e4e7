import { ApiProperty } from '@nestjs/swagger';
import type { ChangeItem } from '@credence/views';
import { BriefDto } from '../http/brief.dto.js';
import { CauseDto } from '../http/cause.dto.js';
import { AsOfDto, ListDto } from '../http/pins.dto.js';

/** A claim of which something else is believed than before. */
export class ChangeItemDto implements Omit<ChangeItem, 'before' | 'after'> {
  claim!: string;
  key?: string;
  text!: string;
  /** Absent where the claim is new. */
  @ApiProperty({ type: () => BriefDto, required: false })
  before?: BriefDto;
  after!: BriefDto;
  /** |difference of P|, a decimal string; of a new claim the distance to its base rate. */
  weight!: string;
  /** The events that changed its core, in order. */
  causes!: CauseDto[];
}

/** What else is believed: other statuses first, in each part the weightiest first. */
export class ChangesDto extends ListDto {
  from!: AsOfDto;
  to!: AsOfDto;
  items!: ChangeItemDto[];
  /** Of all pages. */
  total!: number;
}
