import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { vocabulary } from '@credence/contracts';
import { StringOr } from './nested.js';

/** A date as people give it. A bare string is its `edtf`. */
export class DateDto {
  /** An EDTF string, kept verbatim, or `unknown`.
   * @example 2019-04 */
  @IsString()
  edtf!: string;

  /** In whose words: "by the end of the month". */
  @IsOptional()
  @IsString()
  said?: string;

  @IsOptional()
  @IsIn(vocabulary.DATE_HOWS)
  how?: string;

  /** Captures that it was stated in or deduced from. */
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  from?: string[];
}

/** A place in a capture that an assertion quotes. */
export class PassageDto {
  /** A capture: its SHA-256 or another reference. */
  @IsString()
  capture!: string;

  /** The source whose capture it is, where two have the same bytes. */
  @IsOptional()
  @IsString()
  of?: string;

  /** The quotation, as it stands there. */
  @IsString()
  exact!: string;

  @IsOptional()
  @IsString()
  prefix?: string;

  @IsOptional()
  @IsString()
  suffix?: string;

  /** The number printed on the page. */
  @ApiProperty({ required: false, oneOf: [{ type: 'string' }, { type: 'integer' }] })
  @IsOptional()
  page?: string | number;

  /** The physical page, from 1. */
  @IsOptional()
  pdfPage?: number;

  /** Whose words it holds: the asserting source's, or a reporter's about it. */
  @IsOptional()
  @IsIn(vocabulary.VOICES)
  voice?: string;
}

/** An own opinion in numbers: decimal strings, at most six places, b + d <= 1. */
export class OpinionDto {
  /** @example 0.6 */
  @IsString()
  b!: string;

  /** @example 0 */
  @IsString()
  d!: string;
}

/** A relay of another assertion of the same claim, or `{ unknown: true }`. A bare string is its `assertion`. */
export class RelayDto {
  @IsOptional()
  @IsString()
  assertion?: string;

  @IsOptional()
  @IsBoolean()
  unknown?: boolean;

  @IsOptional()
  @IsIn(vocabulary.HOWS)
  how?: string;

  @IsOptional()
  @IsIn(vocabulary.FIDELITIES)
  fidelity?: string;

  @IsOptional()
  @IsString()
  fidelityReason?: string;
}

/** A reason and nothing else. */
export class ReasonBody {
  @Length(1, 4000)
  @IsString()
  reason!: string;
}

/** What every change of the record says beside what it sets. */
export class ChangeBody extends ReasonBody {
  /** What kind of change. */
  @IsOptional()
  @IsIn(vocabulary.CHANGE_CODES)
  code?: string;

  @StringOr(() => DateDto, false, 'Date of what made us change it.')
  assertedAt?: string | DateDto;
}

/** A withdrawal: by its speaker, its publisher, or by us. */
export class WithdrawalBody extends ChangeBody {
  @IsIn(vocabulary.WITHDRAWERS)
  by!: string;
}

export class ReinstatementBody extends ReasonBody {
  /** Id of the retraction, or of the supersession, that is lifted. */
  @IsString()
  retraction!: string;
}
