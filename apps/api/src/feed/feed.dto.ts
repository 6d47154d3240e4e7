import { IsOptional, IsString } from 'class-validator';

export class FeedQuery {
  /** Begin after this seq, where a client cannot set `Last-Event-ID`, which goes before. Absent: now. */
  @IsOptional()
  @IsString()
  after?: string;
}
