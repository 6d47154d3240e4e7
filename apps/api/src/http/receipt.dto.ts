import { ApiProperty } from '@nestjs/swagger';
import { BeliefChangeDto } from './brief.dto.js';
import { PassageShownDto } from './passage.dto.js';

export class RecordedEventDto {
  id!: string;
  type!: string;
  seq?: number;
}

export class OtherBeliefDto extends BeliefChangeDto {
  claim!: string;
  key?: string;
}

export class OtherBeliefsDto {
  /** The first hundred. */
  items!: OtherBeliefDto[];
  total!: number;
}

/** The answer to a write. */
export class ReceiptDto {
  commandId!: string;
  stream!: string;
  /** The thing made, else the stream's subject; of a capture its SHA-256. */
  id!: string;
  /** Of the stream, for `If-Match`. */
  revision?: number;
  /** Place in the ledger's total order, for `after`; absent in a dry run, and while a cluster has not placed it. */
  seq?: number;
  recordedAt?: string;
  /** At most one; none where nothing changed. */
  events!: RecordedEventDto[];
  /** Of a quotation: where it was found. */
  @ApiProperty({ required: false, type: () => PassageShownDto })
  passage?: PassageShownDto;
  /** Of a dry run: the belief in the claim that it is about. */
  belief?: BeliefChangeDto;
  /** Of a dry run: the other claims whose core would change. */
  beliefs?: OtherBeliefsDto;
}
