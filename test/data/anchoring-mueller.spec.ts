import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

import { anchor, prepared, reanchor, type Anchored, type CapturedText, type Quote } from '@credence/anchoring';

import { csvText, plainFile, secondReading, texSentences, type TexSentence } from '../support/captured-texts.js';
import { describeWithData } from '../support/data-sets.js';

/** As the set's README counts: found after folding blanks and quotes; by letters and digits; otherwise. */
type Kind = 'exact' | 'letters' | 'approximate';
interface Outcome {
  readonly sentence: TexSentence;
  readonly kind: Kind;
  readonly found: Anchored;
  /** Whether a place, or one of the candidates, lies where the order of the text has it; undefined if none was found. */
  readonly right: boolean | undefined;
}

const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
const folded = (text: string) =>
  text.replace(/[“”]/g, '"').replace(/[‘’`]/g, "'").replace(/[—–]/g, '-').replace(/-+/g, '-').replace(/\s+/g, ' ');

/**
 * The oracle knows nothing of anchoring. Sentences of at least 40 letters that occur once by their letters, and in the
 * order of the transcription, are beacons; any sentence belongs between the second beacon before and the second after it (where the transcription has it twice: either). Text and notes
 * are two orders, for a machine reading has the notes of a page below its text.
 */
function between(sentences: readonly TexSentence[], text: string): [number, number][] {
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (letters(text[at] as string) !== '') places.push(at);
  const all = letters(text);
  const bounds = sentences.map((): [number, number] => [0, text.length]);
  for (const note of [false, true]) {
    const once = sentences.flatMap((sentence, index) => {
      const wanted = letters(sentence.text);
      const at = all.indexOf(wanted);
      if (sentence.note !== note || wanted.length < 40 || at < 0 || all.includes(wanted, at + 1)) return [];
      return [{ index, from: places[at] as number, to: places[at + wanted.length - 1] as number }];
    });
    const beacons = longestRising(once);
    for (const [index, sentence] of sentences.entries()) {
      if (sentence.note !== note) continue;
      const before = beacons.filter(beacon => beacon.index < index).at(-2);
      const after = beacons.filter(beacon => beacon.index > index)[1];
      bounds[index] = [before?.from ?? 0, after?.to ?? text.length];
    }
  }
  return bounds;
}

/** The longest part of a list in which places rise. */
function longestRising<T extends { readonly from: number }>(list: readonly T[]): T[] {
  const chains: T[][] = [];
  for (const item of list) {
    const before = chains
      .filter(chain => (chain.at(-1) as T).from < item.from)
      .sort((one, two) => two.length - one.length)[0];
    chains.push([...(before ?? []), item]);
  }
  return chains.sort((one, two) => two.length - one.length)[0] ?? [];
}

/** The last words before a sentence and the first after it, among text or among notes, as a passage records them. */
function around(sentences: readonly TexSentence[], index: number): Omit<Quote, 'exact'> {
  const { note } = sentences[index] as TexSentence;
  const before = sentences
    .slice(0, index)
    .findLast(other => other.note === note)
    ?.text.slice(-60);
  const after = sentences
    .slice(index + 1)
    .find(other => other.note === note)
    ?.text.slice(0, 60);
  return { ...(before === undefined ? {} : { prefix: before }), ...(after === undefined ? {} : { suffix: after }) };
}

function outcomes(sentences: readonly TexSentence[], captured: CapturedText, withWords: boolean): Outcome[] {
  const text = prepared(captured);
  const [exact, byLetters] = [folded(captured.text), letters(captured.text)];
  const bounds = between(sentences, captured.text);
  return sentences.map((sentence, index) => {
    const where = withWords ? around(sentences, index) : {};
    const found = anchor({ exact: sentence.text, ...where }, text);
    const twins = bounds.filter((_, other) => other === index || sentences[other]?.text === sentence.text);
    const places = found.state === 'ambiguous' ? (found.candidates ?? []) : found.pieces.slice(0, 1);
    const right =
      places.length === 0
        ? undefined
        : places.some(({ start }) => twins.some(([from, to]) => start >= from && start <= to));
    const kind = exact.includes(folded(sentence.text))
      ? 'exact'
      : byLetters.includes(letters(sentence.text))
        ? 'letters'
        : 'approximate';
    return { sentence, kind, found, right };
  });
}

function table(all: readonly Outcome[]): string[] {
  const rows = Map.groupBy(all, ({ kind, found }) => `${kind} -> ${found.state}`);
  return [...rows]
    .map(([name, row]) => `${name}: ${row.length}, ${row.filter(({ right }) => right === false).length} out of order`)
    .sort();
}

describeWithData('mueller-report', 'Sentences of the transcription in two machine readings', folder => {
  if (folder === '') return;
  const tex = readFileSync(join(folder, 'latex', 'post-election-contacts.tex'), 'utf8');
  const sentences = texSentences(tex, 25);
  const readings: [string, CapturedText][] = [
    ['the first', csvText(join(folder, 'pages.csv'))],
    ['the second', secondReading(join(folder, 'second-ocr.latin1.txt'))],
  ];

  it.each(readings)('in %s', (name, captured) => {
    const all = outcomes(sentences, captured, false);
    if (process.env['CREDENCE_TABLES'] !== undefined) process.stderr.write(`${name}\n${table(all).join('\n')}\n`);
    const found = all.filter(({ kind }) => kind !== 'approximate');
    const approximate = all.filter(({ kind }) => kind === 'approximate');
    const silent = all.filter(
      ({ found: { state }, right }) => right === false && ['exact', 'normalised'].includes(state),
    );
    expect(silent.map(({ sentence }) => sentence.text)).toEqual([]);
    expect(all.filter(({ found: { state }, right }) => right === false && state !== 'ambiguous').length).toBe(0);
    expect(found.filter(({ right }) => right === true).length / found.length).toBeGreaterThanOrEqual(0.99);
    const altered = approximate.filter(({ found: { state }, right }) => right === true && state === 'altered');
    expect(altered.length).toBeGreaterThan(approximate.length / 2);
  });

  it.each(readings)('in %s, by the words around each as well', (name, captured) => {
    const all = outcomes(sentences, captured, true);
    if (process.env['CREDENCE_TABLES'] !== undefined)
      process.stderr.write(`${name}, by the words around\n${table(all).join('\n')}\n`);
    const wrong = all.filter(({ found: { state }, right }) => right === false && state !== 'ambiguous');
    // A note of many that are alike, taken for its neighbour: shown with what differs, never as found.
    expect(wrong.filter(({ found: { state } }) => state !== 'altered')).toEqual([]);
    expect(wrong.length).toBeLessThanOrEqual(1);
    const found = all.filter(({ kind }) => kind !== 'approximate');
    const decided = found.filter(({ found: { state } }) => state !== 'ambiguous');
    const asSuch = decided.filter(({ found: { state } }) => ['exact', 'normalised'].includes(state));
    expect(found.filter(({ right }) => right === true).length / found.length).toBeGreaterThanOrEqual(0.99);
    expect(decided.length / found.length).toBeGreaterThanOrEqual(0.9);
    expect(asSuch.length / decided.length).toBeGreaterThanOrEqual(0.9);
  });
});

describeWithData('mueller-report', 'Passages of the ninth text of a passage in the fourteenth', folder => {
  if (folder === '') return;
  const [ninth, fourteenth] = ['009_2019-06-01_93d2f2da.tex', '014_2019-07-21_1428a9f7.tex'].map(file =>
    plainFile(folder, 'revisions-gerson', file),
  ) as [CapturedText, CapturedText];
  const old = prepared(ninth);
  const later = prepared(fourteenth);
  const lines = ninth.text.split('\n').filter(line => line.length >= 25);

  it.each(lines.map((line, index) => [index, line] as const))('%i', (_, line) => {
    const first = anchor({ exact: line }, old);
    const quote = first.selectors?.quote;
    const again = reanchor(
      {
        exact: line,
        ...(quote?.prefix ? { prefix: quote.prefix } : {}),
        ...(quote?.suffix ? { suffix: quote.suffix } : {}),
      },
      later,
    );
    const stands = fourteenth.text.includes(line);
    expect(again.state === 'exact').toBe(stands && first.state === 'exact');
    if (!stands) expect(['normalised', 'altered', 'ambiguous']).toContain(again.state);
    const place = again.pieces[0];
    if (place !== undefined) expect(Math.abs(place.start - ninth.text.indexOf(line))).toBeLessThan(200);
  });
});
