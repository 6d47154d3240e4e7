import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { vocabulary } from '@credence/contracts';
import { ChangeBody, DateDto, OpinionDto, PassageDto, ReasonBody, RelayDto } from '../http/fields.dto.js';
import { StringOr } from '../http/nested.js';

const STANCE = `One of ${vocabulary.STANCES.join(', ')}, or an opinion in numbers. Absent: a pure relay.`;

/** What a speaker may say otherwise later; null clears. */
export class AssertionRevisionSet {
  @StringOr(() => OpinionDto, false, STANCE)
  stance?: string | OpinionDto | null;

  /** Why a stance was read so; `no-recall-expected` needs it. */
  @IsOptional()
  @IsString()
  stanceReason?: string | null;

  /** Of a new assertion `unstated` unless given. */
  @IsOptional()
  @IsIn(vocabulary.BASES)
  basis?: string;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => PassageDto)
  passage?: PassageDto | null;

  /** Where in the document, in words: "fn 1116". */
  @IsOptional()
  @IsString()
  locator?: string | null;

  @IsOptional()
  @IsString()
  note?: string | null;
}

/** What an assertion says and how it knows: the fields that a correction may set too, where null clears. */
@ApiExtraModels(RelayDto)
export class AssertionSet extends AssertionRevisionSet {
  /** Assertions of the same claim that it passes on. */
  @ApiProperty({
    required: false,
    type: 'array',
    items: { oneOf: [{ type: 'string' }, { $ref: getSchemaPath(RelayDto) }] },
  })
  @IsOptional()
  @IsArray()
  relays?: (string | RelayDto)[];

  @IsOptional()
  @IsIn(vocabulary.SUPPORTS)
  support?: string | null;

  /** Whether we hold the document; by default `held` with a passage in the source's own capture, else `cited`. */
  @IsOptional()
  @IsIn(vocabulary.HOLDS)
  hold?: string;

  @IsOptional()
  @IsString()
  holdReason?: string | null;

  /** The source that it speaks for. */
  @IsOptional()
  @IsString()
  onBehalfOf?: string | null;

  @StringOr(() => DateDto, false, "When it was said; by default the source's `cite.issued`.")
  assertedAt?: string | DateDto;

  /** 1 to 6; shown, never counted. */
  @IsOptional()
  @IsInt()
  credibility?: number | null;

  @IsOptional()
  @IsBoolean()
  headline?: boolean | null;

  @IsOptional()
  @IsString()
  codedBy?: string | null;
}

/** A source asserts, denies or relays the claim in the path. */
export class AssertionBody extends AssertionSet {
  /** The source; may be absent where `hold` is `unknown`. */
  @IsOptional()
  @IsString()
  source?: string;
}

/** Our record of the assertion was wrong. */
export class AssertionCorrection extends ChangeBody {
  @IsObject()
  @ValidateNested()
  @Type(() => AssertionSet)
  set!: AssertionSet;
}

/** Takes over another place for a quotation; it stays as it is, and how well it fits is found anew. */
export class ReanchoringBody extends ReasonBody {
  /** The capture in which it stands. */
  @IsString()
  capture!: string;

  /** The source whose capture it is, where two have the same bytes. */
  @IsOptional()
  @IsString()
  of?: string;

  /** In Unicode code points of the extracted text. */
  @IsInt()
  start!: number;

  /** Exclusive. */
  @IsInt()
  end!: number;
}

/** The speaker says something else now: a version of the assertion from its own date on, `assertedAt`. */
export class AssertionRevision extends ChangeBody {
  @StringOr(() => DateDto, true, 'When the speaker said so.')
  declare assertedAt: string | DateDto;

  @IsObject()
  @ValidateNested()
  @Type(() => AssertionRevisionSet)
  set!: AssertionRevisionSet;
}
