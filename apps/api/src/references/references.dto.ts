import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';

export class LocateQuery {
  /** An id, `<dossier>:<key>`, a key, or a prefix of an id; `<section>/` before it says which kind is meant.
   * @example gave-tillerson */
  @ApiProperty({ required: true })
  @IsString()
  reference?: string;

  /** Where to look, divided by commas; absent: everywhere.
   * @example claims,sources,assertions */
  @IsOptional()
  @IsString()
  sections?: string;
}

/** What a reference names. */
export class LocatedDto {
  section!: string;
  id!: string;
  /** The claim that it is, or is on. */
  claim?: string;
}
