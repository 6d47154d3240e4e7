import { IsOptional, IsString } from 'class-validator';
import { BriefDto } from '../http/brief.dto.js';
import { PinsDto } from '../http/pins.dto.js';
import { ReadQuery } from '../http/reads.dto.js';

export class ImpactQuery extends ReadQuery {
  /** `retracted` (by its speaker or publisher), `dropped` (by us), or a grade: `grade:D`. Then only what would change.
   * @example retracted */
  @IsOptional()
  @IsString()
  whatIf?: string;
}

export class ImpactItemDto {
  /** Id of the claim. */
  claim!: string;
  key?: string;
  text!: string;
  /** How it rests on the source: ids from the source to the claim. */
  path!: string[];
  before!: BriefDto;
  after!: BriefDto;
}

/** What rests on a source, at any depth. */
export class ImpactDto {
  source!: string;
  items!: ImpactItemDto[];
  total!: number;
  pins!: PinsDto;
}
