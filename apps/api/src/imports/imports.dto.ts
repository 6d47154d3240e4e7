import { ApiProperty } from '@nestjs/swagger';
import type { ImportAnswer, ImportProblem } from '@credence/exchange';
import { IsOptional, IsString } from 'class-validator';
import { PinsDto } from '../http/pins.dto.js';

export class ImportQuery {
  /** For every reason that an entry or an edit of it needs and the file does not give. */
  @IsOptional()
  @IsString()
  reason?: string;

  /** Say what would be written; write nothing. */
  @ApiProperty({ required: false, type: 'boolean', default: false })
  @IsOptional()
  @IsString()
  dryRun?: string;
}

/** A bad or doubtful place in a file. */
export class ImportProblemDto implements ImportProblem {
  file!: string;
  /** From 1; 0 where the file has no lines. */
  line!: number;
  /** RFC 6901 pointer into the file as read; empty for the file itself. */
  pointer!: string;
  code!: string;
  detail!: string;
  found?: string;
  wanted?: string;
}

export class CollidedDto {
  /** `<section>/<key>` */
  entry!: string;
  detail!: string;
}

export class PlannedDto {
  entry!: string;
  command!: string;
  /** Of an entry that gives a passage: how well it is found (absent: the capture has no text). */
  passageState?: string;
}

export class ImportDto implements ImportAnswer {
  @ApiProperty({ type: 'string', nullable: true })
  dossier!: string | null;
  new!: number;
  unchanged!: number;
  corrected!: number;
  rejected!: ImportProblemDto[];
  warnings!: ImportProblemDto[];
  /** Edited elsewhere than in this dossier; not applied. */
  collided!: CollidedDto[];
  /** Imported once, and no longer in the file; never retracted. */
  gone!: string[];
  /** Of a dry run: what would be written, in order. */
  plan?: PlannedDto[];
  pins!: PinsDto;
}
