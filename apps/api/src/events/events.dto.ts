import { ApiProperty } from '@nestjs/swagger';
import type { EventAnswer } from '@credence/runtime';

/** An event: its envelope, whose canonical form is the leaf of the Merkle log, and its payload. */
export class EventDto implements EventAnswer {
  id!: string;
  /** `<category>-<id>` or `ledger-main`. */
  stream!: string;
  /** 0-based, in the stream. */
  revision!: number;
  /** 0-based place in the ledger's total order. */
  seq!: number;
  type!: string;
  schemaVersion!: number;
  recordedAt!: string;
  actor!: string;
  commandId!: string;
  commandHash!: string;
  correlationId!: string;
  ledger!: string;
  dataHash!: string;
  wordsHash!: string;
  /** What rules reason with; null once redacted. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  data!: unknown;
  /** What people wrote; null once redacted. */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  words!: unknown;
}
