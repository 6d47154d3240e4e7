import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Length } from 'class-validator';
import type { AnchorAnswer, AroundAnswer, ReanchoredItem, ReanchoringAnswer } from '@credence/runtime';
import type { PassageItem } from '@credence/views';
import { DifferenceDto, PassageShownDto, PieceDto, PlaceDto } from '../http/passage.dto.js';
import { ListDto, PinsDto } from '../http/pins.dto.js';
import { ListQuery, ReadQuery } from '../http/reads.dto.js';
import { SourceNamedDto } from '../http/shown.dto.js';

/** What is said of a document beside its bytes: fields of a multipart body, or parameters beside a raw one. */
export class CaptureFields {
  /** When it was retrieved: an EDTF date, or an instant. */
  @IsOptional()
  @IsString()
  retrievedAt?: string;

  /** From where. */
  @IsOptional()
  @IsString()
  url?: string;

  @IsOptional()
  @IsString()
  edition?: string;

  /** What retrieved or made it. */
  @IsOptional()
  @IsString()
  tool?: string;

  /** Its name, where it was a file. */
  @IsOptional()
  @IsString()
  file?: string;

  /** The capture that it was made from: by translation, by reading a scan. */
  @IsOptional()
  @IsString()
  derivedFrom?: string;

  /** The capture in the place of which it is retrieved. */
  @IsOptional()
  @IsString()
  replaces?: string;

  /** Keep the bytes without a text, as where none can be extracted. */
  @ApiProperty({ required: false, type: 'boolean', default: false })
  @IsOptional()
  @IsString()
  withoutText?: string;
}

export class TakeCaptureQuery extends CaptureFields {
  /** Say what would be recorded; write nothing. */
  @ApiProperty({ required: false, type: 'boolean', default: false })
  @IsOptional()
  @IsString()
  dryRun?: string;
}

export class CaptureQuery extends ReadQuery {
  /** Whose capture is meant, where two sources have the same bytes. */
  @IsOptional()
  @IsString()
  source?: string;
}

export class TextQuery extends CaptureQuery {
  /** An assertion: its passage, with what stands before and after it, as JSON. */
  @IsOptional()
  @IsString()
  around?: string;

  /** With `around`: so many characters on each side; 200 unless given. */
  @IsOptional()
  @IsString()
  characters?: string;
}

export class PassagesQuery extends ListQuery {
  /** States, divided by commas: exact, normalised, moved, altered, ambiguous, lost; none: no text was extracted.
   * @example altered,ambiguous,lost */
  @IsOptional()
  @IsString()
  state?: string;

  /** Only what this source says, or what is quoted from it. */
  @IsOptional()
  @IsString()
  source?: string;
}

export class ReanchoringQuery extends CaptureQuery {
  /** Another capture than the one that this one replaces. */
  @IsOptional()
  @IsString()
  replaces?: string;
}

/** A quotation, and what is known of where it stands. */
export class AnchorBody {
  @Length(1, 20_000)
  @IsString()
  exact!: string;

  @IsOptional()
  @Length(0, 2000)
  @IsString()
  prefix?: string;

  @IsOptional()
  @Length(0, 2000)
  @IsString()
  suffix?: string;

  /** The number printed on the page. */
  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { type: 'integer' }] })
  @IsOptional()
  page?: string | number;

  /** The physical page, from 1. */
  @IsOptional()
  @IsInt()
  pdfPage?: number;
}

export class AnchorDto extends PlaceDto implements AnchorAnswer {
  pins!: PinsDto;
}

export class StretchDto {
  @ApiProperty({ enum: ['context', 'passage', 'interruption'] })
  kind!: 'context' | 'passage' | 'interruption';
  text!: string;
}

/** A passage in its context: the `passage` stretches are the quotation. */
export class AroundDto implements AroundAnswer {
  capture!: string;
  assertion!: string;
  state!: string;
  stretches!: StretchDto[];
  pins!: PinsDto;
}

export class PassageItemDto extends PassageShownDto implements PassageItem {
  /** The assertion whose passage it is. */
  assertion!: string;
  key?: string;
  claim!: string;
  claimKey?: string;
  /** Who is quoted, or quotes: the asserting source. */
  source!: SourceNamedDto | null;
  /** Whether the assertion is retracted. */
  retracted!: boolean;
}

export class PassageListDto extends ListDto {
  items!: PassageItemDto[];
}

/** As it would be found now. */
export class PlaceNowDto implements Omit<AnchorAnswer, 'capture' | 'exact'> {
  state?: string;
  pieces?: PieceDto[];
  differs?: string[];
  score?: string;
  candidates?: PieceDto[];
  difference?: DifferenceDto[];
  @ApiProperty({ required: false, type: 'array', items: { type: 'object', additionalProperties: true } })
  selectors?: PlaceDto['selectors'] & {};
}

/** As recorded. */
export class PlaceBeforeDto {
  state?: string;
  pieces?: PieceDto[];
}

export class ReanchoredDto implements ReanchoredItem {
  assertion!: string;
  key?: string;
  claim!: string;
  claimKey?: string;
  exact!: string;
  before!: PlaceBeforeDto;
  now!: PlaceNowDto;
}

/** Where the passages of one capture stand in another. Nothing of it is recorded. */
export class ReanchoringDto implements ReanchoringAnswer {
  capture!: string;
  /** The capture whose passages they are. */
  replaces!: string;
  /** How many have which state now. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } })
  states!: Record<string, number>;
  items!: ReanchoredDto[];
  total!: number;
  pins!: PinsDto;
}
