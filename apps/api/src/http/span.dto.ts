import { IsOptional, IsString } from 'class-validator';
import { ListQuery, ReadQuery } from './reads.dto.js';

/** Two moments. */
export class SpanQuery extends ReadQuery {
  /** The earlier moment, as `asOf` is written; needed.
   * @example @3 */
  @IsOptional()
  @IsString()
  from?: string;

  /** The later moment. Absent: `asOf`, else the head. */
  @IsOptional()
  @IsString()
  to?: string;
}

export class SpanListQuery extends ListQuery {
  /** The earlier moment, as `asOf` is written; needed.
   * @example 2026-06-30 */
  @IsOptional()
  @IsString()
  from?: string;

  /** The later moment. Absent: `asOf`, else the head. */
  @IsOptional()
  @IsString()
  to?: string;
}
