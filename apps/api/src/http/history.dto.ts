import { ApiProperty } from '@nestjs/swagger';
import { BeliefChangeDto } from './brief.dto.js';
import { PinsDto } from './pins.dto.js';

/** Any JSON value. */
export const ANYTHING = {
  required: false,
  anyOf: ['string', 'number', 'boolean', 'object', 'array'].map(type => ({ type })),
};

export class FieldChangeDto {
  /** RFC 6901 pointer into the thing. */
  path!: string;
  /** Absent where the field was not given. */
  @ApiProperty(ANYTHING)
  from?: unknown;
  /** Absent where it was cleared. */
  @ApiProperty(ANYTHING)
  to?: unknown;
}

export class HistoryItemDto {
  seq!: number;
  revision!: number;
  recordedAt!: string;
  actor!: string;
  /** The event's. */
  type!: string;
  /** The thing changed. */
  id!: string;
  reason?: string;
  changes!: FieldChangeDto[];
  /** What it did to the belief in the claim, where the core changed. */
  belief?: BeliefChangeDto;
}

export class HistoryDto {
  /** Oldest first. */
  items!: HistoryItemDto[];
  pins!: PinsDto;
}
