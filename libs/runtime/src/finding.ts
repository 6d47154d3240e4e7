/** Something that was looked at. What is wrong comes with what to do about it. */
export interface Finding {
  readonly check: 'store' | 'cluster' | 'clock' | 'views' | 'captures' | 'log' | 'checkpoints' | 'leftovers';
  readonly state: 'well' | 'note' | 'wrong';
  readonly detail: string;
  readonly remedy?: string;
}
