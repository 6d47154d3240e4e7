import { boundsOf } from '@credence/time';
import type { DateData } from '@credence/contracts';

/** A date as answers show it: as it was given, and the days it can mean, computed when reading; null where unknown. */
export interface DateShown {
  readonly edtf: string;
  readonly said?: string;
  readonly how?: string;
  readonly from?: readonly string[];
  readonly lo: string | null;
  readonly hi: string | null;
}

export function shownDate(date: DateData, words?: { said?: string }): DateShown {
  const { lo, hi } = boundsOf(date.edtf);
  return { ...date, ...(words?.said === undefined ? {} : { said: words.said }), lo, hi };
}
