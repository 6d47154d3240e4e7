import { gapOf, plainGap } from './gaps.js';
import { endOf, gapBefore, INTERRUPTION, runOf, STOP, type Reading } from './reading.js';

/** A stretch of a reading as it counts for likeness, and where in the source each character of it stands. */
export interface PlainText {
  readonly text: string;
  /** Beginning and end in the source; -1 for a blank, which stands between. */
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  /** The run to which each belongs. */
  readonly runs: readonly number[];
  /** The letter in the reading that each is, or that comes next. */
  readonly units: readonly number[];
}

/**
 * Folded letters from `first` to before `last` with the marks between them, one blank for any number, none before
 * punctuation; with the marks before the first and after the last one too, where the reading ends there.
 */
export function plainText(reading: Reading, first: number, last: number): PlainText {
  const { source, at } = reading;
  let text = '';
  const [starts, ends, runs, units]: [number[], number[], number[], number[]] = [[], [], [], []];
  let unit = first;
  const add = (character: string, start: number, end: number, run: number) => {
    text += character;
    starts.push(start);
    ends.push(end);
    runs.push(run);
    units.push(unit);
  };
  /** `before` is where the gap begins, `after` where it ends: the two lie apart where it holds an interruption. */
  const addGap = (gap: string, before: number, after: number, run: number) => {
    const joint = gap.indexOf(INTERRUPTION);
    for (const { text: character, at: place, length } of plainGap(gapOf(gap))) {
      const start = place < joint ? before + place : after - gap.length + place;
      if (place < 0) add(character, -1, -1, run);
      else add(character, start, start + length, run - (place < joint ? 1 : 0));
    }
  };
  for (; unit < last; unit += 1) {
    const run = runOf(reading, unit);
    if (reading.units[unit] === STOP) {
      add('\n', -1, -1, run);
      continue;
    }
    const joined = unit > 0 && at[unit] === at[unit - 1] && reading.units[unit - 1] !== STOP;
    if (!joined && (unit > first || first === 0) && at[unit] !== (unit > 0 ? endOf(reading, unit - 1) : 0)) {
      addGap(gapBefore(reading, unit), unit > 0 ? endOf(reading, unit - 1) : 0, at[unit] as number, run);
    }
    add(String.fromCharCode(reading.units[unit] as number), at[unit] as number, endOf(reading, unit), run);
  }
  if (last === reading.units.length && last > first && reading.units[last - 1] !== STOP) {
    const end = endOf(reading, last - 1);
    const close = reading.runs.at(-1)?.end ?? end;
    addGap(source.slice(end, close), end, close, reading.runs.length - 1);
  }
  return { text, starts, ends, runs, units };
}
