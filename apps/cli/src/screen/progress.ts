import type { Progress } from '@credence/runtime';
import type { Io } from '../io.js';

const PAUSE_MS = 100;

/** Puts a text in the place of the terminal's last line; nothing: the line is gone. Where nobody watches: nothing at all. */
export function overwrite({ watched, err }: Io, text: string): void {
  if (watched) err(`\r\u001b[K${text}`);
}

/** A line on the terminal that says how far a long work has come, and is gone when `end` is called. Elsewhere: nothing. */
export function progressOn(io: Io): { readonly tell: Progress; end(): void } {
  let [last, shown] = [0, false];
  return {
    tell: (what, done, total) => {
      const now = performance.now();
      if (!io.watched || (now - last < PAUSE_MS && done !== total)) return;
      [last, shown] = [now, true];
      const of = total > done ? ` of ${total.toLocaleString('en-US')}` : '';
      overwrite(io, `${done.toLocaleString('en-US')}${of} ${what}`);
    },
    end: () => {
      if (shown) overwrite(io, '');
    },
  };
}
