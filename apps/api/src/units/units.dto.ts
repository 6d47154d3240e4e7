import { IsArray, IsOptional, IsString } from 'class-validator';
import { ReasonBody } from '../http/fields.dto.js';

/** Sources under one control: whatever several of them say counts once. */
export class UnitBody extends ReasonBody {
  /** Sources. */
  @IsArray()
  @IsString({ each: true })
  members!: string[];
}

export class UnitMembers extends ReasonBody {
  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  add?: string[];

  @IsOptional()
  @IsArray()
  @IsString({ each: true })
  remove?: string[];
}
