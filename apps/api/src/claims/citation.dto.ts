import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { vocabulary } from '@credence/contracts';
import type { CitationAnswer, CitationStyle, CslItem } from '@credence/exchange';
import type { CitedCapture, CitedChain, CitedHop } from '@credence/views';
import { PinsDto } from '../http/pins.dto.js';
import { ReadQuery } from '../http/reads.dto.js';
import { DateShownDto } from '../http/shown.dto.js';

export class CitationQuery extends ReadQuery {
  /** `chicago-note` (default), `apa` or `csl-json`.
   * @example chicago-note */
  @IsOptional()
  @IsString()
  style?: string;

  /** Where readers reach the ledger; absent: links are paths.
   * @example https://ledger.example */
  @IsOptional()
  @IsString()
  base?: string;
}

export class CitedCaptureDto implements CitedCapture {
  sha256!: string;
  mediaType!: string;
  retrievedAt?: DateShownDto;
  url?: string;
  edition?: string;
  /** Whose capture it is, where that is not who is cited. */
  of?: string;
}

export class CitedHopDto implements CitedHop {
  assertion!: string;
  key?: string;
  /** Null: an unknown hop. */
  @ApiProperty({ type: 'string', nullable: true })
  source!: string | null;
  /** What readers may call the source. */
  name!: string;
  kind!: string;
  /** CSL-JSON fields; of a source that is not named publicly its type and date only. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  cite!: Record<string, unknown>;
  assertedAt!: DateShownDto;
  locator?: string;
  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { type: 'integer' }] })
  page?: string | number;
  pdfPage?: number;
  hold!: string;
  capture?: CitedCaptureDto;
  /** Where the words were not found as they are quoted. */
  passageState?: string;
}

export class CitedChainDto implements CitedChain {
  @ApiProperty({ enum: ['for', 'against', 'mention'] })
  side!: CitedChain['side'];
  /** The document that we hold first, the origin last. */
  hops!: CitedHopDto[];
}

export class CitationLinkDto {
  /** The claim as it stands whenever this is opened. */
  now!: string;
  /** The claim as it was cited. */
  asCited!: string;
}

/** A claim as it is cited. */
export class CitationDto implements CitationAnswer {
  claim!: string;
  key?: string;
  @ApiProperty({ enum: vocabulary.CITATION_STYLES })
  style!: CitationStyle;
  /** The citation, to be pasted; of `csl-json` the document. */
  text!: string;
  /** CSL-JSON: the claim's entry in the ledger, then whoever is named. */
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  items!: CslItem[];
  statement!: string;
  @ApiProperty({ enum: ['open', 'retracted', 'superseded'] })
  state!: 'open' | 'retracted' | 'superseded';
  /** Code of the status. */
  status!: string;
  /** The status in a sentence. */
  headline!: string;
  chains!: CitedChainDto[];
  /** Further origins, not listed. */
  more!: number;
  ledger!: string;
  link!: CitationLinkDto;
  pins!: PinsDto;
}
