import type { Cause } from '@credence/views';

/** An event that changed something. */
export class CauseDto implements Cause {
  seq!: number;
  type!: string;
  /** The thing made or changed. */
  id!: string;
  actor!: string;
  recordedAt!: string;
  /** Absent of a first entry. */
  reason?: string;
}
