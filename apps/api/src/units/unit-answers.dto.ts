import type { UnitAnswer } from '@credence/views';
import type { PinsDto } from '../http/pins.dto.js';
import { ListDto } from '../http/pins.dto.js';

export class UnitItemDto implements UnitAnswer {
  id!: string;
  /** `<dossier>:<key>` of what came from a dossier. */
  key?: string;
  /** Ids of the sources. */
  members!: string[];
  reason!: string;
  dissolved!: boolean;
  /** For `If-Match`. */
  revision!: number;
}

export class UnitDto extends UnitItemDto {
  pins!: PinsDto;
}

export class UnitListDto extends ListDto {
  items!: UnitItemDto[];
}
