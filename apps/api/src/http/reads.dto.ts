import { IsOptional, IsString } from 'class-validator';

/** What every read may be asked. */
export class ReadQuery {
  /** When the ledger learnt it: a date (its last UTC instant), an instant, `@<seq>` or a token. Absent: the head.
   * @example @41 */
  @IsOptional()
  @IsString()
  asOf?: string;

  /** Only what was said by then: a year, a month or a day (its last day).
   * @example 2019-04-18 */
  @IsOptional()
  @IsString()
  publicBy?: string;

  /** Whether a date must lie before `publicBy`, or only may. */
  @IsOptional()
  @IsString()
  certainty?: string;

  /** A day; adds whether the proposition holds then, and selects in lists.
   * @example 2017-01-20 */
  @IsOptional()
  @IsString()
  holdsAt?: string;

  /** Wait, at most 5 s, until the answer takes in this event: the `seq` of a receipt. */
  @IsOptional()
  @IsString()
  after?: string;
}

export class ListQuery extends ReadQuery {
  /** 1 to 500; 50 unless given. */
  @IsOptional()
  @IsString()
  limit?: string;

  /** `next` of the page before, with the same parameters otherwise. */
  @IsOptional()
  @IsString()
  cursor?: string;
}

export class AfterQuery {
  /** Wait, at most 5 s, until this event is there: the `seq` of a receipt. */
  @IsOptional()
  @IsString()
  after?: string;
}
