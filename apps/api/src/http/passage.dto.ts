import { ApiProperty } from '@nestjs/swagger';
import { vocabulary } from '@credence/contracts';
import type { PassageAnswer, PieceAnswer } from '@credence/views';

/** A stretch of the extracted text, in Unicode code points; `end` is exclusive. */
export class PieceDto implements PieceAnswer {
  start!: number;
  end!: number;
  pdfPage?: number;
}

export class DifferenceDto {
  /** Words of both, of the quotation only, of the text only. */
  @ApiProperty({ enum: ['same', 'removed', 'added'] })
  kind!: 'same' | 'removed' | 'added';
  text!: string;
}

/** Where words stand in a text, and how well they were found. */
export class PlaceDto {
  capture!: string;
  exact!: string;
  prefix?: string;
  suffix?: string;
  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { type: 'integer' }] })
  page?: string | number;
  pdfPage?: number;
  /** Absent: no text of the capture was extracted. */
  @ApiProperty({ required: false, enum: vocabulary.PASSAGE_STATES })
  state?: string;
  /** None where it is ambiguous or lost. */
  pieces?: PieceDto[];
  /** In what the text is set otherwise. */
  @ApiProperty({ required: false, isArray: true, enum: vocabulary.DIFFERS })
  differs?: string[];
  /** Of an altered one: 1 less the share of characters to change, a decimal string. */
  score?: string;
  /** Of an ambiguous one: the places in question. */
  candidates?: PieceDto[];
  /** Of an altered one: the quotation against what stands there, word by word. */
  difference?: DifferenceDto[];
  /** W3C Web Annotation: TextQuoteSelector, a TextPositionSelector for each piece, the page as a FragmentSelector. */
  @ApiProperty({ required: false, type: 'array', items: { type: 'object', additionalProperties: true } })
  selectors?: PassageAnswer['selectors'] & {};
}

export class PassageShownDto extends PlaceDto implements PassageAnswer {
  /** Whose words it holds. */
  voice!: string;
}
