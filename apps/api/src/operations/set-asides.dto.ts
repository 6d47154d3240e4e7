import { IsInt, IsString, Length, Min } from 'class-validator';
import { ReasonBody } from '../http/fields.dto.js';

/** An event that a view cannot apply, and that every view shall pass over. */
export class SetAsideBody extends ReasonBody {
  /** Seq of the event.
   * @example 41 */
  @IsInt()
  @Min(0)
  event!: number;

  /** Who decided it. */
  @Length(1, 1000)
  @IsString()
  authority!: string;
}
