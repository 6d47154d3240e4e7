import { ApiProperty } from '@nestjs/swagger';
import type { SummaryAnswer } from '@credence/views';
import { PinsDto } from '../http/pins.dto.js';

/** The whole ledger in numbers. */
export class SummaryDto implements SummaryAnswer {
  sources!: number;
  claims!: number;
  assertions!: number;
  captures!: number;
  units!: number;
  links!: number;
  derivations!: number;
  decisions!: number;
  events!: number;
  /** Claims by status. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  statuses!: Record<string, number>;
  mentions!: number;
  /** Own assertions with a chain to us, whatever they say, each once. */
  origins!: number;
  /** Canonical data, words and envelopes. */
  bytes!: number;
  pins!: PinsDto;
}
