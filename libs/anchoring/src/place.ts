import { BROKEN, bit, GLUED, NONE } from './differences.js';
import { gapDiffers, gapOf, type Gap } from './gaps.js';
import { insideWord, isCombining, plain, widthAt } from './letters.js';
import type { Prepared } from './prepared.js';
import type { Quotation } from './quotation.js';
import { endOf, gapBefore, runOf, STOP, type Reading, type Run } from './reading.js';

/** Where a quotation stands, word for word. Offsets count UTF-16 code units of the source. */
export interface Place {
  /** In reading order, between the interruptions. */
  readonly pieces: readonly { readonly start: number; readonly end: number }[];
  /** Mask of differences. */
  readonly differs: number;
  /** The letters stand there, but blanks break words or numbers of the quotation, or fuse them: the words do not. */
  readonly broken: boolean;
  /** It begins or ends within a word. */
  readonly cut: boolean;
  /** Its first and its last letter in the reading, where it was found there. */
  readonly letters?: Letters;
}

export interface Letters {
  readonly first: number;
  readonly last: number;
}

/** Longest gap at the edge of a quotation that is looked at. */
const EDGE = 64;

/**
 * Judges a place that has the letters of a quotation: the place with what it differs in, or undefined where more than
 * blanks and what `DIFFERS` lists differs. `habits`: whether the text is one that loses blanks between words, or breaks words by
 * blanks (see `loses-blanks.ts`, `breaks-words.ts`).
 */
export function placeAt(
  reading: Reading,
  first: number,
  quote: Quotation,
  habits: Pick<Prepared, 'losesBlanks' | 'breaksWords'>,
): Place | undefined {
  const { source, at } = reading;
  const last = first + quote.reading.units.length - 1;
  if (splitsCharacter(reading, first, last)) return undefined;
  const whole = wholeAt(reading, first, last, quote);
  const bridged = runOf(reading, first) !== runOf(reading, last);
  let differs = whole && !bridged ? NONE : lettersDiffer(reading, first, quote);
  const pieces: { start: number; end: number }[] = [];
  let start = at[first] as number;
  if (!whole || bridged) {
    for (let unit = first + 1; unit <= last; unit += 1) {
      const inQuote = unit - first;
      if (at[unit] === endOf(reading, unit - 1) && quote.reading.at[inQuote] === endOf(quote.reading, inQuote - 1))
        continue;
      if (at[unit] === at[unit - 1] && quote.reading.at[inQuote] === quote.reading.at[inQuote - 1]) continue;
      const gap = at[unit] === at[unit - 1] ? '' : gapBefore(reading, unit);
      const wanted =
        quote.reading.at[inQuote] === quote.reading.at[inQuote - 1] ? '' : gapBefore(quote.reading, inQuote);
      if (gap !== wanted) {
        const sides = {
          left: characterAt(source, at[unit - 1] as number),
          right: characterAt(source, at[unit] as number),
        };
        const difference = gapDiffers(gapOf(gap), gapOf(wanted), sides);
        if (difference === undefined) return undefined;
        differs |=
          (difference & (BROKEN | GLUED)) === 0
            ? difference
            : (difference & GLUED) === 0
              ? brokenBy({ reading, unit, quote, inQuote, difference }, habits)
              : gluedBy({ reading, unit, quote, inQuote, difference }, habits);
      }
      const joint = bridged ? jointBefore(reading, unit) : undefined;
      if (joint !== undefined) {
        pieces.push({ start, end: joint.end });
        start = joint.start;
      }
    }
  }
  const lead = edge(reading, first, quote.lead, 'lead');
  const tail = edge(reading, last, quote.tail, 'tail');
  if (lead === undefined || tail === undefined) return undefined;
  pieces.push({ start, end: tail.offset });
  pieces[0] = { start: lead.offset, end: (pieces[0] as { end: number }).end };
  differs |= lead.differs | tail.differs;
  const cutLead = quote.lead.marks.length === 0 && cutsWord(source, lead.offset);
  const cutTail = quote.tail.marks.length === 0 && cutsWord(source, tail.offset);
  if ((cutLead || cutTail) && (differs & bit('letter-case')) !== 0) return undefined;
  return { pieces, differs, broken: (differs & BROKEN) !== 0, cut: cutLead || cutTail, letters: { first, last } };
}

/** Two letters that follow each other in a text and in a quotation, and what the gaps between them differ in. */
interface Unlike {
  readonly reading: Reading;
  /** The second letter in the text. */
  readonly unit: number;
  readonly quote: Quotation;
  /** The second letter in the quotation. */
  readonly inQuote: number;
  readonly difference: number;
}

/** A blank that is missing between words: white space where the reading lost it. Between figures it makes another number. */
function gluedBy(
  { reading: { source, at }, unit, quote, inQuote, difference }: Unlike,
  { losesBlanks }: Pick<Prepared, 'losesBlanks'>,
): number {
  const place = at[unit] as number;
  const figures = [source.slice(at[unit - 1], place), characterAt(source, place)].filter(side => /\p{N}/u.test(side));
  const isFused = figures.length < 2 ? losesBlanks() : undefined;
  const [before, after] = [lettersBefore(source, place).word, lettersFrom(source, place)];
  const there = quote.reading.at[inQuote] as number;
  const [left, right] = [lettersBefore(quote.text, there).word, lettersFrom(quote.text, there)];
  const misread = isFused !== undefined && (figures.length === 1 || isFused(before + after, left, right));
  return (difference & ~GLUED) | (misread ? bit('white-space') : BROKEN);
}

/** A blank in a word, or beside its apostrophe or hyphen: white space where the reading put it there. */
function brokenBy(
  { reading: { source, at }, unit, quote, inQuote, difference }: Unlike,
  { breaksWords }: Pick<Prepared, 'breaksWords'>,
): number {
  const isMisread = breaksWords();
  if (isMisread === undefined) return difference;
  const [left, right] = [lettersBefore(source, at[unit] as number), lettersFrom(source, at[unit] as number)];
  const there = quote.reading.at[inQuote] as number;
  const [head, tail] = [lettersBefore(quote.text, there), lettersFrom(quote.text, there)];
  const word =
    head.gap === '' && head.word !== '' ? isMisread(head.word + tail, left.word, right) : /^['’-]$/.test(head.gap);
  return word && right !== '' && left.word !== '' ? (difference & ~BROKEN) | bit('white-space') : difference;
}

/** The letters that end before a place, and what lies between. */
function lettersBefore(text: string, end: number): { readonly word: string; readonly gap: string } {
  const [, word = '', gap = ''] = /(\p{L}*)([^\p{L}]*)$/u.exec(text.slice(Math.max(0, end - 80), end)) ?? [];
  return { word, gap };
}

const lettersFrom = (text: string, start: number) => /^\p{L}*/u.exec(text.slice(start, start + 80))?.[0] ?? '';

/** A letter without its accent, or a part of a ligature, is no place. */
function splitsCharacter(reading: Reading, first: number, last: number): boolean {
  const { units, at } = reading;
  if (first > 0 && units[first - 1] !== STOP && at[first] === at[first - 1]) return true;
  if (last + 1 >= units.length) return false;
  return at[last + 1] === at[last] || (at[last + 1] === endOf(reading, last) && isCombining(units[last + 1] as number));
}

function wholeAt(reading: Reading, first: number, last: number, quote: Quotation): boolean {
  const text = quote.text.slice(quote.reading.at[0], endOf(quote.reading, quote.reading.units.length - 1));
  return (
    reading.source.startsWith(text, reading.at[first]) &&
    endOf(reading, last) === (reading.at[first] as number) + text.length
  );
}

const characterAt = (source: string, at: number) => source.slice(at, at + widthAt(source, at));

/** Letter case, and characters that are joined in one text and apart in the other. */
function lettersDiffer(reading: Reading, first: number, quote: Quotation): number {
  const { source, at } = reading;
  let differs = NONE;
  for (let index = 0; index < quote.reading.units.length; index += 1) {
    const here = characterAt(source, at[first + index] as number);
    const there = characterAt(quote.text, quote.reading.at[index] as number);
    if (here === there) continue;
    const [one, two] = [plain(here), plain(there)];
    const unit = one[placeWithin(at, first + index)];
    const other = two[placeWithin(quote.reading.at, index)];
    if (one.length !== two.length || unit === other || isCombining(unit?.charCodeAt(0) ?? 0))
      differs |= bit('ligatures');
    if (unit !== other && !isCombining(unit?.charCodeAt(0) ?? 0)) differs |= bit('letter-case');
  }
  return differs;
}

function placeWithin(at: Uint32Array, index: number): number {
  let first = index;
  while (first > 0 && at[first - 1] === at[index]) first -= 1;
  return index - first;
}

/** Where the text stops before an interruption and goes on after it; undefined where none lies before the unit. */
function jointBefore(reading: Reading, unit: number): { end: number; start: number } | undefined {
  const [before, here] = [runOf(reading, unit - 1), runOf(reading, unit)];
  if (before === here) return undefined;
  const { source, runs, at } = reading;
  const left = source.slice(endOf(reading, unit - 1), (runs[before] as Run).end).trimEnd();
  const right = source.slice((runs[here] as Run).start, at[unit]).trimStart();
  return { end: endOf(reading, unit - 1) + left.length, start: (at[unit] as number) - right.length };
}

/** The marks with which a quotation begins or ends, in the text: where they stand, and what they differ in. */
function edge(
  reading: Reading,
  unit: number,
  wanted: Gap,
  side: 'lead' | 'tail',
): { offset: number; differs: number } | undefined {
  const { source, at } = reading;
  const inner = side === 'lead' ? (at[unit] as number) : endOf(reading, unit);
  const count = wanted.marks.length;
  if (count === 0) return { offset: inner, differs: NONE };
  const longest = EDGE + 4 * count;
  const text =
    side === 'lead'
      ? source.slice(Math.max(gapStart(reading, unit), inner - longest), inner)
      : source.slice(inner, Math.min(gapEnd(reading, unit), inner + longest));
  const gap = gapOf(text);
  if (gap.marks.length < count) return undefined;
  const from = side === 'lead' ? gap.marks.length - count : 0;
  const part: Gap = {
    marks: gap.marks.slice(from, from + count),
    blanks: gap.blanks.slice(from, from + count + 1),
    invisible: NONE,
  };
  const sides = { left: side === 'tail' ? characterAt(source, at[unit] as number) : '', right: '' };
  const differs = gapDiffers(part, wanted, sides, side);
  if (differs === undefined) return undefined;
  const outermost = (side === 'lead' ? part.marks[0] : part.marks.at(-1)) as { at: number; raw: string };
  const offset = side === 'lead' ? inner - text.length + outermost.at : inner + outermost.at + outermost.raw.length;
  return { offset, differs };
}

/** Where the gap before a unit begins: after the letter before it, or with its run. */
function gapStart(reading: Reading, unit: number): number {
  const run = runOf(reading, unit);
  return unit > (reading.begins[run] as number) ? endOf(reading, unit - 1) : (reading.runs[run] as Run).start;
}

function gapEnd(reading: Reading, unit: number): number {
  const run = runOf(reading, unit);
  const next = unit + 1 < reading.units.length && runOf(reading, unit + 1) === run && reading.units[unit + 1] !== STOP;
  return next ? (reading.at[unit + 1] as number) : (reading.runs[run] as Run).end;
}

function cutsWord(source: string, offset: number): boolean {
  if (offset === 0 || offset >= source.length) return false;
  const [left] = source.slice(Math.max(0, offset - 2), offset).match(/.$/su) ?? [''];
  return insideWord(left, characterAt(source, offset));
}
