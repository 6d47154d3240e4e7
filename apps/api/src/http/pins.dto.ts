import { ApiProperty } from '@nestjs/swagger';

export class AsOfDto {
  /** The last event that the answer takes in; null before the first. */
  @ApiProperty({ type: 'integer', nullable: true })
  seq!: number | null;
  @ApiProperty({ type: 'string', nullable: true })
  effectiveAt!: string | null;
  /** Number of events = size of the Merkle tree. */
  treeSize!: number;
  /** Root of the tree, in hexadecimal. */
  root!: string;
  /** Pins the same answer for ever, as `asOf`. */
  @ApiProperty({ type: 'string', nullable: true })
  token!: string | null;
  /** Whether an event behind the moment exists already. */
  final!: boolean;
}

/** Of which moment an answer speaks. */
export class PinsDto {
  asOf!: AsOfDto;
  publicBy?: string;
  @ApiProperty({ required: false, enum: ['certain', 'possible'] })
  certainty?: 'certain' | 'possible';
  holdsAt?: string;
}

export class ListDto {
  /** `cursor` of the next page; null at the end. */
  @ApiProperty({ type: 'string', nullable: true })
  next!: string | null;
  pins!: PinsDto;
}
