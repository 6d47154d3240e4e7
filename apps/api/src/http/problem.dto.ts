import { ApiProperty } from '@nestjs/swagger';
import { PROBLEMS } from '@credence/contracts';
import type { ProblemCode } from '@credence/contracts';

export class ProblemItemDto {
  /** RFC 6901 pointer into the body, of a missing member too; else the parameter or header. */
  pointer!: string;
  code!: string;
  detail!: string;
}

/** RFC 9457 problem details with a stable code. */
export class ProblemDto {
  type!: string;
  title!: string;
  status!: number;
  @ApiProperty({ enum: Object.keys(PROBLEMS), enumName: 'ProblemCode' })
  code!: ProblemCode;
  detail!: string;
  errors!: ProblemItemDto[];
  /** Under which the log speaks of this request. */
  correlationId!: string;
  /** What an ambiguous reference may mean. */
  candidates?: string[];
}
