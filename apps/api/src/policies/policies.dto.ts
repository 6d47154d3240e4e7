import { ApiProperty } from '@nestjs/swagger';
import { IsArray, IsIn, IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import { vocabulary } from '@credence/contracts';
import { ReasonBody } from '../http/fields.dto.js';

const decimals = (names: readonly string[], description: string) => ({
  selfRequired: false,
  type: 'object' as const,
  properties: Object.fromEntries(names.map(name => [name, { type: 'string' as const }])),
  additionalProperties: false,
  description,
});

/** Numbers of the belief model by their names in p1, decimals as strings; what is not given is p1's. */
export class PolicyBody extends ReasonBody {
  /** The evidence at which belief is one half. */
  @IsOptional()
  @IsInt()
  weight?: number;

  /** What stands for a claim of which nothing is known.
   * @example .5 */
  @IsOptional()
  @IsString()
  baseRate?: string;

  @ApiProperty(decimals(vocabulary.GRADES, 'Trust by grade: less than 1, and G has 0.'))
  @IsOptional()
  @IsObject()
  trust?: object;

  /** The most that a source named to nobody is trusted. */
  @IsOptional()
  @IsString()
  trustUnnamed?: string;

  /** Grades whose own assertions compete and never add. */
  @ApiProperty({ required: false, type: 'array', items: { type: 'string', enum: [...vocabulary.GRADES] } })
  @IsOptional()
  @IsArray()
  pooledGrades?: string[];

  @ApiProperty({
    selfRequired: false,
    type: 'object',
    properties: Object.fromEntries(
      vocabulary.STANCES.map(stance => [stance, { type: 'array' as const, items: { type: 'string' as const } }]),
    ),
    additionalProperties: false,
    description: 'Belief and disbelief by stance: [b, d].',
  })
  @IsOptional()
  @IsObject()
  stances?: object;

  @ApiProperty(decimals(vocabulary.HOWS, 'The factor by how a relay was made.'))
  @IsOptional()
  @IsObject()
  relays?: object;

  /** How a relay was made where nobody said. */
  @IsOptional()
  @IsIn(vocabulary.HOWS)
  defaultRelay?: string;

  /** The share of its trust at which an assertion of unstated basis supplies. */
  @IsOptional()
  @IsString()
  unstatedShare?: string;

  /** The share of its evidence that counts of a source that says yes and no. */
  @IsOptional()
  @IsString()
  contradictionShare?: string;

  /** The least belief (or disbelief) of an origin that makes a status. */
  @IsOptional()
  @IsString()
  originThreshold?: string;

  /** Chains needed for `corroborated` and `refuted`. */
  @IsOptional()
  @IsInt()
  independentChains?: number;

  @IsOptional()
  @IsString()
  thinBelow?: string;

  @IsOptional()
  @IsString()
  lopsidedBelow?: string;

  @ApiProperty(decimals(['high', 'moderate'], 'The greatest uncertainty of high and of moderate confidence.'))
  @IsOptional()
  @IsObject()
  confidence?: object;
}
