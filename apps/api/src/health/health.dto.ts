import type { Health } from '@credence/runtime';

export class LiveDto {
  /** @example ok */
  status!: string;
}

export class ViewDto {
  name!: string;
  version!: number;
  /** The last event that it holds; -1 before the first. */
  seq!: number;
  /** Beliefs that are still to be computed anew; reads do without them, only slower. Absent: none. */
  unsettled?: number;
  /** The event that it could not apply, if so. */
  stopped?: string;
}

/** Whether reads and writes can be served now. */
export class HealthDto implements Health {
  ready!: boolean;
  /** Id of the ledger. */
  ledger!: string;
  /** Seq of the last event; -1 before the first. */
  head!: number;
  views!: ViewDto[];
}
