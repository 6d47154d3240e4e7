import type { Page } from './captured-text.js';
import { GRAM, gramAt } from './index-of-letters.js';
import { STOP, type Reading } from './reading.js';

/** A page on which a text is read on from the page before. */
export interface PageTop {
  /** Its first letter in the reading, and the first letter of the page before. */
  readonly top: number;
  readonly above: number;
  /** The groups of letters with which it begins, by hash. */
  readonly grams: Uint32Array;
}

/** So many letters at the top of a page are looked for in quotations. */
const TOP = 24;
export const MASK = 2 ** 20 - 1;

export function pageTops({ units, runs, begins }: Reading, pageOf: (unit: number) => Page | undefined): PageTop[] {
  const tops: PageTop[] = [];
  let [page, above] = [-1, 0];
  for (const [index, { start, joint }] of runs.entries()) {
    const here = pageOf(start)?.pdfPage ?? -1;
    const top = begins[index] as number;
    if (index > 0 && joint === 'stop') break; // the notes begin
    if (here === page) continue;
    if (index > 0) tops.push({ top, above, grams: gramsFrom(units, top) });
    [page, above] = [here, top];
  }
  return tops;
}

function gramsFrom(units: Uint16Array, top: number): Uint32Array {
  const grams: number[] = [];
  for (let at = top; at < top + TOP && at + GRAM <= units.length && units[at] !== STOP; at += 1)
    grams.push(gramAt(units, at, MASK));
  return Uint32Array.from(grams);
}
