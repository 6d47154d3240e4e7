import type { Progress } from '@credence/runtime';
import type { Io } from '../io.js';

const PAUSE_MS = 100;

/** A line on the terminal that says how far a long work has come, and is gone when `end` is called. Elsewhere: nothing. */
export function progressOn({ watched, err }: Io): { readonly tell: Progress; end(): void } {
  let [last, shown] = [0, false];
  return {
    tell: (what, done, total) => {
      const now = performance.now();
      if (!watched || (now - last < PAUSE_MS && done !== total)) return;
      [last, shown] = [now, true];
      const of = total > done ? ` of ${total.toLocaleString('en-US')}` : '';
      err(`\r\u001b[K${done.toLocaleString('en-US')}${of} ${what}`);
    },
    end: () => {
      if (shown) err('\r\u001b[K');
    },
  };
}
