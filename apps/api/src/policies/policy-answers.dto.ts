import { ApiProperty } from '@nestjs/swagger';
import { ListDto } from '../http/pins.dto.js';

const table = { type: 'object', additionalProperties: { type: 'string' } } as const;

/** A policy: its numbers by their names in p1, decimals as strings. */
export class PolicyDto {
  /** As cores name it: `p1` of the built-in one. */
  id!: string;
  /** Whether belief is computed with it at the pins. */
  inForce!: boolean;
  weight!: number;
  baseRate!: string;
  @ApiProperty(table)
  trust!: unknown;
  trustUnnamed!: string;
  pooledGrades!: string[];
  @ApiProperty({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  stances!: unknown;
  @ApiProperty(table)
  relays!: unknown;
  defaultRelay!: string;
  unstatedShare!: string;
  contradictionShare!: string;
  originThreshold!: string;
  independentChains!: number;
  thinBelow!: string;
  lopsidedBelow!: string;
  @ApiProperty(table)
  confidence!: unknown;
  reason?: string;
  /** Who adopted it. */
  actor?: string;
  seq?: number;
  recordedAt?: string;
}

export class PolicyListDto extends ListDto {
  /** Newest first; p1 is the oldest. */
  items!: PolicyDto[];
}
