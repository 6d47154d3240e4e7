import { Type } from 'class-transformer';
import { IsArray, IsIn, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { vocabulary } from '@credence/contracts';
import { ChangeBody, DateDto, ReasonBody } from '../http/fields.dto.js';
import { StringOr } from '../http/nested.js';

/** One atomic proposition. */
export class ClaimBody {
  /** The proposition, in the words of whoever records it.
   * @example Kushner gave Tillerson a copy of the proposal. */
  @Length(1, 10_000)
  @IsString()
  text!: string;

  /** `event` unless given. */
  @IsOptional()
  @IsIn(vocabulary.CLAIM_FORMS)
  form?: string;

  @StringOr(() => DateDto, false, 'When the proposition holds in the world.')
  holdsDuring?: string | DateDto;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  topics?: string[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  entities?: string[];

  @IsOptional()
  @IsString()
  note?: string;
}

/** What a correction of a claim may set; null clears. */
export class ClaimSet {
  @IsOptional()
  @IsString()
  text?: string;

  @IsOptional()
  @IsIn(vocabulary.CLAIM_FORMS)
  form?: string;

  @StringOr(() => DateDto)
  holdsDuring?: string | DateDto | null;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  topics?: string[] | null;

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  entities?: string[] | null;

  @IsOptional()
  @IsString()
  note?: string | null;
}

/** Our record was wrong. */
export class ClaimCorrection extends ChangeBody {
  @IsObject()
  @ValidateNested()
  @Type(() => ClaimSet)
  set!: ClaimSet;
}

export class ClaimRevisionSet {
  @StringOr(() => DateDto, true)
  holdsDuring!: string | DateDto;
}

/** The world changed: when the proposition holds. */
export class ClaimRevision extends ChangeBody {
  @IsObject()
  @ValidateNested()
  @Type(() => ClaimRevisionSet)
  set!: ClaimRevisionSet;
}

export class SupersessionBody extends ReasonBody {
  /** The claim that replaces this one. */
  @IsString()
  successor!: string;
}

export class LinkBody extends ReasonBody {
  /** The other claim. */
  @IsString()
  to!: string;

  @IsIn(vocabulary.LINK_KINDS)
  kind!: string;

  /** A decimal string from 0 to 1.
   * @example 0.9 */
  @IsOptional()
  @IsString()
  phi?: string;
}

/** An inference for or against the claim in the path, from all the premises together. */
export class DerivationBody extends ReasonBody {
  @IsArray()
  @IsString({ each: true })
  premises!: string[];

  /** `for` unless given. */
  @IsOptional()
  @IsIn(vocabulary.POLARITIES)
  polarity?: string;

  @IsOptional()
  @IsString()
  phi?: string;
}

/** A named person's editorial judgement. */
export class DecisionBody extends ReasonBody {
  @IsString()
  verdict!: string;

  @IsString()
  by!: string;
}
