import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, Length, ValidateNested } from 'class-validator';
import { vocabulary } from '@credence/contracts';
import { ChangeBody, ReasonBody } from '../http/fields.dto.js';

/** A person, an organisation, a group or a record that can assert something. */
export class SourceBody {
  @IsIn(vocabulary.SOURCE_KINDS)
  kind!: string;

  @Length(1, 1000)
  @IsString()
  name!: string;

  /** To whom the name may be told; `publicly` unless given. */
  @IsOptional()
  @IsIn(vocabulary.NAMED)
  named?: string;

  /** How readers meet it where it is not named publicly. */
  @IsOptional()
  @IsString()
  describedAs?: string;

  /** Reliability; with `gradeReason`. Absent: not judged, which counts as F. */
  @IsOptional()
  @IsIn(vocabulary.GRADES)
  grade?: string;

  @IsOptional()
  @IsString()
  gradeReason?: string;

  /** The source of which it is a copy. */
  @IsOptional()
  @IsString()
  copyOf?: string;

  /** Bibliographic fields under their CSL-JSON names. */
  @IsOptional()
  @IsObject()
  cite?: Record<string, unknown>;
}

/** What a description of a source may set; null clears. */
export class SourceSet {
  @IsOptional()
  @IsIn(vocabulary.SOURCE_KINDS)
  kind?: string;

  @IsOptional()
  @IsString()
  name?: string;

  @IsOptional()
  @IsIn(vocabulary.NAMED)
  named?: string;

  @IsOptional()
  @IsString()
  describedAs?: string | null;

  @IsOptional()
  @IsString()
  copyOf?: string | null;

  @IsOptional()
  @IsObject()
  cite?: Record<string, unknown> | null;
}

/** Corrects what is on record about a source. */
export class SourceDescription extends ChangeBody {
  @IsObject()
  @ValidateNested()
  @Type(() => SourceSet)
  set!: SourceSet;
}

/** Reliability from now on. */
export class GradeBody extends ReasonBody {
  @IsIn(vocabulary.GRADES)
  grade!: string;
}
