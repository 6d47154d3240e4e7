import { IsOptional, IsString } from 'class-validator';
import { ListQuery } from '../http/reads.dto.js';

/** What a list of claims is narrowed to. */
export class ClaimsQuery extends ListQuery {
  /** Status codes, divided by commas.
   * @example disputed,denied */
  @IsOptional()
  @IsString()
  status?: string;

  /** A source that speaks on the claim. */
  @IsOptional()
  @IsString()
  source?: string;

  @IsOptional()
  @IsString()
  entity?: string;

  @IsOptional()
  @IsString()
  topic?: string;
}
