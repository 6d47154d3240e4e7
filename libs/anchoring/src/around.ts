import { codePoints, type CapturedText, type Piece } from './captured-text.js';

/** A stretch of text to print: words around a passage, of it, or what interrupts it. */
export interface Stretch {
  readonly kind: 'context' | 'passage' | 'interruption';
  readonly text: string;
}

/** Interruptions longer than this are cut in the middle. */
const MAX_INTERRUPTION = 120;

/**
 * A passage with at most `characters` code points of text before and after it, in the order of the text: to be printed
 * with the `passage` stretches marked. Joined, the texts are the source's, save that a long interruption is shortened
 * to its ends with `[…]` between them.
 */
export function around({ text }: CapturedText, pieces: readonly Piece[], characters: number): Stretch[] {
  const points = codePoints(text);
  const cut = (start: number, end: number) => text.slice(points.toUnits(start), points.toUnits(end));
  const ordered = [...pieces].sort((one, two) => one.start - two.start);
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) return [];
  const stretches: Stretch[] = [{ kind: 'context', text: cut(Math.max(0, first.start - characters), first.start) }];
  for (const [index, piece] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before !== undefined) stretches.push({ kind: 'interruption', text: shortened(cut(before.end, piece.start)) });
    stretches.push({ kind: 'passage', text: cut(piece.start, piece.end) });
  }
  stretches.push({ kind: 'context', text: cut(last.end, Math.min(points.length, last.end + characters)) });
  return stretches.filter(({ text }) => text !== '');
}

function shortened(text: string): string {
  const characters = [...text];
  if (characters.length <= MAX_INTERRUPTION) return text;
  const half = MAX_INTERRUPTION / 2;
  return `${characters.slice(0, half).join('')}[…]${characters.slice(-half).join('')}`;
}
