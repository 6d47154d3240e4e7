import { anchor, type Anchored, type Quote } from './anchor.js';
import type { CapturedText } from './captured-text.js';
import type { Prepared } from './prepared.js';

/**
 * Finds a passage that was recorded in one capture in another one, by the same rules: `moved` where it stands with other
 * words on both of the recorded sides, or on another page. A position recorded in one text says nothing about another.
 */
export function reanchor({ position: _, ...recorded }: Quote, captured: CapturedText | Prepared): Anchored {
  return anchor(recorded, captured);
}
