import { IsOptional, IsString } from 'class-validator';
import { ListQuery } from '../http/reads.dto.js';

/** What a list of claims is narrowed to. */
export class ClaimsQuery extends ListQuery {
  /** Words, each of which is found on the claim, in what is said of it, or in the name of who says it; `kush*` finds what
   * begins so.
   * @example proposal kushner */
  @IsOptional()
  @IsString()
  q?: string;

  /** `relevance`: what says most first. With `q` and without `asOf` alone. */
  @IsOptional()
  @IsString()
  sort?: string;

  /** What is counted over all that pass the filters: `status`, `source`, `topic`, `entity`, divided by commas. */
  @IsOptional()
  @IsString()
  facets?: string;

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
